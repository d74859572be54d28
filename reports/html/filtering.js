import { one } from "./dom.js";
import { address, keep } from "./place.js";

const NAMES = ["q", "verdict", "rule", "flow"];

/**
 * @param {Element} part
 * @param {URLSearchParams} wanted
 */
function fits(part, wanted) {
  if (!(part instanceof HTMLElement)) return false;
  const words = (wanted.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const verdict = wanted.get("verdict");
  const rule = wanted.get("rule");
  const flow = wanted.get("flow");
  const text = words.length ? (part.textContent ?? "").toLowerCase() : "";
  return (
    words.every((word) => text.includes(word)) &&
    (!verdict || part.dataset.verdict === verdict) &&
    (!flow || part.dataset.flow === flow) &&
    (!rule || (part.dataset.rules ?? "").split(" ").includes(rule))
  );
}

/** Shows what the address asks for and nothing else, and says how much that is. */
export function filter() {
  const { chosen } = address();
  const bar = document.querySelector("#filter");
  if (!(bar instanceof HTMLFormElement)) return;
  for (const name of NAMES) {
    const field = bar.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      if (field.value !== (chosen.get(name) ?? "")) field.value = chosen.get(name) ?? "";
    }
  }
  const asked = NAMES.some((name) => chosen.get(name));
  const parts = [...document.querySelectorAll("[data-verdict]")];
  const shown = parts.filter((part) => !asked || fits(part, chosen));
  for (const part of parts) part.toggleAttribute("hidden", !shown.includes(part));
  const flows = shown.filter((part) => part.classList.contains("flow")).length;
  const breaks = shown.filter((part) => part.classList.contains("break")).length;
  one(bar, "output", HTMLOutputElement).value = asked
    ? `${flows} flows, ${breaks} places where something broke`
    : "";
}

/** Lets a person choose; the choice goes into the address. */
export function choose() {
  const bar = document.querySelector("#filter");
  if (!(bar instanceof HTMLFormElement)) return;
  bar.hidden = false;
  const changed = () => {
    const said = new FormData(bar);
    keep(Object.fromEntries(NAMES.map((name) => [name, String(said.get(name) ?? "").trim()])));
    filter();
  };
  bar.addEventListener("input", changed);
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("reset", () => setTimeout(changed)); // once the fields are empty
}
