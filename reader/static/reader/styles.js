// The two ways in which blocks are shown in a view: with ruby, and for those far away without.
export function stylesOf({ script, pinyin, reading, tones, quotes = "auto" }, { source, zhuyin, changes }) {
  const marks = quotes !== "auto" ? quotes : script === source ? "" : script === "hans" ? "curly" : "corner";
  const far = { key: `${script} ${marks}`, script, quotes: marks, ruby: null };
  far.plain = script === source && !marks;
  if (!pinyin || pinyin === "off") return { near: far, far };
  const unknown = pinyin === "unknown";
  const ruby = { unknown, zhuyin: reading === "zhuyin" && zhuyin, tones: Boolean(tones) && tones !== "none" };
  const key = `${far.key} ${reading} ${ruby.tones} ${unknown ? changes : ""}`;
  return { near: { ...far, key, ruby, plain: false }, far };
}
