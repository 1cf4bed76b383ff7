// @ts-check
// Why JavaScript: a service worker runs where no page and no Python is.
//
// It keeps one version of this site, whole, and answers from it. It knows its files by the list below, keeps and finds them
// by their paths in that list and never by a request (whose address may hold a token), and leaves everything else to the
// network as if it weren't there: other origins, callback.html, anything but GET.

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

/**
 * What to keep of a file, unpacked, or null where what was given is none of this version. What is large once it is unpacked
 * goes into the cache as a stream, and is never whole in memory.
 * @param {string} path @param {Response} response whose body is the file
 */
async function toKeep(path, response) {
  const { bytes: size, sha256: packed, unpacked_bytes: unpackedSize = size, unpacked_sha256: unpacked } = SITE.files[path];
  const bytes = await response.arrayBuffer();
  const sum = await sha256(bytes);
  if (sum === packed && unpacked && isPacked(bytes)) {
    return kept(response, new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip")), unpackedSize);
  }
  return sum === packed || sum === unpacked ? kept(response, bytes, bytes.byteLength) : null;
}

/** @param {Response} response @param {BodyInit | undefined} body @param {number} size */
function kept(response, body, size) {
  const headers = new Headers();
  const type = response.headers.get("content-type");
  if (type) headers.set("content-type", type);
  headers.set("content-length", String(size));
  return new Response(body, { headers });
}

/**
 * Put a file of this version into its cache: from an older version's where it is the same, else from the network.
 * @param {Cache} cache @param {string} path @param {Cache[]} older
 */
async function keep(cache, path, older) {
  const key = keyOf(path);
  if (await cache.match(key)) return;
  for (const other of older) {
    const found = await other.match(key);
    const copy = found && (await toKeep(path, found));
    if (copy) return cache.put(key, copy);
  }
  // The page has just loaded most of them; what the browser kept of another version is fetched anew.
  for (const mode of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const response = await fetch(key, { cache: mode, credentials: "omit", redirect: "error" });
    const copy = response.ok && (await toKeep(path, response));
    if (copy) return cache.put(key, copy);
  }
  throw new Error(`${path} is not of version ${SITE.version}`);
}

const olderCaches = async () =>
  Promise.all((await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.open(name)));

async function install() {
  const older = await olderCaches();
  const cache = await caches.open(CACHE);
  const wanted = Object.keys(SITE.files).filter((path) => !LATER.test(path) && !NEVER.test(path) && path !== CONFIG);
  await Promise.all([...wanted.map((path) => keep(cache, path, older)), config()]);
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

/** @param {string} path */
async function fromCache(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(keyOf(path))) ?? fetch(keyOf(path), { credentials: "omit" });
}

async function config() {
  const key = keyOf(CONFIG);
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(key, { cache: "no-cache", credentials: "omit" });
    if (response.ok) {
      const bytes = await response.clone().arrayBuffer();
      await cache.put(key, kept(response, bytes, bytes.byteLength)).catch(() => {});
      return response;
    }
    return (await cache.match(key)) ?? response;
  } catch {
    return (await cache.match(key)) ?? Response.error();
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
  if (NEVER.test(path) || !Object.hasOwn(SITE.files, path)) return;
  event.respondWith(path === CONFIG ? config() : fromCache(path));
});
