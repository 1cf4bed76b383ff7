// @ts-check
// Why JavaScript: it loads the runtime that Python runs on. This is the one module that knows PyScript.

const boot = /** @type {any} */ (globalThis).podioBoot;
const root = document.documentElement;

/** Resolve when the app has put something of its own on screen, or has failed. */
const appIsUp = new Promise((resolve) => {
  const check = () => root.dataset.appState !== "loading" && (observer.disconnect(), resolve(undefined));
  const observer = new MutationObserver(check);
  observer.observe(root, { attributes: true, attributeFilter: ["data-app-state"] });
  check();
});

/** Resolve when the browser has nothing better to do. */
const idle = () =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 2000 });
    else setTimeout(resolve, 200);
  });

/** Whether the app is started before PyScript, which then finds it running; else PyScript's script starts it, later. */
const isFast = root.dataset.fastStart !== "off";

/** Start PyScript, behind an app that runs already: then the app doesn't wait for it, and nothing that goes wrong here ends it. */
async function startPyScript() {
  if (isFast) {
    await appIsUp;
    if (root.dataset.appState === "failed") return;
    await idle();
  }
  try {
    const address = new URL(`${root.dataset.runtime}pyscript/core.js`, document.baseURI).href;
    const { hooks } = await import(address);
    // By default PyScript makes a function of a string here, which the page's policy forbids: measured with 0.7.31.
    hooks.worker.onBeforeRunAsync.clear();
  } catch {
    if (isFast) console.warn("PyScript could not be loaded; the workbench runs without it.");
    else boot.failFile("pyscript/core.js");
  }
}

/** A built site keeps a copy of itself, and announces new versions. */
async function startUpdates() {
  if (!root.dataset.appRelease) return;
  await appIsUp;
  if (root.dataset.appState === "failed") return;
  await idle();
  try {
    const { mindUpdates } = await import(import.meta.url.replace("boot.js", "updates.js"));
    await mindUpdates();
  } catch {
    console.info("updates.js could not be loaded: the page keeps no copy of itself.");
  }
}

if (boot?.refused) {
  // The first script has already said why this page must not start (in a frame, say).
} else if (typeof boot?.takeAnswer === "function" && typeof boot.progress === "function") {
  boot.progress("Loading…");
  try {
    // The same address as in pyscript.json: PyScript must get this very module.
    const load = () => import(import.meta.url.replace("boot.js", "runtime.mjs"));
    // Again, once: a connection is dropped, or the browser ends a service worker that is answering.
    const { startApp } = await load().catch(load);
    startPyScript().then(startUpdates);
    if (isFast) await startApp();
  } catch (error) {
    boot.failFile("runtime.mjs", error instanceof Error ? error.message : "");
  }
} else if (root.dataset.appState === "loading") {
  // Without the watching script nobody else can say it.
  const alert = document.createElement("p");
  alert.setAttribute("role", "alert");
  alert.textContent =
    "This page could not be loaded: a file of it (watch.js or answer.js) is missing. Reload it. If that doesn't help, tell the owner of this page.";
  (document.getElementById("app") ?? document.body).replaceChildren(alert);
  root.dataset.appState = "failed";
}
