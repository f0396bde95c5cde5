// Looking things up while reading: which word is pointed at, its card, and the ways from there.
import { Card } from "./card.js";
import { CardStore } from "./cardstore.js";
import { isKnown, setKnown } from "./known.js";
import { linkAt, Occurrences } from "./occurrences.js";
import { Pins } from "./pins.js";
import { listenTo } from "./pointing.js";
import { canSpeak, onVoices, speak } from "./speech.js";

export class LookUp {
  constructor(article, view, words, notes, { onNote }) {
    Object.assign(this, { article, view, words, notes });
    this.store = new CardStore(article.dataset);
    this.card = new Card(this.store, { onShown: () => this.#dress(), onClose: () => this.#closed() });
    this.occurrences = new Occurrences(view, this.store);
    this.pins = new Pins(this.store, (entry, word) => { this.#open(entry, { opener: null }); if (word) this.card.follow(word); });
    this.tool = document.querySelector("[data-open=terms]");
    this.onNote = onNote;
    listenTo(article, this);
    this.card.element.addEventListener("click", (event) => this.#press(event));
    document.addEventListener("known", () => this.#dress());
    onVoices(() => this.#dress());
    this.store.loadWhenIdle(() => {
      this.tool.querySelector(".term-total").textContent = this.store.concepts.length;
      this.#bringTerms().catch(() => {});
    });
  }

  // Open the card of a token of a block.
  open(passage, token, options = {}) {
    this.words.choose(passage, token);
    const start = this.view.codePoint({ passage, offset: token.start });
    const entry = this.#entry(passage, token, start);
    this.#open(entry, { notes: this.notes.at(start), opener: linkAt(entry), ...options });
  }

  async #bringTerms() {
    const { Terms } = await import("./terms.js");
    const onJump = (key, at, open) => this.#jump(key, at, open);
    this.terms ??= new Terms(this.tool, { script: () => this.view.view.script, onJump });
  }

  async openTerms() {
    await this.#bringTerms().catch(() => this.notes.say("notFetched"));
    this.terms?.open();
  }

  openCurrent() {
    if (this.words.current) this.open(this.words.current.passage, this.words.current.token);
  }

  #open(entry, { notes = [], ...options }) {
    const { key } = this.occurrences;
    const [concept] = this.store.conceptsOf(entry.word);
    this.card.find(".card-notes").replaceChildren(...notes.map((note) => this.notes.element(note)));
    // The innermost of those that lie here stands out.
    const [inner] = [...notes].sort((one, other) => one.end - one.start - (other.end - other.start));
    if (inner) this.notes.mark(inner);
    if (concept || key) this.occurrences.choose(concept ?? null, entry.start);
    if (options.peek) this.occurrences.unmark();
    this.card.open(entry, options);
  }

  #entry(passage, token, start) {
    const { script } = this.view.view;
    const { source } = this.article.dataset;
    const range = () => passage.range(token.start, token.end);
    const word = passage.text.slice(token.start, token.end);
    const shown = passage.form(token, script);
    const other = passage.form(token, script === source ? (source === "hans" ? "hant-tw" : "hans") : source);
    const reading = passage.reading(token, script).replaceAll("|", " ");
    return { word, shown, other, ...(reading && { reading }), lang: this.article.lang, start, range };
  }

  #closed() {
    this.words.unmark();
    this.occurrences.unmark();
  }

  // Put what belongs to the reader into a card that has just been filled.
  #dress() {
    const { entry } = this.card;
    if (!entry) return;
    const press = (name, on) => this.card.find(`[data-card-${name}]`).setAttribute("aria-pressed", on);
    press("known", isKnown(entry.word));
    press("pin", this.pins.has(entry.word));
    this.card.find("[data-card-listen]").hidden = !canSpeak();
    // What an editor chose for this place goes before the other concepts of the word.
    const chosen = entry.range && linkAt(entry)?.href.split("/").at(-2);
    const [first] = this.card.element.querySelectorAll(".card-body > .card-concept");
    const meant = chosen && this.card.element.querySelector(`.card-body > .card-concept[data-concept="${chosen}"]`);
    if (meant && meant !== first) first.before(meant);
    for (const section of this.card.element.querySelectorAll(".card-concept")) this.#walkway(section);
  }

  // "3 of 8 here", with the ways to the others.
  #walkway(section) {
    const { concept } = section.dataset;
    const { length } = this.store.places.get(concept) || [];
    if (!length) return;
    const row = section.querySelector(".card-walk")
      || document.querySelector("#card-walk").content.cloneNode(true).firstElementChild;
    const { occurrences } = this;
    const isThis = occurrences.key === concept && occurrences.isThere;
    const form = length === 1 ? row.dataset.once : isThis ? row.dataset.some : row.dataset.all;
    row.querySelector("span").textContent = form.replace("%(at)s", occurrences.at + 1).replace("%(count)s", length);
    for (const button of row.querySelectorAll("button")) button.hidden = length === 1 && isThis;
    section.querySelector(".card-gloss").after(row);
  }

  // Go to the next or the previous place of a concept: that of the card, else that of the word last chosen.
  async walk(step, concept = null) {
    await this.store.load().catch(() => {});
    const { card, occurrences, words } = this;
    const { passage, token } = words.current || {};
    const here = passage ? this.view.codePoint({ passage, offset: token.start }) : 0;
    const goesOn = card.isOpen || token === this.walked;
    const key = concept || (goesOn && occurrences.key) || (passage && this.store.conceptsOf(words.text)[0]);
    if (!key) { this.notes.say("noTerm"); return; }
    if (occurrences.key !== key) occurrences.choose(key, here);
    const from = step < 0 && !occurrences.isThere ? occurrences.at + 1 : occurrences.at;
    await this.#go(from + step);
    if (!card.isOpen) this.notes.say("place", null, { at: occurrences.at + 1, count: occurrences.count });
  }

  async #go(at) {
    const { card, occurrences } = this;
    const place = occurrences.go(at);
    if (!place) return null;
    this.walked = place.passage.tokenAt(place.start);
    this.words.choose(place.passage, this.walked);
    await occurrences.show(place, card.isOpen ? card.element : null);
    if (card.isOpen) { this.#dress(); await card.moveTo(place.range, linkAt(place)); }
    return place;
  }

  // Come from the list of terms: to one place, or to the first one with its card.
  async #jump(key, at, open) {
    await this.store.load().catch(() => {});
    this.card.close();
    this.occurrences.choose(key, 0);
    const place = await this.#go(at);
    if (!place) return;
    linkAt(place)?.focus({ preventScroll: true });
    if (open) this.open(place.passage, place.passage.tokenAt(place.start));
  }

  #press(event) {
    const { entry } = this.card;
    const button = event.target.closest("button");
    const element = event.target.closest(".note");
    const note = element && this.notes.find(element.dataset.uuid);
    if (note) this.notes.press(event, note);
    if (note && event.target.closest("[data-note-delete]")) element.remove();
    if (!button || !entry) return;
    const { walk } = button.dataset;
    if (walk) this.walk(Number(walk), button.closest(".card-concept").dataset.concept);
    else if ("cardListen" in button.dataset) speak(entry.shown || entry.word, this.view.view.script);
    else if ("cardCopy" in button.dataset) this.#copy(entry);
    else if ("cardKnown" in button.dataset) this.know(entry.word);
    else if ("cardPin" in button.dataset) this.#pin(entry);
    else if ("noteHere" in button.dataset) this.onNote();
  }

  know(word = this.card.entry?.word || (this.words.current && this.words.text)) {
    if (!word) return;
    setKnown(word, !isKnown(word));
    this.notes.say(isKnown(word) ? "known" : "unknown");
  }

  #pin(entry) {
    if (this.pins.has(entry.word)) this.pins.remove(entry.word);
    else { this.pins.add(entry, this.card.find(".card-head")); this.notes.say("pinned"); this.card.close(); }
    this.#dress();
  }

  async #copy({ word, shown = word, reading = "" }) {
    const gloss = this.card.find(".card-gloss a, .card-dictionary li")?.textContent.trim() || "";
    try {
      await navigator.clipboard.writeText([shown, reading, gloss].filter(Boolean).join("\t"));
      this.notes.say("copied");
    } catch {
      this.notes.say("notCopied");
    }
  }
}
