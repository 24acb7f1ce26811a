// On every page: the service worker, and no code left on this phone but that of whom the page is for.

const workers = navigator.serviceWorker;

async function forgetOthers() {
  const found = await caches.match("/code", { cacheName: "code" });
  const code = await found?.json();
  if (code && code.holder !== document.documentElement.dataset.holder) await caches.delete("code");
}

// The page comes first; what is only for later waits until it is there.
const register = () => workers.register("/worker.js", { updateViaCache: "all" });

if (workers && window.caches) {
  if (!document.getElementById("code")) forgetOthers(); // code.js sees to its own page
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
