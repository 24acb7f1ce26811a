// A form that outlives the network: what is typed is saved with the server now and then, and on
// this phone where the server cannot be reached; what is sent without a network waits here and
// is sent once. Without scripts the form works as ever, and its own button saves.

const PREFIX = "yimatong.form.";
const LIFE = 24 * 3600_000;
const QUIET = 2_500;
const AGAIN = 15_000;
const PATIENCE = 20_000;
const NOT_KEPT = ["once", "whose", "promise", "later", "anew"];
const hours = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", hour: "2-digit", minute: "2-digit" });

let form;
let saving = Promise.resolve();
let typing = 0;
let retry = 0;
let busy = false;
let sent = false;

// ── what this phone keeps: for a day at most, by an opaque key of person and form ─────────────

function kept(name = PREFIX + form.dataset.key) {
  try {
    const copy = JSON.parse(localStorage.getItem(name));
    return copy && Date.now() - copy.at < LIFE ? copy : null;
  } catch {
    return null;
  }
}

function keep(copy) {
  const name = PREFIX + form.dataset.key;
  try {
    if (copy) localStorage.setItem(name, JSON.stringify({ ...copy, at: Date.now() }));
    else localStorage.removeItem(name);
  } catch { /* the page itself still holds what was typed */ }
}

function forget() {
  try {
    Object.keys(localStorage).filter((name) => name.startsWith(PREFIX) && !kept(name)).forEach((name) => localStorage.removeItem(name));
  } catch { /* nothing is kept here */ }
}

// ── saving what is typed ──────────────────────────────────────────────────────────────────────

const body = () => new URLSearchParams(new FormData(form)).toString();

function say(id, text, ...more) {
  const place = document.getElementById(id);
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line, ...more);
  place.hidden = false;
}

function typed() {
  clearTimeout(typing);
  typing = setTimeout(() => { saving = save(); }, QUIET);
}

async function save() {
  if (busy || sent || kept()?.waiting) return;
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (value && !NOT_KEPT.includes(name)) (fields[name] ??= []).push(value);
  }
  const request = { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ fields }) };
  try {
    const answer = await fetch(form.dataset.draft, { ...request, signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(String(answer.status));
    keep(null);
    say("form-said", form.dataset.saved.replace("{time}", hours.format(new Date())));
  } catch {
    keep({ body: body(), waiting: false });
  }
}

// ── sending ───────────────────────────────────────────────────────────────────────────────────

function submitted(event) {
  if (event.submitter?.name) return; // save for later, begin anew: as without scripts
  event.preventDefault();
  if (!busy && !sent) send(body());
}

async function send(text) {
  busy = true;
  clearTimeout(typing);
  clearTimeout(retry);
  await saving;
  say("form-said", form.dataset.sending);
  form.inert = true;
  const request = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: text };
  try {
    const answer = await fetch(form.action, { ...request, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const page = answer.redirected ? "" : await answer.text();
    sent = true;
    keep(null);
    if (answer.redirected) location.assign(answer.url);
    else correct(page);
  } catch {
    wait(text);
  }
  busy = false;
}

// What is to be corrected is the same page with the problems on it.
function correct(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  begin();
  document.querySelector("main [role=alert]")?.focus();
  scrollTo(0, 0);
}

function wait(text) {
  keep({ body: text, waiting: true });
  const edit = document.createElement("button");
  Object.assign(edit, { type: "button", className: "quiet wide", textContent: form.dataset.edit });
  edit.addEventListener("click", editAgain);
  say("form-said", form.dataset.waiting, edit);
  document.getElementById("form-said").scrollIntoView({ block: "center" });
  retry = setTimeout(goOn, AGAIN);
}

function goOn() {
  const copy = form && kept();
  if (copy?.waiting && !busy && !sent) send(copy.body);
}

function editAgain() {
  clearTimeout(retry);
  keep({ body: body(), waiting: false });
  form.inert = false;
  document.getElementById("form-said").hidden = true;
}

// ── beginning ─────────────────────────────────────────────────────────────────────────────────

function fill(text) {
  const answers = new URLSearchParams(text);
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.includes(field.name)) continue;
    const values = answers.getAll(field.name);
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function begin() {
  form = document.querySelector("form[data-key]");
  sent = false;
  if (!form) return;
  form.addEventListener("submit", submitted);
  form.addEventListener("input", typed);
  const copy = kept();
  if (!copy || document.querySelector("main [role=alert]")) return;
  fill(copy.body);
  if (copy.waiting) send(copy.body);
  else say("form-kept", form.dataset.here);
}

// A page that the browser kept and shows again was sent already, or may be sent again unchanged.
addEventListener("pageshow", (event) => {
  if (event.persisted && form) [form.inert, sent] = [false, false];
});
addEventListener("online", goOn);
forget();
begin();
