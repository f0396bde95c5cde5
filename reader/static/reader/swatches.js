// The colours of notes, and the one used last.
const LAST = "note-colour";
export const COLOURS = ["yellow", "green", "blue", "red", "violet"];

export function lastColour() {
  const kept = localStorage.getItem(LAST);
  return COLOURS.includes(kept) ? kept : COLOURS[0];
}

export function choose(colour) { localStorage.setItem(LAST, colour); }
