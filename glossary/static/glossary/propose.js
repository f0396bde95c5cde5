// In the admin: while a term is typed, show what the house would write for its reading and traditional forms.
// Proposals stand greyed in the empty fields; the button beside them takes one over. Nothing is saved unasked.
const FIELDS = ["reading", "hant", "hant_tw", "hant_hk"];

function field(row, name) {
  return row.querySelector(`[data-propose="${name}"]`);
}

async function propose(row) {
  const text = field(row, "text").value.trim();
  if (!text || !/[\u3400-\u9fff]/.test(text)) return;
  const response = await fetch(`/glossary/propose.json?text=${encodeURIComponent(text)}`);
  if (!response.ok || field(row, "text").value.trim() !== text) return;
  const proposal = await response.json();
  for (const name of FIELDS) field(row, name).placeholder = proposal[name];
  let count = row.querySelector(".proposed-count");
  if (!count) {
    count = document.createElement("p");
    count.className = "proposed-count";
    field(row, "text").after(count);
  }
  count.textContent = `× ${proposal.occurrences} / ${proposal.documents}`;
}

let waiting;
document.addEventListener("input", (event) => {
  if (event.target.dataset.propose !== "text") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => propose(event.target.closest("tr")), 250);
});

// Arrow right at the end of an empty field takes its proposal over, as an editor's completion does.
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key !== "ArrowRight" || !FIELDS.includes(target.dataset?.propose) || target.value) return;
  target.value = target.placeholder;
});
