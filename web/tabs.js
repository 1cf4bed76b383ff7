// Fetches config.json, asks the other tabs of this site for the session, and reads the browser's locale, while Python
// starts: the wait for all three lies behind that start. Not Python for that reason alone. What an answer is worth is decided
// in podio/hand_over.py, whether one may be used at all (only where the origin is the site's own) in workbench/settings.py,
// and what the locale means in workbench/locales.py.
// @ts-check
(() => {
  "use strict";
  const LIMIT = 1000; // ms for which answers are heard, as in podio/hand_over.py
  const MOST = 100; // more tabs than anybody has
  const boot = /** @type {any} */ (globalThis).podioBoot;
  if (!boot || boot.refused) return; // a frame or the sign-in window asks nobody

  boot.config = fetch("config.json", { cache: "no-cache" }).then(async (response) => ({
    ok: response.ok,
    cached: response.headers.get("podio-workbench-source") === "cache", // so says the service worker
    text: response.ok ? await response.text() : "",
  }));

  /**
   * Whether this tab was offered the sign-in (it showed the card, was signed out, or went to Podio by itself): then it asks
   * no other tab, after a reload neither. Noted when the page is left, or hidden (the browser may discard it then without a
   * word), so that the storage of a page that is looked at holds its session only.
   * @param {string} key
   */
  const offers = (key) => {
    const tab = {
      offered: sessionStorage.getItem(key) !== null,
      offer() { tab.offered = true; },
      asked: /** @type {unknown} */ (null),
    };
    sessionStorage.removeItem(key);
    const keep = () => { if (tab.offered) sessionStorage.setItem(key, "1"); };
    addEventListener("pagehide", keep);
    addEventListener("visibilitychange", () => (document.hidden ? keep() : sessionStorage.removeItem(key)));
    return tab;
  };

  /** @param {string} name */
  const ask = async (name) => {
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    /** @type {unknown[]} */
    const answers = [];
    const locks = await navigator.locks?.query().catch(() => null);
    const expected = locks ? (locks.held ?? []).filter((lock) => lock.name === name).length : Infinity;
    if (expected) {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => {
        if (data?.type === "answer" && data.nonce === nonce && answers.length < MOST) answers.push(data);
      };
      channel.postMessage({ type: "ask", nonce });
      setTimeout(() => channel.close(), LIMIT);
    }
    return { nonce, expected, answers, at: performance.now() };
  };

  const look = async () => {
    const { text } = await boot.config;
    const config = JSON.parse(text);
    const clientId = typeof config?.client_id === "string" ? config.client_id.trim() : "";
    const api = document.querySelector("meta[name=podio-api-url]")?.getAttribute("content") ?? "";
    const host = api.split("/")[2];
    if (!clientId || !host) return null;
    const tab = offers(`podio.${host}.${clientId}.sign-in-offered`);
    const isSignedIn = Object.keys(sessionStorage).some((key) => key.startsWith(`podio.${host}.`) && key.includes(".session."));
    if (!tab.offered && !isSignedIn && !boot.hasAnswer && config.own_origin !== false) {
      tab.asked = await ask(`podio.hand-over.${host}.${clientId}`);
    }
    return tab;
  };

  /** How numbers and dates are written here. */
  const locale = async () => {
    await boot.config; // after the requests that are waited for
    const tag = navigator.language;
    /** @param {Intl.NumberFormatPart[] | Intl.DateTimeFormatPart[]} parts */
    const pairs = (parts) => parts.map(({ type, value }) => [type, value]);
    const number = new Intl.NumberFormat(tag);
    const date = new Intl.DateTimeFormat(tag, { calendar: "gregory", timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    const months = Array.from({ length: 12 }, (_, month) => date.formatToParts(Date.UTC(2026, month, 21)));
    return JSON.stringify({
      number: pairs(number.formatToParts(1234567.8)),
      digits: Array.from({ length: 10 }, (_, digit) => number.format(digit)).join(""),
      money: pairs(new Intl.NumberFormat(tag, { style: "currency", currency: "EUR" }).formatToParts(1)),
      date: pairs(months[11] ?? []),
      months: months.map((parts) => parts.find(({ type }) => type === "month")?.value ?? ""),
    });
  };

  /** The locale as the program finds it; null where the browser doesn't say. */
  boot.locale = locale().catch(() => null);
  /** The tab as the program finds it; null where nobody can sign in, or where the browser denies storage. */
  boot.tab = look().catch(() => null);
  boot.config.catch(() => {}); // the program reports it
})();
