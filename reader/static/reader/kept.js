// What this browser keeps of where its reader is.
export const KEPT = "reading";

export function read(storage, key) {
  try { return JSON.parse(storage.getItem(key)); } catch { return null; }
}

// 100 only at the very end.
export const percentOf = (offset, length) => Math.floor((offset * 100) / length);
