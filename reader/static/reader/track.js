// Which place of the text stands at which height of the window, in code points: pixels change with ruby and size.
// Within a block places are taken as evenly spread, which is right to about a line.
import { last } from "./ordered.js";

export class Track {
  constructor(article) {
    this.toolbar = document.querySelector(".toolbar");
    this.elements = [...article.querySelectorAll(".blocks .block")];
    this.starts = this.elements.map((element) => Number(element.dataset.start));
    // Of the whole text; what is on this page ends where it says.
    this.length = Number(article.dataset.characters);
    this.end = Number(article.dataset.end ?? this.length);
  }

  get top() { return this.toolbar?.getBoundingClientRect().bottom ?? 0; }

  // How far the page is scrolled, from 0 to 1.
  get share() {
    const most = document.documentElement.scrollHeight - innerHeight;
    return most > 0 ? Math.min(1, Math.max(0, scrollY / most)) : 1;
  }

  // The height at which one reads: it wanders from the top of the window to its bottom, so that no line is left out.
  get line() {
    const { top } = this;
    return top + (innerHeight - top) * this.share;
  }

  // The place in the text at a height of the window.
  offsetAt(y) {
    const at = last(this.elements.length, (index) => this.elements[index].getBoundingClientRect().top <= y);
    if (at < 0) return this.starts[0] ?? 0;
    const box = this.elements[at].getBoundingClientRect();
    return Math.min(this.end, this.starts[at] + Math.round(((y - box.top) / box.height) * this.#size(at)));
  }

  // The block that holds a place, by its index.
  blockOf(offset) {
    return Math.max(0, last(this.starts.length, (index) => this.starts[index] <= offset));
  }

  // So far must be scrolled for a place to stand where it is read.
  scrollFor(offset) {
    const at = this.blockOf(offset);
    const box = this.elements[at].getBoundingClientRect();
    const height = box.top + scrollY + (box.height * Math.min(1, (offset - this.starts[at]) / this.#size(at)));
    const { top } = this;
    const most = Math.max(1, document.documentElement.scrollHeight - innerHeight);
    return Math.max(0, (height - top) / (1 + (innerHeight - top) / most));
  }

  // The text between two blocks is one line feed; the next block begins behind it.
  #size(at) { return Math.max(1, (this.starts[at + 1] ?? this.end) - this.starts[at]); }
}
