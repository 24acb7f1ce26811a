// A field whose names come from a list in the page: a combobox (ARIA 1.2) that finds by Chinese,
// pinyin, first letters, other names and English, without asking anybody. What is not in the list
// may be typed as ever. Without scripts the browser's own list stands there.

const LISTED = "input[list=listed], input[data-listed]";
const MOST = 30;
const OWN = 3; // the name, its pinyin, its first letters
const NOT = 5;
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""); // as scenes/listing.py
const chinese = (text) => /[\u4e00-\u9fff]/.test(text);
const lists = new WeakMap();

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("input[list=listed]")) begin(target);
});
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(LISTED)) return;
  if (plain(target.value)) open(begin(target), target.value);
  else close(begin(target));
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input[data-listed]") && !event.isComposing) press(event);
});
document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("input[data-listed]")) show(target, false);
});
// Held down on an option the field keeps the focus; let go there, it is chosen.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.(".listed")) event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  const option = target.closest?.(".listed [role=option]");
  if (option) choose(option.closest(".field").querySelector("input"), option);
});

const boxOf = (input) => input.parentElement.querySelector(".listed");
const saidBy = (input) => input.parentElement.querySelector(".listed-said");
const activeIn = (input) => boxOf(input).querySelector("[aria-selected=true]");

// ── the list ──────────────────────────────────────────────────────────────────────────────────

function entries(list) {
  if (!lists.has(list)) {
    lists.set(list, [...list.options].map((one) => ({ name: one.value, english: one.dataset.english, finds: [plain(one.value), ...one.label.split(" ")] })));
  }
  return lists.get(list);
}

// Exactly so, then what begins so, its own name before its others', then what was typed further than
// a name (布洛芬片), then what has it within.
function rank(one, text) {
  const begins = one.finds.findIndex((find) => find.startsWith(text));
  if (one.finds.includes(text)) return 0;
  if (begins >= 0) return begins < OWN ? 1 : 2;
  if (one.finds.some((find) => find.length > (chinese(find) ? 1 : 2) && text.startsWith(find))) return 3;
  return text.length > 1 && one.finds.some((find) => find.includes(text)) ? 4 : NOT;
}

function matches(list, typed) {
  const text = plain(typed);
  if (!text) return entries(list);
  const ranked = entries(list).map((one) => [rank(one, text), one]).filter(([at]) => at < NOT);
  return ranked.sort(([one], [other]) => one - other).map(([, one]) => one);
}

// ── the box below the field ───────────────────────────────────────────────────────────────────

function begin(input) {
  if (!input.hasAttribute("list")) return input;
  input.dataset.listed = input.getAttribute("list");
  input.removeAttribute("list");
  const box = document.createElement("ul");
  Object.assign(box, { className: "listed", id: `${input.id}-list`, hidden: true });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", document.getElementById(input.dataset.listed).dataset.list);
  const said = document.createElement("p");
  said.className = "listed-said";
  said.setAttribute("role", "status");
  input.after(box, said);
  input.parentElement.classList.add("listed-field");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", box.id]]) input.setAttribute(name, value);
  return input;
}

function open(input, typed) {
  const list = document.getElementById(input.dataset.listed);
  const found = matches(list, typed);
  const box = boxOf(input);
  box.replaceChildren(...found.slice(0, MOST).map((one, at) => drawn(one, `${box.id}-${at}`)));
  box.scrollTop = 0;
  show(input, found.length > 0);
  say(input, found.length ? list.dataset.some.replace("{count}", found.length) : list.dataset.none, found.length === 0);
}

// How many there are is for who does not see the box. That there is none stays to be seen: what would go when the
// field is left, would move the button that somebody is about to press.
function say(input, text, seen) {
  const line = saidBy(input);
  line.textContent = text;
  line.className = seen ? "listed-said hint" : "listed-said visually-hidden";
}

function drawn(one, id) {
  const [option, name, english] = ["li", "span", "small"].map((tag) => document.createElement(tag));
  Object.assign(option, { id });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  Object.assign(name, { textContent: one.name, lang: "zh-CN" });
  Object.assign(english, { textContent: one.english, lang: "en" });
  option.append(name, ...(one.english ? [" ", english] : []));
  return option;
}

function show(input, shown) {
  const box = boxOf(input);
  box.hidden = !shown;
  if (!shown) box.replaceChildren();
  input.setAttribute("aria-expanded", String(shown));
  input.removeAttribute("aria-activedescendant");
}

function close(input) {
  show(input, false);
  say(input, "", false);
}

function choose(input, option) {
  input.value = option.querySelector("span").textContent;
  close(input);
  input.focus();
}

function mark(input, option) {
  activeIn(input)?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function press(event) {
  const input = event.target;
  const opened = !boxOf(input).hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!opened) open(input, input.value);
    move(input, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && opened && activeIn(input)) {
    event.preventDefault();
    choose(input, activeIn(input));
  } else if (event.key === "Escape" && opened) {
    event.preventDefault();
    close(input);
  }
}

function move(input, by) {
  const options = [...boxOf(input).children];
  if (!options.length) return;
  const at = options.indexOf(activeIn(input));
  const next = at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length;
  mark(input, options[next]);
}
