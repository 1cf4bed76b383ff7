// @ts-check
// Why JavaScript: only Pyodide itself compiles for its own Python, and Node runs it.
//
//   node compile_archive.mjs PYODIDE_DIR PLAIN.zip MADE.zip
//
// MADE.zip holds all of PLAIN.zip and a .pyc beside each .py, which is taken without a look at the source's time.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideDir, plain, made] = process.argv.slice(2);
const indexURL = path.resolve(pyodideDir) + "/";
const { loadPyodide } = await import(pathToFileURL(indexURL + "pyodide.mjs").href);
const { info } = JSON.parse(fs.readFileSync(indexURL + "pyodide-lock.json", "utf8"));
const python = await loadPyodide({ indexURL, lockFileContents: { info, packages: {} } });
python.FS.writeFile("/plain.zip", fs.readFileSync(plain));
python.runPython(String.raw`
import pathlib, py_compile, zipfile

epoch = (1980, 1, 1, 0, 0, 0)
with zipfile.ZipFile("/plain.zip") as source, zipfile.ZipFile("/made.zip", "w") as target:
    for name in source.namelist():
        target.writestr(zipfile.ZipInfo(name, epoch), source.read(name), zipfile.ZIP_DEFLATED, 9)
        if name.endswith(".py"):
            pathlib.Path("/one.py").write_bytes(source.read(name))
            py_compile.compile("/one.py", "/one.pyc", dfile="/home/pyodide/pyapp.zip/" + name, doraise=True,
                               invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            target.writestr(zipfile.ZipInfo(name + "c", epoch), pathlib.Path("/one.pyc").read_bytes(),
                            zipfile.ZIP_DEFLATED, 9)
`);
fs.writeFileSync(made, python.FS.readFile("/made.zip"));
