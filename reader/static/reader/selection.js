// What the reader has selected, as a place in the source: ruby is no part of it, in whatever view.
import { placeBeside } from "./placing.js";
import { sourceOffset } from "./places.js";
import { borderAt } from "./words.js";

export class Selection {
  constructor(article, view, { onWrite, onHighlight }) {
    this.article = article;
    this.view = view;
    this.button = document.querySelector(".note-here");
    this.button.addEventListener("click", (event) => {
      const colour = event.target.closest("[data-highlight]")?.dataset.highlight;
      if (colour) onHighlight(colour); else if (event.target.closest("button")) onWrite();
    });
    // The selection must outlive the press of the button.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("selectionchange", () => this.#soon());
    article.addEventListener("pointerdown", (event) => this.#begin(event));
    article.addEventListener("pointermove", (event) => this.#drag(event));
  }

  // Readings cannot be selected; a drag that begins on one begins with the word below it.
  #begin(event) {
    const isMouse = event.pointerType === "mouse" && !event.button;
    this.from = isMouse && event.target.closest(".blocks rt")?.closest("ruby");
  }

  #drag(event) {
    if (!this.from || !(event.buttons & 1)) return;
    const ruby = document.elementFromPoint(event.clientX, event.clientY)?.closest(".blocks ruby");
    if (ruby === this.from && getSelection().isCollapsed) return;
    const begin = this.from.firstChild;
    const end = ruby ? ruby.firstChild : borderAt(event.clientX, event.clientY)?.offsetNode;
    if (!begin || !end?.parentElement?.closest(".blocks")) return;
    const forward = begin === end || begin.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING;
    const at = ruby ? (forward ? end.length : 0) : borderAt(event.clientX, event.clientY).offset;
    getSelection().setBaseAndExtent(begin, forward ? 0 : begin.length, end, at);
  }

  // Give the selected place {start, end, quote} in code points of the whole text, or null.
  place() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const blocks = this.article.querySelector(".blocks");
    if (!range.intersectsNode(blocks)) return null;
    const [first, last] = [this.#edge(range, true), this.#edge(range, false)];
    if (!first || !last) return null;
    return this.#make(this.view.codePoint(first), this.view.codePoint(last));
  }

  placeOf({ passage, token }) {
    const [start, end] = [token.start, token.end].map((offset) => this.view.codePoint({ passage, offset }));
    return this.#make(start, end);
  }

  #make(start, end) {
    if (start >= end) return null;
    const quote = this.view.passages.map((passage) => {
      const characters = [...passage.text];
      return characters.slice(Math.max(0, start - passage.start), Math.max(0, end - passage.start)).join("");
    }).filter(Boolean).join(" ");
    return quote.trim() ? { start, end, quote } : null;
  }

  // The first or the last place of the source inside a range; an edge outside the blocks is moved to the next text.
  #edge(range, isStart) {
    const [node, offset] = isStart ? [range.startContainer, range.startOffset] : [range.endContainer, range.endOffset];
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".block");
    const found = block && sourceOffset(node, offset, !isStart);
    if (found) return found;
    const texts = this.view.passages.filter((passage) => range.intersectsNode(passage.element));
    const passage = isStart ? texts[0] : texts.findLast((one) => beginsBefore(one.element, range));
    return passage && { passage, offset: isStart ? 0 : passage.text.length };
  }

  #soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const place = this.place();
      this.button.hidden = !place;
      // On a phone it stands at the foot of the window.
      if (place && getComputedStyle(this.button).position !== "fixed") placeBeside(this.button, getSelection().getRangeAt(0).getBoundingClientRect());
    });
  }

  hide() { this.button.hidden = true; }

  // Let go of what is selected; false where nothing was.
  drop() {
    if (getSelection().isCollapsed) return false;
    getSelection().removeAllRanges();
    return true;
  }
}

// A selection of a whole paragraph often ends at the very start of the next one: that one is not meant.
function beginsBefore(element, range) {
  const start = document.createRange();
  start.selectNodeContents(element);
  return range.compareBoundaryPoints(Range.END_TO_START, start) < 0;
}
