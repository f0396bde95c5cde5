// The words this reader knows, kept in this browser. Who changes them is heard by "known" events on the document.
const NAME = "known";
let words = read();

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) || "[]");
    return new Set(Array.isArray(kept) ? kept.filter((word) => typeof word === "string") : []);
  } catch {
    // Storage may be forbidden, or hold what somebody else wrote.
    return new Set();
  }
}

export const isKnown = (text) => words.has(text);

export function setKnown(text, known) {
  if (words.has(text) === known) return;
  if (known) words.add(text); else words.delete(text);
  try { localStorage.setItem(NAME, JSON.stringify([...words])); } catch { /* Known until the page is left. */ }
  tell();
}

const tell = () => document.dispatchEvent(new CustomEvent("known"));

addEventListener("storage", (event) => {
  if (event.key !== NAME) return;
  words = read();
  tell();
});
