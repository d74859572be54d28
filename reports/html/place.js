// The address after `#`: a place first, then what is chosen: `#flow-2&at=1250&verdict=violated`.

/** @typedef {{place: string, chosen: URLSearchParams}} Address */

/** @returns {Address} */
export function address() {
  const [first = "", ...rest] = location.hash.slice(1).split("&");
  const isPlace = !first.includes("=");
  const chosen = new URLSearchParams((isPlace ? rest : [first, ...rest]).join("&"));
  return { place: isPlace ? first : "", chosen };
}

/**
 * Keeps something in the address, without a new entry in the history.
 * @param {Record<string, string>} changes "" takes a name out
 * @param {string} [place] where to, else it stays
 */
export function keep(changes, place = address().place) {
  const { chosen } = address();
  for (const [name, value] of Object.entries(changes)) {
    if (value) chosen.set(name, value);
    else chosen.delete(name);
  }
  const parts = [place, chosen.toString()].filter(Boolean);
  history.replaceState(null, "", `#${parts.join("&")}`);
}

/** Opens what the address points into, so that the place can be seen. */
export function reveal() {
  const { place } = address();
  const found = place ? document.getElementById(place) : null;
  if (found === null) return;
  for (let at = found.closest("details"); at; at = at.parentElement?.closest("details") ?? null) {
    at.open = true;
  }
  found.scrollIntoView();
  const focused = found instanceof HTMLDetailsElement ? found.querySelector("summary") : found;
  focused?.focus({ preventScroll: true });
}
