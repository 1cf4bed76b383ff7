// @ts-check
// Which snapshot of Python's memory the start may use, if any.

import { bodyOf, BrokenFile, fetchArchive, deleteFromCopy, fromCopy, get, inRuntime, manifest, named, root, runtimeBase, sha256, unpacked } from "./files.mjs";

export const SNAPSHOT = "snapshot.bin.gz"; // below the runtime's directory, or the app's of a built site
// A file so large that came so fast: then the snapshot, which the service worker would fetch afterwards anyway, comes in less
// time than it saves.
const LARGE = 1_000_000; // bytes
const NEAR = 8_000; // bytes per ms: 64 Mbit/s, with the round trip and in company of other files

const PART = 524_288; // bytes, as the builder has it

/** @typedef {import("./memory.mjs").Snapshot} Snapshot */

/**
 * The sum of the sums of its parts: the browser copies what it sums, and one copy of the whole would hold up the start.
 * @param {ArrayBuffer} bytes
 */
async function sumOfParts(bytes) {
  const sums = [];
  for (let begin = 0; begin < bytes.byteLength; begin += PART) {
    sums.push(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes, begin, Math.min(PART, bytes.byteLength - begin))));
  }
  return sha256(await new Blob(sums).arrayBuffer());
}

/**
 * @param {ArrayBuffer} bytes
 * @param {() => Promise<void>} [discard] called where they aren't what the builder wrote down
 * @returns {Snapshot}
 */
function compared(bytes, discard) {
  const compare = async () => {
    if ((await sumOfParts(bytes)) === named("snapshot-sum")) return;
    await discard?.();
    throw new BrokenFile(SNAPSHOT, "is damaged");
  };
  const sound = compare();
  sound.catch(() => {}); // whoever starts Python hears of it
  return { bytes, sound };
}

/** Whether a large file has come already, and so fast that it can only have come from near. */
const isNear = () =>
  /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource")).some(
    ({ name, transferSize, requestStart, responseEnd }) =>
      name.startsWith(runtimeBase) && transferSize > LARGE && transferSize / (responseEnd - requestStart) > NEAR,
  );

/** @returns {Promise<Snapshot | null>} */
export async function findSnapshot() {
  const { appRelease, appSnapshot } = root.dataset;
  if (appSnapshot) {
    const address = new URL(appSnapshot, document.baseURI).href;
    if (appRelease) {
      const copy = await fromCopy(address);
      if (copy) return compared(copy, () => deleteFromCopy(address));
      if (!isNear()) return null;
    }
    const response = await get(address, SNAPSHOT);
    const bytes = await unpacked(await bodyOf(response, SNAPSHOT, Number(response.headers.get("content-length"))));
    return compared(bytes);
  }
  const { snapshot, files } = await manifest;
  if (appRelease || !snapshot) return null;
  const bytes = await fetchArchive(inRuntime(SNAPSHOT), SNAPSHOT, files[SNAPSHOT]);
  if (bytes.byteLength !== snapshot) throw new BrokenFile(SNAPSHOT, "has another size than it was made with");
  return { bytes, sound: Promise.resolve() };
}
