// The service worker; `/worker.js` puts VERSION and FILES before it. It keeps the files of the
// page that is shown without a network, and no other page. The last code lies in a cache of its
// own, put there by the page that showed it. What is sent (POST) and the API it leaves alone.

const SHELL = `shell-${VERSION}`;
const DAY = 24 * 3600_000;
const PATIENCE = 6_000;
const SHOWS_CODE = ["/", "/code"];
// A desk that goes on without a network needs its scanner: the page names the place, and nobody.
const DESK = "/desk/record";
// After these somebody else, or nobody, is logged in.
const FORGETS = [
  "/logout", "/login/code", "/login/link/code", "/family/act", "/mine/delete/code", "/api/v1/logout",
  "/desk/login/second",
];
// And by these pages: WeChat or Alipay comes back, a phone has let this screen in.
const ENTERS = /^\/login\/(with\/[a-z]+\/back|screen)$/;

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (origin !== location.origin) return;
  if (ENTERS.test(pathname)) event.waitUntil(forget());
  if (method !== "GET") {
    if (FORGETS.includes(pathname)) event.waitUntil(forget());
  } else if (mode === "navigate" && pathname === DESK) {
    event.respondWith(desk(event));
  } else if (FILES.includes(pathname + search)) {
    event.respondWith(ownFile(event.request));
  } else if (mode === "navigate" && !/^\/(desk|api|static|demo)(\/|$)/.test(pathname)) {
    event.respondWith(page(event, SHOWS_CODE.includes(pathname)));
  }
});

async function fill() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES.map((file) => new Request(file, { credentials: "omit" })));
  await skipWaiting();
}

async function begin() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

const forget = () => Promise.all(["code", "desk"].map((name) => caches.delete(name)));

const kept = (file) => caches.match(file, { cacheName: SHELL, ignoreVary: true });

async function ownFile(request) {
  return (await kept(request.url)) ?? fetch(request);
}

// The page itself, from the server. Where a code is kept nobody waits long for one that does not
// answer, or answers that something broke.
async function page(event, showsCode) {
  const answer = fromServer(event);
  const code = await lastCode();
  try {
    if (!showsCode || !code) return await answer;
    const answered = await Promise.race([answer, late()]);
    return answered.status < 500 ? answered : withoutNetwork();
  } catch {
    return withoutNetwork();
  }
}

async function desk(event) {
  const scanner = await caches.open("desk");
  try {
    const answer = await Promise.race([fromServer(event), late()]);
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (answer.ok) event.waitUntil(scanner.put(DESK, answer.clone()));
    return answer;
  } catch {
    return (await scanner.match(DESK, { ignoreVary: true })) ?? Response.error();
  }
}

async function fromServer(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

async function withoutNetwork() {
  return (await kept("/offline")) ?? Response.error();
}

// What is on the last card; after a day nothing.
async function lastCode() {
  const code = await (await caches.match("/code", { cacheName: "code" }))?.json();
  if (!code || Math.abs(Date.now() + code.ahead - code.asOf) < DAY) return code;
  await caches.delete("code");
  return undefined;
}
