// The table of contents: beside the text on a wide screen, in a sheet elsewhere; the section one reads is marked.
const WIDE = matchMedia("(width > 75rem)");
const CLOSED = "contents-closed";

export class Contents {
  constructor(article, track, go) {
    this.details = article.querySelector(".contents");
    this.sheet = document.querySelector(".contents-sheet");
    if (!this.details) return;
    this.track = track;
    this.list = this.details.querySelector("ol");
    this.links = [...this.list.querySelectorAll("a[href*='#b']")];
    this.starts = this.links.map((link) => Number(link.dataset.start));
    WIDE.addEventListener("change", () => this.#fit());
    this.details.querySelector("summary").addEventListener("click", () => {
      if (WIDE.matches) localStorage.setItem(CLOSED, this.details.open ? "1" : "");
    });
    this.list.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#b']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.sheet.close();
      history.pushState(null, "", link.hash);
      go(Number(link.dataset.start));
    });
    this.sheet.addEventListener("close", () => this.details.append(this.list));
    this.sheet.addEventListener("click", (event) => {
      if (event.target === this.sheet || event.target.closest("[data-contents-close]")) this.sheet.close();
    });
    this.#fit();
  }

  #fit() {
    if (this.sheet.open) this.sheet.close();
    this.details.open = WIDE.matches && !localStorage.getItem(CLOSED);
  }

  // Open the contents, with the section one reads in focus.
  open() {
    if (!this.details) return;
    if (WIDE.matches) this.details.open = true;
    else {
      this.sheet.querySelector(".contents-place").append(this.list);
      this.sheet.showModal();
    }
    const link = this.links[this.at] || this.links[0];
    link.focus({ preventScroll: true });
    this.#bringIntoSight(link);
  }

  // Mark the section that holds a place of the text.
  mark(offset) {
    if (!this.details) return;
    const at = this.starts.findLastIndex((start) => start <= offset);
    if (at === this.at) return;
    this.links[this.at]?.removeAttribute("aria-current");
    this.links[at]?.setAttribute("aria-current", "location");
    this.at = at;
    if (this.links[at]) this.#bringIntoSight(this.links[at]);
  }

  // Scrolls the list only, never the page.
  #bringIntoSight(link) {
    const around = this.sheet.open ? this.sheet : this.details;
    const [box, frame] = [link.getBoundingClientRect(), around.getBoundingClientRect()];
    if (box.top < frame.top + 40) around.scrollTop -= frame.top + 40 - box.top;
    else if (box.bottom > frame.bottom - 40) around.scrollTop += box.bottom - frame.bottom + 40;
  }
}
