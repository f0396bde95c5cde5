// Cards that stay while one reads on: beside the text where there is room, else as chips that open them again.
const MOST = 3;

export class Pins {
  constructor(store, onOpen) {
    this.store = store;
    this.element = document.querySelector(".pins");
    this.template = document.querySelector("#pin").content;
    this.entries = new Map();
    this.element.addEventListener("click", (event) => {
      const pin = event.target.closest(".pin");
      const link = event.target.closest("a[data-word]");
      if (!pin) return;
      if (event.target.closest("[data-unpin]")) { this.remove(pin.dataset.word); return; }
      if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) event.preventDefault();
      else if (link || !event.target.closest("[data-pin-open]")) return;
      onOpen(this.entries.get(pin.dataset.word), link?.dataset.word);
    });
  }

  has(word) { return this.entries.has(word); }

  // Pin the card of a word; the one that has been there longest makes room.
  add(entry, cardHead) {
    const pin = this.template.cloneNode(true).firstElementChild;
    const head = cardHead.cloneNode(true);
    head.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    const body = document.createElement("div");
    this.#fill(body, entry.word);
    const chip = pin.querySelector(".pin-chip");
    chip.textContent = entry.shown || entry.word;
    chip.lang = entry.lang || "zh-Hans";
    pin.dataset.word = entry.word;
    pin.setAttribute("aria-label", entry.shown || entry.word);
    pin.querySelector(".pin-inside").append(head, body);
    if (this.entries.size === MOST) this.remove(this.entries.keys().next().value);
    this.entries.set(entry.word, entry);
    this.element.append(pin);
    this.element.hidden = false;
  }

  // Whatever of the card has not come yet comes later.
  #fill(body, word) {
    const content = this.store.atHand(word);
    body.replaceChildren(content || document.querySelector("#card-wait").content.cloneNode(true));
    if (!content) this.store.fetch(word).then(({ card }) => body.replaceChildren(card.cloneNode(true)), () => {});
  }

  remove(word) {
    this.entries.delete(word);
    this.element.querySelector(`[data-word="${CSS.escape(word)}"].pin`)?.remove();
    this.element.hidden = !this.entries.size;
  }
}
