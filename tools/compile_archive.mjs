// @ts-check
// Why JavaScript: only Pyodide itself compiles for its own Python, and Node runs it.
//
//   node compile_archive.mjs PYODIDE_DIR PLAIN.zip MADE.zip [REQUEST.json]
//
// MADE.zip holds all of PLAIN.zip and a .pyc beside each .py, which is taken without a look at the source's time.
// With REQUEST.json, {"path": where the page has it, "packages": DIR, "has": [archives that the page has], "complete": true | false},
// it is for a release: MADE.zip is gzipped, holds compiled modules only, without docstrings and columns, and, where "complete"
// is asked for, also what its modules import of packages and standard library that is in no archive of "has". Of these
// packages' own __init__.py the source comes along: anyio reads it to learn what it may leave until later, and without it
// imports all of itself, for which Pyodide has not the modules.

import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { COMPACT, startPython } from "./snapshot.mjs";

const [pyodideDir, plain, target, requestFile] = process.argv.slice(2);
const indexURL = path.resolve(pyodideDir) + "/";
const request = requestFile ? JSON.parse(fs.readFileSync(requestFile, "utf8")) : null;
const python = await startPython(indexURL, request ? { env: COMPACT } : {});
python.FS.writeFile("/plain.zip", fs.readFileSync(plain));
if (request) {
  python.FS.writeFile("/stock.zip", fs.readFileSync(indexURL + "python_stdlib.zip"));
  python.FS.mkdirTree("/packages");
  python.mountNodeFS("/packages", path.resolve(request.packages));
}
python.globals.set("request", python.toPy(request ?? {}));
(request?.has ?? []).forEach((/** @type {string} */ file, /** @type {number} */ place) => {
  python.FS.writeFile(`/has-${place}.zip`, zlib.gunzipSync(fs.readFileSync(file)));
});
python.runPython(String.raw`
import importlib, io, pathlib, py_compile, sys, warnings, zipfile

epoch = (1980, 1, 1, 0, 0, 0)
place = request.get("path", "/home/pyodide/pyapp.zip")

def compiled(content, name):
    pathlib.Path("/one.py").write_bytes(content)
    py_compile.compile("/one.py", "/one.pyc", dfile=name, doraise=True, optimize=2 if request else 0,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    return pathlib.Path("/one.pyc").read_bytes()

def lacking(own):
    """Yield what the modules of the archive import that the page has not got: name in the archive, source."""
    warnings.simplefilter("ignore")
    sys.path[:0] = ["/plain.zip"]
    sys.path.append("/packages")
    for name in own:
        if name.endswith(".py") and not name.endswith("__main__.py"):
            importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    there = {name for file in pathlib.Path("/").glob("has-*.zip") for name in zipfile.ZipFile(file).namelist()}
    stock = zipfile.ZipFile("/stock.zip")
    members = set(stock.namelist())
    packages = pathlib.Path("/packages")
    tops = {name.partition(".")[0] for name in sys.modules} & {entry.stem for entry in packages.iterdir()}
    for name in sorted(sys.modules):
        for member in (name.replace(".", "/") + ".py", name.replace(".", "/") + "/__init__.py"):
            if member in members and member + "c" not in there:
                yield member, stock.read(member)
    for top in sorted(tops):
        single = packages / (top + ".py")
        for file in sorted([single] if single.exists() else (packages / top).rglob("*.py")):
            member = str(file.relative_to(packages))
            if member + "c" not in there and "tests" not in file.parts and not file.name.startswith("__main__"):
                yield member, file.read_bytes()

packing = (zipfile.ZIP_STORED, None) if request else (zipfile.ZIP_DEFLATED, 9)
with zipfile.ZipFile("/plain.zip") as source, zipfile.ZipFile("/compiled.zip", "w") as target:
    names = source.namelist()
    for name in names:
        if not request:
            target.writestr(zipfile.ZipInfo(name, epoch), source.read(name), *packing)
        if name.endswith(".py"):
            target.writestr(zipfile.ZipInfo(name + "c", epoch), compiled(source.read(name), place + "/" + name), *packing)
    if request.get("complete"):
        for name, content in lacking(names):
            target.writestr(zipfile.ZipInfo(name + "c", epoch), compiled(content, name), *packing)
            if name.endswith("/__init__.py"):
                target.writestr(zipfile.ZipInfo(name, epoch), content, *packing)
`);
const content = python.FS.readFile("/compiled.zip");
fs.writeFileSync(target, request ? zlib.gzipSync(content, { level: 9 }) : content);
