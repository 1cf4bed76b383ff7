// @ts-check
// Archives of Python modules: the app's own, and those that are loaded when they are first needed.

import { fetchArchive, isSound, named } from "./files.mjs";

/** Archives of Python modules: name -> where, and its sums. @type {Record<string, import("./files.mjs").File & {address: string}>} */
export const archives = JSON.parse(named("archives") || "{}");

/** @param {string} name */
export const addressOf = (name) => new URL(archives[name].address, document.baseURI).href;

/** @param {string} name */
export const downloadArchive = async (name) => fetchArchive(addressOf(name), `${name}.zip`, archives[name]);

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Load a further archive of Python modules and put it on `sys.path`, once; what it holds can be imported then.
 * It must be of this page's own version: where the site has changed meanwhile, the page must be reloaded.
 * @param {string} name as in "sample"
 * @param {Promise<any> | undefined} python the page's, once it is being started
 */
export function loadArchive(name, python) {
  const load = async () => {
    if (!python || !Object.hasOwn(archives, name)) throw new Error(`This site has no archive ${name}.`);
    const [pyodide, bytes] = await Promise.all([python, downloadArchive(name)]);
    if (!(await isSound(bytes, archives[name]))) {
      throw new Error("This site has changed since the page was loaded. Reload the page.");
    }
    const path = `/home/pyodide/${name}.zip`;
    pyodide.FS.writeFile(path, new Uint8Array(bytes), { canOwn: true });
    const run = pyodide.runPython("import importlib, sys\nlambda path: (sys.path.append(path), importlib.invalidate_caches())[1]");
    run(path);
    run.destroy();
  };
  let loaded = loading.get(name);
  if (!loaded) {
    loaded = load();
    loading.set(name, loaded);
    loaded.catch(() => loading.delete(name)); // the next call tries again
  }
  return loaded;
}
