// While a file is checked or brought in: show how far it is, and the report as soon as it is there.
const PAUSE = 700;
const box = document.querySelector("[data-import]");

async function look() {
  const response = await fetch(box.dataset.import, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  const { label, percent, total, settled } = await response.json();
  if (settled) {
    location.reload();
    return;
  }
  box.querySelector("[data-label]").textContent = label;
  if (total) {
    box.querySelector("progress").value = percent;
    box.querySelector("[data-percent]").textContent = `${percent} %`;
  }
  setTimeout(watch, PAUSE);
}

// A network that is gone for a moment comes back: then ask again, with more patience.
function watch() {
  look().catch(() => setTimeout(watch, 5 * PAUSE));
}

if (box) watch();
