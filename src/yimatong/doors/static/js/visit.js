// Keeps the clock of the screen at the door moving, by the server's time.

const clock = document.getElementById("visit-clock");
const began = Date.parse(clock.dataset.now);
const heard = performance.now();
const hours = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" });

function tick() {
  clock.textContent = hours.format(began + performance.now() - heard);
}

tick();
setInterval(tick, 1000);
// Once it counts no longer as of now, the server says so.
setTimeout(() => location.reload(), Number(clock.dataset.left) * 1000);
