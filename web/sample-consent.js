// Asks who wants to sign in to the sample data, and hands the choice to the page that opened this window: the emulator
// that answers runs there. Not Python: a second Python would take longer than the choice, and know nothing of the first.
// @ts-check
(() => {
  "use strict";
  const ANSWER_LIMIT = 10_000; // ms in which the page that opened this window must have said that it is there

  const form = /** @type {HTMLFormElement} */ (document.getElementById("consent"));
  const text = /** @type {HTMLElement} */ (document.getElementById("text"));
  const state = new URLSearchParams(location.search).get("state");
  /** @param {string} words */
  const say = (words) => { text.textContent = words; };
  /** @param {boolean} off */
  const disable = (off) => { for (const button of form.querySelectorAll("button")) button.disabled = off; };

  if (top !== self || !state) {
    say("This page only asks who signs in to the sample data, in a window that the workbench opens. There is nothing to do here.");
    return;
  }

  const channel = new BroadcastChannel("podio.sample.consent." + state);
  const late = setTimeout(() => {
    disable(true);
    say("The page that opened this window is gone or was reloaded, and its sample data with it. Close this window and try again there.");
  }, ANSWER_LIMIT);
  const callback = new URL("callback.html", location.href);

  /** @param {string} address the callback page of this site with an answer, else nothing is opened */
  const goOn = (address) => {
    const target = URL.parse ? URL.parse(address) : new URL(address);
    if (target?.origin === callback.origin && target.pathname === callback.pathname) location.replace(target);
  };

  channel.onmessage = ({ data }) => {
    if (data?.state !== state) return;
    if (data.type === "listening") {
      clearTimeout(late);
      for (const input of form.querySelectorAll("input")) if (input.value === data.who) input.checked = true;
    } else if (data.type === "problem" && typeof data.text === "string") {
      disable(false);
      say(data.text);
    } else if (data.type === "redirect" && typeof data.url === "string") {
      goOn(data.url);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "grant";
    disable(true);
    say("One moment: the page that opened this window is getting the sample data ready…");
    channel.postMessage({ type: "choice", state, who: new FormData(form).get("who"), answer });
  });
  form.hidden = false;
  channel.postMessage({ type: "hello", state });
})();
