// @ts-check
// Why JavaScript: it starts Python, once: for boot.js, before PyScript is there, and for PyScript, whose interpreter it is.
//
// Python is started from a snapshot of its memory where one is at hand, and where there is none or it fails, plainly. A built
// site has its snapshot from the service worker's copy; on a first visit its download would cost more than it saves, unless
// the site is as near as on this machine or in this house. The app is started the moment Python is up.
//
// The site's builder puts what is imported here into this file: each would be a request before Python.

import { downloadArchive, loadArchive } from "./runtime/archives.mjs";
import { explain } from "./runtime/diagnosis.mjs";
import { boot, download, isCopy, root } from "./runtime/files.mjs";
import { output, startPython } from "./runtime/pyodide.mjs";
import { afterWasm, compileWasm, wasmIsNearlyHere } from "./runtime/wasm.mjs";

const PACKAGES = "/lib/packages.zip"; // where make_runtime.mjs had it when it took the snapshot
const APP = "/home/pyodide/pyapp.zip";

/**
 * Runs in Python. Gives a report of what went wrong, without the values that an exception's text may hold (a token could be
 * among them); only errors that are about the program's own text keep their message.
 */
const START = String.raw`
import importlib, random, sys, traceback

random.seed()  # a snapshot repeats the state it was taken with
for path in (PACKAGES, APP):
    if path not in sys.path:
        sys.path.append(path)
importlib.invalidate_caches()

async def run(entry):
    try:
        await importlib.import_module(entry).start()
    except Exception as error:
        telling = isinstance(error, (SyntaxError, ImportError, NameError, AttributeError))
        lines = [f'  {frame.filename}, line {frame.lineno}, in {frame.name}' for frame in traceback.extract_tb(error.__traceback__)]
        return "\n".join([type(error).__name__ + (f": {error}" if telling else ""), *lines])
    return ""

run
`;

/** @type {Promise<any> | undefined} */
let python;
/** @param {string} name */
boot.loadArchive = (name) => loadArchive(name, python);

/** Start Python, with the page's modules at hand. */
function pythonIsUp() {
  if (isCopy) wasmIsNearlyHere();
  // Python needs these first; the WebAssembly is compiled while the snapshot and Pyodide's scripts come.
  const parts = { wasm: compileWasm(), stdlib: download("stdlib.zip") };
  const packages = afterWasm.then(() => download("packages.zip"));
  const app = afterWasm.then(() => downloadArchive("pyapp"));
  for (const part of [parts.wasm, parts.stdlib, packages, app]) part.catch(() => {});
  return startPython(parts).then(async (pyodide) => {
    wasmIsNearlyHere();
    boot.progress("Starting the workbench…");
    pyodide.FS.writeFile(PACKAGES, new Uint8Array(await packages), { canOwn: true });
    pyodide.FS.writeFile(APP, new Uint8Array(await app), { canOwn: true });
    return pyodide;
  });
}

/** The Python of this page; started once, whoever needs it first. What keeps it from starting is shown. */
function startedPython() {
  if (!python) {
    python = pythonIsUp();
    python.catch((error) => explain(error));
  }
  return python;
}

/** @type {Promise<void> | undefined} */
let app;

/** Start the page's program, once: `start()` of the module that the page names. */
export function startApp() {
  app ??= runProgram();
  return app;
}
boot.startApp = startApp;

async function runProgram() {
  performance.mark("workbench:boot");
  const pyodide = await startedPython().catch(() => null);
  if (!pyodide) return;
  performance.mark("workbench:python");
  try {
    const globals = pyodide.toPy({ PACKAGES, APP });
    const run = pyodide.runPython(START, { globals });
    boot.handOver();
    await boot.parsed;
    const report = await run(root.dataset.appEntry);
    if (report) {
      console.error("The workbench could not start:\n" + report);
      await explain(null, report);
    }
  } catch (error) {
    await explain(error);
  }
}

// What PyScript calls of its interpreter.
export const version = root.dataset.pyodideVersion;

/** @param {{stdout?: (line: string) => void, stderr?: (line: string) => void}} options */
export async function loadPyodide({ stdout, stderr }) {
  const pyodide = await startedPython();
  if (stdout) output.stdout = stdout;
  if (stderr) output.stderr = stderr;
  return pyodide;
}
