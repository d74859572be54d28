import { figure, one } from "./dom.js";
import { show } from "./pictures.js";
import { address, keep } from "./place.js";

/** @typedef {[ms: number, step: number, top: number, rows: number, height: number, key: number, offset: number, timeline: number | null]} Sample */
/** @typedef {{span: number, first: number, frames: Sample[], keys: string[], shots: Record<string, string>, titles: Record<string, string>, found: number[]}} Samples */

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
export function scrub(timeline) {
  const json = one(timeline, ".samples", HTMLScriptElement).textContent ?? "";
  const samples = /** @type {Samples} */ (JSON.parse(json));
  const { frames } = samples;
  if (frames.length === 0) return;
  samples.found.sort((one, other) => one - other);
  const flow = timeline.dataset.flow ?? "";
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
  const linked = () => keep({ at: String(frames[range.valueAsNumber]?.[0] ?? 0) }, flow);

  /** @param {PointerEvent} event */
  const drag = (event) => {
    const plot = event.target instanceof Element ? event.target.closest(".plot") : null;
    if (plot === null || event.buttons !== 1) return;
    const box = plot.getBoundingClientRect();
    goTo(((event.clientX - box.left) / box.width) * samples.span);
  };

  /**
   * Where a key goes to, as the index of a frame; undefined for a key that means nothing here.
   * @param {string} key
   */
  const target = (key) => {
    const [now, step] = frames[range.valueAsNumber] ?? [0, 0];
    const last = (/** @type {number} */ ms) => frames.findLastIndex((frame) => frame[0] <= ms);
    const to = { PageDown: step + 1, PageUp: step - 1 }[key];
    if (to !== undefined) return frames.findIndex((frame) => frame[1] === to);
    if (key === "f") return last(samples.found.find((ms) => last(ms) > last(now)) ?? -1);
    if (key === "F") return last(samples.found.findLast((ms) => last(ms) < last(now)) ?? -1);
    return undefined;
  };

  range.max = String(frames.length - 1);
  range.addEventListener("input", () => go(range.valueAsNumber));
  range.addEventListener("change", linked);
  range.addEventListener("keydown", (event) => {
    const index = target(event.key);
    if (index === undefined) return;
    event.preventDefault();
    if (index < 0) return;
    go(index);
    linked();
  });
  timeline.addEventListener("pointerdown", drag);
  timeline.addEventListener("pointermove", drag);
  timeline.addEventListener("pointerup", (event) => {
    if (event.target instanceof Element && event.target.closest(".plot")) linked();
  });
  one(timeline, ".scrub", HTMLElement).hidden = false;
  const { place, chosen } = address();
  goTo(place === flow && chosen.has("at") ? Number(chosen.get("at")) : samples.first);
}
