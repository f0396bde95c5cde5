// The text in its current view. Ruby is built only near what is looked at; the other blocks swap their characters in
// small slices, so that the page never stands still. Every block ends up right, looked at or not.
import { Passage } from "./passage.js";

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
    if (anchor) window.scrollBy(0, anchor.element.getBoundingClientRect().top - anchor.top);
    this.queue = this.passages.filter((passage) => !passage.near);
    this.#work();
  }

  label(text) {
    return this.layer.labels[text]?.[LABEL_PLACES[this.view.script]] || text;
  }

  #anchor() {
    const element = this.article.querySelector(".blocks") && this.passages
      .map((passage) => passage.element).find((one) => one.getBoundingClientRect().bottom > 90);
    return element && window.scrollY > 0 ? { element, top: element.getBoundingClientRect().top } : null;
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

  // The block that holds a code point of the whole text, and the UTF-16 offset there.
  locate(codePoint) {
    const passage = this.passages.findLast((one) => one.start <= codePoint);
    if (!passage) return null;
    const offset = [...passage.text].slice(0, codePoint - passage.start).join("").length;
    return { passage, offset };
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
