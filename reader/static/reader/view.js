// The text in its current view. Ruby is built only near what is looked at; the other blocks swap their characters in
// small slices, so that the page never stands still. Every block ends up right, looked at or not.
import { Passage } from "./passage.js";
import { sourceOffset } from "./places.js";

const SLICE = 5;
const LABEL_PLACES = { hans: 0, "hant-tw": 1, "hant-hk": 2, hant: 3 };

export class View {
  constructor(article, layer) {
    this.article = article;
    this.source = article.dataset.source;
    this.layer = layer;
    this.listeners = [];
    const elements = [...article.querySelectorAll(".block")];
    this.passages = elements.map((element, at) => new Passage(element, layer.blocks[at], layer, this.source));
    this.labels = [...article.querySelectorAll(".label")].map((element) => ({ element, text: element.textContent }));
    this.view = { script: this.source, pinyin: false };
    this.queue = [];
    this.observer = new IntersectionObserver((entries) => this.#look(entries), { rootMargin: "60% 0px" });
    elements.forEach((element) => this.observer.observe(element));
    // Paper shows every block.
    addEventListener("beforeprint", () => this.passages.forEach((passage) => this.#show(passage, true)));
  }

  onShown(listener) { this.listeners.push(listener); }

  // Show the text in a view. What is being read stays where it is on the screen.
  set(view) {
    this.view = view;
    const anchor = this.#anchor();
    const { article } = this;
    article.dataset.pinyin = view.pinyin ? "on" : "off";
    article.dataset.script = view.script;
    article.lang = { hans: "zh-Hans", "hant-tw": "zh-Hant-TW", "hant-hk": "zh-Hant-HK", hant: "zh-Hant" }[view.script];
    for (const { element, text } of this.labels) element.textContent = this.label(text);
    for (const passage of this.passages) if (passage.near || isNear(passage.element)) this.#show(passage, true);
    if (anchor) window.scrollBy(0, (anchor.now() ?? anchor.top) - anchor.top);
    this.queue = this.passages.filter((passage) => !passage.near);
    this.#work();
  }

  label(text) {
    return this.layer.labels[text]?.[LABEL_PLACES[this.view.script]] || text;
  }

  // What is being read: the character near the upper left of the window, else the first block in sight.
  #anchor() {
    if (!window.scrollY) return null;
    const top = (document.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0) + 40;
    const left = this.article.getBoundingClientRect().left + 24;
    const place = document.caretPositionFromPoint?.(left, top);
    const found = place && sourceOffset(place.offsetNode, place.offset);
    const where = () => found?.passage.range(found.offset, found.offset + 1)?.getBoundingClientRect().top;
    if (found && where() !== undefined) return { top: where(), now: where };
    const element = this.passages.map((one) => one.element).find((one) => one.getBoundingClientRect().bottom > top);
    return element && { top: element.getBoundingClientRect().top, now: () => element.getBoundingClientRect().top };
  }

  #look(entries) {
    for (const { target, isIntersecting } of entries) {
      target.passage.near = isIntersecting;
      if (isIntersecting) this.#show(target.passage, true);
    }
  }

  #show(passage, near) {
    const plain = this.view.script === this.source && !this.view.pinyin;
    if (!passage.shown && plain) return;
    const before = passage.shown;
    passage.show(this.view.script, this.view.pinyin && near);
    if (passage.shown !== before) this.listeners.forEach((listener) => listener(passage));
  }

  #work() {
    if (this.working || !this.queue.length) return;
    this.working = true;
    setTimeout(() => {
      this.working = false;
      const stop = performance.now() + SLICE;
      while (this.queue.length && performance.now() < stop) {
        const passage = this.queue.shift();
        // A block that has ruby already keeps it as long as ruby is wanted.
        this.#show(passage, passage.near || passage.shown === `${this.view.script} true`);
      }
      this.#work();
    });
  }

  // The blocks that a stretch of the whole text touches, each with the UTF-16 offsets inside it.
  between(start, end) {
    let low = 0;
    let high = this.passages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.passages[middle].start <= start) low = middle; else high = middle - 1;
    }
    const touched = [];
    for (let at = low; at < this.passages.length && this.passages[at].start < end; at += 1) {
      const passage = this.passages[at];
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

function isNear(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > -innerHeight && box.top < 2 * innerHeight;
}
