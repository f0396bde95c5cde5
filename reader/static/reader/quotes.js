// Quotation marks as each script has them: “ ” ‘ ’ or 「 」 『 』, one character for one, so that offsets hold.
const CORNER = { "“": "「", "”": "」", "‘": "『", "’": "』" };
const CURLY = Object.fromEntries(Object.entries(CORNER).map(([curly, corner]) => [corner, curly]));
const LETTER = /[A-Za-z0-9\u00c0-\u024f]/u;

// Set the quotation marks of a text as corner brackets or as curly marks; as they are written where neither is said.
export function setQuotes(text, style) {
  if (style === "curly") return text.replace(/[「」『』]/g, (mark) => CURLY[mark]);
  if (style !== "corner") return text;
  let open = 0;
  return text.replace(/[“”‘’]/g, (mark, at) => {
    if (mark === "‘") open += 1;
    // An apostrophe is no quotation mark: it stands between letters, or closes nothing.
    if (mark === "’") {
      if (!open || (LETTER.test(text[at - 1] || "") && LETTER.test(text[at + 1] || ""))) return mark;
      open -= 1;
    }
    return CORNER[mark];
  });
}
