// Rows of a form that are added and removed in place. Without scripts the same buttons bring the
// page back with one more or one less. It listens on the document, so that forms which come later
// (kept for when there is no network) have it too.

const BUTTONS = ".scene-rows button[name=more], .scene-rows button[name=less]";
const NUMBERED = ["id", "name", "for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-activedescendant"];

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(BUTTONS);
  if (!button) return;
  event.preventDefault();
  const rows = button.closest(".scene-rows");
  if (button.name === "more") add(rows);
  else remove(rows, button.closest(".scene-row"));
});

const all = (rows) => [...rows.querySelectorAll(":scope > .scene-row")];

function add(rows) {
  const template = rows.querySelector(":scope > template");
  const row = template.content.querySelector(".scene-row").cloneNode(true);
  template.before(row);
  const [at, most] = [numbered(rows).length, Number(rows.dataset.most)];
  say(rows, at < most ? said(rows.dataset.added, at, most - at) : rows.dataset.full);
  row.querySelector("input, select, textarea").focus();
}

function remove(rows, row) {
  const at = all(rows).indexOf(row) + 1;
  row.remove();
  numbered(rows);
  say(rows, said(rows.dataset.removed, at));
  rows.querySelector("button[name=more]").focus(); // a field would open the keyboard
}

function numbered(rows) {
  const found = all(rows);
  found.forEach((row, at) => number(rows, row, at));
  for (const row of found) row.querySelector("button[name=less]").hidden = found.length === 1;
  rows.querySelector("button[name=more]").hidden = found.length >= Number(rows.dataset.most);
  return found;
}

function number(rows, row, at) {
  const old = new RegExp(`(^|\\s)${rows.id}([.-])(?:\\d+|N)(?=[.\\s]|$)`, "g");
  const put = (element, name) => element.setAttribute(name, element.getAttribute(name).replace(old, `$1${rows.id}$2${at}`));
  for (const element of [row, ...row.querySelectorAll("*")]) {
    NUMBERED.filter((name) => element.hasAttribute(name)).forEach((name) => put(element, name));
  }
  const less = row.querySelector("button[name=less]");
  put(less, "value");
  for (const told of [row.querySelector(".scene-row-head b"), less.querySelector("span")]) told.textContent = said(rows.dataset.row, at + 1);
}

const said = (text, row, left) => text.replace("{row}", row).replace("{left}", left);

function say(rows, text) {
  rows.querySelector(".scene-rows-said").textContent = text;
}
