// Ruby: a word with its reading above it. The element holds the whole word, so that it is read aloud as one.
const VOWEL = /^[aāáǎàoōóǒòeēéěè]/;
const TONES = { "\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4 };
const tones = new Map();

// The syllables of a word as they are written in one: with the apostrophe before a, o, e.
const parts = (syllables) => syllables.map((syllable, at) => (at && VOWEL.test(syllable) ? "'" : "") + syllable);

export function toneOf(syllable) {
  if (!tones.has(syllable)) {
    const mark = syllable.normalize("NFD").match(/[\u0304\u0301\u030c\u0300]/)?.[0];
    tones.set(syllable, mark ? TONES[mark] : 5);
  }
  return tones.get(syllable);
}

// Make the ruby of a run of Han characters; `base` and `above` make the text nodes that know their places.
export function makeRuby(run, reading, style, base, above) {
  const element = document.createElement("ruby");
  const syllables = reading.split(" ");
  if (style.zhuyin) {
    let at = 0;
    for (const character of run) {
      element.append(base(character, at), zhuyinOf(syllables.shift() || "", style, above));
      at += character.length;
    }
    return element;
  }
  const text = document.createElement("rt");
  if (style.tones) text.append(...parts(syllables).map((part, at) => inTone(above(part), syllables[at])));
  else text.append(above(parts(syllables).join("")));
  element.append(base(run, 0), text);
  return element;
}

function inTone(node, syllable) {
  const span = document.createElement("span");
  span.className = `tone-${toneOf(syllable)}`;
  span.append(node);
  return span;
}

// The letters stand in a column; the tone has an element of its own, to stand beside it, or above it where it is a dot.
function zhuyinOf(syllable, style, above) {
  const text = document.createElement("rt");
  if (!syllable) return text;
  const [letters, tone] = style.zhuyin(syllable);
  const mark = tone && document.createElement("i");
  if (mark) mark.append(above(tone));
  text.append(...(tone === "˙" ? [mark, above(letters)] : [above(letters), ...(mark ? [mark] : [])]));
  if (style.tones) text.className = `tone-${toneOf(syllable)}`;
  if (tone === "˙") mark.className = "dot"; else if (mark) text.classList.add("toned");
  return text;
}
