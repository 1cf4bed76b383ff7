// Hands the sign-in window's answer to the page that waits for it. Not Python: it must be done before Python could start.
(() => {
  "use strict";
  const query = location.search.slice(1), fragment = location.hash.slice(1);
  const url = location.origin + location.pathname;
  const clear = () => history.replaceState(null, "", url);
  clear(); // first of all: the answer leaves the address and the history
  addEventListener("hashchange", clear); // what is pasted over this page later is of no use, and must not stay either

  const value = (text, name) =>
    text.split("&").map((pair) => pair.split("=")).find((pair) => pair[0].replace(/^[/?]+/, "") === name)?.[1];
  const state = value(query, "podio_nonce") || value(fragment, "state") || value(query, "state");

  const say = (text) => {
    // A window that is closed while it still loads tells of its end of loading without having the text.
    const show = () => { const where = document.getElementById("text"); if (where) where.textContent = text; };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show); else show();
  };

  // A sign-in window gets a copy of the opener's storage: leave none. The marker is in such a copy only.
  try {
    if (sessionStorage.getItem("podio.window"))
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("podio.")) sessionStorage.removeItem(key);
  } catch { /* storage denied: nothing was copied */ }

  if (top !== self || !state)
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
