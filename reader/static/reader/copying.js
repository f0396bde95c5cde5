// A button beside an address copies it; without a script the address can be selected and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-copy-field]")) event.target.select();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  } catch {
    // The browser lets no script copy, as on an address without https: it is selected, so that a key copies it.
    field.focus();
  }
});
