// On every page of somebody logged in: with the log-out goes what forms left on this phone, and what
// a desk has not sent.

const PREFIX = "yimatong.form."; // as in forms.js

document.querySelector("form[action='/logout']")?.addEventListener("submit", () => {
  try {
    sessionStorage.removeItem("desk.waiting"); // as in late.js
    Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => localStorage.removeItem(name));
  } catch { /* a phone that keeps nothing has nothing to erase */ }
});
