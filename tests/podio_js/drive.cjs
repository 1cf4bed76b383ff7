/**
 * Uses podio-js as its users did, and prints what came of it as one line of JSON: `node drive.cjs API_URL STORY [ARGUMENT …]`.
 *
 * JavaScript because podio-js is. The test beside it (test_podio_js.py) tells the stories and judges the results; the
 * process is to preload resolve_test_hosts.cjs.
 */
// @ts-check
"use strict";

const PodioJS = require("podio-js").api;

const [apiURL, story, ...given] = process.argv.slice(2);
const SERVER = { clientId: "server", clientSecret: "server-secret" };

/**
 * @param {string} authType
 * @param {object} [options]
 */
function podioFor(authType, options) {
  return new PodioJS({ authType, ...SERVER }, { apiURL, ...options });
}

/**
 * Turn a method with a callback into a promise.
 * @param {(callback: (error: unknown, answer: any) => void) => void} start
 */
function called(start) {
  return new Promise((resolve, reject) => start((error, answer) => (error ? reject(error) : resolve(answer))));
}

/** @param {object} [options] */
async function signedIn(options) {
  const podio = podioFor("password", options);
  await called((callback) => podio.authenticateWithCredentials("ada@example.com", "podio", callback));
  return podio;
}

/** @param {any} error */
function told(error) {
  return { name: error.name, status: error.status, message: error.message };
}

/** @type {Record<string, () => Promise<unknown>>} */
const STORIES = {
  async password() {
    const podio = await signedIn();
    await podio.isAuthenticated();
    const status = await podio.request("GET", "/user/status");
    return { mail: status.user.mail, ref: podio.authObject.ref };
  },

  async "wrong password"() {
    const podio = podioFor("password");
    return called((callback) => podio.authenticateWithCredentials("ada@example.com", "wrong", callback)).then(
      () => "signed in",
      told,
    );
  },

  async "authorization address"() {
    return podioFor("server").getAuthorizationURL(given[0]);
  },

  async "server flow"() {
    /** @type {Record<string, unknown>} */
    const kept = {};
    const sessionStore = {
      get: (/** @type {string} */ authType, /** @type {Function} */ callback) => callback(kept[authType]),
      set: (/** @type {unknown} */ auth, /** @type {string} */ authType, /** @type {Function} */ callback) => {
        kept[authType] = auth;
        callback?.();
      },
    };
    const podio = podioFor("server", { sessionStore });
    await called((callback) => podio.getAccessToken(given[0], given[1], callback));
    const another = podioFor("server", { sessionStore });
    await another.isAuthenticated();
    return (await another.request("GET", "/user/status")).user.mail;
  },

  async app() {
    const podio = podioFor("app");
    await called((callback) => podio.authenticateWithApp(31, "clients-app-token", callback));
    return (await podio.request("GET", "/app/31")).config.name;
  },

  async requests() {
    const podio = await signedIn();
    const made = await podio.request("POST", "/item/app/31/", { fields: { name: "Made by podio-js" } });
    const changed = await podio.request("PUT", `/item/${made.item_id}`, { fields: { status: 2 } });
    const page = await podio.request("POST", "/item/app/31/filter/", { limit: 1, sort_by: "item_id", sort_desc: true });
    const comments = await podio.request("GET", "/comment/item/31001/", { limit: 2 });
    await podio.request("DELETE", `/item/${made.item_id}`);
    const gone = await podio.request("GET", `/item/${made.item_id}`).catch(told);
    return { made, changed, newest: page.items[0].title, comments: comments.length, gone };
  },

  async refusals() {
    const podio = await signedIn();
    return Promise.all(
      ["/no/such/thing", "/item/5", "/task/"].map((path) => podio.request("GET", path).then(() => "answered", told)),
    );
  },

  async "expired token"() {
    let refreshed = 0;
    const podio = await signedIn({ afterTokenRefreshed: () => (refreshed += 1) });
    await fetch(`${given[0]}/_emulator/tokens/expire`, { method: "POST" });
    const status = await podio.request("GET", "/user/status");
    return { mail: status.user.mail, refreshed };
  },

  async "the key itself"() {
    const orgs = await podioFor("server").request("GET", "/org/", null, { basicAuth: true });
    return orgs.length;
  },

  async upload() {
    const podio = await signedIn();
    const file = await podio.uploadFile(given[0], "From podio-js.txt");
    const attached = await podio.request("POST", `/file/${file.file_id}/attach`, { ref_type: "item", ref_id: 31001 });
    return { name: file.name, size: file.size, attached, fileId: file.file_id };
  },

  async thumbnail() {
    const podio = await signedIn();
    const file = await podio.request("GET", "/file/8012");
    const address = new URL(podio.getThumbnailURLForFileLink(file.thumbnail_link, "small"));
    const answer = await fetch(`${given[0]}${address.pathname}${address.search}`);
    return { status: answer.status, type: answer.headers.get("content-type") };
  },

  async push() {
    const podio = await signedIn({ enablePushService: true });
    const item = await podio.request("GET", "/item/31001");
    const arrived = new Promise((resolve) => {
      podio
        .push(item.push)
        .subscribe(resolve)
        .then(() => podio.request("POST", "/comment/item/31001/", { value: "Does anybody hear me?" }));
    });
    return arrived;
  },

  async "push that was not allowed"() {
    const podio = await signedIn({ enablePushService: true });
    const item = await podio.request("GET", "/item/31001");
    return podio
      .push({ ...item.push, channel: "/item/35001" })
      .subscribe(() => {})
      .then(() => "subscribed", told);
  },
};

STORIES[story]().then(
  (result) => process.stdout.write(JSON.stringify(result), () => process.exit(0)),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
