// Where notes are listed. On a wide screen each stands beside its passage, and only those near the window exist; where
// too many crowd, those behind are gathered under a button. Elsewhere they are a list that grows as it is read.
import { slip } from "./slip.js";

const WIDE = matchMedia("(width > 75rem)");
const GAP = 12;
// So far below its passage a note may be pushed by others.
const PUSHED = 220;
const CHUNK = 40;

export class Margin {
  constructor(notes) {
    this.notes = notes;
    this.view = notes.view;
    this.element = document.querySelector(".margin");
    this.head = document.querySelector("#margin-head").content.cloneNode(true).firstElementChild;
    this.list = document.createElement("div");
    this.list.className = "margin-notes";
    this.slips = new Map();
    this.heights = new WeakMap();
    this.offsets = new WeakMap();
    this.element.replaceChildren(this.head, this.list);
    this.element.addEventListener("click", (event) => this.#press(event));
    this.view.onShown(() => this.soon());
    this.view.onNear(() => this.soon());
    // Only what moves by more than the notes that are ready asks for others.
    addEventListener("scroll", () => { if (Math.abs(scrollY - this.arranged) > innerHeight / 2) this.soon(); }, { passive: true });
    addEventListener("resize", () => { this.offsets = new WeakMap(); this.heights = new WeakMap(); this.soon(); });
    WIDE.addEventListener("change", () => this.show(this.shown));
    this.watcher = new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting)) this.#more(); });
  }

  get isWide() { return WIDE.matches; }

  show(shown) {
    this.shown = shown;
    this.slips.clear();
    this.watcher.disconnect();
    this.offsets = new WeakMap();
    this.list.replaceChildren(...(shown.length ? [] : [this.#nothing()]));
    if (WIDE.matches) this.#arrange(); else this.#more();
  }

  #nothing() {
    const empty = document.querySelector("#no-notes").content.cloneNode(true).firstElementChild;
    if (this.notes.filter.isOn) empty.textContent = empty.dataset.filtered;
    return empty;
  }

  soon() {
    if (!WIDE.matches || !this.shown?.length) return;
    this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.#arrange(); });
  }

  #more() {
    if (WIDE.matches) return;
    const from = this.list.children.length;
    const slips = this.shown.slice(from, from + CHUNK).map((note) => this.#slip(note));
    if (!slips.length) return;
    this.list.append(...slips);
    this.watcher.disconnect();
    this.watcher.observe(slips.at(-1));
  }

  #slip(note) {
    if (!this.slips.has(note.uuid)) this.slips.set(note.uuid, slip(note));
    const element = this.slips.get(note.uuid);
    element.classList.toggle("open", note.uuid === this.notes.opened?.uuid);
    return element;
  }

  #arrange() {
    const origin = this.element.getBoundingClientRect().top;
    this.arranged = scrollY;
    const near = this.#near(origin);
    const slips = near.map(({ note }) => this.#slip(note));
    const isThere = new Set(slips);
    for (const element of [...this.list.children]) if (!isThere.has(element) && !element.matches(".margin-empty")) element.remove();
    // In the order of the text, for those who go from one to the next by Tab.
    slips.forEach((element, at) => { if (this.list.children[at] !== element) this.list.insertBefore(element, this.list.children[at] || null); });
    // All is read before anything is written.
    const heights = slips.map((element) => this.#height(element));
    this.#place(near, slips, heights);
  }

  #height(element) {
    if (!this.heights.has(element)) {
      element.classList.remove("folded");
      this.heights.set(element, element.offsetHeight);
    }
    return this.heights.get(element);
  }

  // The notes whose passages are within a window of the window, with their heights on the page.
  #near(origin) {
    const found = [];
    for (const note of this.shown) {
      if (note.status !== "placed") continue;
      const [passage] = this.view.blocks(note.start, note.end);
      if (!passage?.near) continue;
      const top = passage.element.getBoundingClientRect().top + this.#offset(passage, note);
      if (top > -innerHeight && top < 2 * innerHeight) found.push({ note, top: top - origin });
    }
    return found.sort((one, other) => one.top - other.top);
  }

  // How far below the top of its block a note begins; asked once for each look of the block.
  #offset(passage, note) {
    let kept = this.offsets.get(passage);
    if (kept?.shown !== passage.shown) this.offsets.set(passage, kept = { shown: passage.shown, tops: new Map() });
    if (!kept.tops.has(note.uuid)) {
      const top = passage.element.getBoundingClientRect().top;
      kept.tops.set(note.uuid, (this.notes.ranges(note)[0]?.getBoundingClientRect().top ?? top) - top);
    }
    return kept.tops.get(note.uuid);
  }

  #place(near, slips, heights) {
    let free = -Infinity;
    let stack = null;
    near.forEach(({ note, top }, at) => {
      const element = slips[at];
      const crowds = free - top > PUSHED && note.uuid !== this.notes.opened?.uuid;
      element.classList.toggle("folded", crowds);
      if (crowds) { stack = this.#stack(stack, element, free); return; }
      if (stack) { free += stack.height + GAP; stack = null; }
      const where = Math.max(top, free);
      element.style.top = `${where}px`;
      free = where + heights[at] + GAP;
    });
  }

  // The first of those that found no room says how many they are.
  #stack(stack, element, free) {
    const { length } = stack?.elements || [];
    const first = stack || { height: 34, elements: [], element };
    first.elements.push(element);
    if (!length) { element.classList.add("first"); element.style.top = `${free}px`; } else element.classList.remove("first");
    first.element.dataset.more = this.head.dataset.more.replace("%(count)s", first.elements.length);
    return first;
  }

  #press(event) {
    const element = event.target.closest(".note");
    const note = element && this.shown.find((one) => one.uuid === element.dataset.uuid);
    if (note) this.notes.press(event, note);
  }

  // Show which note is open, and bring it into sight where the list scrolls by itself.
  mark(note) {
    for (const [uuid, element] of this.slips) element.classList.toggle("open", uuid === note?.uuid);
    this.soon();
  }

  // A slip that has grown or shrunk moves those below it.
  remeasure(element) { this.heights.delete(element); this.soon(); }

  focus(note) { this.slips.get(note.uuid)?.focus({ preventScroll: true }); }
}
