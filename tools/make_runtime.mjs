// @ts-check
// Why JavaScript: only Pyodide itself can compile for its own Python and take a snapshot of its memory, and Node runs it.
//
//   node make_runtime.mjs PYODIDE_DIR REQUEST.json OUT_DIR
//
// REQUEST.json: {"packages": DIR of pure packages, "modules": [stdlib and package modules to import], "release": true | false}
// Writes OUT_DIR/made.json: {"modules": [...], "tops": [...], "snapshot": bytes | null, "reason": "..."} and
//   to develop with: OUT_DIR/stdlib.zip and OUT_DIR/packages.zip (compiled, only what the modules need), and
//     OUT_DIR/snapshot.bin.gz (absent where none could be taken);
//   for a release: OUT_DIR/stdlib.zip.gz and OUT_DIR/packages.zip.gz, as small as they get: without docstrings and columns, and
//     compressed as one stream.

import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { COMPACT, startPython, takeSnapshot } from "./snapshot.mjs";

const [pyodideDir, requestFile, out] = process.argv.slice(2);
const indexURL = path.resolve(pyodideDir) + "/";
const request = JSON.parse(fs.readFileSync(requestFile, "utf8"));
const PACKAGES = "/lib/packages.zip"; // where runtime.mjs puts it, too

const stock = await startPython(indexURL, request.release ? { env: COMPACT } : {});
stock.FS.writeFile("/stock.zip", fs.readFileSync(indexURL + "python_stdlib.zip"));
stock.FS.mkdirTree("/packages");
stock.mountNodeFS("/packages", path.resolve(request.packages));
stock.globals.set("names", stock.toPy(request.modules));
stock.globals.set("release", request.release);
const report = stock.runPython(String.raw`
import importlib, json, pathlib, py_compile, sys, warnings, zipfile
warnings.simplefilter("ignore")
sys.path.append("/packages")
packing = (zipfile.ZIP_STORED, None) if release else (zipfile.ZIP_DEFLATED, 9)
missing = []
for name in names:
    try:
        importlib.import_module(name)
    except ImportError:
        missing.append(name)  # a module of another platform
source = zipfile.ZipFile("/stock.zip")
members = set(source.namelist())

def put(target, member, content):
    pathlib.Path("/module.py").write_bytes(content)
    py_compile.compile("/module.py", "/module.pyc", dfile=member, doraise=True, optimize=2 if release else 0,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    target.writestr(zipfile.ZipInfo(member + "c", (1980, 1, 1, 0, 0, 0)), pathlib.Path("/module.pyc").read_bytes(),
                    *packing)

with zipfile.ZipFile("/stdlib.zip", "w") as target:
    for name in sorted(sys.modules):
        for member in (name.replace(".", "/") + ".py", name.replace(".", "/") + "/__init__.py"):
            if member in members:
                put(target, member, source.read(member))

# Of a package everything comes along: what it imports late is not seen above.
packages = pathlib.Path("/packages")
tops = sorted({name.partition(".")[0] for name in sys.modules} & {entry.stem for entry in packages.iterdir()})
with zipfile.ZipFile("/packages.zip", "w") as target:
    for top in tops:
        single = packages / (top + ".py")
        for file in sorted([single] if single.exists() else (packages / top).rglob("*.py")):
            if "tests" not in file.parts and not file.name.startswith("__main__"):
                put(target, str(file.relative_to(packages)), file.read_bytes())
    # Some packages read their own metadata for their version.
    for file in sorted(packages.glob("*.dist-info/METADATA")):
        if file.parent.name.partition("-")[0].lower() in tops:
            target.writestr(zipfile.ZipInfo(str(file.relative_to(packages)), (1980, 1, 1, 0, 0, 0)),
                            file.read_text().partition("\n\n")[0] + "\n", *packing)
json.dumps({"modules": sorted(set(names) - set(missing)), "tops": tops})
`);
const { modules, tops } = JSON.parse(report);
fs.mkdirSync(out, { recursive: true });
for (const name of ["stdlib.zip", "packages.zip"]) {
  const content = stock.FS.readFile("/" + name);
  if (request.release) fs.writeFileSync(path.join(out, name + ".gz"), zlib.gzipSync(content, { level: 9 }));
  else fs.writeFileSync(path.join(out, name), content);
}

// A release takes its snapshot later, with the page's own modules in it.
const taken = request.release
  ? { reason: "" }
  : await takeSnapshot({
      indexURL,
      stdlib: path.join(out, "stdlib.zip"),
      archives: { [PACKAGES]: fs.readFileSync(path.join(out, "packages.zip")) },
      names: modules,
    });
if ("snapshot" in taken) {
  fs.writeFileSync(path.join(out, "snapshot.bin.gz"), zlib.gzipSync(taken.snapshot, { level: 9 }));
}
fs.writeFileSync(
  path.join(out, "made.json"),
  JSON.stringify({
    modules,
    tops,
    snapshot: "snapshot" in taken ? taken.snapshot.length : null,
    reason: "reason" in taken ? taken.reason : "",
  }),
);
