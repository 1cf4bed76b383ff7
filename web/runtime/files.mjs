// @ts-check
// The files of the start: where they lie, that they arrive, how far they are, and that they are what the builder wrote down.

export const root = document.documentElement;
export const boot = /** @type {any} */ (globalThis).podioBoot;
export const runtimeBase = new URL(root.dataset.runtime ?? "", document.baseURI).href;
export const WASM = "pyodide/pyodide.asm.wasm"; // below the runtime's directory
const COUNTED = /^(pyodide\/pyodide\.asm\.wasm|stdlib\.zip(\.gz)?|packages\.zip(\.gz)?|snapshot\.bin\.gz)$/;

/** @typedef {{bytes: number, sha256: string, unpacked_sha256?: string}} File */
/** @typedef {{version: string, lock: object, snapshot: number | null, files: Record<string, File>}} Manifest */

/** What the builder wrote into the page's head. @param {string} name */
export const named = (name) => document.querySelector(`meta[name=workbench-${name}]`)?.getAttribute("content") ?? "";

/** Whether the page comes from the service worker's copy: nothing is to be counted then. */
export const isCopy = (() => {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
})();

/** A file of the page that can't be used. */
export class BrokenFile extends Error {
  /** @param {string} file @param {string} reason */
  constructor(file, reason) {
    super(`${file}: ${reason}`);
    this.file = file;
  }
}

/** @param {string} file below the runtime's directory */
export const inRuntime = (file) => runtimeBase + file;

/**
 * Pass a body on and report what has come of it.
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} name
 * @param {number} size
 * @param {() => void} [nearlyHere] called when little of it is still to come
 */
export function counted(body, name, size, nearlyHere) {
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

export const fetchOfPage = globalThis.fetch.bind(globalThis);

/** @param {string} address @param {string} file its name for users @param {RequestInit} [options] */
export async function get(address, file, options) {
  let response;
  try {
    response = await fetchOfPage(address, options);
  } catch {
    throw new BrokenFile(file, "could not be fetched");
  }
  if (!response.ok) throw new BrokenFile(file, `the server answered ${response.status}`);
  return response;
}

/**
 * Load again, once, what could not be loaded: a connection is dropped, or the browser ends a service worker that is answering.
 * @template T
 * @param {() => Promise<T>} load
 */
export const retried = (load) => load().catch(load);

/** @type {Promise<Manifest>} */
export const manifest = retried(async () => {
  const response = await get(inRuntime("manifest.json"), "manifest.json");
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
export async function unpacked(bytes) {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first !== 0x1f || second !== 0x8b) return bytes;
  // Into memory of the size that its end names: gathering the parts would take as much again.
  const whole = new Uint8Array(new DataView(bytes).getUint32(bytes.byteLength - 4, true));
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  for (const step of [writer.write(bytes), writer.close()]) step.catch(() => {}); // whoever reads hears of it
  const parts = stream.readable.getReader();
  let at = 0;
  for (let part = await parts.read(); !part.done; part = await parts.read()) {
    whole.set(part.value, at);
    at += part.value.byteLength;
  }
  return whole.buffer;
}

/** @param {ArrayBuffer} bytes */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Response} response @param {string} file @param {number} size */
export const bodyOf = async (response, file, size) =>
  (response.body && !isCopy ? new Response(counted(response.body, file, size)) : response).arrayBuffer();

/** @param {ArrayBuffer} bytes @param {Pick<File, "sha256" | "unpacked_sha256">} sums what the builder wrote down */
export const isSound = async (bytes, { sha256: packed, unpacked_sha256 }) => [packed, unpacked_sha256].includes(await sha256(bytes));

/**
 * Fetch a file, again where it could not be had or is not what it should be. The service worker leaves the sums of some files
 * to us, and every site of the origin may write into its copy: such a file is taken out, so that the worker fetches it again.
 * @template T
 * @param {string} address @param {string} file its name for users
 * @param {(response: Response) => Promise<T | null>} read gives null where it isn't what the builder wrote down
 */
export async function fetchSound(address, file, read) {
  const load = async () => read(await get(address, file));
  const first = await load().catch(() => undefined);
  if (first === null) await deleteFromCopy(address);
  const sound = first ?? (await load());
  if (sound === null) throw new BrokenFile(file, "is damaged");
  return sound;
}

/** @param {string} address @param {string} file its name for users @param {File} [expected] what the builder wrote down */
export async function fetchArchive(address, file, expected) {
  const bytes = await fetchSound(address, file, async (response) => {
    const body = await bodyOf(response, file, expected?.bytes ?? 0);
    return isCopy && expected && !(await isSound(body, expected)) ? null : body;
  });
  return unpacked(bytes).catch(() => {
    throw new BrokenFile(file, "is damaged");
  });
}

/** @param {string} name of an archive below the runtime's directory */
export async function download(name) {
  const { files } = await manifest;
  const file = files[name] ? name : `${name}.gz`;
  return fetchArchive(inRuntime(file), file, files[file]);
}

/** What the service worker keeps of this version: its cache alone, for each site of the origin has others. */
const copyName = () =>
  `podio-workbench ${encodeURIComponent(new URL("./", document.baseURI).pathname)} ${root.dataset.appCopy}`;

/** @param {string} address of a file that the service worker is to fetch again */
export async function deleteFromCopy(address) {
  await (await caches.open(copyName())).delete(address);
}

/** Take a file from the copy itself; null where it isn't there, or there are no caches. @param {string} address */
export const fromCopy = async (address) => {
  try {
    return (await (await caches.match(address, { cacheName: copyName() }))?.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
};
