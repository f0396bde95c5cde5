// The card of a word: fetched once, placed by the word, with the way back through the words looked at.
const MARGIN = 8;
// So much of a card must be seen at once; the rest scrolls.
const ENOUGH = 220;

export class Card {
  constructor(address, { onNotes, onClose }) {
    this.address = address;
    this.element = document.querySelector(".card");
    this.body = this.element.querySelector(".card-body");
    this.notes = this.element.querySelector(".card-notes");
    this.back = this.element.querySelector("[data-card-back]");
    this.fetched = new Map();
    this.trail = [];
    this.onNotes = onNotes;
    this.onClose = onClose;
    this.back.addEventListener("click", () => { this.trail.pop(); this.#fill(this.trail.at(-1)); });
    this.element.querySelector("[data-card-close]").addEventListener("click", () => this.close());
    this.body.addEventListener("click", (event) => this.#follow(event));
    addEventListener("resize", () => this.place());
  }

  get isOpen() { return !this.element.hidden; }

  fetch(word) {
    if (!this.fetched.has(word)) {
      const answer = fetch(`${this.address}?q=${encodeURIComponent(word)}`)
        .then((response) => { if (!response.ok) throw new Error(response.status); return response.text(); })
        .catch((error) => { this.fetched.delete(word); throw error; });
      this.fetched.set(word, answer);
    }
    return this.fetched.get(word);
  }

  // Open the card of a word beside a range of the page; a peek takes no focus and goes when the pointer goes.
  async open(word, range, { peek = false, notes = [] } = {}) {
    if (!peek) this.opener = this.opener || document.activeElement;
    this.peek = peek;
    this.range = range;
    this.trail = [word];
    this.onNotes(this.notes, notes);
    this.element.hidden = false;
    await this.#fill(word);
    if (!peek && this.isOpen) this.element.focus({ preventScroll: true });
  }

  async #fill(word) {
    this.back.hidden = this.trail.length < 2;
    this.element.classList.add("busy");
    this.place();
    try {
      const html = await this.fetch(word);
      if (this.trail.at(-1) !== word) return;
      this.body.innerHTML = html;
    } catch {
      this.body.textContent = `${word}: ${navigator.onLine ? "?" : "offline"}`;
    }
    this.element.classList.remove("busy");
    this.element.scrollTop = 0;
    this.place();
  }

  #follow(event) {
    const link = event.target.closest("a[data-word]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.peek = false;
    this.trail.push(link.dataset.word);
    this.#fill(link.dataset.word);
  }

  place() {
    if (!this.isOpen || !this.range) return;
    const box = this.range.getBoundingClientRect();
    if (getComputedStyle(this.element).position === "fixed") uncover(this.element, box);
    else placeBeside(this.element, box);
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.trail = [];
    this.onClose();
    if (hadFocus && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    this.opener = null;
  }
}

// Put something below a place of the page, or above where there is more room, within the window.
export function placeBeside(element, box) {
  element.style.maxHeight = "";
  const below = innerHeight - box.bottom - 2 * MARGIN;
  const toolbar = document.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0;
  const above = box.top - toolbar - 2 * MARGIN;
  const isBelow = below >= Math.min(element.offsetHeight, ENOUGH) || below >= above;
  element.style.maxHeight = `${Math.min(element.offsetHeight, Math.max(isBelow ? below : above, ENOUGH / 2))}px`;
  const top = isBelow ? box.bottom + MARGIN : box.top - element.offsetHeight - MARGIN;
  const width = element.offsetWidth;
  const left = Math.max(MARGIN, Math.min(box.left, document.documentElement.clientWidth - width - MARGIN));
  element.style.top = `${top + scrollY}px`;
  element.style.left = `${left}px`;
}

// A sheet from below must not hide what it is about.
export function uncover(sheet, box) {
  const hidden = box.bottom + MARGIN - sheet.getBoundingClientRect().top;
  if (hidden > 0) scrollBy({ top: hidden });
}
