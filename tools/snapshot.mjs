// @ts-check
// Why JavaScript: only Pyodide itself can take a snapshot of its memory, and Node runs it.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { HEADER, restoring } from "../web/runtime/memory.mjs";

/** Without columns in its line tables compiled code is a tenth smaller; a traceback has the line all the same. */
export const COMPACT = { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" };

/**
 * Pyodide reads its lock at every start; ours names no packages, for the page installs none.
 * @param {string} indexURL
 * @param {Record<string, unknown>} [more]
 */
export async function startPython(indexURL, more = {}) {
  const { loadPyodide } = await import(pathToFileURL(indexURL + "pyodide.mjs").href);
  const { info } = JSON.parse(fs.readFileSync(indexURL + "pyodide-lock.json", "utf8"));
  return loadPyodide({ indexURL, lockFileContents: { info, packages: {} }, ...more });
}

/**
 * A snapshot as the page has it: without its largest run of zeros, which is Python's stack and a third of it, and without
 * those at its end, behind its header. The page's memory is zero where nothing is put.
 * @param {Uint8Array} snapshot
 * @param {number} stackPointer in the memory: what Python's stack has below it is nobody's, and the page leaves it as it is
 */
function withoutStack(snapshot, stackPointer) {
  const words = new BigUint64Array(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength >> 3);
  let [from, to] = [0, 0]; // in words
  let last = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (!words[at]) continue;
    if (at - last > to - from) [from, to] = [last, at];
    last = at + 1;
  }
  const memory = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 2)[1];
  if (8 * to - memory > stackPointer) throw new Error("the largest run of zeros is not on the stack");
  const sparse = new Uint8Array(HEADER + 8 * (from + last - to));
  new Uint32Array(sparse.buffer).set([8 * from, 8 * to, snapshot.length - memory]);
  sparse.set(snapshot.subarray(0, 8 * from), HEADER);
  sparse.set(snapshot.subarray(8 * to, 8 * last), HEADER + 8 * from);
  return sparse;
}

/**
 * A snapshot with these modules imported, or the reason why there is none. The same for the same files.
 * @param {object} options
 * @param {string} options.indexURL
 * @param {string} options.stdlib the standard library's file
 * @param {Record<string, Uint8Array>} options.archives where the page has it -> content; these are not in the snapshot
 * @param {string[]} options.names modules to import
 * @returns {Promise<{snapshot: Uint8Array} | {reason: string}>} as the page has it
 */
export async function takeSnapshot({ indexURL, stdlib, archives, names }) {
  const stdLibURL = path.resolve(stdlib);
  // Times of files stay in Python's memory: the clock stands still, so that the same files give the same snapshot.
  const clocks = { date: Date.now, monotonic: performance.now };
  try {
    Date.now = () => 1_000_000_000_000;
    performance.now = () => 1000;
    // Nor may it hold where and in whose time zone and language it was made; the program's name is what it is in a browser.
    process.env.TZ = "UTC";
    const _sysExecutable = "./this.program";
    // Strings' hashes would differ in every build otherwise. A public snapshot has no secret seed in any case.
    const env = { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONHASHSEED: "0" };
    const maker = await startPython(indexURL, { stdLibURL, _makeSnapshot: true, _sysExecutable, env });
    for (const [file, content] of Object.entries(archives)) maker.FS.writeFile(file, content);
    maker.globals.set("names", maker.toPy(names));
    maker.globals.set("archives", maker.toPy(Object.keys(archives)));
    maker.runPython(`
import gc, importlib, random, sys, warnings
warnings.simplefilter("ignore")
sys.path.extend(archives)
for name in names:
    importlib.import_module(name)
warnings.resetwarnings()
random.seed(0)  # the page seeds again after restoring
del names, name, archives
# A cache of importlib.metadata holds archives open; restored, such a file would be none, and closing it an error.
importlib.invalidate_caches()
gc.collect()
`);
    const snapshot = maker.makeMemorySnapshot();
    Date.now = clocks.date;
    performance.now = clocks.monotonic;
    // What can't be restored is no snapshot.
    const sparse = withoutStack(snapshot, maker._module.___stack_pointer.value);
    const { default: make } = await import(pathToFileURL(indexURL + "pyodide.asm.mjs").href);
    const settings = restoring(make, { bytes: sparse.buffer, sound: Promise.resolve() });
    const restored = await startPython(indexURL, { stdLibURL, ...settings });
    for (const [file, content] of Object.entries(archives)) restored.FS.writeFile(file, content);
    restored.globals.set("names", restored.toPy(names));
    restored.runPython("import importlib, secrets\nfor name in names: importlib.import_module(name)\nsecrets.token_hex(4)");
    return { snapshot: sparse };
  } catch (error) {
    return { reason: String(error) };
  } finally {
    Date.now = clocks.date;
    performance.now = clocks.monotonic;
  }
}
