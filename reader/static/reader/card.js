// The card of a word: there at once with what the page knows of it, filled as soon as more is known.
import { bringIntoSight, place } from "./placing.js";
import { draggable } from "./sheet.js";
import { Trail } from "./trail.js";

const FOCUSABLE = "a[href], button:not([hidden], :disabled), summary, textarea, [tabindex='0']";

export class Card {
  constructor(store, { onShown, onClose }) {
    Object.assign(this, { store, onShown, onClose, trail: new Trail(), peek: false });
    this.element = document.querySelector(".card");
    this.body = this.find(".card-body");
    this.crumbs = this.find(".card-crumbs");
    this.error = document.querySelector("#card-error").content.firstElementChild;
    this.element.addEventListener("click", (event) => this.#press(event));
    this.element.addEventListener("keydown", (event) => this.#leave(event));
    addEventListener("resize", () => this.place());
    draggable(this.element, this.find(".card-handle"), () => this.close());
  }

  find(selector) { return this.element.querySelector(selector); }
  get isOpen() { return !this.element.hidden; }
  get entry() { return this.trail.current; }

  // Open on {word, shown, other, reading, lang, range}: `range()` gives where the word stands now. A peek takes no
  // focus, and goes when the pointer goes.
  open(entry, { peek = false, opener = null } = {}) {
    this.opener = opener;
    this.peek = peek;
    this.range = entry.range;
    this.element.classList.remove("tall");
    this.trail.start(entry);
    this.#fill(!peek);
  }

  // Stand by another place of the text, with the same card.
  async moveTo(range, opener) {
    this.range = range;
    this.opener = opener || this.opener;
    await bringIntoSight(range, this.element);
    this.place();
  }

  follow(word) {
    this.peek = false;
    this.trail.push({ word });
    this.#fill(true);
  }

  go(step) {
    if (!this.isOpen || !this.trail.go(this.trail.at + step)) return false;
    this.#fill(true);
    return true;
  }

  #fill(focus) {
    const { entry } = this;
    const box = this.range?.()?.getBoundingClientRect();
    const atHand = this.store.atHand(entry.word);
    this.#head(entry);
    this.#crumbs();
    this.find(".card-wrong a").search = this.#place(entry);
    this.#content(atHand);
    this.element.hidden = false;
    if (box) place(this.element, box);
    this.element.scrollTop = 0;
    if (focus) this.element.focus({ preventScroll: true });
    this.#complete(entry, Boolean(atHand));
  }

  async #complete(entry, wasThere) {
    this.element.setAttribute("aria-busy", "true");
    let failure = null;
    try {
      const { card, head } = await this.store.fetch(entry.word);
      if (!this.#shows(entry)) return;
      Object.assign(entry, { ...turned(head), ...entry });
      this.#head(entry);
      if (!wasThere) this.#content(card.cloneNode(true), true);
      else if (!this.find(".card-dictionary")) this.body.append(...card.cloneNode(true).querySelectorAll(".card-dictionary"));
    } catch {
      failure = navigator.onLine ? "failed" : "offline";
    }
    if (!this.#shows(entry)) return;
    // The terms of the text may have come while the word was waited for.
    if (failure && !wasThere) this.#content(this.store.atHand(entry.word), true);
    if (failure) this.#say(failure);
    this.element.removeAttribute("aria-busy");
    this.place();
  }

  // Where the word stands, for whoever finds something wrong; a word that was come to by a link has no place.
  #place({ word, start }) {
    const { slug, revision } = document.querySelector("article.text").dataset;
    const place = start === undefined ? {} : { document: slug, revision, start, end: start + [...word].length };
    return new URLSearchParams({ text: word, ...place });
  }

  #shows(entry) { return this.isOpen && this.entry === entry; }

  #say(failure) {
    const error = this.error.cloneNode(true);
    error.querySelector("span").textContent = error.dataset[failure];
    this.body.querySelector(".card-wait")?.remove();
    this.body.append(error);
    this.announce(error.dataset[failure]);
  }

  #head({ word, shown = word, other = "", reading = "", lang = "zh-Hans" }) {
    const [main, second] = this.element.querySelectorAll(".card-head span");
    main.textContent = shown;
    main.lang = lang;
    second.textContent = other === shown ? "" : other;
    second.lang = lang === "zh-Hans" ? "zh-Hant-TW" : "zh-Hans";
    this.find(".card-reading").textContent = reading;
  }

  // Show what is known; what comes late is said to those who do not see it come.
  #content(content, late = false) {
    const wait = document.querySelector("#card-wait").content.cloneNode(true);
    this.body.replaceChildren(content || wait);
    const told = this.find(".card-gloss a, .card-dictionary li, .card-nothing");
    this.element.removeAttribute("aria-describedby");
    if (told && !late) { told.id = "card-told"; this.element.setAttribute("aria-describedby", "card-told"); }
    if (told && late && !this.peek) this.announce(told.textContent);
    this.onShown(this.entry);
  }

  announce(text) { document.querySelector(".live").textContent = text; }

  #crumbs() {
    const { entries, at, canGoBack, canGoForward } = this.trail;
    this.crumbs.hidden = entries.length < 2;
    this.find("[data-card-step='-1']").disabled = !canGoBack;
    this.find("[data-card-step='1']").disabled = !canGoForward;
    this.crumbs.querySelector("ol").replaceChildren(...entries.map(({ word, shown = word }, index) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: shown, lang: "zh" });
      button.dataset.cardGo = index;
      if (index === at) button.setAttribute("aria-current", "true");
      item.append(button);
      return item;
    }));
  }

  #press(event) {
    this.peek = false;
    const { cardStep, cardGo } = event.target.closest("button")?.dataset || {};
    const link = event.target.closest("a[data-word]");
    if (cardStep) this.go(Number(cardStep));
    else if (cardGo) this.go(Number(cardGo) - this.trail.at);
    else if (event.target.closest("[data-card-close]")) this.close();
    else if (event.target.closest("[data-card-retry]")) this.#fill(true);
    else if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      this.follow(link.dataset.word);
    }
  }

  // The card stands at the end of the page; who leaves it by Tab goes on from the word.
  #leave(event) {
    if (event.key !== "Tab" || !this.opener?.isConnected) return;
    const stops = [...this.element.querySelectorAll(FOCUSABLE)].filter((one) => one.checkVisibility());
    const first = document.activeElement === this.element || document.activeElement === stops[0];
    if (event.shiftKey && first) { event.preventDefault(); this.opener.focus(); }
    if (!event.shiftKey && document.activeElement === stops.at(-1)) this.opener.focus({ preventScroll: true });
  }

  place() {
    const box = this.isOpen && this.range?.()?.getBoundingClientRect();
    if (box) place(this.element, box);
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.trail.clear();
    this.onClose();
    if (hadFocus && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    this.opener = null;
  }
}

// A word that was come to by a link is written as the text is: who reads traditional characters gets these first.
function turned({ shown, other, reading }) {
  const { lang } = document.querySelector("article.text");
  return lang.startsWith("zh-Hant") && other ? { shown: other, other: shown, reading, lang } : { shown, other, reading };
}
