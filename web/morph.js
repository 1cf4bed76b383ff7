// Draws the page's new HTML into the old, without touching what the user typed, chose, selected or scrolled to.
// Not Python: the morph calls back for every node of the page, and each crossing from JavaScript to Python costs.
// @ts-check
(() => {
  "use strict";

  /** What a user changes in a control. The morph never writes these; a control is filled below, on purpose. */
  const THE_PERSONS = new Set(["value", "checked", "selected"]);
  const CONTROLS = new Set(["INPUT", "TEXTAREA", "SELECT", "OPTION"]);

  /** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

  /** @param {Element} to @param {Element} from */
  const copyAttributes = (to, from) => {
    for (const { name, value } of from.attributes) {
      if (!THE_PERSONS.has(name) && to.getAttribute(name) !== value) to.setAttribute(name, value);
    }
    for (const { name } of [...to.attributes]) {
      if (!THE_PERSONS.has(name) && !from.hasAttribute(name)) to.removeAttribute(name);
    }
  };

  /**
   * Write a control's text because the state changed it; a caret stays at its distance from the text's end.
   * @param {Control} control @param {string} value
   */
  const fill = (control, value) => {
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = value !== "";
      return;
    }
    if (control.value === value) return;
    const focused = document.activeElement === control && !(control instanceof HTMLSelectElement) && control.selectionEnd !== null;
    const fromEnd = focused ? control.value.length - (/** @type {HTMLTextAreaElement} */ (control).selectionEnd ?? 0) : 0;
    control.value = value;
    if (focused) {
      const caret = Math.max(0, value.length - fromEnd);
      /** @type {HTMLTextAreaElement} */ (control).setSelectionRange(caret, caret);
    }
  };

  /** @param {Control} control */
  const textOf = (control) =>
    control instanceof HTMLInputElement && control.type === "checkbox" && !control.checked ? "" : control.value;

  /**
   * The one place of the page that makes HTML of a text. It is made by the app's views, which escape every text of others; the
   * page's policy refuses any other text where HTML is expected, and any second maker of this name.
   */
  const views = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("podio-workbench-views", {
    createHTML: (/** @type {string} */ html) => html,
  }) ?? { createHTML: (/** @type {string} */ html) => html };

  /**
   * @param {HTMLElement} root
   * @param {string} html
   * @returns {Node} an element like `root` that holds what `html` says, in a document where nothing is run or fetched
   */
  const parsed = (root, html) => {
    const parsed = new DOMParser().parseFromString(views.createHTML(`<template>${html}</template>`), "text/html");
    const { content } = /** @type {HTMLTemplateElement} */ (parsed.querySelector("template"));
    const shell = content.ownerDocument.importNode(root, false);
    shell.append(...content.childNodes);
    content.append(shell);
    return shell;
  };

  /** @param {Element} root */
  const paint = (root) => {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-color]"))) {
      element.style.setProperty("--chip", `#${element.dataset.color}`);
    }
  };

  /** Users' pictures that were fetched, by the address that the views name. @type {Map<string, string>} */
  const pictures = new Map();
  let isAsked = false;

  /** Show in the place of initials what there is, and ask for the rest (workbench/browser/pictures.py) when there is time. */
  const showPictures = () => {
    const avatars = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".avatar"));
    const missing = new Set();
    for (const { dataset, style } of avatars) {
      const picture = pictures.get(dataset.picture ?? "");
      if (picture) style.setProperty("--picture", `url("${picture}")`);
      else style.removeProperty("--picture");
      if (dataset.picture && !picture) missing.add(dataset.picture);
    }
    if (missing.size && !isAsked) {
      isAsked = true;
      (globalThis.requestIdleCallback ?? setTimeout)(() => {
        isAsked = false;
        dispatchEvent(new CustomEvent("workbench:pictures", { detail: [...missing] }));
      });
    }
    if (avatars.length) return;
    for (const picture of pictures.values()) URL.revokeObjectURL(picture); // nobody is signed in
    pictures.clear();
  };

  /** @param {string} link @param {string | Blob} source shown only where it is a picture, whatever it says of itself */
  const addPicture = (link, source) => {
    const image = new Image();
    image.onload = () => {
      pictures.set(link, image.src);
      showPictures();
    };
    image.src = typeof source === "string" ? source : URL.createObjectURL(source);
  };

  /**
   * @param {HTMLElement} root
   * @param {string} html what `root` shall hold
   */
  const draw = (root, html) => {
    /** @type {[Control, string][]} */
    const fills = [];
    /** @type {[HTMLSelectElement, string][]} */
    const chosen = [];
    const active = document.activeElement;

    /** @type {any} */ (globalThis).Idiomorph.morph(root, parsed(root, html), {
      morphStyle: "outerHTML",
      callbacks: {
        /** @param {Node} before @param {Node} after */
        beforeNodeMorphed(before, after) {
          if (!(before instanceof HTMLElement) || !(after instanceof HTMLElement)) return true;
          if (before.hasAttribute("data-island") && before.id === after.id) return false;
          if (!CONTROLS.has(before.tagName) || before.tagName === "OPTION") return true;
          const control = /** @type {Control} */ (before);
          const value = textOf(/** @type {Control} */ (after));
          if (before.dataset.fill !== after.dataset.fill) fills.push([control, value]);
          else if (control instanceof HTMLSelectElement) chosen.push([control, control.value]);
          if (control instanceof HTMLSelectElement) return true;
          copyAttributes(before, after);
          return false;
        },
        /** @param {string} name @param {Element} element */
        beforeAttributeUpdated(name, element) {
          if (THE_PERSONS.has(name) && CONTROLS.has(element.tagName)) return false;
          return name !== "style" && !(name === "open" && element.tagName === "DIALOG");
        },
      },
    });

    for (const [select, value] of chosen) {
      if (select.value !== value) select.value = value;
    }
    for (const [control, value] of fills) fill(control, value);
    paint(root);
    showPictures();
    for (const dialog of /** @type {NodeListOf<HTMLDialogElement>} */ (root.querySelectorAll("dialog[data-modal]"))) {
      if (!dialog.open) dialog.showModal();
    }
    return active !== document.activeElement;
  };

  Object.defineProperty(globalThis, "workbenchDraw", { value: draw });
  Object.defineProperty(globalThis, "workbenchPictures", { value: { show: addPicture } });
})();
