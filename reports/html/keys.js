// One key each for what a reviewer does most: the next finding, the one before, and the search.

/** @param {number} by */
function toFinding(by) {
  const found = [...document.querySelectorAll('[id^="finding-"]')].filter(
    (one) => one instanceof HTMLElement && one.checkVisibility(),
  );
  const at = found.findIndex((one) => one.contains(document.activeElement));
  const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by];
  if (next) location.hash = `#${next.id}`;
}

/** @param {KeyboardEvent} event */
export function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at instanceof HTMLInputElement || at instanceof HTMLSelectElement) return;
  if (event.key === "n") toFinding(1);
  else if (event.key === "p") toFinding(-1);
  else if (event.key === "/") {
    const search = document.querySelector("#filter input");
    if (search instanceof HTMLInputElement) search.focus();
  } else return;
  event.preventDefault();
}
