// @ts-check
// What is shown where the page can't start, and how it is found out.

import { addressOf, archives } from "./archives.mjs";
import { boot, BrokenFile, get, inRuntime, isSound, manifest } from "./files.mjs";

const DIAGNOSIS_LIMIT = 6000; // ms

/** Compare each file that the start depends on with what the builder wrote down, and name those that differ. */
async function brokenFiles() {
  const { files } = await manifest;
  const expected = Object.entries(files)
    .filter(([file]) => /^(pyodide\/|stdlib|packages)/.test(file))
    .map(([file, sums]) => ({ file, address: inRuntime(file), sums }));
  expected.push({ file: "pyapp.zip", address: addressOf("pyapp"), sums: archives.pyapp });
  const names = await Promise.all(
    expected.map(async (entry) => {
      try {
        const bytes = await (await get(entry.address, entry.file, { cache: "force-cache" })).arrayBuffer();
        return (await isSound(bytes, entry.sums)) ? "" : entry.file;
      } catch {
        return entry.file;
      }
    }),
  );
  return names.filter(Boolean);
}

/**
 * Say what keeps the page from starting.
 * @param {unknown} error
 * @param {string} [details] fit to be shown
 */
export async function explain(error, details = "") {
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
