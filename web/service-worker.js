// @ts-check
// Why JavaScript: a service worker runs where no page and no Python is.
//
// It keeps one version of this site, whole, and answers from it. It knows its files by the list below, keeps and finds them
// by their paths in that list and never by a request (whose address may hold a token), and leaves everything else to the
// network as if it weren't there: other origins, callback.html, anything but GET.
//
// Every site of the origin may write into its cache. This script comes from the network only, so its list can be relied on:
// whatever lies in the cache is compared with it each time before it is used, and fetched again where it differs.

/** @typedef {{bytes: number, sha256: string, unpacked_bytes?: number, unpacked_sha256?: string}} File */
/**
 * In a built site the builder puts its list in place of the next line. A site that is being developed has none.
 * @type {{version: string, files: Record<string, File>}}
 */
const SITE = { version: "", files: {} };

const worker = /** @type {any} */ (self);
const base = new URL("./", worker.location.href);

// Other sites may share the origin: only what begins so is ours. The path is encoded, hence can't hold the space.
const OURS = `podio-workbench ${encodeURIComponent(base.pathname)} `;
const CACHE = OURS + SITE.version;

const INDEX = "index.html";
const CONFIG = "config.json"; // its owner may change it at any time: asked for first, kept for when there is no network
const LATER = /^app-[^/]+\/(snapshot\.bin|sample\.zip)\.gz$/; // large, and not needed to open the page
const NEVER = /^(callback|sample-consent)\.|^\.nojekyll$/; // these see OAuth answers, or hand them on
// Most of what a start loads: summed here before each is answered, one after another in one thread, it would come too late.
// The page compares the sums of these archives itself,
const SUMMED_BY_PAGE = /^(runtime-[^/]+\/(stdlib|packages)|app-[^/]+\/pyapp)\.zip\.gz$/;
// and asks for the sum of this one, with ".sum" behind its name, while it compiles it.
const SUMMED_BESIDE = /^runtime-[^/]+\/pyodide\/pyodide\.asm\.wasm$/;

const SOURCE = "podio-workbench-source"; // a header: "cache" where the answer may be another site's work, "worker" on a sum
/** @type {Record<string, string>} */
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

/** Cached files have the address that the page asks for, without query or fragment. @param {string} path */
const keyOf = (path) => new URL(path, base).href;

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {ArrayBuffer} bytes */
function isPacked(bytes) {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  return first === 0x1f && second === 0x8b;
}

/** The headers of a file in the cache: ours, not the host's. @param {string} path @param {number} size */
const headersOf = (path, size) => ({
  "content-length": String(size),
  "content-type": TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
});

/**
 * Whether a response from the cache has the headers that this worker gives. Not only its body counts: another address
 * would become that of the scripts which a script imports, and a header such as Refresh would lead elsewhere.
 * @param {string} path @param {Response} response
 */
function isOurs(path, response) {
  const { bytes, unpacked_bytes: size = bytes } = SITE.files[path];
  const headers = JSON.stringify([...response.headers].sort());
  return response.url === "" && response.type === "default" && response.status === 200 &&
    headers === JSON.stringify(Object.entries(headersOf(path, size)));
}

/** What a file in the cache adds up to. @param {string} path */
const sumOf = (path) => SITE.files[path].unpacked_sha256 ?? SITE.files[path].sha256;

/**
 * What to keep of a file, unpacked, or null where what was given is none of this version. What is large once it is unpacked
 * goes into the cache as a stream, and is never whole in memory.
 * @param {string} path @param {Response} response whose body is the file
 */
async function toKeep(path, response) {
  const { bytes: size, sha256: packed, unpacked_bytes: unpackedSize = size, unpacked_sha256: unpacked } = SITE.files[path];
  const bytes = await response.arrayBuffer();
  const sum = await sha256(bytes);
  const headers = headersOf(path, unpackedSize);
  if (sum === packed && unpacked && isPacked(bytes)) {
    return new Response(new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip")), { headers });
  }
  return sum === packed || sum === unpacked ? new Response(bytes, { headers }) : null;
}

/**
 * Fetch a file of this version. The page has just loaded most of them; what the browser kept of another version is fetched
 * once more.
 * @param {string} path
 * @returns {Promise<{copy: Response | null, response: Response}>} the file; where it is none of this version, what came last
 */
async function fetched(path) {
  let response = Response.error();
  for (const mode of /** @type {RequestCache[]} */ (["default", "reload"])) {
    response = await fetch(keyOf(path), { cache: mode, credentials: "omit", redirect: "error" });
    const copy = response.ok && (await toKeep(path, response.clone()));
    if (copy) return { copy, response };
  }
  return { copy: null, response };
}

/**
 * Put a file of this version into its cache: from an older version's where it is the same, else from the network.
 * @param {Cache} cache @param {string} path @param {Cache[]} older
 */
async function keep(cache, path, older) {
  const key = keyOf(path);
  const there = await cache.match(key);
  // What is large is compared when it is used: to do it at each visit would cost too much.
  if (there && (LATER.test(path) || (isOurs(path, there) && (await sha256(await there.arrayBuffer())) === sumOf(path)))) return;
  for (const other of older) {
    const cached = await other.match(key);
    const copy = cached && (await toKeep(path, cached));
    if (copy) return cache.put(key, copy);
  }
  const { copy } = await fetched(path);
  if (!copy) throw new Error(`${path} is not of version ${SITE.version}`);
  return cache.put(key, copy);
}

const olderCaches = async () =>
  Promise.all((await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.open(name)));

async function install() {
  const older = await olderCaches();
  const cache = await caches.open(CACHE);
  const paths = Object.keys(SITE.files).filter((path) => !LATER.test(path) && !NEVER.test(path) && path !== CONFIG);
  await Promise.all([...paths.map((path) => keep(cache, path, older)), config()]);
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  // Without a list there is nothing to do: the worker of a built site that was at this address before retires.
  if (!SITE.version) await worker.registration.unregister();
}

/** Fetch what makes later visits fast or possible without a network, once the page is up. */
async function keepLater() {
  const cache = await caches.open(CACHE);
  const older = await olderCaches();
  for (const path of Object.keys(SITE.files).filter((file) => LATER.test(file))) {
    try {
      await keep(cache, path, older);
    } catch {
      // No network, or no room: the next visit asks again.
    }
  }
}

/** Sums of what pages were answered with: a page's id and a path -> the sum in hexadecimal. @type {Map<string, Promise<string>>} */
const sums = new Map();

/** Where the browser can't read its cache, the network answers as if there were none. @param {string} path */
const matchInCache = (path) => caches.open(CACHE).then((cache) => cache.match(keyOf(path))).catch(() => undefined);

/** Where there is no room, the network answers the next time, too. @param {string} path @param {Response} copy */
const keepCopy = (path, copy) => caches.open(CACHE).then((cache) => cache.put(keyOf(path), copy)).catch(() => {});

/** @param {string} path @param {string} client the page's id */
async function fromCache(path, client) {
  const cached = await matchInCache(path);
  // The cache's own response is the answer, and not a new one: only with it does the browser find what it has compiled.
  if (cached && isOurs(path, cached)) {
    if (SUMMED_BY_PAGE.test(path)) return cached;
    const sum = cached.clone().arrayBuffer().then(sha256).catch(() => "");
    if (SUMMED_BESIDE.test(path)) {
      sums.set(`${client} ${path}`, sum);
      return cached;
    }
    if ((await sum) === sumOf(path)) return cached;
  }
  const { copy, response } = await fetched(path);
  if (copy) {
    if (SUMMED_BESIDE.test(path)) sums.set(`${client} ${path}`, Promise.resolve(sumOf(path)));
    const answer = copy.clone();
    await keepCopy(path, copy);
    return answer;
  }
  // A newer version's index.html names files of its own; any other file must be of this version.
  return path === INDEX || !response.ok ? response : Response.error();
}

/** @param {string} path @param {string} client */
async function sumAnswered(path, client) {
  const key = `${client} ${path}`;
  const sum = sums.get(key) ?? ""; // this worker has been started since: the page asks for the file again
  sums.delete(key);
  return new Response(await sum, { headers: { [SOURCE]: "worker" } });
}

async function config() {
  const fromCopy = async () => {
    const bytes = await (await matchInCache(CONFIG))?.arrayBuffer();
    return bytes && new Response(bytes, { headers: { ...headersOf(CONFIG, bytes.byteLength), [SOURCE]: "cache" } });
  };
  try {
    const response = await fetch(keyOf(CONFIG), { cache: "no-cache", credentials: "omit" });
    if (!response.ok) return (await fromCopy()) ?? response;
    const bytes = await response.clone().arrayBuffer();
    const copy = new Response(bytes, { headers: headersOf(CONFIG, bytes.byteLength) });
    await keepCopy(CONFIG, copy);
    return response;
  } catch {
    return (await fromCopy()) ?? Response.error();
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => {
  if (SITE.version) event.waitUntil(install());
  else worker.skipWaiting();
});

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "keep the rest") event.waitUntil(keepLater());
  if (event.data === "take over") worker.skipWaiting();
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET" || !SITE.version) return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return;
  const path = pathname.slice(base.pathname.length) || INDEX;
  const file = path.replace(/\.sum$/, "");
  if (NEVER.test(file) || !Object.hasOwn(SITE.files, file)) return;
  if (file === path) event.respondWith(path === CONFIG ? config() : fromCache(path, event.clientId));
  else if (SUMMED_BESIDE.test(file)) event.respondWith(sumAnswered(file, event.clientId));
});
