// What stands above the notes: how many they are, the filter, what waits to be sent, and what has lost its place.
import { somethingWaits } from "./outbox.js";

export class Head {
  constructor(notes) {
    this.notes = notes;
    this.margin = notes.margin.element;
    this.element = notes.margin.head;
    const find = (name) => this.element.querySelector(`[data-head-${name}]`);
    Object.assign(this, { count: find("count"), waiting: find("waiting"), lost: find("lost"), all: find("all") });
    this.details = this.element.querySelector("details");
    notes.filter.bind(this.element.querySelector("form"));
    this.all.addEventListener("click", () => notes.filter.form.reset());
    find("close").addEventListener("click", () => this.sheet(false));
    this.lost.addEventListener("click", () => import("./lost.js").then(({ show }) => show(notes)));
    this.waiting.querySelector("button").addEventListener("click", () => notes.outbox.flush());
  }

  // On a narrow window the notes come as a sheet from below.
  sheet(isOpen) {
    if (isOpen === this.margin.classList.contains("as-sheet")) return;
    this.margin.classList.toggle("as-sheet", isOpen);
    if (isOpen) { this.margin.scrollTop = 0; this.margin.tabIndex = -1; this.margin.focus({ preventScroll: true }); }
    else this.margin.removeAttribute("tabindex");
  }

  // Go to the words to filter by.
  search() {
    if (this.element.hidden || this.details.hidden) return false;
    if (!this.notes.margin.isWide) this.sheet(true);
    this.details.open = true;
    this.notes.filter.form.elements.text.focus();
    return true;
  }

  get isSheet() { return this.margin.classList.contains("as-sheet"); }

  show(items) {
    const { notes, shown, filter } = this.notes;
    const lost = notes.filter((note) => note.mine && !note.waiting && note.status !== "placed");
    const number = filter.isOn ? "some" : "every";
    this.count.textContent = write(this.count.dataset[number], { shown: shown.length, count: notes.length - lost.length });
    filter.fill(notes);
    this.all.hidden = !filter.isOn;
    this.details.hidden = !notes.length;
    this.lost.hidden = !lost.length;
    this.lost.textContent = write(lost.length === 1 ? this.lost.dataset.one : this.lost.dataset.many, { count: lost.length });
    this.#waiting(items);
    this.element.hidden = !notes.length && this.waiting.hidden;
  }

  // A reader who is signed out is told that something waits, and nobody else what it is.
  #waiting(items) {
    const { me, writing } = this.notes;
    const isOut = !me.name || writing?.waits === "signedOut";
    this.waiting.hidden = isOut ? !somethingWaits() : !items.length;
    const words = this.waiting.querySelector("span");
    const key = isOut ? "out" : items.length === 1 ? "one" : "many";
    words.textContent = write(words.dataset[key], { count: items.length });
    const link = this.waiting.querySelector("a");
    link.hidden = !isOut;
    link.search = new URLSearchParams({ next: location.pathname + location.search });
    this.waiting.querySelector("button").hidden = isOut;
  }
}

const write = (words, values) => words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
