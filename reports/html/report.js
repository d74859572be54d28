import { copy } from "./copying.js";
import { choose, filter } from "./filtering.js";
import { press } from "./keys.js";
import { enlarge } from "./pictures.js";
import { address, reveal } from "./place.js";
import { scrub } from "./scrubber.js";
import { unpack, unpackAll } from "./unpacking.js";

// The report reads without this; it adds the frame under the cursor, what is packed, larger
// pictures, filters, keys and copying.

/** @param {Element} part */
function ready(part) {
  for (const timeline of part.querySelectorAll(".timeline")) {
    if (timeline instanceof HTMLElement) scrub(timeline);
  }
}

/** Goes where the address points, and shows what it asks for. */
async function go() {
  const flow = document.getElementById(/^flow-\d+/.exec(address().place)?.[0] ?? "");
  if (flow !== null) await unpack(flow, ready);
  filter();
  reveal();
}

document.addEventListener("click", enlarge);
document.addEventListener("click", copy);
document.addEventListener("keydown", press);
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target instanceof Element) void unpack(event.target, ready);
  },
  true,
);
addEventListener("hashchange", go);
choose();
ready(document.documentElement);
await go();
await unpackAll(ready);
if (address().chosen.get("q")) filter();
