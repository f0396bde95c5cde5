// Where a note is written. What is typed is kept in the browser until the server has it.
import { placeBeside } from "./card.js";

export class Composer {
  constructor(notes, slug) {
    this.notes = notes;
    this.key = `draft:${slug}`;
    this.form = document.querySelector(".composer");
    this.body = this.form.querySelector("textarea");
    this.quote = this.form.querySelector(".composer-quote");
    this.error = this.form.querySelector(".composer-error");
    this.guest = this.form.querySelector(".composer-guest");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#keep(); });
    this.form.querySelector("[data-composer-cancel]").addEventListener("click", () => this.close());
    this.body.addEventListener("input", () => this.#save());
    // Enter ends a Chinese word being typed; only Ctrl+Enter sends.
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) this.#keep();
    });
  }

  get isOpen() { return !this.form.hidden; }

  // Open on a place {start, end, quote} of the text, or on a note that is there already.
  open(place, range) {
    this.place = place;
    this.quote.textContent = place.quote;
    const draft = this.draft();
    const same = draft && draft.start === place.start && draft.end === place.end && draft.id === (place.id || null);
    this.body.value = same ? draft.body : place.body || "";
    this.error.hidden = true;
    this.guest.hidden = Boolean(this.notes.me.name);
    for (const link of this.guest.querySelectorAll("[data-login]")) {
      link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`;
    }
    this.form.hidden = false;
    if (range && getComputedStyle(this.form).position !== "fixed") placeBeside(this.form, range.getBoundingClientRect());
    this.body.focus({ preventScroll: true });
  }

  close() {
    this.form.hidden = true;
    localStorage.removeItem(this.key);
  }

  draft() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  #save() {
    const { start, end, quote, id = null, url = null } = this.place;
    localStorage.setItem(this.key, JSON.stringify({ start, end, quote, id, url, body: this.body.value }));
  }

  async #keep() {
    this.#save();
    if (!this.notes.me.name) { this.guest.hidden = false; this.guest.querySelector("a").focus(); return; }
    const { start, end, url } = this.place;
    const body = this.body.value;
    const { noteAdd, revision } = this.notes.article.dataset;
    try {
      const response = await this.notes.send(url || noteAdd, url ? { body } : { revision, start, end, body });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error);
      this.close();
      this.notes.kept(answer);
    } catch (error) {
      this.error.textContent = error.name === "Error" && error.message ? error.message
        : document.querySelector(".toast-text").dataset.failed;
      this.error.hidden = false;
    }
  }
}
