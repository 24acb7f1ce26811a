// A desk's form that outlives the network: what was entered stays on the page and is sent again
// until it is acknowledged. The ticket in it makes it count once. Nothing is put on the device, and
// leaving the page while something waits is warned of. A desk where nobody waits for an answer may
// go on with the next meanwhile (late.js). Without scripts the form works as ever.

const AGAIN = 10_000;
const PATIENCE = 20_000;

let waiting = false;
let timer = 0;

function begin() {
  for (const form of document.querySelectorAll("form[data-retry]")) {
    form.addEventListener("submit", (event) => submitted(event, form));
  }
}

function submitted(event, form) {
  if (event.submitter?.formNoValidate) return; // one more row: the server draws the form again
  event.preventDefault();
  if (waiting) return;
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
  waiting = true;
  send(form, body.toString());
}

function say(form, text) {
  const line = form.querySelector(".retry-said");
  line.textContent = text;
  line.hidden = !text;
}

async function send(form, text) {
  clearTimeout(timer);
  form.inert = !form.querySelector(".retry-next");
  say(form, form.dataset.sending);
  const request = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: text };
  try {
    const answer = await fetch(form.action, { ...request, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const page = await answer.text();
    waiting = false;
    if (answer.redirected) location.assign(answer.url);
    else show(page);
  } catch {
    say(form, form.dataset.retry);
    again = () => send(form, text);
    timer = setTimeout(again, AGAIN);
    offerNext(form, text).catch(() => {}); // its script never came: waiting here is as good
  }
}

let again = () => {};

async function offerNext(form, text) {
  if (!document.getElementById("waiting") || form.querySelector(".retry-next")) return;
  const { keep, ready, word } = await import(form.dataset.late);
  if (!(await ready())) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet wide retry-next", textContent: word() });
  button.addEventListener("click", () => {
    waiting = false;
    clearTimeout(timer);
    keep(new URL(form.action).pathname, [...new URLSearchParams(text)]);
  });
  form.inert = false;
  for (const field of form.elements) field.disabled = true;
  form.append(button);
  button.focus();
}

// What comes back is the same address with what was recorded, or with what is to be corrected.
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  begin();
  (document.querySelector("main [role=alert]") ?? document.querySelector("main [autofocus]"))?.focus();
  scrollTo(0, 0);
}

addEventListener("online", () => waiting && again());
addEventListener("beforeunload", (event) => waiting && event.preventDefault());
begin();
