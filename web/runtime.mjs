// @ts-check
// Why JavaScript: it starts Python, once: for boot.js, before PyScript is there, and for PyScript, whose interpreter it is.
//
// Python is started from a snapshot of its memory where one is at hand, and where there is none or it fails, plainly. A built
// site has its snapshot from the service worker's copy; on a first visit its download would cost more than it saves, unless
// the site is as near as on this machine or in this house. The app is started the moment Python is up.

const root = document.documentElement;
const boot = /** @type {any} */ (globalThis).podioBoot;
const runtimeBase = new URL(root.dataset.runtime ?? "", document.baseURI).href;

const PACKAGES = "/lib/packages.zip"; // where make_runtime.mjs had it when it took the snapshot
const APP = "/home/pyodide/pyapp.zip";
const WASM = "pyodide/pyodide.asm.wasm"; // below the runtime's directory
const SNAPSHOT = "snapshot.bin.gz"; // below the runtime's directory, or the app's of a built site
const COUNTED = /^(pyodide\/pyodide\.asm\.wasm|stdlib\.zip(\.gz)?|packages\.zip(\.gz)?|snapshot\.bin\.gz)$/;
const STACK_SWITCHING = new Set(["Suspending", "promising", "Suspender"]);
const DIAGNOSIS_LIMIT = 6000; // ms
// A file so large that came so fast: then the snapshot, which the service worker would fetch afterwards anyway, comes in less
// time than it saves.
const LARGE = 1_000_000; // bytes
const NEAR = 8_000; // bytes per ms: 64 Mbit/s, with the round trip and in company of other files

/** What the builder wrote into the page's head. @param {string} name */
const named = (name) => document.querySelector(`meta[name=workbench-${name}]`)?.getAttribute("content") ?? "";

/** Archives of Python modules: name -> where, and its sums. @type {Record<string, File & {address: string}>} */
const archives = JSON.parse(named("archives") || "{}");

/** A file of the page that can't be used. */
class BrokenFile extends Error {
  /** @param {string} file @param {string} reason */
  constructor(file, reason) {
    super(`${file}: ${reason}`);
    this.file = file;
  }
}

/** @param {string} file below the runtime's directory */
const inRuntime = (file) => runtimeBase + file;

/**
 * Pass a body on and report what has come of it.
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} name
 * @param {number} size
 * @param {() => void} [nearlyHere] called when little of it is still to come
 */
function counted(body, name, size, nearlyHere) {
  let done = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        done += chunk.byteLength;
        boot.received(name, done, size);
        if (nearlyHere && done > 0.8 * size) nearlyHere();
        controller.enqueue(chunk);
      },
    }),
  );
}

/** @param {string} address @param {string} file its name for people @param {RequestInit} [options] */
async function get(address, file, options) {
  let response;
  try {
    response = await fetchOfPage(address, options);
  } catch {
    throw new BrokenFile(file, "could not be fetched");
  }
  if (!response.ok) throw new BrokenFile(file, `the server answered ${response.status}`);
  return response;
}

const fetchOfPage = globalThis.fetch.bind(globalThis);

/** @typedef {{bytes: number, sha256: string, unpacked_sha256?: string}} File */
/** @typedef {{version: string, lock: object, snapshot: number | null, files: Record<string, File>}} Manifest */

/** @type {Promise<Manifest>} */
const manifest = get(inRuntime("manifest.json"), "manifest.json").then(async (response) => {
  const read = await response.json().catch(() => {
    throw new BrokenFile("manifest.json", "is no JSON");
  });
  // What is still to come belongs to the progress, too.
  for (const [file, { bytes }] of Object.entries(read.files)) if (COUNTED.test(file)) boot.received(file, 0, bytes);
  return read;
});

/**
 * Archives come gzipped as one stream, from the service worker's copy and from some hosts unpacked already.
 * @param {ArrayBuffer} bytes
 */
async function unpacked(bytes) {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first !== 0x1f || second !== 0x8b) return bytes;
  return new Response(new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** Tell that the WebAssembly is all but here. @type {() => void} */
let wasmIsNearlyHere;
/** What Python needs only once it runs is not to slow down the download of what it needs to run. @type {Promise<void>} */
const afterWasm = new Promise((resolve) => (wasmIsNearlyHere = resolve));

/** @param {Response} response @param {string} file @param {number} size */
const bodyOf = async (response, file, size) =>
  (response.body && !isCopy ? new Response(counted(response.body, file, size)) : response).arrayBuffer();

/** @param {ArrayBuffer} bytes @param {File} sums */
const isSound = async (bytes, { sha256: packed, unpacked_sha256 }) => [packed, unpacked_sha256].includes(await sha256(bytes));

/**
 * Fetch an archive. The service worker doesn't look at the sums of these files, and every site of the origin may write into
 * its copy: what isn't as it should be is taken out, so that the worker fetches it again.
 * @param {string} address @param {string} file its name for people @param {File} [known] what the builder wrote down
 */
async function fetchArchive(address, file, known) {
  const once = async () => bodyOf(await get(address, file), file, known?.bytes ?? 0);
  let bytes = await once();
  if (isCopy && known && !(await isSound(bytes, known))) {
    await forgetInCopy(address);
    bytes = await once();
    if (!(await isSound(bytes, known))) throw new BrokenFile(file, "is damaged");
  }
  return unpacked(bytes).catch(() => {
    throw new BrokenFile(file, "is damaged");
  });
}

/** @param {string} name of an archive below the runtime's directory */
async function download(name) {
  const { files } = await manifest;
  const file = files[name] ? name : `${name}.gz`;
  return fetchArchive(inRuntime(file), file, files[file]);
}

/** What the service worker keeps of this version: its cache alone, for each site of the origin has others. */
const copyName = () =>
  `podio-workbench ${encodeURIComponent(new URL("./", document.baseURI).pathname)} ${root.dataset.appCopy}`;

/** @param {string} address of a file that the service worker is to fetch again */
async function forgetInCopy(address) {
  await (await caches.open(copyName())).delete(address);
}

/** @typedef {{bytes: ArrayBuffer, sound: Promise<void>}} Snapshot Python may start from it only once `sound` is there */

/**
 * @param {ArrayBuffer} bytes @param {string[]} sums what the builder wrote down
 * @param {() => Promise<void>} [forget] called where they differ
 * @returns {Snapshot}
 */
function compared(bytes, sums, forget) {
  const compare = async () => {
    if (sums.includes(await sha256(bytes))) return;
    await forget?.();
    throw new BrokenFile(SNAPSHOT, "is damaged");
  };
  const sound = compare();
  sound.catch(() => {}); // whoever starts Python hears of it
  return { bytes, sound };
}

/** Take a file from the copy itself; null where it isn't there, or there are no caches. @param {string} address */
const fromCopy = async (address) => {
  try {
    return (await (await caches.match(address, { cacheName: copyName() }))?.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
};

/** Whether a large file has come already, and so fast that it can only have come from near. */
const isNear = () =>
  /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource")).some(
    ({ name, transferSize, requestStart, responseEnd }) =>
      name.startsWith(runtimeBase) && transferSize > LARGE && transferSize / (responseEnd - requestStart) > NEAR,
  );

/** @returns {Promise<Snapshot | null>} */
async function findSnapshot() {
  const { appRelease, appSnapshot } = root.dataset;
  if (appSnapshot) {
    const address = new URL(appSnapshot, document.baseURI).href;
    const sums = named("snapshot-sums").split(" ");
    if (appRelease) {
      const copy = await fromCopy(address);
      if (copy) return compared(copy, sums, () => forgetInCopy(address));
      if (!isNear()) return null;
    }
    const response = await get(address, SNAPSHOT);
    const bytes = await unpacked(await bodyOf(response, SNAPSHOT, Number(response.headers.get("content-length"))));
    return compared(bytes, sums);
  }
  const { snapshot, files } = await manifest;
  if (appRelease || !snapshot) return null;
  const bytes = await fetchArchive(inRuntime(SNAPSHOT), SNAPSHOT, files[SNAPSHOT]);
  if (bytes.byteLength !== snapshot) throw new BrokenFile(SNAPSHOT, "has another size than it was made with");
  return { bytes, sound: Promise.resolve() };
}

/**
 * Keep stack switching (JSPI) from Pyodide, which looks for it while it loads and never again. With it Pyodide runs each
 * callback of its event loop on a second stack, on which Chromium 156 crashed the tab in 8 of 300 first visits. Python loses
 * `run_sync` by it, which the page calls nowhere.
 * @returns {() => void} what gives it back to others
 */
function withoutStackSwitching() {
  const kept = Object.entries(Object.getOwnPropertyDescriptors(WebAssembly)).filter(([name]) => STACK_SWITCHING.has(name));
  for (const [name] of kept) Reflect.deleteProperty(WebAssembly, name);
  return () => Object.defineProperties(WebAssembly, Object.fromEntries(kept));
}

/**
 * Compile Python's WebAssembly; null where it isn't what the builder wrote down.
 * @param {Response} response the browser's own: only of such does it keep what it has compiled
 */
async function compiled(response) {
  const { files } = await manifest;
  const sound = !isCopy || fetchOfPage(`${inRuntime(WASM)}.sum`).then(
    // A service worker of another version keeps none of this one's files: they come from the server.
    async (sum) => sum.headers.get("podio-workbench-source") !== "worker" || (await sum.text()) === files[WASM].sha256,
  );
  const copy = isCopy ? null : response.clone().body;
  if (copy) counted(copy, WASM, files[WASM].bytes, wasmIsNearlyHere).pipeTo(new WritableStream()).catch(() => {});
  const typed = response.headers.get("content-type") === "application/wasm";
  const module = WebAssembly.compileStreaming(
    typed ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } }),
  ).catch(() => {
    throw new BrokenFile(WASM, "can't be compiled");
  });
  module.catch(() => {});
  return (await sound) ? module : null;
}

/** Fetch and compile Python's WebAssembly; as with archives, what isn't as it should be is fetched again. */
async function compileWasm() {
  const address = inRuntime(WASM);
  const module = await compiled(await get(address, WASM));
  if (module) return module;
  await forgetInCopy(address);
  const again = await compiled(await get(address, WASM));
  if (!again) throw new BrokenFile(WASM, "is damaged");
  return again;
}

/** @typedef {{wasm: Promise<WebAssembly.Module>, stdlib: Promise<ArrayBuffer>}} Parts what Pyodide would fetch itself */

/**
 * While Pyodide loads, hand it what is on its way already, and learn of what it would keep to itself: WebAssembly that can't
 * be had leaves its promise open for ever.
 * @template T
 * @param {() => Promise<T>} load
 * @param {Parts} parts
 * @param {Snapshot} [snapshot] that it is started from
 * @returns {Promise<T>}
 */
async function observed(load, { wasm, stdlib }, snapshot) {
  /** @type {(error: unknown) => void} */
  let report = () => {};
  const broken = new Promise((_, reject) => (report = reject));
  for (const part of [broken, wasm, stdlib, snapshot?.sound]) part?.catch(report);
  const { fetch } = globalThis;
  const { instantiateStreaming, Memory } = WebAssembly;
  const restoreStackSwitching = withoutStackSwitching();

  globalThis.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address === inRuntime("stdlib.zip")) return new Response(await stdlib);
    return address === inRuntime(WASM) ? new Response() : fetch(input, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const [module] = await Promise.all([wasm, snapshot?.sound]);
    try {
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    } catch (error) {
      report(new BrokenFile(WASM, "can't be run"));
      throw error;
    }
  };
  // Pyodide takes a page of shared memory to sleep on, which no main thread may do. Browsers deprecate shared memory where
  // nothing isolates the site from others; on memory of another kind Pyodide is refused its sleep in the same way.
  WebAssembly.Memory = class extends Memory {
    /** @param {WebAssembly.MemoryDescriptor} descriptor */
    constructor(descriptor) {
      super({ ...descriptor, shared: false });
    }
  };
  try {
    return await Promise.race([load(), /** @type {Promise<never>} */ (broken)]);
  } finally {
    globalThis.fetch = fetch;
    Object.assign(WebAssembly, { instantiateStreaming, Memory });
    restoreStackSwitching();
  }
}

/** Whether the page comes from the service worker's copy: nothing is to be counted then. */
const isCopy = (() => {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
})();

/** Where Python's output goes: the console, until PyScript brings its own. */
const output = {
  /** @param {string} line */
  stdout: (line) => console.log(line),
  /** @param {string} line */
  stderr: (line) => console.warn(line),
};

/** @param {unknown} error @param {string} reason for an error that has no words of its own */
function without(error, reason) {
  console.info("Starting without the memory snapshot:", error instanceof BrokenFile ? error.message : reason);
  return null;
}

/** @param {Parts} parts */
async function startPython(parts) {
  /** @param {string} file */
  const module = (file) =>
    import(inRuntime(file)).catch(() => {
      throw new BrokenFile(file, "could not be loaded");
    });
  const [{ loadPyodide: load }, snapshot, { lock }] = await Promise.all([
    module("pyodide/pyodide.mjs"),
    // A buffer that came with a Response keeps its memory as long as anything refers to it: moved, it can let go.
    findSnapshot().then(
      (found) => found && { ...found, bytes: found.bytes.transfer?.() ?? found.bytes },
      (error) => without(error, "it is damaged"),
    ),
    manifest,
    module("pyodide/pyodide.asm.mjs"), // Pyodide imports it itself, but doesn't say when it is missing
  ]);
  const options = {
    indexURL: inRuntime("pyodide/"),
    stdLibURL: inRuntime("stdlib.zip"),
    /** @param {string} line */
    stdout: (line) => output.stdout(line),
    /** @param {string} line */
    stderr: (line) => output.stderr(line),
  };
  /** @param {Snapshot} [snapshot] */
  const start = (snapshot) =>
    observed(() => load({ ...options, lockFileContents: structuredClone(lock), _loadSnapshot: snapshot?.bytes }), parts, snapshot);
  if (!snapshot) return start();
  try {
    const restored = await start(snapshot);
    performance.mark("workbench:restored");
    // Pyodide refers to it for good.
    snapshot.bytes.transfer?.(0);
    return restored;
  } catch (error) {
    if (error instanceof BrokenFile && error.file !== SNAPSHOT) throw error;
    without(error, "it could not be restored");
    return start();
  }
}

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Compare each file that the start depends on with what the builder wrote down, and name those that differ. */
async function brokenFiles() {
  const { files } = await manifest;
  const known = Object.entries(files)
    .filter(([file]) => /^(pyodide\/|stdlib|packages)/.test(file))
    .map(([file, { sha256, unpacked_sha256 }]) => ({ file, address: inRuntime(file), sums: [sha256, unpacked_sha256] }));
  const { address, sha256: packed, unpacked_sha256 } = archives.pyapp;
  known.push({ file: "pyapp.zip", address: new URL(address, document.baseURI).href, sums: [packed, unpacked_sha256] });
  const found = await Promise.all(
    known.map(async (entry) => {
      try {
        const bytes = await (await get(entry.address, entry.file, { cache: "force-cache" })).arrayBuffer();
        return entry.sums.includes(await sha256(bytes)) ? "" : entry.file;
      } catch {
        return entry.file;
      }
    }),
  );
  return found.filter(Boolean);
}

/**
 * Say what keeps the page from starting.
 * @param {unknown} error
 * @param {string} [details] fit to be shown
 */
async function explain(error, details = "") {
  if (error instanceof BrokenFile) return boot.failFile(error.file, error.message);
  boot.progress("Finding out what is wrong…");
  const late = new Promise((resolve) => setTimeout(resolve, DIAGNOSIS_LIMIT, []));
  const broken = await Promise.race([brokenFiles().catch(() => []), late]);
  if (broken.length) return boot.failFile(broken[0], [`Missing or damaged: ${broken.join(", ")}`, details].join("\n"));
  boot.fail(
    "The workbench could not start",
    "Press Reload. If that doesn't help, tell the owner of this page what the details below say.",
    details || "Python could not be started.",
  );
}

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
async function downloadArchive(name) {
  return fetchArchive(new URL(archives[name].address, document.baseURI).href, `${name}.zip`, archives[name]);
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Load a further archive of Python modules and put it on `sys.path`, once; what it holds can be imported then.
 * It must be of this page's own version: where the site has changed meanwhile, the page must be reloaded.
 * @param {string} name as in "sample"
 */
export function loadArchive(name) {
  const load = async () => {
    if (!python || !Object.hasOwn(archives, name)) throw new Error(`This site has no archive ${name}.`);
    const [pyodide, bytes] = await Promise.all([python, downloadArchive(name)]);
    const sum = await sha256(bytes);
    if (![archives[name].sha256, archives[name].unpacked_sha256].includes(sum)) {
      throw new Error("This site has changed since the page was loaded. Reload the page.");
    }
    const path = `/home/pyodide/${name}.zip`;
    pyodide.FS.writeFile(path, new Uint8Array(bytes), { canOwn: true });
    const run = pyodide.runPython("import importlib, sys\nlambda path: (sys.path.append(path), importlib.invalidate_caches())[1]");
    run(path);
    run.destroy();
  };
  let loaded = loading.get(name);
  if (!loaded) {
    loaded = load();
    loading.set(name, loaded);
    loaded.catch(() => loading.delete(name)); // the next call tries again
  }
  return loaded;
}
boot.loadArchive = loadArchive;

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

/** The Python of this page; started once, whoever asks first. What keeps it from starting is shown. */
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

// What PyScript asks of its interpreter.
export const version = root.dataset.pyodideVersion;

/** @param {{stdout?: (line: string) => void, stderr?: (line: string) => void}} options */
export async function loadPyodide({ stdout, stderr }) {
  const pyodide = await startedPython();
  if (stdout) output.stdout = stdout;
  if (stderr) output.stderr = stderr;
  return pyodide;
}
