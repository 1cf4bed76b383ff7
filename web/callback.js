// Hands the sign-in window's answer to the page that waits for it. Not Python: it must be done before Python could start.
(() => {
  "use strict";
  const query = location.search.slice(1), fragment = location.hash.slice(1);
  const url = location.origin + location.pathname;
  const clear = () => history.replaceState(null, "", url);
  clear(); // first of all: the answer leaves the address and the history
  addEventListener("hashchange", clear);

  const value = (text, name) =>
    text.split("&").map((pair) => pair.split("=")).find((pair) => pair[0].replace(/^[/?]+/, "") === name)?.[1];
  const state = value(query, "podio_nonce") || value(fragment, "state") || value(query, "state");

  const say = (text) => {
    // A window that is closed while it loads has no text.
    const show = () => { const where = document.getElementById("text"); if (where) where.textContent = text; };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show); else show();
  };

  // Leave no copy of the opener's storage: it has the marker or (WebKit) the pending request answered here, a secret.
  // A frame's storage is its tab's.
  const isFramed = top !== self;
  const openedHere = () => { try { return opener.origin === origin; } catch { return false; } };
  try {
    const keys = Object.keys(sessionStorage), end = "attempt." + state;
    const prefix = state && keys.find((key) => key.endsWith(end))?.slice(0, -end.length);
    if (!isFramed && (keys.includes("podio.window") || prefix || (state && openedHere())))
      for (const key of keys) if (key.startsWith("podio.") || (prefix && key.startsWith(prefix))) sessionStorage.removeItem(key);
  } catch { /* storage denied: nothing was copied */ }

  if (isFramed || !state)
    return say("This page only finishes signing in, in a window that the workbench opens. There is nothing to do here.");

  const channel = new BroadcastChannel("podio.answer." + state);
  const post = () => channel.postMessage({ type: "answer", state, query, fragment, url });
  const late = setTimeout(() => say("Return to the other tab. If it does not go on by itself, sign in again there."), 10000);
  channel.onmessage = ({ data }) => {
    if (data?.type === "ready") post(); // the page was reloaded meanwhile
    if (data?.type !== "received") return;
    clearTimeout(late);
    channel.close();
    say("Done. You may close this window and return to the other tab.");
    window.close();
  };
  post();
})();
