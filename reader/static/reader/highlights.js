// Notes painted by the browser itself: one highlight for each colour, so that nothing is put into the page. Where readings
// stand above the words, boxes are better: a highlight would end with each word, and the browser looks for every one of
// hundreds of pieces anew whenever anything on the page changes.
const ORDER = ["yellow", "green", "blue", "red", "violet", "deep", "open"];

export class Highlights {
  constructor() {
    this.highlights = new Map(ORDER.map((word) => [word, new Highlight()]));
    ORDER.forEach((word, at) => {
      // Below the marks of words and terms; the opened note above the others.
      this.highlights.get(word).priority = at - ORDER.length;
      CSS.highlights.set(`note-${word}`, this.highlights.get(word));
    });
    this.ranges = new Map();
  }

  // Make ready to paint a block anew with layers [{word, stretches}], and give the function that does it.
  prepare(passage, layers) {
    const kept = layers.flatMap(({ word, stretches }) => stretches.map((stretch) => [word, rangeOf(stretch)]));
    return () => {
      for (const [word, range] of this.ranges.get(passage) || []) this.highlights.get(word).delete(range);
      for (const [word, range] of kept) this.highlights.get(word).add(range);
      if (kept.length) this.ranges.set(passage, kept); else this.ranges.delete(passage);
    };
  }
}

const rangeOf = ({ node, from, to }) => new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
