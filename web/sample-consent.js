// Asks who wants to sign in to the sample data, and goes on to callback.html with the choice, as Podio's page does with its
// answer. Not Python: a second Python would take longer than the choice.
// @ts-check
(() => {
  "use strict";
  const CHOSEN_BEFORE = "podio.sample.username"; // as in workbench/sample.py

  const form = /** @type {HTMLFormElement} */ (document.getElementById("consent"));
  const text = /** @type {HTMLElement} */ (document.getElementById("text"));
  const state = new URLSearchParams(location.search).get("state");
  if (top !== self || !state) {
    text.textContent = "This page only asks who signs in to the sample data, in a window that the workbench opens. There is nothing to do here.";
    return;
  }

  try {
    const before = localStorage.getItem(CHOSEN_BEFORE);
    for (const input of form.querySelectorAll("input")) if (input.value === before) input.checked = true;
  } catch { /* storage denied: the first is chosen */ }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const username = String(new FormData(form).get("username"));
    const answer = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "grant";
    try {
      if (answer === "grant") localStorage.setItem(CHOSEN_BEFORE, username);
    } catch { /* storage denied */ }
    // Always our own page, whatever the request says.
    const callback = new URL("callback.html", location.href);
    callback.search = String(new URLSearchParams({ podio_nonce: state }));
    callback.hash = String(new URLSearchParams({ username, answer }));
    location.replace(callback);
  });
  form.hidden = false;
})();
