// A desk without a network. Whom the camera scans is recorded all the same: the scene's form, kept in
// the page, stands there at once, and what is saved waits in this tab until it is acknowledged. It is
// gone with the tab and at the log-out; the page's own number makes each count once. What belongs to
// another post is neither shown nor sent. Without scripts, and with a network, all is as ever.

const KEPT = "desk.waiting";
const AGAIN = 10_000;
const PATIENCE = 20_000;
const REACH = 4_000;
const HOME = "/desk/record";

const strip = document.getElementById("waiting");
const blank = document.getElementById("late");
const scan = document.getElementById("scan");
let timer = 0;
let sending = false;
let done = 0;

const all = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
const mine = () => all().filter((one) => one.post === strip.dataset.post);
const put = (found) => sessionStorage.setItem(KEPT, JSON.stringify(found));
const change = (item, what) => put(all().map((one) => (one.id === item.id ? { ...one, ...what } : one)));
const drop = (item) => put(all().filter((one) => one.id !== item.id));
const clock = (moment) => new Date(moment).toTimeString().slice(0, 5);

// Whether the scanner opens without a network: the service worker has it.
export const ready = async () => Boolean(await globalThis.caches?.match(HOME, { cacheName: "desk" }));

export const word = () => strip?.dataset.next;

// Also for a form that was opened with a network and saved without one (retry.js).
export async function keep(action, pairs) {
  put([...all(), { id: crypto.randomUUID(), post: strip.dataset.post, at: Date.now(), action, pairs }]);
  if (await ready()) return location.assign(HOME);
  document.querySelector("main").replaceChildren(strip);
  return send();
}

async function reachable() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(REACH) })).ok;
  } catch {
    return false;
  }
}

// ── scanning ────────────────────────────────────────────────────────────────────────────────────

if (blank) {
  fetch(scan.dataset.wasm).catch(() => {}); // so that the reader is here before it is needed
  scan.addEventListener("scanned", async (event) => {
    event.preventDefault();
    if (await reachable()) scan.submit();
    else open(event.detail);
  });
  for (const form of document.querySelectorAll("form#scan, #in-hand form")) form.addEventListener("submit", typed);
}

async function typed(event) {
  event.preventDefault();
  if (await reachable()) event.target.submit();
  else document.getElementById("said").textContent = blank.dataset.onlyCamera;
}

function open(code) {
  const scanned = Date.now();
  const main = document.querySelector("main");
  main.replaceChildren(strip, blank.content.cloneNode(true));
  const form = main.querySelector("form");
  form.elements.code.value = code;
  form.elements.once.value = crypto.randomUUID();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.seconds.value = scanned;
    keep(form.getAttribute("action"), [...new FormData(form)]);
  });
  scrollTo(0, 0);
  main.querySelector("[role=alert]").focus();
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────

// This phone's clock may be wrong; how long ago it was it knows.
const ago = (moment) => String(Math.max(0, Math.round((Date.now() - moment) / 1000)));
const body = (item) => new URLSearchParams(item.pairs.map(([name, value]) => [name, name === "seconds" ? ago(Number(value)) : value]));

async function send() {
  clearTimeout(timer);
  if (sending || !strip) return;
  sending = true;
  try {
    for (const item of mine().filter((one) => !one.said)) await sent(item);
    draw();
  } catch {
    draw();
    if (mine().some((one) => !one.said)) timer = setTimeout(send, AGAIN);
  }
  sending = false;
}

// What could not be sent, or the server could not take, is tried again; else it is done, or says why.
async function sent(item) {
  const answer = await fetch(item.action, { method: "POST", body: body(item), signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  if (answer.redirected) {
    strip.dataset.loggedOut = "yes";
    throw new Error("logged out");
  }
  if (answer.ok) {
    drop(item);
    done += 1;
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const wrong = page.querySelector("form[action='/desk/record/save']");
  change(item, { said: wrong ? "wrong" : page.querySelector("[role=alert], .notice.bad, main p")?.textContent.trim() || "?" });
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

function draw() {
  const items = mine();
  const open = items.filter((one) => !one.said).length;
  strip.replaceChildren();
  if (strip.dataset.loggedOut && open) line(strip.dataset.over);
  if (open) line(strip.dataset.waiting.replace("{count}", open));
  if (done) line(strip.dataset.sent.replace("{count}", done));
  for (const item of items.filter((one) => one.said)) settle(item);
  strip.hidden = !strip.childElementCount;
}

function line(text) {
  const said = document.createElement("p");
  said.textContent = text;
  strip.append(said);
  return said;
}

function settle(item) {
  const correctable = item.said === "wrong";
  const time = clock(item.at);
  const said = line(correctable ? strip.dataset.wrong.replace("{time}", time) : strip.dataset.refused.replace("{time}", time) + item.said);
  const button = document.createElement("button");
  button.className = "quiet";
  button.textContent = correctable ? strip.dataset.correct : strip.dataset.seen;
  button.addEventListener("click", () => {
    if (correctable) return show(item);
    drop(item);
    return draw();
  });
  said.append(" ", button);
}

// The server draws the form again, with what was typed and what was wrong. Only when that is here,
// with the item's number on it, does the item go.
function show(item) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = item.action;
  for (const [name, value] of [...body(item), ["waiting", item.id]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

if (strip) {
  drop({ id: strip.dataset.arrived });
  draw();
  send();
  addEventListener("online", send);
}
