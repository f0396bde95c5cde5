// Keys for those who decide: J and K go from one to the next, A, R, M and U press what stands in it. Without this
// every button is there all the same.
const AT = "review-at";
const FIELDS = "input, textarea, select, [contenteditable]";

const rows = [...document.querySelectorAll("[data-row]")];

function current() {
  return rows.indexOf(document.activeElement?.closest("[data-row]"));
}

function choose(at) {
  const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

// Go into the field that belongs to a key; where something is typed in it already, press its button.
function fill(field) {
  if (field.value.trim() && field.dataset.keyField === "r") field.form.requestSubmit();
  else { field.focus(); field.select(); }
}

function press(key) {
  const at = current();
  const field = rows[at]?.querySelector(`[data-key-field="${key}"]`);
  const button = rows[at]?.querySelector(`[data-key="${key}"]`);
  if (field) fill(field);
  else if (button) button.click();
  return Boolean(field || button);
}

const actions = {
  j: () => { choose(current() + 1); return true; },
  k: () => { choose(current() - 1); return true; },
  a: () => press("a"),
  r: () => press("r"),
  m: () => press("m"),
  u: () => { const undo = document.querySelector('.messages [data-key="u"]'); undo?.click(); return Boolean(undo); },
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const inField = event.target.closest(FIELDS);
  if (inField && event.key === "Escape") inField.closest("[data-row]")?.focus();
  if (inField || event.repeat) return;
  if (actions[event.key]?.()) event.preventDefault();
});

// After a decision the next one stands where the last one stood.
document.addEventListener("submit", (event) => {
  const at = rows.indexOf(event.target.closest("[data-row]"));
  if (at >= 0) sessionStorage.setItem(AT, at);
});

const at = sessionStorage.getItem(AT);
sessionStorage.removeItem(AT);
const wrong = document.querySelector("[data-row] [role=alert]");
if (wrong) choose(rows.indexOf(wrong.closest("[data-row]")));
else if (at !== null && rows.length) choose(Number(at));
