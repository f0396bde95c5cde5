// The line at the foot of the window that says what has been done, and takes it back.
const SHORT = 3000;
const LONG = 10000;

export class Toast {
  constructor() {
    this.element = document.querySelector(".toast");
    this.text = this.element.querySelector(".toast-text");
    this.button = this.element.querySelector("[data-undo]");
    this.button.addEventListener("click", () => { this.element.hidden = true; this.undo?.(); });
  }

  // Say one of the sentences that the page brings along; with a way back, it stays longer.
  say(what, undo = null, values = {}) {
    this.text.textContent = this.text.dataset[what].replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
    this.undo = undo;
    this.button.hidden = !undo;
    this.element.hidden = false;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => { this.element.hidden = true; }, undo ? LONG : SHORT);
  }
}
