// Notes painted by the browser itself: one highlight for each colour, so that nothing is put into the page. Where
// readings stand above the words, a highlight would end with each word, and the browser would look for hundreds of
// pieces anew whenever anything changes; there the ruby takes the colour.
const ORDER = ["yellow", "green", "blue", "red", "violet"];

export class Highlights {
  constructor() {
    const names = [...ORDER, "deep", "open"].map((word) => `note-${word}`);
    this.highlights = new Map(names.map((name) => [name, new Highlight()]));
    names.forEach((name, at) => {
      // Below the marks of words and terms; the opened note above the others.
      this.highlights.get(name).priority = at - names.length;
      CSS.highlights.set(name, this.highlights.get(name));
    });
    this.ranges = new Map();
  }

  // Paint a block anew: `painted` is [{note, stretches}], `deep` the stretches that several notes share.
  paint(passage, painted, deep, opened) {
    this.#clear(passage);
    const kept = { ranges: [], rubies: new Set() };
    for (const { note, stretches } of painted) {
      this.#add(kept, stretches, note.colour);
      if (note.uuid === opened) this.#add(kept, stretches, "open");
    }
    this.#add(kept, deep, "deep");
    if (kept.ranges.length || kept.rubies.size) this.ranges.set(passage, kept);
  }

  #clear(passage) {
    const before = this.ranges.get(passage);
    if (!before) return;
    for (const [name, range] of before.ranges) this.highlights.get(name).delete(range);
    for (const ruby of before.rubies) delete ruby.dataset.noted;
    this.ranges.delete(passage);
  }

  #add(kept, stretches, word) {
    const rubies = coveredRubies(stretches);
    for (const ruby of rubies) {
      kept.rubies.add(ruby);
      const words = new Set((ruby.dataset.noted || "").split(" ").filter(Boolean));
      ruby.dataset.noted = [...words.add(word)].join(" ");
    }
    const name = `note-${word}`;
    for (const { node, from, to } of stretches) {
      if (rubies.has(node.parentElement)) continue;
      const range = new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
      this.highlights.get(name).add(range);
      kept.ranges.push([name, range]);
    }
  }
}

// The ruby elements of which every character is in the stretches.
function coveredRubies(stretches) {
  const covered = new Map();
  for (const { node, from, to } of stretches) {
    const ruby = node.parentElement;
    if (ruby?.localName === "ruby" && from === 0 && to === node.data.length) covered.set(ruby, (covered.get(ruby) || 0) + 1);
  }
  const texts = (ruby) => [...ruby.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).length;
  return new Set([...covered].filter(([ruby, count]) => count === texts(ruby)).map(([ruby]) => ruby));
}
