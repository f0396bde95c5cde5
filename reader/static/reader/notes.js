// The reader's own notes: fetched after the page, laid over the text, listed in the margin.
import { isHere, leave } from "./chapters.js";
import { Composer } from "./composer.js";
import { bringIntoSight } from "./placing.js";

// So many characters around a note get their true heights before it is gone to.
const AROUND = 600;
const WIDE = matchMedia("(width > 75rem)");

export class Notes {
  constructor(article, view, { onEdit, onStep }) {
    this.article = article;
    this.view = view;
    this.margin = document.querySelector(".margin");
    this.toast = document.querySelector(".toast");
    this.counter = document.querySelector(".note-count");
    this.template = document.querySelector("#note-template").content;
    this.notes = [];
    this.me = { name: null, token: null };
    this.composer = new Composer(this, article.dataset.slug);
    this.onEdit = onEdit;
    this.onStep = onStep;
    view.onShown(() => this.#soon());
    addEventListener("resize", () => this.#soon());
    this.margin.addEventListener("click", (event) => this.#press(event));
    this.toast.querySelector("[data-undo]").addEventListener("click", () => this.#undo());
  }

  async load() {
    const response = await fetch(this.article.dataset.notes, { headers: { Accept: "application/json" } });
    const { name, token, notes, position, edits } = response.ok ? await response.json() : { name: null, token: null, notes: [] };
    this.me = { name, token, edits };
    this.position = position;
    const wanted = Number(new URLSearchParams(location.search).get("note"));
    const elsewhere = notes.find((note) => note.id === wanted && note.status === "placed" && !isHere(note.start));
    if (elsewhere) leave(elsewhere.start, location.search);
    // A note whose passage is gone is shown with the first chapter.
    this.notes = notes.filter((note) => isHere(note.status === "placed" ? note.start : 0));
    this.#list();
    if (wanted) this.open(this.notes.find((note) => note.id === wanted));
  }

  // Nothing of a reader who has signed out may stand on a page that the browser brings back.
  forget() {
    this.me = { name: null, token: null };
    this.notes = [];
    this.composer.hide();
    this.#list();
  }

  // Send a change and give the answer; a token that went void by signing in elsewhere is asked for anew, once.
  async send(address, data, again = true) {
    const response = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { Accept: "application/json", "X-CSRFToken": this.me.token || "" },
    });
    const isJson = !response.redirected && response.headers.get("Content-Type")?.includes("json");
    const answer = isJson ? await response.json() : null;
    if (response.ok && answer) return answer;
    if (response.status === 403 && again) {
      await this.load();
      return this.send(address, data, false);
    }
    throw new Error(answer?.error || "");
  }

  get placed() { return this.notes.filter((note) => note.status === "placed"); }

  at(codePoint) {
    return this.placed.filter((note) => note.start <= codePoint && codePoint < note.end);
  }

  // The stretches of the page that a note covers.
  ranges(note) {
    return this.view.between(note.start, note.end)
      .flatMap(({ passage, start, end }) => passage.ranges(start, end));
  }

  kept(note) {
    this.notes = [...this.notes.filter((other) => other.id !== note.id), note].sort((a, b) => a.start - b.start);
    this.#list();
    this.say("kept");
  }

  say(what, undo = null, values = {}) {
    const text = this.toast.querySelector(".toast-text");
    text.textContent = text.dataset[what].replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
    this.undoable = undo;
    this.toast.querySelector("[data-undo]").hidden = !undo;
    this.toast.hidden = false;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => { this.toast.hidden = true; }, undo ? 10000 : 3000);
  }

  async remove(note) {
    try {
      await this.send(`${note.url}delete/`, {});
    } catch {
      this.say("failed");
      return;
    }
    this.notes = this.notes.filter((other) => other.id !== note.id);
    this.#list();
    this.say("deleted", note);
  }

  async #undo() {
    const note = this.undoable;
    if (!note) return;
    try {
      this.kept(await this.send(`${note.url}restore/`, {}));
    } catch {
      this.say("failed");
    }
  }

  element(note) {
    const element = this.template.cloneNode(true).firstElementChild;
    element.dataset.id = note.id;
    element.querySelector(".note-quote").textContent = note.quote;
    element.querySelector(".note-body").innerHTML = note.html;
    return element;
  }

  #list() {
    const empty = document.querySelector("#no-notes").content.cloneNode(true);
    this.margin.replaceChildren(...(this.notes.length ? this.notes.map((note) => this.element(note)) : [empty]));
    this.counter.textContent = this.notes.length;
    this.counter.hidden = !this.notes.length;
    this.draw();
  }

  #soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (window.CSS.highlights) {
      CSS.highlights.set("note", new Highlight(...this.placed.flatMap((note) => this.ranges(note))));
      const opened = this.placed.find((note) => note.id === this.opened);
      CSS.highlights.set("note-open", new Highlight(...(opened ? this.ranges(opened) : [])));
    }
    this.#arrange();
  }

  // On a wide screen every note stands beside its passage, pushed down where another is in its way.
  #arrange() {
    const elements = [...this.margin.querySelectorAll(".note")];
    if (!WIDE.matches) { elements.forEach((element) => { element.style.top = ""; }); return; }
    const origin = this.margin.getBoundingClientRect().top;
    let free = 0;
    for (const element of elements) {
      const note = this.notes.find((one) => one.id === Number(element.dataset.id));
      const range = note.status === "placed" && this.ranges(note)[0];
      const wanted = range ? range.getBoundingClientRect().top - origin : free;
      const top = Math.max(wanted, free);
      element.style.top = `${top}px`;
      free = top + element.offsetHeight + 12;
    }
  }

  open(note) {
    if (!note) return;
    this.opened = note.id;
    if (note.status === "placed") {
      this.view.prepare(Math.max(0, note.start - AROUND), note.end + AROUND);
      bringIntoSight(() => this.ranges(note)[0]);
    }
    for (const element of this.margin.querySelectorAll(".note")) {
      element.classList.toggle("open", Number(element.dataset.id) === note.id);
    }
    this.draw();
  }

  step(direction) {
    const { placed } = this;
    if (!placed.length) { this.say("none"); return; }
    const at = placed.findIndex((note) => note.id === this.opened);
    const next = placed[(at + direction + placed.length) % placed.length];
    const note = at < 0 && direction > 0 ? placed[0] : next;
    this.open(note);
    if (WIDE.matches) this.margin.querySelector(`[data-id="${note.id}"]`)?.focus({ preventScroll: true });
    else this.onStep(note);
  }

  #press(event) {
    const element = event.target.closest(".note");
    const note = element && this.notes.find((one) => one.id === Number(element.dataset.id));
    if (note) this.press(event, note);
  }

  press(event, note) {
    if (event.target.closest("[data-note-edit]")) this.onEdit(note);
    else if (event.target.closest("[data-note-delete]")) this.remove(note);
    else if (!event.target.closest("a")) this.open(note);
  }
}
