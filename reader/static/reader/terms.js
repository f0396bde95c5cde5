// The panel of the text's terms: the page that lists them, laid over the text, sorted at once.
const ORDERS = {
  pinyin: (a, b) => a.dataset.at - b.dataset.at,
  mention: (a, b) => a.dataset.mentioned - b.dataset.mentioned,
  frequency: (a, b) => b.dataset.count - a.dataset.count || a.dataset.mentioned - b.dataset.mentioned,
};

export class Terms {
  constructor(tool, { script, onJump }) {
    Object.assign(this, { tool, script, onJump });
    this.dialog = document.querySelector(".terms-panel");
    this.body = this.dialog.querySelector(".terms-body");
    this.dialog.addEventListener("click", (event) => this.#press(event));
  }

  async open() {
    this.dialog.showModal();
    const wanted = this.script();
    if (this.shown === wanted) return;
    this.body.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(`${this.tool.href}?script=${wanted}`);
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.body.replaceChildren(page.querySelector(".term-list"));
      this.#rows().forEach((row, at) => { row.dataset.at = at; });
      this.shown = wanted;
    } catch {
      const error = document.querySelector("#card-error").content.firstElementChild.cloneNode(true);
      error.querySelector("span").textContent = error.dataset[navigator.onLine ? "failed" : "offline"];
      this.body.replaceChildren(error);
    }
    this.body.removeAttribute("aria-busy");
  }

  #rows() { return [...this.body.querySelectorAll(".term-row")]; }

  #press(event) {
    if (event.target === this.dialog || event.target.closest("[data-close]")) { this.dialog.close(); return; }
    if (event.target.closest("[data-card-retry]")) { this.dialog.close(); this.open(); return; }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const order = event.target.closest("[data-order]");
    const row = event.target.closest(".term-row");
    const jump = event.target.closest("a[data-at]");
    if (order) this.#sort(order);
    else if (jump || event.target.closest(".term-word")) {
      this.dialog.close();
      this.onJump(row.dataset.concept, Number(jump?.dataset.at || 0), !jump);
    } else return;
    event.preventDefault();
  }

  #sort(order) {
    this.dialog.querySelector("[data-order][aria-current]")?.removeAttribute("aria-current");
    order.setAttribute("aria-current", "true");
    this.body.querySelector(".term-rows").append(...this.#rows().sort(ORDERS[order.dataset.order]));
    this.body.scrollTop = 0;
  }
}
