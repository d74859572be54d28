import { one } from "./dom.js";

/**
 * Shows a stored picture in an svg element.
 * @param {SVGSVGElement} svg
 * @param {string} id
 */
export function show(svg, id) {
  const image = one(document, `#${id}`, SVGImageElement);
  const size = [image.width, image.height].map((side) => side.baseVal.value);
  svg.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
  one(svg, "use", SVGUseElement).setAttribute("href", `#${id}`);
}

/**
 * Opens the picture that was clicked, if one was.
 * @param {MouseEvent} event
 */
export function enlarge(event) {
  const link = event.target instanceof Element ? event.target.closest("a.shot") : null;
  if (!(link instanceof HTMLAnchorElement) || !link.dataset.shot || event.ctrlKey || event.metaKey)
    return;
  event.preventDefault();
  const large = one(document, "#large", HTMLDialogElement);
  show(one(large, "svg", SVGSVGElement), link.dataset.shot);
  large.showModal();
}
