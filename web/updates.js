// @ts-check
// Why JavaScript: it minds the service worker, which is the browser's affair and not the app's.
//
// Loaded by a built site once its app is up. Starts the service worker, has it keep the snapshot, and says when a new version
// is ready. Without service workers, or where one can't be started, the site works all the same.

const OFTEN_ENOUGH = 60 * 60 * 1000; // ms between two looks for a new version

/** @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  if (document.getElementById("new-version")) return;
  const notice = document.createElement("aside");
  notice.id = "new-version";
  notice.setAttribute("aria-label", "New version");
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => {
    reload.disabled = true;
    const { waiting } = registration;
    if (!waiting) return location.reload(); // another tab has let it take over
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  });
  const later = document.createElement("button");
  later.type = "button";
  later.className = "secondary";
  later.textContent = "Later";
  later.addEventListener("click", () => notice.remove());
  notice.append(text, reload, later);
  document.body.append(notice);
  // A status is read out when its text changes, not when it appears.
  text.textContent = "A new version is ready.";
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  const { serviceWorker } = navigator;
  if (registration.waiting && serviceWorker.controller) offer(registration);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      if (next.state === "installed" && serviceWorker.controller) offer(registration);
    });
  });
  const controlled = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) offer(registration); // another tab has let the new version take over
  });
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < OFTEN_ENOUGH) return;
    looked = Date.now();
    registration.update().catch(() => {}); // no network: next time
  });
}

/** The one address that the page may make a worker of. */
const address = new URL("service-worker.js", document.baseURI).href;
const worker = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("podio-workbench-worker", {
  createScriptURL: () => address,
}) ?? { createScriptURL: () => address };

/** Start the service worker of this site and mind it. */
export async function mindUpdates() {
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(worker.createScriptURL(""), { scope: new URL("./", document.baseURI).pathname });
    watch(registration);
    const { active } = await serviceWorker.ready;
    active?.postMessage("keep the rest");
  } catch {
    console.info("This browser keeps no copy of the page: the next visit will start more slowly.");
  }
}
