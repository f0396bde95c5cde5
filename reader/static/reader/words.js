// Which word is meant: by the pointer, or by the arrow keys; and the mark that shows it.
import { sourceOffset } from "./places.js";

const isWord = (token) => token.word !== null;

// Give the word under a point of the screen. What stands under or in a reading is that reading's word. Elsewhere the
// browser gives the nearest border between two characters, so the characters on both sides are held against the point.
export function wordAt(x, y) {
  const ruby = document.elementFromPoint(x, y)?.closest(".blocks ruby");
  const below = ruby && sourceOffset(ruby.firstChild, 0);
  const read = below?.passage.tokenAt(below.offset);
  if (read) return { passage: below.passage, token: read, range: below.passage.range(read.start, read.end) };
  const place = borderAt(x, y);
  if (!place) return null;
  const found = sourceOffset(place.offsetNode, place.offset);
  if (!found) return null;
  for (const offset of [found.offset, found.offset - 1]) {
    const token = found.passage.tokenAt(offset);
    const range = token && found.passage.range(token.start, token.end);
    if (range && [...range.getClientRects()].some((box) => isInside(box, x, y))) {
      return { passage: found.passage, token, range };
    }
  }
  return null;
}

// Give the border between two characters that is nearest to a point.
export function borderAt(x, y) {
  return document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : asPosition(document.caretRangeFromPoint?.(x, y));
}

const asPosition = (range) => range && { offsetNode: range.startContainer, offset: range.startOffset };
const isInside = (box, x, y) => box.left <= x && x <= box.right && box.top - 14 <= y && y <= box.bottom;

export class Words {
  constructor(view) {
    this.view = view;
    this.current = null;
    this.live = document.querySelector(".live");
    view.onShown((passage) => { if (passage === this.current?.passage) this.#mark(); });
  }

  choose(passage, token) {
    this.current = { passage, token };
    this.#mark();
    return this.current;
  }

  forget() {
    this.current = null;
    this.unmark();
  }

  // Take the mark away; the arrow keys go on from here all the same.
  unmark() { window.CSS.highlights?.delete("word"); }

  get range() {
    return this.current && this.current.passage.range(this.current.token.start, this.current.token.end);
  }

  get text() {
    const { passage, token } = this.current;
    return passage.text.slice(token.start, token.end);
  }

  // Go to the next or the previous word, across the borders of blocks.
  step(direction) {
    const { passages } = this.view;
    let at = this.current ? passages.indexOf(this.current.passage) : passages.findIndex(isInSight);
    if (at < 0) return;
    let words = passages[at].text && passages[at].tokens.filter(isWord);
    let index = this.current ? words.indexOf(this.current.token) + direction : direction > 0 ? 0 : words.length - 1;
    while (index < 0 || index >= words.length) {
      at += direction;
      if (!passages[at]) return;
      words = passages[at].text && passages[at].tokens.filter(isWord);
      index = direction > 0 ? 0 : words.length - 1;
    }
    this.choose(passages[at], words[index]);
    this.#bringIntoSight();
    this.#announce();
  }

  #bringIntoSight() {
    const box = this.range?.getBoundingClientRect();
    if (box && (box.top < 90 || box.bottom > innerHeight - 40)) scrollBy({ top: box.top - innerHeight / 3 });
  }

  #announce() {
    const { passage, token } = this.current;
    const { script } = this.view.view;
    this.live.textContent = `${passage.form(token, script)} ${passage.reading(token, script).replaceAll("|", " ")}`;
  }

  #mark() {
    const range = this.range;
    if (window.CSS.highlights && range) CSS.highlights.set("word", new Highlight(range));
  }
}

const isInSight = (passage) => passage.element.getBoundingClientRect().bottom > 90;
