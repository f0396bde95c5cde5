// The notes on the page: fetched after it, laid over the text, listed in the margin; what waits to be sent among them.
import { isHere, leave } from "./chapters.js";
import { Composer } from "./composer.js";
import { Filter } from "./filter.js";
import { Head } from "./head.js";
import { Margin } from "./margin.js";
import { post, Waits } from "./sending.js";
import { Overlay } from "./overlay.js";
import { bringIntoSight } from "./placing.js";
import { slip } from "./slip.js";
import { Toast } from "./toast.js";
import { lay } from "./waiting.js";
import { Writing } from "./writing.js";

// So many characters around a note get their true heights before it is gone to.
const AROUND = 600;

export class Notes {
  constructor(article, view, { onEdit, onStep, chosen }) {
    Object.assign(this, { article, view, onEdit, onStep, chosen, all: [], notes: [], shown: [], groups: [], listeners: [] });
    this.me = { name: null, token: null };
    this.toast = new Toast();
    this.counter = document.querySelector(".note-count");
    this.overlay = new Overlay(view);
    this.filter = new Filter(() => this.list());
    this.margin = new Margin(this);
    this.head = new Head(this);
    this.composer = new Composer(this, article.dataset.slug);
    this.writing = new Writing(this);
    this.outbox = this.writing.outbox;
  }

  onChange(listener) { this.listeners.push(listener); }
  get placed() { return this.shown.filter((note) => note.status === "placed"); }
  say(what, undo = null, values = {}) { this.toast.say(what, undo, values); }
  at(codePoint) { return this.placed.filter((note) => note.start <= codePoint && codePoint < note.end); }
  find(uuid) { return this.notes.find((note) => note.uuid === uuid); }
  element(note) { return slip(note); }

  async #ask() {
    const shared = new URLSearchParams(location.search).get("shared");
    const address = this.article.dataset.notes + (shared ? `?shared=${encodeURIComponent(shared)}` : "");
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.ok) return response.json();
    // Without an answer the reader of this tab is the one who was there last.
    return { name: sessionStorage.getItem("reader") || null, token: null, notes: [], isGuess: true };
  }

  async load() {
    const answer = await this.#ask();
    this.me = { name: answer.name, token: answer.token, edits: answer.edits, isGuess: answer.isGuess };
    this.groups = answer.groups || [];
    this.position = answer.position;
    const address = new URLSearchParams(location.search);
    const wanted = Number(address.get("note"));
    const elsewhere = answer.notes.find((note) => note.id === wanted && note.status === "placed" && !isHere(note.start));
    if (elsewhere) leave(elsewhere.start, location.search);
    this.all = answer.notes;
    this.list();
    if (wanted) this.open(this.notes.find((note) => note.id === wanted));
    const attached = this.all.find((note) => note.id === Number(address.get("attach")) && note.mine);
    if (attached) this.putElsewhere(attached);
    this.outbox.flush();
  }

  // Nothing of a reader who has signed out may stand on a page that the browser brings back.
  forget() {
    this.me = { name: null, token: null };
    this.all = [];
    this.composer.hide();
    this.list();
  }

  // Send a change as one reader and give the answer; a token that went void by signing in elsewhere is asked for anew.
  async send(address, data, name = this.me.name) {
    try {
      if (this.me.name !== name) throw new Waits("signedOut");
      return await post(address, data, this.me.token);
    } catch (error) {
      if (error.why !== "signedOut") throw error;
    }
    const { name: now, token, isGuess } = await this.#ask();
    if (isGuess || now !== name) throw new Waits(isGuess ? "offline" : "signedOut");
    this.me.token = token;
    return post(address, data, token);
  }

  // The words of a place, as they are written.
  words({ start, end }) {
    return this.view.between(start, end).map(({ passage, start: from, end: to }) => passage.text.slice(from, to)).join(" ");
  }

  bring(where) { bringIntoSight(where); }

  // The stretches of the page that a note covers.
  ranges(note) {
    return this.view.between(note.start, note.end).flatMap(({ passage, start, end }) => passage.ranges(start, end));
  }

  kept(note) {
    this.all = [...this.all.filter((other) => other.uuid !== note.uuid), note];
    this.list();
    this.say("kept");
  }

  list() {
    const { slug, revision } = this.article.dataset;
    const waiting = this.outbox.items.filter((item) => item.slug === slug);
    // A note whose passage is gone is shown with the first chapter.
    this.notes = lay(this.all, waiting, Number(revision)).filter((note) => isHere(note.status === "placed" ? note.start : 0));
    this.shown = this.filter.of(this.notes.filter((note) => note.status === "placed" || note.waiting));
    if (this.opened) this.opened = this.shown.find((note) => note.uuid === this.opened.uuid) || null;
    this.counter.textContent = this.notes.length;
    this.counter.hidden = !this.notes.length;
    this.margin.show(this.shown);
    this.head.show(waiting);
    this.overlay.set(this.placed);
    this.overlay.open(this.opened);
    this.listeners.forEach((listener) => listener());
  }

  // Let a note stand out, here and in the margin.
  mark(note) {
    this.opened = note;
    this.overlay.open(note);
    this.margin.mark(note);
  }

  open(note) {
    if (!note) return;
    if (note.status === "placed") {
      this.view.prepare(Math.max(0, note.start - AROUND), note.end + AROUND);
      bringIntoSight(() => this.ranges(note)[0]);
    }
    this.mark(note);
  }

  step(direction) {
    const { placed } = this;
    if (!placed.length) { this.say("none"); return; }
    const at = placed.findIndex((note) => note.uuid === this.opened?.uuid);
    const next = placed[(at + direction + placed.length) % placed.length];
    const note = at < 0 && direction > 0 ? placed[0] : next;
    this.open(note);
    if (this.margin.isWide) this.margin.focus(note); else this.onStep(note);
  }

  press(event, note) {
    const pressed = (name) => event.target.closest(`[data-note-${name}]`);
    const tag = event.target.closest("[data-tag]");
    if (pressed("edit")) this.onEdit(note);
    else if (pressed("delete")) this.writing.remove(note);
    else if (pressed("stay")) this.outbox.keep(this.outbox.of(note.uuid));
    else if (pressed("compare")) this.compare(note);
    else if (pressed("replies")) import("./replies.js").then(({ show }) => show(event.target.closest(".note"), note, this));
    else if (tag) this.filter.set({ tag: tag.dataset.tag });
    else if (!event.target.closest("a, button, form")) { this.head.sheet(false); this.open(note); }
  }

  // What only some need is asked for by them.
  async compare(note) {
    const { compare } = await import("./conflict.js");
    compare(note, this);
  }

  async putElsewhere(note) {
    const { Attaching } = await import("./attach.js");
    this.stopAttaching();
    this.attaching = new Attaching(note, this);
  }

  // Go back from choosing another place; false where none was being chosen.
  stopAttaching() {
    const { attaching } = this;
    this.attaching = null;
    attaching?.end();
    return Boolean(attaching);
  }
}
