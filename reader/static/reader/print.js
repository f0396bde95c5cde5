// The page for paper: a button, where scripts run.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
