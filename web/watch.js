// @ts-check
// Why JavaScript: it watches over the start, before Python is there and where Python never comes.
// A classic script without imports, so that no missing file can keep it from saying what is wrong.

(() => {
  "use strict";

  const QUIET_LIMIT = 15_000; // ms without a byte or a stage of progress
  const APP_LIMIT = 60_000; // the same once the app itself is at work: a slow Podio is the app's to report, not a stalled start
  const TICK = 500; // ms
  const root = document.documentElement;

  /** The state is the app's own once it has left "loading". */
  const loading = () => root.dataset.appState === "loading";

  let stage = "";
  let quiet = 0;
  let limit = QUIET_LIMIT;
  let lastTick = Date.now();
  /** @type {Map<string, {done: number, size: number}>} */
  const downloads = new Map();

  const draw = () => {
    const status = document.getElementById("boot-status");
    if (status && status.textContent !== stage && stage) status.textContent = stage;
    const bar = document.getElementById("boot-progress");
    if (bar instanceof HTMLProgressElement && downloads.size) {
      let done = 0;
      let size = 0;
      for (const download of downloads.values()) {
        done += Math.min(download.done, download.size);
        size += download.size;
      }
      if (size) bar.value = Math.max(bar.value, Math.round((100 * done) / size));
    }
  };

  /**
   * A stage of the start has been reached.
   * @param {string} text what happens now, for users
   */
  function progress(text) {
    quiet = 0;
    stage = text;
    if (loading()) draw();
  }

  /** From here on the app itself is at work, and may have to wait for others. */
  function handOver() {
    quiet = 0;
    limit = APP_LIMIT;
  }

  /**
   * Bytes of a file have come.
   * @param {string} name
   * @param {number} done so far
   * @param {number} size in all
   */
  function received(name, done, size) {
    if (done > (downloads.get(name)?.done ?? 0)) quiet = 0;
    downloads.set(name, { done, size });
    if (loading()) draw();
  }

  /** Let go of what the service worker keeps of this site: it may be what is damaged. */
  async function deleteCopy() {
    try {
      const { pathname } = new URL("./", document.baseURI);
      const registration = await navigator.serviceWorker.getRegistration(pathname);
      await registration?.unregister();
      const ours = `podio-workbench ${encodeURIComponent(pathname)} `;
      const names = (await caches.keys()).filter((name) => name.startsWith(ours));
      await Promise.all(names.map((name) => caches.delete(name)));
    } catch {
      // No service worker, no copy.
    }
  }

  /**
   * Show that the page can't start, and what to do. Never pass anything that may hold a token.
   * @param {string} title what has happened
   * @param {string} text what to do
   * @param {string} [details] for the owner of the page
   */
  function fail(title, text, details = "") {
    const show = () => {
      const heading = document.createElement("h1");
      heading.textContent = title;
      const advice = document.createElement("p");
      advice.textContent = text;
      const reload = document.createElement("button");
      reload.type = "button";
      reload.textContent = "Reload";
      reload.addEventListener("click", () => deleteCopy().finally(() => location.reload()));
      const alert = document.createElement("div");
      alert.setAttribute("role", "alert");
      alert.append(heading, advice);
      const main = document.createElement("main");
      main.className = "boot";
      main.append(alert);
      if (details) {
        const box = document.createElement("details");
        const summary = document.createElement("summary");
        summary.textContent = "Details for the owner of this page";
        const report = document.createElement("pre");
        report.textContent = details;
        box.append(summary, report);
        main.append(box);
      }
      main.append(reload);
      (document.getElementById("app") ?? document.body).replaceChildren(main);
      root.dataset.appState = "failed";
    };
    clearInterval(watch);
    if (document.body) show();
    else document.addEventListener("DOMContentLoaded", show, { once: true });
  }

  /**
   * Show that a file of the page is missing or damaged, unless the app already runs.
   * @param {string} file its name below the page
   * @param {string} [details]
   */
  function failFile(file, details = "") {
    if (!loading()) return;
    fail(
      "This page could not be loaded",
      `The file ${file} is missing, damaged or could not be fetched. Check your connection and press Reload. ` +
        `If that doesn't help, tell the owner of this page that ${file} is missing or damaged.`,
      details,
    );
  }

  // A script that can't be fetched says so here only, and not by bubbling.
  addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement && loading()) {
        const { src } = event.target;
        failFile(src.startsWith(document.baseURI) ? src.slice(document.baseURI.length).split("?")[0] : src);
      } else if (event instanceof ErrorEvent && event.error instanceof SyntaxError && event.filename) {
        failFile(new URL(event.filename).pathname.split("/").pop() ?? "");
      }
    },
    true,
  );

  // Only time in which this page ran counts: a tab that slept, or a computer that did, is not a stalled start.
  const watch = setInterval(() => {
    const now = Date.now();
    const passed = now - lastTick;
    lastTick = now;
    if (!loading()) {
      clearInterval(watch);
      return;
    }
    draw();
    if (document.hidden || passed < 0) return;
    quiet += Math.min(passed, 2 * TICK);
    if (quiet >= limit) {
      fail(
        "This page takes too long to load",
        `Nothing has arrived for ${limit / 1000} seconds. Check your connection and press Reload. ` +
          "If that doesn't help, tell the owner of this page at which step it stopped.",
        `It stopped at: ${stage || "Loading…"}`,
      );
    }
  }, TICK);

  // The first script of the page makes this object; where that one is missing, the page must not start without it.
  const boot = (globalThis.podioBoot ??= {});
  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  Object.assign(boot, { progress, handOver, received, fail, failFile, parsed });
  if (typeof boot.takeAnswer !== "function") failFile("answer.js");
})();
