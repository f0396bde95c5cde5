// Tone-marked pinyin in zhuyin (bopomofo): the same rules as zhtext/zhuyin.py; a test holds both against each other.
const INITIALS = {
  zh: "ㄓ", ch: "ㄔ", sh: "ㄕ", b: "ㄅ", p: "ㄆ", m: "ㄇ", f: "ㄈ", d: "ㄉ", t: "ㄊ", n: "ㄋ", l: "ㄌ", g: "ㄍ", k: "ㄎ",
  h: "ㄏ", j: "ㄐ", q: "ㄑ", x: "ㄒ", r: "ㄖ", z: "ㄗ", c: "ㄘ", s: "ㄙ",
};
const FINALS = {
  a: "ㄚ", o: "ㄛ", e: "ㄜ", ê: "ㄝ", ai: "ㄞ", ei: "ㄟ", ao: "ㄠ", ou: "ㄡ", an: "ㄢ", en: "ㄣ", ang: "ㄤ", eng: "ㄥ", er: "ㄦ",
  i: "ㄧ", ia: "ㄧㄚ", io: "ㄧㄛ", ie: "ㄧㄝ", iai: "ㄧㄞ", iao: "ㄧㄠ", iu: "ㄧㄡ", iou: "ㄧㄡ", ian: "ㄧㄢ", in: "ㄧㄣ",
  iang: "ㄧㄤ", ing: "ㄧㄥ", iong: "ㄩㄥ", u: "ㄨ", ua: "ㄨㄚ", uo: "ㄨㄛ", uai: "ㄨㄞ", ui: "ㄨㄟ", uei: "ㄨㄟ", uan: "ㄨㄢ",
  un: "ㄨㄣ", uen: "ㄨㄣ", uang: "ㄨㄤ", ong: "ㄨㄥ", uong: "ㄨㄥ", ueng: "ㄨㄥ", ü: "ㄩ", üe: "ㄩㄝ", üan: "ㄩㄢ", ün: "ㄩㄣ",
};
const MARKS = { "\u0304": "", "\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ" };
const WITHOUT_VOWEL = { m: "ㄇ", n: "ㄣ", ng: "ㄫ", hm: "ㄏㄇ", hng: "ㄏㄫ" };

const kept = new Map();

// Write one syllable as [letters, tone]; the dot of the neutral tone is a tone, too.
export function zhuyin(syllable) {
  if (!kept.has(syllable)) kept.set(syllable, write(syllable));
  return kept.get(syllable);
}

function write(syllable) {
  if (syllable === "r") return ["ㄦ", ""];
  const parts = syllable.toLowerCase().normalize("NFD");
  const mark = parts.match(/[\u0304\u0301\u030c\u0300]/)?.[0];
  const plain = parts.replace(/[\u0304\u0301\u030c\u0300]/g, "").normalize("NFC");
  const letters = WITHOUT_VOWEL[plain] || lettersOf(plain);
  if (!letters || /^[A-Z]+$/.test(syllable)) return [syllable, ""];
  return [letters, mark ? MARKS[mark] : "˙"];
}

function lettersOf(syllable) {
  const initial = syllable.match(/^([zcs]h|[bpmfdtnlgkhjqxrzcs])(?=.)/)?.[0] || "";
  let final = syllable.slice(initial.length);
  if (!initial) final = final.replace(/^yu/, "ü").replace(/^yi?/, "i").replace(/^wu?/, "u");
  if (/^[jqx]$/.test(initial)) final = final.replace(/^u/, "ü");
  if (/^[nl]$/.test(initial)) final = final.replace(/^ue/, "üe");
  if (final === "i" && /^([zcs]h?|r)$/.test(initial)) return INITIALS[initial];
  return FINALS[final] && (INITIALS[initial] || "") + FINALS[final];
}
