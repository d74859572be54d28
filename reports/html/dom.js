/**
 * The one element that a selector finds and that is of a kind.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function one(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the report has no ${selector}`);
}

export const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
