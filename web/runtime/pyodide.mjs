// @ts-check
// Pyodide: loaded from a snapshot where there is one, else plainly, with what it would fetch itself handed to it.

import { BrokenFile, inRuntime, manifest, retried, WASM } from "./files.mjs";
import { restoring } from "./memory.mjs";
import { findSnapshot, SNAPSHOT } from "./snapshot.mjs";

/** @typedef {import("./memory.mjs").Snapshot} Snapshot */

const STACK_SWITCHING = new Set(["Suspending", "promising", "Suspender"]);

/**
 * Keep stack switching (JSPI) from Pyodide, which looks for it while it loads and never again. With it Pyodide runs each
 * callback of its event loop on a second stack, on which Chromium 156 crashed the tab in 8 of 300 first visits. Python loses
 * `run_sync` by it, which the page calls nowhere.
 * @returns {() => void} what gives it back to others
 */
function withoutStackSwitching() {
  const features = Object.entries(Object.getOwnPropertyDescriptors(WebAssembly)).filter(([name]) => STACK_SWITCHING.has(name));
  for (const [name] of features) Reflect.deleteProperty(WebAssembly, name);
  return () => Object.defineProperties(WebAssembly, Object.fromEntries(features));
}

/**
 * Pyodide takes a page of shared memory to sleep on, which no main thread may do. Browsers deprecate shared memory where
 * nothing isolates the site from others; on memory of another kind Pyodide is refused its sleep in the same way. It keeps that
 * memory: its class must hold on to nothing of the start.
 * @param {typeof WebAssembly.Memory} Memory
 */
const unshared = (Memory) =>
  class extends Memory {
    /** @param {WebAssembly.MemoryDescriptor} descriptor */
    constructor(descriptor) {
      super({ ...descriptor, shared: false });
    }
  };

/** @typedef {{wasm: Promise<WebAssembly.Module>, stdlib: Promise<ArrayBuffer>}} Parts what Pyodide would fetch itself */

/**
 * While Pyodide loads, hand it what is on its way already, and learn of what it would keep to itself: WebAssembly that can't
 * be had leaves its promise open for ever.
 * @template T
 * @param {() => Promise<T>} load
 * @param {Parts} parts
 * @returns {Promise<T>}
 */
async function observed(load, { wasm, stdlib }) {
  /** @type {(error: unknown) => void} */
  let report = () => {};
  const broken = new Promise((_, reject) => (report = reject));
  for (const part of [broken, wasm, stdlib]) part.catch(report);
  const { fetch } = globalThis;
  const { instantiateStreaming, Memory } = WebAssembly;
  const restoreStackSwitching = withoutStackSwitching();

  globalThis.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address === inRuntime("stdlib.zip")) return new Response(await stdlib);
    return address === inRuntime(WASM) ? new Response() : fetch(input, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await wasm;
    try {
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    } catch (error) {
      report(new BrokenFile(WASM, "can't be run"));
      throw error;
    }
  };
  WebAssembly.Memory = unshared(Memory);
  try {
    return await Promise.race([load(), /** @type {Promise<never>} */ (broken)]);
  } finally {
    globalThis.fetch = fetch;
    Object.assign(WebAssembly, { instantiateStreaming, Memory });
    restoreStackSwitching();
    // Python has taken the `fetch` of above for the page's: it must not keep the files of the start.
    wasm = stdlib = /** @type {Promise<any>} */ (Promise.resolve());
  }
}

/** Where Python's output goes: the console, until PyScript brings its own. */
export const output = {
  /** @param {string} line */
  stdout: (line) => console.log(line),
  /** @param {string} line */
  stderr: (line) => console.warn(line),
};

/** Pyodide keeps these: made where the start is, they would keep its files, too. */
const PASSED_ON = {
  /** @param {string} line */
  stdout: (line) => output.stdout(line),
  /** @param {string} line */
  stderr: (line) => output.stderr(line),
};

/** @param {unknown} error @param {string} reason for an error that has no words of its own */
function without(error, reason) {
  console.info("Starting without the memory snapshot:", error instanceof BrokenFile ? error.message : reason);
  return null;
}

/** @param {Parts} parts */
export async function startPython(parts) {
  /** @param {string} file */
  const module = (file) =>
    retried(() => import(inRuntime(file))).catch(() => {
      throw new BrokenFile(file, "could not be loaded");
    });
  const [{ loadPyodide: load }, snapshot, { lock }, { default: make }] = await Promise.all([
    module("pyodide/pyodide.mjs"),
    findSnapshot().catch((error) => without(error, "it is damaged")),
    manifest,
    module("pyodide/pyodide.asm.mjs"),
  ]);
  const options = { indexURL: inRuntime("pyodide/"), stdLibURL: inRuntime("stdlib.zip"), ...PASSED_ON };
  /** @param {Snapshot} [snapshot] */
  const start = (snapshot) => {
    const moduleSettings = snapshot ? restoring(make, snapshot) : { createPyodideModule: make };
    const settings = { ...options, ...moduleSettings, lockFileContents: structuredClone(lock) };
    return observed(() => load(settings), parts);
  };
  if (!snapshot) return start();
  try {
    const restored = await start(snapshot);
    performance.mark("workbench:restored");
    // What came with a Response, or was summed, keeps its memory as long as anything refers to it, emptied or not.
    snapshot.bytes = new ArrayBuffer(0);
    return restored;
  } catch (error) {
    if (error instanceof BrokenFile && error.file !== SNAPSHOT) throw error;
    without(error, "it could not be restored");
    return start();
  }
}
