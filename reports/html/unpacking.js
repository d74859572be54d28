// Flows that stand packed in the page become part of it, one after another, once it was painted.

/** @typedef {{createHTML: (markup: string) => string}} Policy */
/** @typedef {{createPolicy: (name: string, rules: Policy) => Policy}} TrustedTypes */

const rules = { createHTML: (/** @type {string} */ markup) => markup };
// What is unpacked was escaped when the report was made; the content-security policy names this
// one way in, and lets no script in it run.
const types = /** @type {{trustedTypes?: TrustedTypes}} */ (globalThis).trustedTypes;
const policy = types?.createPolicy("unpacking", rules) ?? rules;

/**
 * @param {string} text base64 of zlib's format
 * @returns {Promise<string>}
 */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return await new Response(stream).text();
}

/** @type {Map<Element, Promise<void>>} */
const begun = new Map();

/**
 * Puts the steps of a flow in the place where they stand packed, once.
 * @param {Element} flow
 * @param {(part: Element) => void} ready told of what is new
 */
export async function unpack(flow, ready) {
  const store = flow.querySelector("script.packed");
  if (store !== null && !begun.has(flow)) begun.set(flow, placed(flow, store, ready));
  await begun.get(flow);
}

/**
 * @param {Element} flow
 * @param {Element} store
 * @param {(part: Element) => void} ready
 */
async function placed(flow, store, ready) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(await unpacked(store.textContent ?? ""));
  store.replaceWith(template.content);
  ready(flow);
}

/**
 * Unpacks every flow, with room for painting and input between two.
 * @param {(part: Element) => void} ready
 */
export async function unpackAll(ready) {
  for (const flow of document.querySelectorAll(".flow:has(script.packed)")) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await unpack(flow, ready);
  }
  document.documentElement.dataset.whole = "";
}
