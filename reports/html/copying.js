/**
 * Puts the text of the element that a button names into the clipboard.
 * @param {MouseEvent} event
 */
export async function copy(event) {
  const button = event.target instanceof Element ? event.target.closest("button.copy") : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const source = document.getElementById(button.dataset.of ?? "");
  if (source === null) return;
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    button.textContent = "copied";
  } catch {
    // Without the right to write there, the text is selected: one key is left to press.
    const closed = source.closest("details");
    if (closed) closed.open = true;
    getSelection()?.selectAllChildren(source);
    button.textContent = "selected: copy it";
  }
  setTimeout(() => {
    button.textContent = words;
  }, 2000);
}
