// What cards say. Those of the text's terms come all at once while nothing else is to be done; those of other words
// are fetched as soon as somebody points at them.
const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};
const textOf = (root, selector) => root.querySelector(selector)?.textContent.trim() || "";

export class CardStore {
  constructor({ cards, card }) {
    this.addresses = { cards, card };
    this.concepts = [];
    this.words = {};
    this.places = new Map();
    this.fetched = new Map();
    this.loaded = null;
  }

  // Fetch the cards of all terms, once.
  load() {
    this.loaded ||= fetch(this.addresses.cards).then(answered).then((response) => response.json()).then((bundle) => {
      this.concepts = bundle.concepts.map(([key, html]) => ({ key, html }));
      this.words = bundle.words;
      for (const [key, , deltas] of bundle.concepts) this.places.set(key, spans(deltas));
    }).catch((error) => { this.loaded = null; throw error; });
    return this.loaded;
  }

  // The same while nothing else is to be done; who pays for every byte waits until a card is asked for.
  loadWhenIdle(then) {
    if (navigator.connection?.saveData) return;
    const idle = window.requestIdleCallback || ((act) => setTimeout(act, 200));
    idle(() => this.load().then(then, () => {}), { timeout: 3000 });
  }

  // The concepts that a word of the text stands for, the first one first.
  conceptsOf(word) {
    const [own = []] = Object.hasOwn(this.words, word) ? this.words[word] : [];
    return own.map((at) => this.concepts[at].key);
  }

  // What is known of a word at once: everything but the dictionary; null where nothing is.
  atHand(word) {
    const known = this.fetched.get(word)?.card;
    if (known) return known.cloneNode(true);
    if (!Object.hasOwn(this.words, word)) return null;
    const [own, nested] = this.words[word];
    const card = document.createDocumentFragment();
    for (const at of own) card.append(this.#concept(at, word));
    if (nested.length) card.append(this.#nested(nested, word, !own.length));
    return card;
  }

  #concept(at, word) {
    const concept = parsed(this.concepts[at].html);
    const preferred = concept.querySelector(".card-preferred");
    if (preferred && textOf(preferred, "span") === word) preferred.remove();
    return concept;
  }

  #nested(places, word, open) {
    const section = document.querySelector("#card-nested").content.cloneNode(true);
    const details = section.querySelector("details");
    const made = places.map((at) => {
      const one = details.cloneNode(true);
      const concept = this.#concept(at, word);
      const gloss = textOf(concept, ".card-gloss a");
      const [chinese, english] = one.querySelectorAll("summary span");
      chinese.textContent = textOf(concept, ".card-preferred span") || gloss;
      english.textContent = gloss;
      one.append(concept);
      return one;
    });
    made[0].open = open;
    details.replaceWith(...made);
    return section;
  }

  // Fetch all that is known of a word; what was fetched once is not asked for again.
  fetch(word) {
    if (!this.fetched.has(word)) {
      const entry = {};
      entry.answer = fetch(`${this.addresses.card}?q=${encodeURIComponent(word)}`).then(answered)
        .then((response) => response.text()).then((html) => Object.assign(entry, whole(html)))
        .catch((error) => { this.fetched.delete(word); throw error; });
      this.fetched.set(word, entry);
    }
    return this.fetched.get(word).answer;
  }
}

function answered(response) {
  if (!response.ok) throw new Error(response.status);
  return response;
}

// Part the head of a card from the rest.
function whole(html) {
  const card = parsed(html);
  const head = card.querySelector(".card-head");
  head.remove();
  const [shown, other, reading] = [".card-word span", ".card-traditional", ".card-reading"].map((s) => textOf(head, s));
  return { card, head: { shown, other, reading } };
}

function spans(deltas) {
  const found = [];
  for (let at = 0, start = 0; at < deltas.length; at += 2) {
    start += deltas[at];
    found.push([start, start + deltas[at + 1]]);
  }
  return found;
}
