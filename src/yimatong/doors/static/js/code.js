// Draws the code, keeps the clock moving, and asks for a fresh code once a minute while the
// page is looked at. What the server said last stays on the page when it cannot be reached.

const EVERY = 60_000;
const BEFORE_END = 10_000;
const AGAIN = 10_000;
const PATIENCE = 8_000;

const card = document.getElementById("code");
const picture = document.getElementById("code-picture");
const clock = document.getElementById("code-clock");
const dataTime = document.getElementById("code-as-of");
const fresh = document.getElementById("code-fresh");
const { qrcode } = await import(card.dataset.drawing);

const hours = (parts) => new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", ...parts });
const seconds = hours({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minutes = hours({ hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });

// The server's clock, carried on by this device's: the guard compares the card with a watch.
let ahead = Date.parse(card.dataset.asOf) - Date.now();
let asOf = Date.parse(card.dataset.asOf);
let expires = Date.parse(card.dataset.expires);
let due = dueAfter(card.dataset.nextChange);
let asking = false;

const now = () => Date.now() + ahead;

function dueAfter(nextChange) {
  const edge = Date.parse(nextChange || "");
  const regular = Math.min(asOf + EVERY, expires - BEFORE_END);
  return edge > asOf ? Math.min(regular, edge) : regular;
}

function draw(text) {
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

function say(kind) {
  const said = card.dataset[kind].replace("{time}", minutes.format(asOf));
  if (fresh.textContent !== said) fresh.textContent = said;
  card.classList.toggle("code-late", kind !== "live");
  card.classList.toggle("code-over", kind === "over");
}

async function refresh() {
  asking = true;
  try {
    const answer = await fetch("/api/v1/code", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if ([401, 403, 409].includes(answer.status)) return again();
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
  } catch {
    due = now() + AGAIN;
    say(now() < expires ? "offline" : "over");
  } finally {
    asking = false;
  }
}

function again() {
  location.replace(card.dataset.page);
}

function take(code) {
  if (code.standing !== card.dataset.standing) return again();
  asOf = Date.parse(code.as_of);
  ahead = asOf - Date.now();
  expires = Date.parse(code.expires_at);
  due = dueAfter(code.next_change_at);
  dataTime.textContent = `${day.format(asOf)} ${minutes.format(asOf)}`;
  draw(code.text);
  say("live");
}

function tick() {
  clock.textContent = seconds.format(now());
  if (now() >= expires) say("over");
  if (!document.hidden && !asking && now() >= due) refresh();
}

draw(card.dataset.text);
say("live");
tick();
setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick);
// A page that the browser kept and shows again may be of long ago.
addEventListener("pageshow", (event) => event.persisted && refresh());
