// @ts-check
// Python's WebAssembly: fetched, compared, compiled.

import { BrokenFile, counted, fetchOfPage, fetchSound, inRuntime, isCopy, manifest, WASM } from "./files.mjs";

/** Report that the WebAssembly is all but here. @type {() => void} */
export let wasmIsNearlyHere;
/** What Python needs only once it runs is not to slow down the download of what it needs to run. @type {Promise<void>} */
export const afterWasm = new Promise((resolve) => (wasmIsNearlyHere = resolve));

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

/** Fetch and compile Python's WebAssembly. */
export const compileWasm = () => fetchSound(inRuntime(WASM), WASM, compiled);
