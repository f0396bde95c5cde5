// The card of a word: fetched once, placed by the word, with the way back through the words looked at.
const MARGIN = 8;

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
    if (!this.isOpen || !this.range || getComputedStyle(this.element).position === "fixed") return;
    placeBeside(this.element, this.range.getBoundingClientRect());
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
  const height = element.offsetHeight;
  const width = element.offsetWidth;
  const below = innerHeight - box.bottom;
  const above = box.top - 60;
  const top = below > height + MARGIN || below >= above ? box.bottom + MARGIN : box.top - height - MARGIN;
  const left = Math.max(MARGIN, Math.min(box.left, document.documentElement.clientWidth - width - MARGIN));
  element.style.top = `${top + scrollY}px`;
  element.style.left = `${left}px`;
}
