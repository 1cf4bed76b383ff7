// @ts-check
// Why JavaScript: only Pyodide itself can take a snapshot of its memory, and Node runs it.
//
//   node make_snapshot.mjs PYODIDE_DIR REQUEST.json OUT.gz
//
// REQUEST.json: {"stdlib": FILE, "archives": {"path in the page": FILE}, "names": [modules to import]}; files may be gzipped.
// Writes the gzipped snapshot, or prints why there is none and ends with status 3.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { takeSnapshot } from "./snapshot.mjs";

const [pyodideDir, requestFile, out] = process.argv.slice(2);
const request = JSON.parse(fs.readFileSync(requestFile, "utf8"));

/** @param {string} file */
function unpacked(file) {
  const bytes = fs.readFileSync(file);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? zlib.gunzipSync(bytes) : bytes;
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "snapshot-"));
const stdlib = path.join(scratch, "stdlib.zip");
fs.writeFileSync(stdlib, unpacked(request.stdlib));
/** @type {Record<string, Uint8Array>} */
const archives = {};
for (const [name, file] of Object.entries(request.archives)) archives[name] = unpacked(file);
const taken = await takeSnapshot({
  indexURL: path.resolve(pyodideDir) + "/",
  stdlib,
  archives,
  names: request.names,
});
fs.rmSync(scratch, { recursive: true });
if ("reason" in taken) {
  console.error(taken.reason);
  process.exit(3);
}
fs.writeFileSync(out, zlib.gzipSync(taken.snapshot, { level: 9 }));
