// The page that is shown without a network: the last code where it belongs, else what can be done.
// It is one page for everybody; language and print are the reader's own.

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=(\\w+)`)?.[1];
const code = await (await caches.match("/code", { cacheName: "code" }))?.json();
const shown = code && ["/", "/code"].includes(location.pathname);
const spoken = shown ? code.language : cookie("language") ?? navigator.language;
const language = spoken.startsWith("zh") ? "zh" : "en";
const main = document.getElementById("main");

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
document.body.classList.toggle("big", cookie("print") === "big");
main.append(document.getElementById(`${shown ? "code" : "plain"}-${language}`).content.cloneNode(true));
document.title = main.querySelector("[data-title]").dataset.title;
if (shown) await drawn();
else {
  main.querySelector("[data-last]").hidden = !code;
  main.querySelector("[data-again]").href = location.href;
  addEventListener("online", () => location.reload());
}

async function drawn() {
  const card = document.getElementById("code");
  card.classList.add(`code-${code.look}`);
  document.getElementById("code-sign").append(document.getElementById(`sign-${code.shape}`).content.cloneNode(true));
  for (const part of card.querySelectorAll("[data-part]")) {
    part.textContent = code.said[part.dataset.part] ?? "";
    part.closest("[data-where]")?.toggleAttribute("hidden", !part.textContent);
  }
  // This phone's clock, set right by what the server said then. Was it turned back since, nobody
  // can say how old the code is: then it counts as over.
  const now = Date.now() + code.ahead;
  const iso = (moment) => new Date(moment).toISOString();
  const ends = now < code.asOf ? code.asOf : code.expires;
  Object.assign(card.dataset, { text: code.text, asOf: iso(code.asOf), expires: iso(ends), old: iso(Math.max(now, code.asOf)), page: location.pathname });
  card.hidden = false;
  await import(card.dataset.script);
}
