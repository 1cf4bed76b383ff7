// Takes an OAuth answer out of the page's address before anything else runs, now and whenever one arrives later, and keeps
// the page out of frames and out of the sign-in window. Not Python: Python is up half a second later, and until then the
// token would lie in the address.
// @ts-check
(() => {
  "use strict";

  /** Parameters that only an OAuth answer has; others of its names count only beside one of these. */
  const DECISIVE = ["access_token", "error", "code", "podio_nonce"];
  const OF_AN_ANSWER = [
    ...DECISIVE, "error_description", "error_reason", "error_uri", "expires_in", "refresh_token", "scope", "state",
    "token_type", "ref", "transfer_token", "iss", "session_state", // the last two: RFC 9207, and OpenID Connect's session
  ];

  /** @param {string} pair @returns {string} the parameter's name, decoded where it can be */
  const nameOf = (pair) => {
    const raw = pair.split("=", 1)[0].replace(/^[/?]+/, "");
    try { return decodeURIComponent(raw); } catch { return raw; }
  };
  /** @param {string} text */
  const names = (text) => text.split("&").map(nameOf);

  /**
   * A route of the app ("/app/12") is no answer whatever follows it, unless a token is in it.
   * @param {string} fragment without its "#"
   */
  const isAnswer = (fragment) => {
    const parameters = names(fragment);
    const isRoute = fragment.startsWith("/") && !OF_AN_ANSWER.includes(parameters[0]);
    return names(fragment.replaceAll("?", "&")).includes("access_token") ||
      (!isRoute && parameters.some((name) => DECISIVE.includes(name)));
  };

  const query = location.search.slice(1);
  const fragment = location.hash.slice(1);
  const url = location.origin + location.pathname;

  const queryNames = names(query);
  const inQuery = queryNames.some((name) => ["access_token", "error", "podio_nonce"].includes(name)) ||
    (queryNames.includes("code") && queryNames.includes("state"));
  const inFragment = isAnswer(fragment);

  /** @type {{query: string, fragment: string, url: string} | null} */
  let answer = null;
  if (inQuery || inFragment) {
    answer = { query: inQuery ? query : "", fragment: inFragment ? fragment : "", url };
    const foreign = query.split("&").filter((pair) => pair && !(inQuery && OF_AN_ANSWER.includes(nameOf(pair)))).join("&");
    history.replaceState(null, "", url + (foreign && `?${foreign}`) + (inFragment ? "" : location.hash));
  }

  // An answer that arrives while the page runs (a link in it, or an address pasted over it) was not asked for: Podio's own
  // comes with a new document. These listeners are the first, so nobody else sees such an address.
  /** @param {string} fragment @param {Event} event */
  const takeOut = (fragment, event) => {
    event.stopImmediatePropagation();
    history.replaceState(null, "", location.pathname + location.search + (isAnswer(fragment.slice(1)) ? "" : fragment));
  };
  addEventListener("popstate", (event) => {
    // It may come before hashchange, and says nothing of where the page was.
    if (isAnswer(location.hash.slice(1))) takeOut("", event);
  });
  addEventListener("hashchange", (event) => {
    if (!isAnswer(new URL(event.newURL).hash.slice(1))) return;
    takeOut(new URL(event.oldURL).hash, event);
    dispatchEvent(new Event("podio:answer-refused"));
  });

  const boot = {
    /** Set when the page must not start; boot.js looks at it. */
    refused: false,
    /** Whether the page was opened by an answer. */
    hasAnswer: answer !== null,
    /** The answer, once; afterwards nothing here holds it. */
    takeAnswer() {
      const current = answer;
      answer = null;
      return current;
    },
  };
  Object.defineProperty(globalThis, "podioBoot", { value: boot });

  /** @param {string} text @param {string} label @param {() => void} act */
  const refuse = (text, label, act) => {
    boot.refused = true;
    answer = null;
    document.documentElement.dataset.appState = "failed";
    addEventListener("DOMContentLoaded", () => {
      const message = document.createElement("p");
      message.setAttribute("role", "alert");
      message.textContent = text;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      const main = document.createElement("main");
      main.className = "container";
      main.append(message, button);
      document.body.replaceChildren(main);
    });
  };

  if (window.top !== window.self) {
    // On static hosting no header can forbid framing (frame-ancestors), so the page refuses by itself: clickjacking.
    refuse("This page does not run inside another page. Open it in a window of its own.", "Open",
      () => { window.open(url, "_blank", "noopener"); });
    return;
  }
  let inSignInWindow = false;
  try {
    const keys = Object.keys(sessionStorage);
    inSignInWindow = keys.includes("podio.window");
    // WebKit may have copied the rest of the storage as well: no session is to be had here.
    const copied = inSignInWindow ? keys.filter((key) => key.startsWith("podio.") && key !== "podio.window") : [];
    for (const key of copied) sessionStorage.removeItem(key);
  } catch { /* denied: no marker either */ }
  if (inSignInWindow) {
    refuse("This is the sign-in window. Close it and go on in the other tab.", "Use this window instead", () => {
      sessionStorage.removeItem("podio.window");
      location.reload();
    });
  }
})();
