// On every page: put the reader's name where "Account" stands. Pages themselves are the same for all.
const link = document.querySelector("[data-account]");

export async function whoReads() {
  const response = await fetch(link.dataset.account, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : { name: null };
}

export function showName(name) {
  // Where a reader was in this tab is nothing to the next one; a guest who signs in takes it along.
  const before = sessionStorage.getItem("reader");
  if (before && before !== name) {
    Object.keys(sessionStorage).filter((key) => key.startsWith("place:")).forEach((key) => sessionStorage.removeItem(key));
  }
  sessionStorage.setItem("reader", name || "");
  if (name) link.textContent = name;
}

if (link && !document.querySelector("article.text")) {
  whoReads().then((me) => showName(me.name)).catch(() => {});
}

document.addEventListener("keydown", (event) => {
  if (event.code !== "Slash" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("input[type=search]");
  event.preventDefault();
  if (field) field.focus();
  else location.assign("/look-up/");
});
