// Where a note is written. What is typed is kept in the browser, for its reader and its place, until the server has it.
import { placeBeside, uncover } from "./placing.js";

export class Composer {
  constructor(notes, slug) {
    this.notes = notes;
    this.slug = slug;
    this.form = document.querySelector(".composer");
    this.body = this.form.querySelector("textarea");
    this.quote = this.form.querySelector(".composer-quote");
    this.error = this.form.querySelector(".composer-error");
    this.guest = this.form.querySelector(".composer-guest");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#keep(); });
    this.form.querySelector("[data-composer-cancel]").addEventListener("click", () => this.hide());
    this.body.addEventListener("input", () => this.#save());
    // Enter ends a Chinese word being typed; only Ctrl+Enter sends.
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) this.#keep();
    });
    addEventListener("resize", () => this.#place());
  }

  get isOpen() { return !this.form.hidden; }

  // A guest's drafts become those of the reader who signs in next in this tab; nobody else's are ever shown.
  #key(place, name = this.notes.me.name) {
    return `draft:${name || ""}:${this.slug}:${place.start}:${place.end}:${place.id || ""}`;
  }

  // Open on a place {start, end, quote} of the text, or on a note that is there already.
  open(place, range) {
    this.place = place;
    this.range = range;
    this.quote.textContent = place.quote;
    this.body.value = this.#draft(place) ?? place.body ?? "";
    this.error.hidden = true;
    this.guest.hidden = Boolean(this.notes.me.name);
    for (const link of this.guest.querySelectorAll("[data-login]")) {
      link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`;
    }
    this.form.hidden = false;
    this.#place();
    this.body.focus({ preventScroll: true });
  }

  #place() {
    if (!this.isOpen || !this.range) return;
    const box = this.range.getBoundingClientRect();
    if (getComputedStyle(this.form).position === "fixed") uncover(this.form, box);
    else placeBeside(this.form, box);
  }

  // Put the form away; what was typed waits at its place.
  hide() {
    this.body.blur();
    this.form.hidden = true;
  }

  #draft(place) {
    return localStorage.getItem(this.#key(place)) ?? sessionStorage.getItem(this.#key(place, null));
  }

  #save() {
    // A guest's words stay in this tab only, for whoever uses the browser next is somebody else.
    const keeper = this.notes.me.name ? localStorage : sessionStorage;
    keeper.setItem(this.#key(this.place), this.body.value);
    if (!this.notes.me.name) sessionStorage.setItem(`open:${this.slug}`, JSON.stringify(this.place));
  }

  #forget() {
    localStorage.removeItem(this.#key(this.place));
    sessionStorage.removeItem(this.#key(this.place, null));
  }

  // The place where a guest was writing before signing in, once.
  interrupted() {
    const place = sessionStorage.getItem(`open:${this.slug}`);
    sessionStorage.removeItem(`open:${this.slug}`);
    return place && JSON.parse(place);
  }

  async #keep() {
    this.#save();
    if (!this.notes.me.name) { this.guest.hidden = false; this.guest.querySelector("a").focus(); return; }
    const { start, end, url } = this.place;
    const body = this.body.value;
    const { noteAdd, revision } = this.notes.article.dataset;
    try {
      const note = await this.notes.send(url || noteAdd, url ? { body } : { revision, start, end, body });
      this.#forget();
      this.hide();
      this.notes.kept(note);
    } catch (error) {
      this.error.textContent = error.message || document.querySelector(".toast-text").dataset.failed;
      this.error.hidden = false;
    }
  }
}
