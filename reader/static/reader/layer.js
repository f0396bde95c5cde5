// The annotation layer as the server sends it, made ready for the page: the only place that knows how it is written.
// The server's reader/annotation_layer.py says what its parts mean.
const HAN_RUN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;
const SYLLABLE = /^([^\u3005\u3007\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+)(.*)$/u;
const LONGEST_STEP = 25;
const [SMALL_A, LARGE_A] = ["a", "A"].map((letter) => letter.charCodeAt(0));

export function decode(json) {
  return new Layer(json);
}

class Layer {
  constructor({ readings, forms, words, usual, blocks, exceptions, labels }) {
    this.labels = labels;
    this.blocks = blocks.map((letters, number) => ({ letters, exceptions: exceptions[number] }));
    this.listed = words;
    this.readings = new Map();
    for (const group of readings.split(" ")) {
      const [, syllable, characters] = group.match(SYLLABLE) ?? [];
      for (const character of characters ?? "") this.readings.set(character, syllable);
    }
    const [first, ...others] = Object.values(forms).map(pairs);
    this.forms = [first, ...others.map((differing) => new Map([...first, ...differing]))];
    // What a word is wherever it stands; filled as words are met.
    this.usual = new Map(words.slice(0, usual).map((entry) => [entry[0], this.#complete(entry)]));
    this.unusual = new Map();
  }

  // Cut the text of a block into its tokens: {start, end, word}, the word null for what is none, else
  // [text, reading, first form, second form, third form, readings of forms that are other words].
  tokens({ letters, exceptions = [] }, text) {
    const unusual = new Map();
    for (let at = 0; at < exceptions.length; at += 2) unusual.set(exceptions[at], exceptions[at + 1]);
    const tokens = [];
    let start = 0;
    let end = 0;
    for (let at = 0; at < letters.length; at += 1) {
      const code = letters.charCodeAt(at);
      const isWord = code >= SMALL_A;
      const step = code - (isWord ? SMALL_A : LARGE_A);
      end += Math.min(step + 1, LONGEST_STEP);
      if (step === LONGEST_STEP) continue;
      const place = unusual.get(tokens.length);
      const word = isWord ? this.#word(text.slice(start, end), place) : null;
      tokens.push({ start, end, word });
      start = end;
    }
    return tokens;
  }

  #word(text, place) {
    if (place !== undefined) {
      if (!this.unusual.has(place)) this.unusual.set(place, this.#complete(this.listed[place]));
      return this.unusual.get(place);
    }
    if (!this.usual.has(text)) this.usual.set(text, this.#complete([text, 0, 0, 0, 0]));
    return this.usual.get(text);
  }

  // Put in what the characters tell.
  #complete([text, reading, ...rest]) {
    // A word may have nothing left to show: the form of a longer stretch stands in the word before it.
    const forms = this.forms.map((form, at) => (rest[at] === 0 ? this.#write(text, form) : rest[at]));
    return [text, reading || this.#read(text), ...forms, rest[this.forms.length]];
  }

  #read(text) {
    const runs = [...text.matchAll(HAN_RUN)];
    return runs.map(([run]) => [...run].map((one) => this.readings.get(one) ?? "").join(" ")).join("|");
  }

  #write(text, form) {
    return [...text].map((one) => form.get(one) ?? one).join("");
  }
}

function pairs(text) {
  const characters = [...text];
  const found = new Map();
  for (let at = 0; at < characters.length; at += 2) found.set(characters[at], characters[at + 1]);
  return found;
}
