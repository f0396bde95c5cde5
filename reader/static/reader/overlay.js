// Notes laid over the text: which stretches of which blocks are painted, and how. Only what is near the window is
// painted, block by block, a little in each frame; nothing of it is part of the text, of its coordinates, or of copies.
import { Boxes } from "./boxes.js";
import { Highlights } from "./highlights.js";

// How long painting may take in one frame, and how far beyond the window it reaches.
const BUDGET = 4;
const AROUND = "40% 0px";

export class Overlay {
  constructor(view) {
    this.view = view;
    this.boxes = new Boxes(view, (passage) => this.#again(passage));
    this.highlights = window.CSS.highlights ? new Highlights() : this.boxes;
    this.index = new Map();
    this.dirty = new Set();
    this.opened = null;
    view.onShown((passage) => this.#again(passage));
    this.#watch();
    addEventListener("beforeprint", () => this.#print(true));
    addEventListener("afterprint", () => this.#print(false));
  }

  #watch() {
    this.near = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const { target: { passage }, isIntersecting } of entries) {
        if (isIntersecting) this.near.add(passage); else this.near.delete(passage);
        this.#again(passage);
      }
    }, { rootMargin: AROUND });
    this.view.passages.forEach(({ element }) => observer.observe(element));
  }

  // Paint these notes, and no others.
  set(notes) {
    const touched = new Set(this.index.keys());
    this.index = new Map();
    for (const note of notes) {
      for (const passage of this.view.blocks(note.start, note.end)) {
        if (!this.index.has(passage)) this.index.set(passage, []);
        this.index.get(passage).push(note);
      }
    }
    for (const passage of [...touched, ...this.index.keys()]) this.#again(passage);
  }

  // The notes that touch a block, in the order of the text.
  notesIn(passage) { return this.index.get(passage) || []; }

  // Let one note stand out.
  open(note) {
    const both = [this.opened, note].filter(Boolean);
    this.opened = note;
    both.flatMap(({ start, end }) => this.view.blocks(start, end)).forEach((passage) => this.#again(passage));
  }

  #again(passage) {
    // What is far away and bare stays so.
    if (!passage.painted?.length && !(this.index.has(passage) && this.near.has(passage))) return;
    this.dirty.add(passage);
    this.frame ||= requestAnimationFrame(() => this.#afterFrame());
  }

  // Geometry is asked for when a frame has been painted, so that nothing is laid out for it alone.
  #afterFrame() {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => this.#work();
    port2.postMessage(null);
  }

  #work() {
    this.frame = 0;
    // Nobody reads while the page flies by.
    if (!this.view.flies) this.#paintSome();
    if (this.dirty.size) this.frame = requestAnimationFrame(() => this.#afterFrame());
  }

  #paintSome() {
    const stop = performance.now() + BUDGET;
    const ready = [];
    // What is in sight goes first.
    for (const passage of [...this.dirty].sort((one, other) => Number(other.sight) - Number(one.sight))) {
      this.dirty.delete(passage);
      ready.push(...this.#prepare(passage));
      if (performance.now() > stop) break;
    }
    ready.forEach((paint) => paint());
  }

  // On paper lines end elsewhere and every block is seen, so that boxes are of no use there.
  #print(isPrint) {
    this.isPrint = isPrint;
    for (const passage of this.index.keys()) this.#prepare(passage).forEach((paint) => paint());
  }

  // Make ready to paint a block; what it was painted by before paints nothing there, where that was another.
  #prepare(passage) {
    const layers = this.#layers(passage);
    const painter = passage.style?.ruby && !this.isPrint ? this.boxes : this.highlights;
    const before = passage.painter && passage.painter !== painter ? [passage.painter.prepare(passage, [])] : [];
    passage.painter = layers.length ? painter : null;
    return [...before, painter.prepare(passage, layers)];
  }

  // What lies over a block: its notes, where several share a place, and the opened one.
  #layers(passage) {
    const notes = this.near.has(passage) || this.isPrint ? this.index.get(passage) || [] : [];
    const spans = notes.map((note) => this.#span(passage, note)).filter(({ from, to }) => from < to);
    passage.painted = spans.map(({ note, from, to }) => ({ note, word: note.colour, stretches: passage.stretches(from, to) }));
    const deep = shared(spans).map(({ from, to }) => ({ word: "deep", stretches: passage.stretches(from, to) }));
    const opened = passage.painted.filter(({ note }) => note.uuid === this.opened?.uuid);
    return [...passage.painted, ...deep, ...opened.map(({ stretches }) => ({ word: "open", stretches }))];
  }

  #span(passage, note) {
    const [from, to] = [Math.max(0, note.start - passage.start), Math.min(passage.length, note.end - passage.start)];
    return { note, from: passage.units(from), to: from < to ? passage.units(to) : 0 };
  }
}

// The stretches in which two spans or more lie over each other.
export function shared(spans) {
  const edges = spans.flatMap(({ from, to }) => [[from, 1], [to, -1]]).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const found = [];
  let depth = 0;
  for (const [at, step] of edges) {
    depth += step;
    if (step > 0 && depth === 2) found.push({ from: at, to: at });
    if (step < 0 && depth === 1) found.at(-1).to = at;
  }
  return found;
}
