// @ts-check
// Why JavaScript: Pyodide is loaded by JavaScript, here under Node.
//
//   node run.mjs PYODIDE_DIR ROOT SITE_PACKAGES PAGE_PACKAGES TEST_PATH…
//
// Runs pytest inside Pyodide on the repository at ROOT and prints, as the last line, JSON:
// {"exit": pytest's code, "passed": [names], "skipped": [names], "failed": {name: report}}

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideDir, root, sitePackages, pagePackages, ...paths] = process.argv.slice(2);
const indexURL = path.resolve(pyodideDir) + "/";
const { loadPyodide } = await import(pathToFileURL(indexURL + "pyodide.mjs").href);
const { info } = JSON.parse(fs.readFileSync(indexURL + "pyodide-lock.json", "utf8"));
const python = await loadPyodide({
  indexURL,
  lockFileContents: { info, packages: {} },
  env: { PYTHONDONTWRITEBYTECODE: "1", HYPOTHESIS_STORAGE_DIRECTORY: "/tmp/hypothesis" },
});
for (const [place, directory] of [["/repo", root], ["/stand_ins", path.join(import.meta.dirname, "stand_ins")], ["/site", sitePackages], ["/page", pagePackages]]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, path.resolve(directory));
}
python.FS.writeFile("/inside.py", fs.readFileSync(path.join(import.meta.dirname, "inside.py")));
python.globals.set("paths", python.toPy(paths));
try {
  console.log(python.runPython('import sys; sys.path[:0] = ["/", "/stand_ins", "/repo/pyapp", "/page", "/site"]; import inside; inside.run(list(paths))'));
} catch (error) {
  // Node would print all of Pyodide's source with it.
  console.error(String(error));
  process.exitCode = 1;
}
