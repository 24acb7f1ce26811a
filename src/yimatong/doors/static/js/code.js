// Draws the code, keeps the clock moving, and asks for a fresh code once a minute while the
// page is looked at. What the server said last stays on the page when it cannot be reached,
// marked with its time, and is put by for a visit without a network (see worker.js).

const EVERY = 60_000;
const BEFORE_END = 10_000;
const RECENT = 10_000;
const AGAIN = 10_000;
const PATIENCE = 8_000;
const DAY = 24 * 3600_000;

const card = document.getElementById("code");
const picture = document.getElementById("code-picture");
const clock = document.getElementById("code-clock");
const dataTime = document.getElementById("code-as-of");
const fresh = document.getElementById("code-fresh");
const { qrcode } = await import(card.dataset.drawing);

const { holder } = document.documentElement.dataset;
const workers = window.caches && navigator.serviceWorker;
const hours = (parts) => new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", ...parts });
const seconds = hours({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minutes = hours({ hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });

const old = "old" in card.dataset; // drawn again without the network
let text = card.dataset.text;
let asOf = Date.parse(card.dataset.asOf);
let expires = Date.parse(card.dataset.expires);
let due = 0;
let asking = false;
let at, steady, wall;

// The server's clock is carried on by whichever of this device's two went further. The steady
// one may stand still in sleep, the other may be set: so a code never looks newer than it is.
function setClock(moment, heard) {
  at = moment;
  steady = heard;
  wall = Date.now() - (performance.now() - heard);
}

const now = () => at + Math.max(performance.now() - steady, Date.now() - wall);

function dueAfter(nextChange) {
  const edge = Date.parse(nextChange || "");
  const regular = Math.min(asOf + EVERY, expires - BEFORE_END);
  return edge > asOf ? Math.min(regular, edge) : regular;
}

function draw() {
  const code = qrcode(0, "M");
  code.addData(text, "Alphanumeric");
  code.make();
  const size = code.getModuleCount();
  const dark = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) dark.push(`M${column + 4} ${row + 4}h1v1h-1z`);
    }
  }
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const svg = make("svg");
  const path = make("path");
  svg.setAttribute("viewBox", `0 0 ${size + 8} ${size + 8}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  picture.replaceChildren(svg);
  picture.hidden = false;
}

// Said once for each change: a screen reader is not told again every second.
function say(kind) {
  const said = card.dataset[kind].replace("{time}", minutes.format(asOf)).replace("{end}", seconds.format(expires));
  if (fresh.textContent !== said) fresh.textContent = said;
  card.dataset.said = kind;
  card.classList.toggle("code-late", kind !== "live");
  card.classList.toggle("code-over", kind === "over");
}

async function refresh() {
  if (asking) return;
  asking = true;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch("/api/v1/code", { cache: "no-store", signal: patience.signal });
    if ([401, 403, 409].includes(answer.status)) return again();
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
  } catch {
    due = now() + AGAIN;
    say(now() < expires ? "offline" : "over");
  } finally {
    clearTimeout(timer);
    asking = false;
  }
}

function again() {
  location.replace(card.dataset.page);
}

// Another person's code never goes under this name, whoever was switched to in another window.
function take(code) {
  if (old || code.holder !== holder || code.standing !== card.dataset.standing) return again();
  text = code.text;
  asOf = Date.parse(code.as_of);
  expires = Date.parse(code.expires_at);
  setClock(asOf, performance.now());
  due = dueAfter(code.next_change_at);
  dataTime.textContent = `${day.format(asOf)} ${minutes.format(asOf)}`;
  draw();
  say("live");
  keep();
}

function tick() {
  const live = card.dataset.said === "live";
  if (now() >= expires) say("over");
  clock.textContent = live ? seconds.format(now()) : minutes.format(asOf);
  if (old && now() - asOf >= DAY) again();
  if (!document.hidden && now() >= due) refresh();
}

// What is on the card and nothing else, for as long as a worker can also take it away again.
async function keep() {
  if (old || !workers) return;
  if (!workers.controller) {
    await caches.delete("code");
    return;
  }
  const parts = [...card.querySelectorAll("[data-part]")];
  const said = Object.fromEntries(parts.map((part) => [part.dataset.part, part.textContent]));
  const { look, shape } = card.dataset;
  const ahead = now() - Date.now();
  const code = { holder, language: document.documentElement.lang, look, shape, said, text, asOf, expires, ahead };
  await (await caches.open("code")).put("/code", new Response(JSON.stringify(code)));
}

if (old) {
  setClock(Date.parse(card.dataset.old), performance.now());
  due = now() + AGAIN;
} else {
  const arrived = performance.getEntriesByType("navigation")[0]?.responseStart;
  setClock(asOf, arrived || performance.now());
  due = dueAfter(card.dataset.nextChange);
}
draw();
performance.mark("code");
say(old ? "offline" : "live");
tick();
setInterval(tick, 1000);
if (workers && !workers.controller) workers.addEventListener("controllerchange", keep, { once: true });
keep();
// Whoever comes back to the page, from another window or by the back button, sees a fresh code.
document.addEventListener("visibilitychange", () => document.hidden || now() - asOf < RECENT || refresh());
addEventListener("pageshow", (event) => event.persisted && refresh());
addEventListener("online", refresh);
