// One block of the text: its source, its words, and the way between offsets of the source and places in the page.
// All offsets here are UTF-16 units of the block's source text; ruby is not part of it.
import { isKnown } from "./known.js";
import { last } from "./ordered.js";
import { places, within } from "./places.js";
import { setQuotes } from "./quotes.js";
import { makeRuby } from "./ruby.js";

const HAN_RUN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;
// Behind these a line may not end; behind anything else it may, but browsers break no line there unasked: Chromium not
// between two rubies, Firefox not between a space and a ruby.
const OPENING = /[“‘「『（《〈【\[(]$/;
// Between these and a Han character print leaves a little room; Chromium forgets it at the edges of ruby.
const SPACED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\d]/u;
const FORMS = { "hant-tw": 2, "hant-hk": 3, hant: 4, hans: 4 };

// How a block is shown where nobody asks for anything; ruby is {key, zhuyin, tones, unknown}, or null.
const plain = (script) => ({ key: `${script} `, script, ruby: null, quotes: "" });

export class Passage {
  constructor(element, row, layer, sourceScript) {
    Object.assign(this, { element, row, layer, sourceScript, shown: "", near: false, records: [] });
    this.start = Number(element.dataset.start);
    element.passage = this;
  }

  // Read the block as the server sent it, once: its links stay the same elements in every view.
  #parse() {
    if (this.pieces) return;
    this.tail = this.element.querySelector(":scope > .mark");
    this.pieces = [...this.element.childNodes].filter((node) => node !== this.tail)
      .map((node) => ({ link: node.nodeType === Node.ELEMENT_NODE ? node : null, text: node.textContent }));
    this.source = this.pieces.map((piece) => piece.text).join("");
    this.characters = [...this.source];
    this.tokens = this.layer.tokens(this.row, this.source);
  }

  get text() { this.#parse(); return this.source; }

  // How many code points the block has, and how many UTF-16 units so many of them are.
  get length() { this.#parse(); return this.characters.length; }

  units(codePoints) {
    if (this.characters.length === this.source.length) return codePoints;
    return this.characters.slice(0, codePoints).join("").length;
  }

  form(token, script) {
    const text = this.source.slice(token.start, token.end);
    if (!token.word || script === this.sourceScript) return text;
    return token.word[FORMS[script]] ?? text;
  }

  reading(token, script = this.sourceScript) {
    if (!token.word) return "";
    return token.word[5]?.[script] || token.word[1];
  }

  // Show the block in a style; ruby only where asked for, since most of a long text is never looked at.
  show(style) {
    if (this.shown === style.key) return;
    this.#parse();
    this.style = style;
    this.quoted = setQuotes(this.source, style.quotes);
    this.records = [];
    const nodes = [];
    let at = 0;
    let start = 0;
    for (const piece of this.pieces) {
      const end = start + piece.text.length;
      const tokens = [];
      while (at < this.tokens.length && this.tokens[at].start < end) {
        tokens.push(this.tokens[at]);
        // What reaches over the edge of this piece is the next one's, too.
        if (this.tokens[at].end > end) break;
        at += 1;
      }
      const content = this.#content(tokens, start, end);
      if (piece.link) { piece.link.replaceChildren(...content); nodes.push(piece.link); } else nodes.push(...content);
      start = end;
    }
    this.element.replaceChildren(...nodes, ...(this.tail ? [this.tail] : []));
    this.shown = style.key;
  }

  #content(tokens, start, end) {
    const nodes = [];
    let run = "";
    let from = start;
    const flush = (to) => { if (run) nodes.push(this.#node(run, from, to)); run = ""; };
    for (const token of tokens) {
      // A plain stretch of the layer may reach over the edge of a link that is no word: it belongs to both.
      const first = Math.max(token.start, start);
      const last = Math.min(token.end, end);
      const form = this.#written(token, first, last);
      const reading = this.#above(token);
      if (!reading && form.length === last - first) {
        if (!run) from = first;
        run += form;
        continue;
      }
      flush(first);
      if (reading) nodes.push(...this.#ruby(form, reading, first, last));
      else nodes.push(this.#node(form, first, last));
    }
    flush(end);
    return nodes;
  }

  #written(token, first, last) {
    if (!token.word || first !== token.start || last !== token.end) return this.quoted.slice(first, last);
    return setQuotes(this.form(token, this.style.script), this.style.quotes);
  }

  #above(token) {
    const { ruby, script } = this.style;
    if (!ruby || !token.word) return "";
    return ruby.unknown && this.knows(token) ? "" : this.reading(token, script);
  }

  // Whether the reader knows a word, in whichever script it was met.
  knows(token) {
    return isKnown(this.source.slice(token.start, token.end)) || isKnown(this.form(token, "hans"));
  }

  #node(text, start, end, whole = false) {
    const node = document.createTextNode(text);
    const record = { passage: this, node, start, end, whole };
    places.set(node, record);
    if (!whole) this.records.push(record);
    return node;
  }

  #ruby(form, reading, start, end) {
    const readings = reading.split("|");
    const same = form.length === end - start;
    const nodes = [];
    // Every part of a form of another length stands for the whole word.
    const span = (first, stop) => (same ? [start + first, start + stop] : [start, end]);
    let last = 0;
    for (const run of form.matchAll(HAN_RUN)) {
      const stop = run.index + run[0].length;
      if (run.index > last) nodes.push(this.#node(form.slice(last, run.index), ...span(last, run.index)));
      const [from, to] = span(run.index, stop);
      if (this.breaks(from)) nodes.push(document.createElement("wbr"));
      const base = (text, at) => this.#node(text, ...(same ? [from + at, from + at + text.length] : [from, to]));
      const above = (text) => this.#node(text, from, to, true);
      const element = makeRuby(run[0], readings.shift() || "", this.style.ruby, base, above);
      if (SPACED.test(this.source[from - 1] || "")) element.classList.add("spaced-before");
      if (SPACED.test(this.source[to] || "")) element.classList.add("spaced-after");
      nodes.push(element);
      last = stop;
    }
    if (last < form.length) nodes.push(this.#node(form.slice(last), ...span(last, form.length)));
    return nodes;
  }

  // Whether a line may end before an offset of the source.
  breaks(offset) {
    return offset > 0 && !OPENING.test(this.source.slice(0, offset).slice(-1));
  }

  // Give the word at an offset of the source, or null where none stands.
  tokenAt(offset) {
    this.#parse();
    return this.tokens.find((token) => token.start <= offset && offset < token.end) || null;
  }

  // Give what shows a stretch of the source, one {node, from, to} for each text node, so that ruby is left out.
  stretches(start, end) {
    if (!this.records.length) this.show(plain(this.sourceScript));
    const { records } = this;
    const first = last(records.length, (at) => records[at].end <= start) + 1;
    const inside = records.slice(first, last(records.length, (at) => records[at].start < end) + 1);
    return inside.map((record) => ({ node: record.node, from: within(record, start, 0), to: within(record, end, 1) }));
  }

  // Give the same as places in the page that stay right while it changes.
  ranges(start, end) {
    return this.stretches(start, end).map(({ node, from, to }) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return range;
    });
  }

  // Give the place in the page of a stretch of the source as one.
  range(start, end) {
    const ranges = this.ranges(start, end);
    if (!ranges.length) return null;
    ranges[0].setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
    return ranges[0];
  }
}
