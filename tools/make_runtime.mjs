// @ts-check
// Why JavaScript: only Pyodide itself can compile for its own Python and take a snapshot of its memory, and Node runs it.
//
//   node make_runtime.mjs PYODIDE_DIR REQUEST.json OUT_DIR
//
// REQUEST.json: {"packages": DIR of pure packages, "modules": [stdlib and package modules to import]}
// Writes OUT_DIR/stdlib.zip and OUT_DIR/packages.zip (compiled, only what the modules need), OUT_DIR/snapshot.bin.gz (absent
// where none could be taken) and OUT_DIR/made.json: {"modules": [...], "tops": [...], "snapshot": bytes | null, "reason": "..."}.

import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";

const [pyodideDir, requestFile, out] = process.argv.slice(2);
const indexURL = path.resolve(pyodideDir) + "/";
const request = JSON.parse(fs.readFileSync(requestFile, "utf8"));
const { loadPyodide } = await import(pathToFileURL(indexURL + "pyodide.mjs").href);

/** The heap must be no larger than Pyodide's initial memory when the snapshot is taken. */
const HEAP_LIMIT = 31_457_280;
const PACKAGES = "/lib/packages.zip"; // where runtime.mjs puts it, too

/**
 * Pyodide reads its lock at every start; ours names no packages, for the page installs none.
 * @param {Record<string, unknown>} [more]
 */
async function start(more = {}) {
  const { info } = JSON.parse(fs.readFileSync(indexURL + "pyodide-lock.json", "utf8"));
  return loadPyodide({ indexURL, lockFileContents: { info, packages: {} }, ...more });
}

const stock = await start();
stock.FS.writeFile("/stock.zip", fs.readFileSync(indexURL + "python_stdlib.zip"));
stock.FS.mkdirTree("/packages");
stock.mountNodeFS("/packages", path.resolve(request.packages));
stock.globals.set("wanted", stock.toPy(request.modules));
const found = stock.runPython(String.raw`
import importlib, json, pathlib, py_compile, sys, warnings, zipfile
warnings.simplefilter("ignore")
sys.path.append("/packages")
missing = []
for name in wanted:
    try:
        importlib.import_module(name)
    except ImportError:
        missing.append(name)  # a module of another platform
source = zipfile.ZipFile("/stock.zip")
members = set(source.namelist())

def put(target, member, content):
    pathlib.Path("/one.py").write_bytes(content)
    py_compile.compile("/one.py", "/one.pyc", dfile=member, doraise=True,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    target.writestr(zipfile.ZipInfo(member + "c", (1980, 1, 1, 0, 0, 0)), pathlib.Path("/one.pyc").read_bytes(),
                    zipfile.ZIP_DEFLATED, 9)

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
    # Some packages ask their own metadata for their version.
    for file in sorted(packages.glob("*.dist-info/METADATA")):
        if file.parent.name.partition("-")[0].lower() in tops:
            target.writestr(zipfile.ZipInfo(str(file.relative_to(packages)), (1980, 1, 1, 0, 0, 0)),
                            file.read_text().partition("\n\n")[0] + "\n", zipfile.ZIP_DEFLATED, 9)
json.dumps({"modules": sorted(set(wanted) - set(missing)), "tops": tops})
`);
const { modules, tops } = JSON.parse(found);
fs.mkdirSync(out, { recursive: true });
for (const name of ["stdlib.zip", "packages.zip"]) fs.writeFileSync(path.join(out, name), stock.FS.readFile("/" + name));

/**
 * A snapshot with these modules imported, or the reason why there is none.
 * @param {string[]} names
 * @returns {Promise<{snapshot: Uint8Array} | {reason: string}>}
 */
async function snapshotOf(names) {
  const stdLibURL = path.resolve(out, "stdlib.zip");
  try {
    const maker = await start({ stdLibURL, _makeSnapshot: true });
    maker.FS.writeFile(PACKAGES, fs.readFileSync(path.join(out, "packages.zip")));
    maker.globals.set("wanted", maker.toPy(names));
    maker.globals.set("PACKAGES", PACKAGES);
    maker.runPython(`
import gc, importlib, sys, warnings
warnings.simplefilter("ignore")
sys.path.append(PACKAGES)
for name in wanted:
    importlib.import_module(name)
warnings.resetwarnings()
del wanted, name, PACKAGES
gc.collect()
`);
    const heap = maker._module.HEAP8.length;
    if (heap > HEAP_LIMIT) return { reason: `the heap has grown to ${heap} bytes` };
    const snapshot = maker.makeMemorySnapshot();
    // What can't be restored is no snapshot.
    const again = await start({ stdLibURL, _loadSnapshot: snapshot });
    again.FS.writeFile(PACKAGES, fs.readFileSync(path.join(out, "packages.zip")));
    again.globals.set("wanted", again.toPy(names));
    again.runPython("import importlib, secrets\nfor name in wanted: importlib.import_module(name)\nsecrets.token_hex(4)");
    return { snapshot };
  } catch (error) {
    return { reason: String(error) };
  }
}

const taken = await snapshotOf(modules);
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
