/**
 * Makes every host name below podio.test this computer, for the Node process that preloads it.
 *
 * JavaScript because it must run inside that process: podio-js makes its push host from the API's (push.podio.com from
 * api.podio.com), so the emulator needs two names, and no test can count on a name server that knows them.
 */
// @ts-check
"use strict";

const dns = require("node:dns");

const lookup = dns.lookup;

/**
 * @param {string} hostname
 * @param {any} options a family, options, or the callback itself
 * @param {any} [callback]
 */
function lookupHere(hostname, options, callback) {
  if (!hostname.endsWith(".podio.test")) return lookup(hostname, options, callback);
  const answer = callback ?? options;
  const here = { address: "127.0.0.1", family: 4 };
  process.nextTick(() => (options.all ? answer(null, [here]) : answer(null, here.address, here.family)));
}

dns.lookup = /** @type {typeof dns.lookup} */ (lookupHere);
