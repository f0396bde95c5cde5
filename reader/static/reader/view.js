// The text in its current view. Ruby is built and laid out ahead of the eye, in small slices; the blocks far away only
// swap their characters. Every block ends up right, looked at or not.
import { last } from "./ordered.js";
import { Passage } from "./passage.js";
import { sourceOffset } from "./places.js";
import { setQuotes } from "./quotes.js";
import { Slices } from "./slices.js";
import { stylesOf } from "./styles.js";

const LABEL_PLACES = { hans: 0, "hant-tw": 1, "hant-hk": 2, hant: 3 };
const LANGUAGES = { hans: "zh-Hans", "hant-tw": "zh-Hant-TW", "hant-hk": "zh-Hant-HK", hant: "zh-Hant" };
// How far ahead ruby is made ready, in window heights, and how far it is taken as in sight.
const AHEAD = "200% 0px";
const SIGHT = "8% 0px";
// How long the blocks in sight may take to change in the first frame; on a slow machine the lower ones follow.
const AT_ONCE = 5;

const isInSight = (box) => box.bottom > -0.05 * innerHeight && box.top < 1.05 * innerHeight;

export class View {
  constructor(article, layer) {
    Object.assign(this, { article, layer, source: article.dataset.source, listeners: [], watchers: [], zhuyin: null, changes: 0 });
    const elements = [...article.querySelectorAll(".block")];
    this.passages = elements.map((element, at) => new Passage(element, layer.blocks[at], layer, this.source));
    this.passages.forEach((passage, number) => { passage.number = number; });
    this.labels = [...article.querySelectorAll(".label")].map((element) => ({ element, text: element.textContent }));
    this.view = { script: this.source, pinyin: "off" };
    this.styles = stylesOf(this.view, this);
    this.far = [];
    this.ahead = new Set();
    this.slices = new Slices({ next: () => this.#next(), urgent: () => this.#inSight().length > 0 });
    this.#observe(AHEAD, (passage, is) => this.#near(passage, is));
    this.#observe(SIGHT, (passage, is) => { passage.sight = is; });
    // Paper shows every block.
    addEventListener("beforeprint", () => this.passages.forEach((passage) => this.#show(passage, true)));
  }

  get flies() { return Boolean(this.slices.flies); }
  onShown(listener) { this.listeners.push(listener); }
  // Hear of blocks that come near the window, and of those that are no longer.
  onNear(watcher) { this.watchers.push(watcher); }

  // Show the text in a view. What is being read stays where it is on the screen.
  set(view, also = () => {}) {
    this.view = view;
    this.styles = stylesOf(this.view, this);
    // Asked before anything is changed, for the page would be laid out anew at each question.
    const inSight = new Set(this.passages.filter((passage) => passage.near && isInSight(passage.element.getBoundingClientRect())));
    this.keepPlace(() => {
      const { article } = this;
      also();
      Object.assign(article.dataset, { script: view.script, pinyin: view.pinyin, reading: view.reading });
      // The same language once more would have every font chosen anew.
      if (article.lang !== LANGUAGES[view.script]) article.lang = LANGUAGES[view.script];
      for (const { element, text } of this.labels) {
        element.textContent = this.label(text);
        // A label in a line of another language says its own.
        if (element.lang) element.lang = article.lang;
      }
      const stop = performance.now() + AT_ONCE;
      for (const passage of this.passages) {
        if (inSight.has(passage) && performance.now() < stop) this.#show(passage, true);
        else passage.element.classList.remove("ready");
      }
    });
    this.far = this.passages.filter((passage) => !passage.near);
    this.ahead = new Set(this.passages.filter((passage) => passage.near));
    this.slices.wake();
  }

  // Do what moves the lines, and put the line that is being read back where it was.
  keepPlace(change) {
    const anchor = this.#anchor();
    change();
    if (anchor) window.scrollBy({ top: (anchor.now() ?? anchor.top) - anchor.top, behavior: "instant" });
  }

  // Show again what the reader has learnt, or forgotten.
  refresh() {
    this.changes += 1;
    if (this.view.pinyin === "unknown") this.set(this.view);
  }

  label(text) {
    return setQuotes(this.layer.labels[text]?.[LABEL_PLACES[this.view.script]] || text, this.styles.far.quotes);
  }

  // What is being read: the character near the upper left of the window, else the first block in sight.
  #anchor() {
    if (!window.scrollY) return null;
    const top = (document.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0) + 40;
    const { left, right } = this.article.getBoundingClientRect();
    for (const x of [left + 24, (left + right) / 2, right - 48]) {
      const place = document.caretPositionFromPoint?.(x, top);
      const found = place && sourceOffset(place.offsetNode, place.offset);
      const where = () => found.passage.range(found.offset, found.offset + 1)?.getBoundingClientRect().top;
      if (found && where() !== undefined) return { top: where(), now: where };
    }
    const element = this.passages.map((one) => one.element).find((one) => one.getBoundingClientRect().bottom > top);
    return element && { top: element.getBoundingClientRect().top, now: () => element.getBoundingClientRect().top };
  }

  #observe(rootMargin, look) {
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) look(target.passage, isIntersecting);
      this.slices.wake();
    }, { rootMargin });
    this.passages.forEach((passage) => observer.observe(passage.element));
  }

  #near(passage, is) {
    passage.near = is;
    if (is) this.ahead.add(passage);
    else {
      this.ahead.delete(passage);
      // Far away its layout may be skipped again.
      passage.element.classList.remove("ready");
      this.far.push(passage);
    }
    this.watchers.forEach((watcher) => watcher(passage));
  }

  #inSight() {
    return [...this.ahead].filter((passage) => passage.sight && passage.shown !== this.styles.near.key && !this.#asSent(passage));
  }

  #asSent(passage) { return !passage.shown && this.styles.near.plain; }

  // Make ready what is nearest to the eye; then what is far away.
  #next() {
    let [passage] = this.#inSight();
    if (!passage && this.ahead.size) {
      const eye = this.passages.find((one) => one.sight)?.number ?? 0;
      const distance = ({ number }) => (number < eye ? 1.5 * (eye - number) : number - eye);
      for (const one of this.ahead) if (!passage || distance(one) < distance(passage)) passage = one;
    }
    if (passage) {
      this.ahead.delete(passage);
      this.#show(passage, true);
      // Read now, while there is time, and not when somebody asks for another view.
      const { length } = passage;
      if (!this.styles.near.ruby) return 0;
      // Laid out with this slice, and not all at once when it comes into sight.
      passage.element.classList.add("ready");
      return length;
    }
    passage = this.far.shift();
    if (!passage) return null;
    // A block that has ruby already keeps it as long as ruby is wanted.
    this.#show(passage, passage.near || passage.shown === this.styles.near.key);
    return 0;
  }

  // Make ready at once the blocks to which the reader is about to be taken, so that nothing moves when they get there.
  prepare(start, end) {
    for (const { passage } of this.between(start, end)) {
      this.ahead.delete(passage);
      this.#show(passage, true);
      passage.element.classList.add("ready");
    }
  }

  #show(passage, near) {
    const style = near ? this.styles.near : this.styles.far;
    if (!passage.shown && style.plain) return;
    const before = passage.shown;
    passage.show(style);
    if (passage.shown !== before) this.listeners.forEach((listener) => listener(passage));
  }

  // The blocks that begin before the end of a stretch of the whole text, from the one in which it begins; none is read.
  blocks(start, end) {
    const count = this.passages.length;
    const first = Math.max(0, last(count, (at) => this.passages[at].start <= start));
    return this.passages.slice(first, last(count, (at) => this.passages[at].start < end) + 1);
  }

  // Where the block after one begins, or the text ends.
  endOf({ number }) { return this.passages[number + 1]?.start ?? Number(this.article.dataset.end ?? this.article.dataset.characters); }

  // The blocks that a stretch of the whole text touches, each with the UTF-16 offsets inside it.
  between(start, end) {
    const touched = [];
    for (const passage of this.blocks(start, end)) {
      const [from, to] = [Math.max(0, start - passage.start), Math.min(passage.length, end - passage.start)];
      if (from < to) touched.push({ passage, start: passage.units(from), end: passage.units(to) });
    }
    return touched;
  }

  // The code point of the whole text at a UTF-16 offset of a block.
  codePoint({ passage, offset }) {
    return passage.start + [...passage.text.slice(0, offset)].length;
  }
}
