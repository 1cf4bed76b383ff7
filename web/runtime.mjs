// @ts-check
// Why JavaScript: it starts Python. PyScript takes it for its interpreter, too, and gets the Python that is already up.
//
// Python is started from a snapshot of its memory, and where that fails, plainly. The app is started the moment Python is up.

const root = document.documentElement;
const boot = /** @type {any} */ (globalThis).podioBoot;
const runtimeBase = new URL(root.dataset.runtime ?? "", document.baseURI).href;

const PACKAGES = "/lib/packages.zip"; // where make_runtime.mjs had it when it took the snapshot
const APP = "/home/pyodide/pyapp.zip";
const COUNTED = ["pyodide/pyodide.asm.wasm", "stdlib.zip", "packages.zip", "snapshot.bin.gz"];
const DIAGNOSIS_LIMIT = 6000; // ms

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
 */
function counted(body, name, size) {
  let done = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        done += chunk.byteLength;
        boot.received(name, done, size);
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

/** @typedef {{version: string, lock: object, snapshot: number | null, files: Record<string, {bytes: number, sha256: string}>}} Manifest */

/** @type {Promise<Manifest>} */
const manifest = get(inRuntime("manifest.json"), "manifest.json").then(async (response) => {
  const read = await response.json().catch(() => {
    throw new BrokenFile("manifest.json", "is no JSON");
  });
  // What is still to come belongs to the progress, too.
  for (const file of COUNTED) if (read.files[file]) boot.received(file, 0, read.files[file].bytes);
  return read;
});

/** @param {string} file below the runtime's directory */
async function download(file) {
  const { files } = await manifest;
  const response = await get(inRuntime(file), file);
  if (!response.body) return response.arrayBuffer();
  return new Response(counted(response.body, file, files[file]?.bytes ?? 0)).arrayBuffer();
}

async function downloadSnapshot() {
  const { snapshot, files } = await manifest;
  if (!snapshot) return null;
  const file = "snapshot.bin.gz";
  const response = await get(inRuntime(file), file);
  if (!response.body) return null;
  const raw = counted(response.body, file, files[file].bytes).pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(raw).arrayBuffer();
  if (bytes.byteLength !== snapshot) throw new BrokenFile(file, "has another size than it was made with");
  return bytes;
}

/**
 * While Pyodide loads, see what it fetches: count the bytes, and learn of what it keeps to itself (damaged
 * WebAssembly leaves its promise open for ever).
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T>}
 */
async function observed(load) {
  const { files } = await manifest;
  /** @type {(error: BrokenFile) => void} */
  let report = () => {};
  const broken = new Promise((_, reject) => (report = reject));
  broken.catch(() => {});
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;

  globalThis.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    const file = address.startsWith(runtimeBase) ? address.slice(runtimeBase.length) : "";
    if (!files[file]) return fetch(input, options);
    try {
      const response = await get(address, file, options);
      if (!response.body) return response;
      if (!file.endsWith(".wasm")) {
        return new Response(counted(response.body, file, files[file].bytes), response);
      }
      // The response itself goes to the compiler: only so does the browser keep what it has compiled.
      const copy = response.clone().body;
      if (copy) counted(copy, file, files[file].bytes).pipeTo(new WritableStream()).catch(() => {});
      if (response.headers.get("content-type") === "application/wasm") return response;
      return new Response(response.body, { headers: { "content-type": "application/wasm" } });
    } catch (error) {
      report(/** @type {BrokenFile} */ (error));
      throw error;
    }
  };
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      return await instantiateStreaming.call(WebAssembly, source, imports);
    } catch (error) {
      report(new BrokenFile("pyodide/pyodide.asm.wasm", "can't be compiled"));
      throw error;
    }
  };
  try {
    return await Promise.race([load(), /** @type {Promise<never>} */ (broken)]);
  } finally {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** Where Python's output goes: the console, until PyScript brings its own. */
const output = {
  /** @param {string} line */
  stdout: (line) => console.log(line),
  /** @param {string} line */
  stderr: (line) => console.warn(line),
};

async function startPython() {
  /** @param {string} file */
  const module = (file) =>
    import(inRuntime(file)).catch(() => {
      throw new BrokenFile(file, "could not be loaded");
    });
  const [{ loadPyodide: load }, snapshot, { lock }] = await Promise.all([
    module("pyodide/pyodide.mjs"),
    downloadSnapshot().catch((error) => {
      console.info("Starting without the memory snapshot:", error instanceof BrokenFile ? error.message : "it is damaged");
      return null;
    }),
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
  const plainly = () => observed(() => load({ ...options, lockFileContents: structuredClone(lock) }));
  if (!snapshot) return plainly();
  try {
    return await observed(() => load({ ...options, lockFileContents: structuredClone(lock), _loadSnapshot: snapshot }));
  } catch (error) {
    if (error instanceof BrokenFile) throw error;
    console.info("Starting without the memory snapshot: it could not be restored");
    return plainly();
  }
}

/** Compare each file that the start depends on with what the builder wrote down, and name those that differ. */
async function brokenFiles() {
  /** @param {ArrayBuffer} bytes */
  const sha256 = async (bytes) =>
    Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const archive = root.dataset.appArchive ?? "";
  const { files } = await manifest;
  const known = [
    ...Object.entries(files)
      .filter(([file]) => /^(pyodide\/|stdlib|packages)/.test(file))
      .map(([file, { sha256 }]) => ({ file, address: inRuntime(file), sha256 })),
    { file: archive.split("?")[0], address: new URL(archive, document.baseURI).href, sha256: root.dataset.appArchiveSha256 },
  ];
  const found = await Promise.all(
    known.map(async (entry) => {
      try {
        const bytes = await (await get(entry.address, entry.file, { cache: "force-cache" })).arrayBuffer();
        return (await sha256(bytes)) === entry.sha256 ? "" : entry.file;
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

/** Start Python, once. */
function pythonIsUp() {
  const packages = download("packages.zip");
  packages.catch(() => {});
  const address = new URL(root.dataset.appArchive ?? "", document.baseURI).href;
  const app = get(address, "pyapp.zip").then((response) => response.arrayBuffer());
  app.catch(() => {});
  return startPython().then(async (pyodide) => {
    boot.progress("Starting the workbench…");
    pyodide.FS.writeFile(PACKAGES, new Uint8Array(await packages));
    pyodide.FS.writeFile(APP, new Uint8Array(await app));
    return pyodide;
  });
}

/** Start the page's program: `start()` of the module that the page names. */
export async function startApp() {
  performance.mark("workbench:boot");
  let pyodide;
  try {
    python = pythonIsUp();
    pyodide = await python;
  } catch (error) {
    await explain(error);
    return;
  }
  performance.mark("workbench:python");
  try {
    const globals = pyodide.toPy({ PACKAGES, APP });
    const run = pyodide.runPython(START, { globals });
    boot.handOver();
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
  if (!python) throw new Error("The page starts Python before PyScript.");
  const pyodide = await python;
  if (stdout) output.stdout = stdout;
  if (stderr) output.stderr = stderr;
  return pyodide;
}
