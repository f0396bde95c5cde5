// Where notes are listed: beside their passages on a wide screen, elsewhere in a list that grows as it is read.
import { slip } from "./slip.js";

const WIDE = matchMedia("(width > 75rem)");
const CHUNK = 12;

export class Margin {
  constructor(notes) {
    this.notes = notes;
    this.view = notes.view;
    this.element = document.querySelector(".margin");
    this.head = document.querySelector("#margin-head").content.cloneNode(true).firstElementChild;
    this.list = document.createElement("div");
    this.list.className = "margin-notes";
    this.slips = new Map();
    this.element.replaceChildren(this.head, this.list);
    this.element.addEventListener("click", (event) => this.#press(event));
    this.#bringBeside();
    WIDE.addEventListener("change", () => { this.#bringBeside(); this.slips.clear(); this.show(this.shown); });
    this.watcher = new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting)) this.#more(); }, { rootMargin: "50% 0px" });
  }

  get isWide() { return WIDE.matches; }

  // What only wide screens need is asked for by them.
  async #bringBeside() {
    if (!WIDE.matches || this.beside) return;
    const { Beside } = await import("./beside.js").catch(() => ({}));
    if (!Beside) return;
    this.beside ??= new Beside(this);
    this.beside.soon(0);
  }

  show(shown) {
    this.shown = shown;
    // What has not changed keeps its slip, with all that is open in it.
    const now = new Map(shown.map((note) => [note.uuid, note]));
    for (const [uuid, element] of this.slips) if (element.note !== now.get(uuid)) this.#drop(uuid);
    this.watcher.disconnect();
    if (WIDE.matches && shown.length) {
      this.list.querySelector(".margin-empty")?.remove();
      if (this.beside) this.beside.soon(0); else this.#bringBeside();
      return;
    }
    this.list.replaceChildren(...(shown.length ? [] : [this.#nothing()]));
    this.#more();
  }

  #drop(uuid) {
    this.slips.get(uuid).remove();
    this.slips.delete(uuid);
    this.beside?.heights.delete(uuid);
  }

  #nothing() {
    const empty = document.querySelector("#no-notes").content.cloneNode(true).firstElementChild;
    if (this.notes.filter.isOn) empty.textContent = empty.dataset.filtered;
    return empty;
  }

  #more() {
    if (WIDE.matches) return;
    const from = this.list.querySelectorAll(".note").length;
    const slips = this.shown.slice(from, from + CHUNK).map((note) => this.slip(note));
    if (!slips.length) return;
    this.list.append(...slips);
    this.watcher.disconnect();
    this.watcher.observe(slips.at(-1));
  }

  slip(note) {
    if (!this.slips.has(note.uuid)) this.slips.set(note.uuid, Object.assign(slip(note), { note }));
    const element = this.slips.get(note.uuid);
    element.classList.toggle("open", note.uuid === this.notes.opened?.uuid);
    return element;
  }

  #press(event) {
    const element = event.target.closest(".note");
    const note = element && this.shown.find((one) => one.uuid === element.dataset.uuid);
    if (note) this.notes.press(event, note);
  }

  // Show which note is open.
  mark(note) {
    for (const [uuid, element] of this.slips) element.classList.toggle("open", uuid === note?.uuid);
    this.beside?.soon(0);
  }

  // A slip that has grown or shrunk moves those below it.
  remeasure(element) { this.beside?.heights.delete(element.dataset.uuid); this.beside?.soon(); }

  // Go to a slip as soon as it stands there.
  focus(note) {
    this.wanted = note.uuid;
    this.beside?.soon(0);
  }

  focusWanted() {
    const element = this.wanted && this.slips.get(this.wanted);
    if (!element?.isConnected) return;
    this.wanted = null;
    element.focus({ preventScroll: true });
  }
}
