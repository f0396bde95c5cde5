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
    if (!this.current) return "";
    const { passage, token } = this.current;
    return passage.text.slice(token.start, token.end);
  }

  // Go to the next or the previous word, across the borders of blocks.
  step(direction) {
    const next = this.current ? this.neighbour(this.current, direction) : this.first(direction);
    if (!next) return;
    this.choose(next.passage, next.token);
    this.show(next);
  }

  // The first or the last word of what is in sight.
  first(direction) {
    const passage = this.view.passages.find(isInSight);
    return passage && this.#in(passage.number, direction);
  }

  // The word before or after another.
  neighbour({ passage, token }, direction) {
    const words = passage.tokens.filter(isWord);
    const next = words[words.indexOf(token) + direction];
    return next ? { passage, token: next } : this.#in(passage.number + direction, direction);
  }

  // The first word of a block, or the last, or that of the next block that has one.
  #in(number, direction) {
    for (let at = number; this.view.passages[at]; at += direction) {
      const passage = this.view.passages[at];
      const words = passage.text ? passage.tokens.filter(isWord) : [];
      if (words.length) return { passage, token: words.at(direction > 0 ? 0 : -1) };
    }
    return null;
  }

  // The word at a place of the whole text, or the next one in a direction.
  wordAt(codePoint, direction) {
    const [here] = this.view.between(codePoint, codePoint + 1);
    const token = here?.passage.tokenAt(here.start);
    if (!token) return null;
    return isWord(token) ? { passage: here.passage, token } : this.#beside(here.passage, token, direction);
  }

  #beside(passage, token, direction) {
    const words = passage.tokens.filter(isWord);
    const next = direction > 0 ? words.find((one) => one.start > token.start) : words.findLast((one) => one.start < token.start);
    return next ? { passage, token: next } : this.#in(passage.number + direction, direction);
  }

  // Bring a word into sight and say it, or what it is the end of.
  show({ passage, token }, said = "") {
    const box = passage.range(token.start, token.end)?.getBoundingClientRect();
    if (box && (box.top < 90 || box.bottom > innerHeight - 40)) scrollBy({ top: box.top - innerHeight / 3 });
    const { script } = this.view.view;
    const word = `${passage.form(token, script)} ${passage.reading(token, script).replaceAll("|", " ")}`;
    this.live.textContent = said && said !== this.text ? `${word} · ${said}` : word;
  }

  #mark() {
    const range = this.range;
    if (window.CSS.highlights && range) CSS.highlights.set("word", new Highlight(range));
  }
}

const isInSight = (passage) => passage.element.getBoundingClientRect().bottom > 90;
