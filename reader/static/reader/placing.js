// Where things stand on the screen: beside a place of the text, or as a sheet below it, never over it.
const MARGIN = 8;
// So much of a card must be seen at once; the rest scrolls.
const ENOUGH = 220;

export const toolbarEnd = () => document.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0;
// So narrow a window shows cards as sheets; see card.css and notes.css.
const NARROW = matchMedia("(width <= 40rem)");

// Put something below a place of the page, or above where there is more room, within the window.
export function placeBeside(element, box) {
  // First this is written, then all is read, then all is written: each change of mind costs a layout.
  element.style.maxHeight = "";
  const below = innerHeight - box.bottom - 2 * MARGIN;
  const above = box.top - Math.max(toolbarEnd(), 0) - 2 * MARGIN;
  const { clientWidth } = document.documentElement;
  const { offsetHeight: height, offsetWidth: width } = element;
  const isBelow = below >= Math.min(height, ENOUGH) || below >= above;
  const shown = Math.min(height, Math.max(isBelow ? below : above, ENOUGH / 2));
  element.style.maxHeight = `${shown}px`;
  const top = isBelow ? box.bottom + MARGIN : box.top - shown - MARGIN;
  const right = clientWidth - width - MARGIN;
  element.style.top = `${top + scrollY}px`;
  element.style.left = `${Math.max(MARGIN, Math.min(box.left, right)) + scrollX}px`;
}

// A sheet from below must not hide what it is about.
export function uncover(sheet, box) {
  const hidden = box.bottom + MARGIN - sheet.getBoundingClientRect().top;
  if (hidden > 0) scrollBy({ top: hidden });
}

export function place(element, box) {
  if (NARROW.matches) { element.style.maxHeight = ""; uncover(element, box); } else placeBeside(element, box);
}

// Bring a place into sight with what stands around it, and keep it there while blocks that were only guessed at get
// their true heights. `sheet` is what covers the lower part of the window, if anything does.
export async function bringIntoSight(where, sheet = null) {
  for (let tries = 0; tries < 4; tries += 1) {
    const box = where()?.getBoundingClientRect();
    if (!box) return;
    const top = toolbarEnd();
    const bottom = sheet && NARROW.matches ? sheet.getBoundingClientRect().top : innerHeight;
    const around = Math.min(90, (bottom - top) / 4);
    if (box.top >= top + around && box.bottom <= bottom - around) return;
    scrollBy({ top: box.top - top - (bottom - top) * 0.35, behavior: "instant" });
    await new Promise(requestAnimationFrame);
  }
}
