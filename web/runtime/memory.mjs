// @ts-check
// Python's memory as the builder leaves it in a snapshot, and how it is put back: by the page, and by the builder, which ships
// no snapshot that can't be restored. Nothing of a page is used here.

/** @typedef {{bytes: ArrayBuffer, sound: Promise<void>}} Snapshot Python may start from it only once `sound` is there */

// Bytes that the builder puts before the snapshot: where the zeros of the stack begin and end that it left out, and the size of
// the memory.
export const HEADER = 16;

/**
 * What of a snapshot Pyodide takes for the whole: its notes, behind which the memory begins.
 * @param {ArrayBuffer} bytes
 */
const notesOf = (bytes) => new Uint8Array(bytes, HEADER, new Uint32Array(bytes, HEADER, 2)[1]);

/**
 * Put a snapshot into Python's memory, which grows where it is too small: Pyodide doesn't let it.
 * @param {ArrayBuffer} bytes @param {{HEAPU8: Uint8Array, _malloc: (size: number) => number}} module Pyodide's own
 */
function putIntoMemory(bytes, module) {
  const begin = notesOf(bytes).length;
  const [from, to, size] = new Uint32Array(bytes, 0, 3);
  const snapshot = new Uint8Array(bytes, HEADER);
  if (module.HEAPU8.length < size) module._malloc(size); // overwritten with all else that is in the memory now
  const memory = module.HEAPU8;
  memory.set(snapshot.subarray(begin, from));
  memory.set(snapshot.subarray(from), to - begin);
}

/**
 * The settings by which Pyodide starts from a snapshot, once it is known to be sound. Pyodide itself would have the snapshot
 * whole, and copy its zeros, too. It keeps its settings: they hold on to none of the snapshot but the notes.
 * @param {(settings: object) => Promise<any>} make makes Pyodide's own module @param {Snapshot} snapshot
 */
export const restoring = (make, snapshot) => ({
  _loadSnapshot: notesOf(snapshot.bytes).slice(),
  createPyodideModule: async (/** @type {object} */ settings) => {
    const [module] = await Promise.all([make(settings), snapshot.sound]);
    const { restoreSnapshot } = module.API;
    module.API.restoreSnapshot = (/** @type {Uint8Array} */ notes) => {
      const read = restoreSnapshot(notes);
      putIntoMemory(snapshot.bytes, module);
      return read;
    };
    return module;
  },
});
