// @ts-check
// Which snapshot of Python's memory the start may use, if any.

import { bodyOf, BrokenFile, fetchArchive, forgetInCopy, fromCopy, get, inRuntime, isSound, manifest, named, root, runtimeBase, unpacked } from "./files.mjs";

export const SNAPSHOT = "snapshot.bin.gz"; // below the runtime's directory, or the app's of a built site
// A file so large that came so fast: then the snapshot, which the service worker would fetch afterwards anyway, comes in less
// time than it saves.
const LARGE = 1_000_000; // bytes
const NEAR = 8_000; // bytes per ms: 64 Mbit/s, with the round trip and in company of other files

/** @typedef {{bytes: ArrayBuffer, sound: Promise<void>}} Snapshot Python may start from it only once `sound` is there */

/**
 * @param {ArrayBuffer} bytes @param {Parameters<typeof isSound>[1]} sums
 * @param {() => Promise<void>} [forget] called where they differ
 * @returns {Snapshot}
 */
function compared(bytes, sums, forget) {
  const compare = async () => {
    if (await isSound(bytes, sums)) return;
    await forget?.();
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
    const [packed, unpacked_sha256] = named("snapshot-sums").split(" ");
    const sums = { sha256: packed, unpacked_sha256 };
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
