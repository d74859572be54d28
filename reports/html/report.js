// The report reads without this; it adds the frame under the cursor and larger pictures.

/** @typedef {[ms: number, step: number, top: number, rows: number, height: number, key: number, offset: number, timeline: number | null]} Sample */
/** @typedef {{span: number, first: number, frames: Sample[], keys: string[], shots: Record<string, string>, titles: Record<string, string>}} Samples */

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
function one(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the report has no ${selector}`);
}

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/**
 * Shows a stored picture in an svg element.
 * @param {SVGSVGElement} svg
 * @param {string} id
 */
function show(svg, id) {
  const image = one(document, `#${id}`, SVGImageElement);
  const size = [image.width, image.height].map((side) => side.baseVal.value);
  svg.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
  one(svg, "use", SVGUseElement).setAttribute("href", `#${id}`);
}

/**
 * One frame in words.
 * @param {Samples} samples
 * @param {Sample} frame
 */
function told(samples, [ms, step, top, rows, height, key, offset, timeline]) {
  const anchor =
    key < 0 ? "no message visible" : `${samples.keys[key]} at ${figure.format(offset)} px`;
  return [
    `${(ms / 1000).toFixed(3)} s`,
    `step ${step} ${samples.titles[step] ?? ""}`,
    `scrollTop ${figure.format(top)}`,
    `${figure.format(rows)} rows`,
    `height ${figure.format(height)}`,
    `reading ${anchor}`,
    timeline === null ? "no timeline in the page" : `timeline #${timeline}`,
  ].join(" · ");
}

/**
 * Lets a person go through the frames of one chart.
 * @param {HTMLElement} timeline
 */
function scrub(timeline) {
  const json = one(timeline, ".samples", HTMLScriptElement).textContent ?? "";
  const samples = /** @type {Samples} */ (JSON.parse(json));
  const { frames } = samples;
  if (frames.length === 0) return;
  const range = one(timeline, "input", HTMLInputElement);
  const words = one(timeline, "output", HTMLOutputElement);
  const follow = one(timeline, ".follow", SVGSVGElement);
  const cursors = timeline.querySelectorAll(".cursor");

  /** @param {number} wanted */
  const go = (wanted) => {
    const index = Math.min(Math.max(wanted, 0), frames.length - 1);
    const frame = frames[index];
    if (frame === undefined) return;
    range.value = String(index);
    words.value = told(samples, frame);
    range.setAttribute("aria-valuetext", words.value);
    const x = `${(frame[0] / samples.span) * 100}%`;
    for (const cursor of cursors) {
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
    }
    const shot = samples.shots[frame[1]];
    follow.toggleAttribute("hidden", shot === undefined);
    if (shot !== undefined) show(follow, shot);
  };

  /** @param {number} ms */
  const goTo = (ms) => go(frames.findLastIndex((frame) => frame[0] <= ms));

  /** @param {PointerEvent} event */
  const drag = (event) => {
    const plot = event.target instanceof Element ? event.target.closest(".plot") : null;
    if (plot === null || event.buttons !== 1) return;
    const box = plot.getBoundingClientRect();
    goTo(((event.clientX - box.left) / box.width) * samples.span);
  };

  range.max = String(frames.length - 1);
  range.addEventListener("input", () => go(range.valueAsNumber));
  range.addEventListener("keydown", (event) => {
    const step = frames[range.valueAsNumber]?.[1] ?? 0;
    const to = { PageDown: step + 1, PageUp: step - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const first = frames.findIndex((frame) => frame[1] === to);
    if (first >= 0) go(first);
  });
  timeline.addEventListener("pointerdown", drag);
  timeline.addEventListener("pointermove", drag);
  one(timeline, ".scrub", HTMLElement).hidden = false;
  goTo(samples.first);
}

/** Opens what a link or the address points into, so that the place can be seen. */
function reveal() {
  const place = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (place === null) return;
  for (let at = place.closest("details"); at; at = at.parentElement?.closest("details") ?? null) {
    at.open = true;
  }
  place.scrollIntoView();
  place.focus({ preventScroll: true });
}

const large = one(document, "#large", HTMLDialogElement);
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.shot") : null;
  if (!(link instanceof HTMLAnchorElement) || !link.dataset.shot || event.ctrlKey || event.metaKey)
    return;
  event.preventDefault();
  show(one(large, "svg", SVGSVGElement), link.dataset.shot);
  large.showModal();
});
for (const timeline of document.querySelectorAll(".timeline")) {
  if (timeline instanceof HTMLElement) scrub(timeline);
}
addEventListener("hashchange", reveal);
reveal();
