// Asks every two seconds whether the phone has confirmed; without scripts there is a button.

const EVERY = 2_000;
const screen = document.getElementById("screen");
const end = Date.now() + Number(screen.dataset.seconds) * 1000;

function over() {
  document.getElementById("over").hidden = false;
  document.getElementById("confirmed").hidden = true;
  screen.querySelector("img").hidden = true;
}

async function ask() {
  if (Date.now() >= end) return over();
  try {
    const answer = await fetch("/login/screen/waiting", { cache: "no-store" });
    const waiting = answer.ok ? await answer.json() : { confirmed: false, over: false };
    if (waiting.confirmed) return location.replace("/login/screen");
    if (waiting.over) return over();
  } catch {
    // asked again
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
