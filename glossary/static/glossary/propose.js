// While a term is typed, show what the house would write for its reading and traditional forms, English names to choose
// from, and what the term would do to the texts. Proposals stand greyed in the empty fields; nothing is saved unasked.
const FIELDS = ["reading", "hant", "hant_tw", "hant_hk"];
const ROW = "tr, [data-term-row]";

function field(row, name) {
  return row.querySelector(`[data-propose="${name}"]`);
}

function line(row, name) {
  let found = row.querySelector(`.${name}`);
  if (!found) {
    found = document.createElement("p");
    found.className = name;
    field(row, "text").after(found);
  }
  return found;
}

async function propose(row) {
  const text = field(row, "text").value.trim();
  if (!text) return;
  const concept = row.closest("[data-concept]")?.dataset.concept || "";
  const response = await fetch(`/glossary/propose.json?${new URLSearchParams({ text, concept })}`);
  if (!response.ok || field(row, "text").value.trim() !== text) return;
  const proposal = await response.json();
  if (/[\u3400-\u9fff]/.test(text)) {
    for (const name of FIELDS) field(row, name).placeholder = proposal[name];
    offer(row, proposal.glosses);
  }
  line(row, "proposed-effects").textContent = proposal.effects.join(" · ");
}

// English names that were found stand beside the English term, as buttons that fill it.
function offer(row, glosses) {
  const rows = [...(row.closest("form")?.querySelectorAll("[data-term-row]") || [])];
  const english = rows.find((other) => field(other, "language").value === "en" && !field(other, "text").value);
  if (!english || !glosses.length) return;
  const chips = glosses.map((gloss) => Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: gloss }));
  for (const chip of chips) chip.dataset.fill = chip.textContent;
  const place = english.querySelector(".proposed") || line(english, "proposed");
  place.replaceChildren(...chips);
}

let waiting;
document.addEventListener("input", (event) => {
  if (event.target.dataset.propose !== "text") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => propose(event.target.closest(ROW)), 250);
});

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fill]");
  if (!chip) return;
  const text = field(chip.closest(ROW), "text");
  text.value = chip.dataset.fill;
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

// Arrow right at the end of an empty field takes its proposal over, as an editor's completion does.
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key !== "ArrowRight" || !FIELDS.includes(target.dataset?.propose) || target.value) return;
  target.value = target.placeholder;
});
