// Where a note is written. What is typed is kept in the browser, for its reader and its place, until it is in the outbox.
import { isTyping } from "./keys.js";
import { placeBeside, uncover } from "./placing.js";
import { choose, lastColour } from "./swatches.js";

export class Composer {
  constructor(notes, slug) {
    this.notes = notes;
    this.slug = slug;
    this.form = document.querySelector(".composer");
    this.fields = this.form.elements;
    this.body = this.fields.body;
    this.quote = this.form.querySelector(".composer-quote");
    this.error = this.form.querySelector(".composer-error");
    this.guest = this.form.querySelector(".composer-guest");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#keep(); });
    this.form.querySelector("[data-composer-cancel]").addEventListener("click", () => this.hide());
    this.form.addEventListener("input", () => this.#save());
    // Enter ends a Chinese word being typed; only Ctrl+Enter sends, and in the line of tags nothing does by itself.
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      if (isTyping(event)) { if (event.target !== this.body) event.preventDefault(); return; }
      if (event.ctrlKey || event.metaKey) this.#keep();
      else if (event.target === this.fields.tags) event.preventDefault();
    });
    addEventListener("resize", () => this.#place());
    // On a phone the sheet stands on the keyboard.
    for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, () => this.#lift());
  }

  get isOpen() { return !this.form.hidden; }

  // A guest's drafts become those of the reader who signs in next in this tab; nobody else's are ever shown.
  #key(place, name = this.notes.me.name) {
    return `draft:${name || ""}:${this.slug}:${place.start}:${place.end}:${place.uuid || ""}`;
  }

  // Open on a place {start, end, quote} of the text, or on a note that is there already.
  open(place, range) {
    const draft = this.#draft(place);
    // What was begun on an older version is sent as a change of that one.
    this.place = { ...place, version: draft?.version ?? place.version };
    this.range = range;
    this.quote.textContent = place.quote;
    this.#fill({ ...place, group: place.group?.id, ...draft });
    this.error.hidden = true;
    this.guest.hidden = Boolean(this.notes.me.name);
    for (const link of this.guest.querySelectorAll("[data-login]")) {
      link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`;
    }
    this.form.hidden = false;
    this.#lift();
    this.#place();
    this.body.focus({ preventScroll: true });
  }

  #fill({ body = "", colour = lastColour(), tags = [], group = "" }) {
    const { notes, groups } = this.notes;
    this.body.value = body;
    this.fields.colour.value = colour;
    this.fields.tags.value = String(tags).replaceAll(",", ", ");
    const [nobody] = this.fields.group.options;
    this.fields.group.replaceChildren(nobody, ...groups.map(({ id, name }) => new Option(name, id)));
    // Whoever may no longer share with a group keeps what is shared there.
    if (this.place.group?.name && !groups.some(({ id }) => id === this.place.group.id)) {
      this.fields.group.append(new Option(this.place.group.name, this.place.group.id));
    }
    this.fields.group.value = String(group || "");
    this.fields.group.closest("p").hidden = this.fields.group.options.length < 2;
    const known = new Set(notes.filter((note) => note.mine).flatMap((note) => note.tags));
    this.form.querySelector("datalist").replaceChildren(...[...known].map((tag) => new Option(tag)));
  }

  // What is said, as the server takes it.
  get #said() {
    const { body, colour, tags, group } = this.fields;
    const named = tags.value.split(/[,，、]/).map((tag) => tag.trim()).filter(Boolean).join(",");
    return { body: body.value, colour: colour.value, tags: named, group: group.value };
  }

  #place() {
    if (!this.isOpen || !this.range) return;
    const box = this.range.getBoundingClientRect();
    if (getComputedStyle(this.form).position === "fixed") uncover(this.form, box);
    else placeBeside(this.form, box);
  }

  #lift() {
    const { height, offsetTop } = window.visualViewport || { height: innerHeight, offsetTop: 0 };
    this.form.style.setProperty("--keyboard", `${Math.max(0, innerHeight - height - offsetTop)}px`);
  }

  // Put the form away; what was typed waits at its place.
  hide() {
    this.body.blur();
    this.form.hidden = true;
  }

  #draft(place) {
    const kept = localStorage.getItem(this.#key(place)) ?? sessionStorage.getItem(this.#key(place, null));
    try { return JSON.parse(kept); } catch { return { body: kept }; }
  }

  #save() {
    // A guest's words stay in this tab only, for whoever uses the browser next is somebody else.
    const keeper = this.notes.me.name ? localStorage : sessionStorage;
    keeper.setItem(this.#key(this.place), JSON.stringify({ ...this.#said, version: this.place.version }));
    if (!this.notes.me.name) sessionStorage.setItem(`open:${this.slug}`, JSON.stringify(this.place));
  }

  #forget(place) {
    localStorage.removeItem(this.#key(place));
    sessionStorage.removeItem(this.#key(place, null));
    sessionStorage.removeItem(`open:${this.slug}`);
  }

  // The place where a guest was writing before signing in, once.
  interrupted() {
    const place = sessionStorage.getItem(`open:${this.slug}`);
    sessionStorage.removeItem(`open:${this.slug}`);
    return place && JSON.parse(place);
  }

  // Mark a place without a word; a guest is asked to sign in.
  async highlight(place, range, colour = lastColour()) {
    choose(colour);
    if (!this.notes.me.name) { this.open({ ...place, colour }, range); this.#save(); return; }
    const { refused } = await this.notes.writing.write(place, { body: "", colour, tags: "", group: "" });
    if (refused) this.notes.say("failed");
  }

  async #keep() {
    this.#save();
    if (!this.notes.me.name) { this.guest.hidden = false; this.guest.querySelector("a").focus(); return; }
    if (this.isSending) return;
    this.isSending = true;
    const { place } = this;
    const said = this.#said;
    choose(said.colour);
    const { refused, uuid } = await this.notes.writing.write(place, said).finally(() => { this.isSending = false; });
    if (!refused) { this.#forget(place); if (this.place === place) this.hide(); return; }
    // What is refused stays in its form; only a note that is nowhere else stays in the outbox, too.
    if (place.id || !place.uuid) this.notes.outbox.drop({ name: this.notes.me.name, uuid });
    this.error.textContent = refused === "refused" ? document.querySelector(".toast-text").dataset.failed : refused;
    this.error.hidden = false;
  }
}
