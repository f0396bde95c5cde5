// A strip at the window's edge that shows where notes, and the terms of the concept looked at, stand along the text.
// It is a picture for the pointer; the card's list of places says the same to everybody else.
const SHAPES = "http://www.w3.org/2000/svg";
const ROOM = matchMedia("(width > 60rem) and (hover: hover)");
const NEAR = 8;

export class Minimap {
  // `where` tells at which code point a link of the text begins; `go` brings a place to the top of the window.
  constructor({ article, notes, words, track, where, go }) {
    Object.assign(this, { article, notes, words, track, where, go });
    this.card = document.querySelector(".card");
    this.strip = document.createElement("div");
    this.strip.className = "minimap";
    this.strip.setAttribute("aria-hidden", "true");
    this.strip.hidden = true;
    document.body.append(this.strip);
    this.strip.addEventListener("click", (event) => this.#jump(event));
    // A press beside the card closes it; with it the marks would go before they are reached.
    this.strip.addEventListener("pointerdown", (event) => event.stopPropagation());
    new MutationObserver(() => this.draw()).observe(this.card, { attributeFilter: ["hidden"] });
    notes.onChange(() => this.draw());
    ROOM.addEventListener("change", () => this.draw());
    this.draw();
  }

  draw() {
    const terms = ROOM.matches ? this.#terms() : [];
    const noted = ROOM.matches ? this.notes.placed.map((note) => note.start) : [];
    this.marks = [...terms, ...noted];
    this.strip.hidden = !this.marks.length;
    if (!this.marks.length) return;
    const picture = document.createElementNS(SHAPES, "svg");
    picture.setAttribute("viewBox", "0 0 10 1000");
    picture.setAttribute("preserveAspectRatio", "none");
    picture.append(this.#lines(noted, "minimap-note"), this.#lines(terms, "minimap-term"));
    this.strip.replaceChildren(picture);
  }

  // The places of the concept whose card is open: all links to it in the text.
  #terms() {
    const { current } = this.words;
    if (this.card.hidden || !current) return [];
    const [place] = current.passage.ranges(current.token.start, current.token.end);
    const link = place?.startContainer.parentElement.closest("a.term");
    if (!link) return [];
    const links = [...this.article.querySelectorAll(`.blocks a.term[href="${CSS.escape(link.getAttribute("href"))}"]`)];
    return links.map((one) => this.where(one)).filter((offset) => offset !== null);
  }

  #lines(offsets, name) {
    const path = document.createElementNS(SHAPES, "path");
    path.setAttribute("class", name);
    path.setAttribute("vector-effect", "non-scaling-stroke");
    const lines = new Set(offsets.map((offset) => `M0 ${Math.round(this.#share(offset) * 1000)}h10`));
    path.setAttribute("d", [...lines].join(""));
    return path;
  }

  // On the page of a chapter the strip is the chapter.
  #share(offset) {
    const first = this.track.starts[0] ?? 0;
    return (offset - first) / Math.max(1, this.track.end - first);
  }

  // Go to the mark that was clicked.
  #jump(event) {
    const box = this.strip.getBoundingClientRect();
    const away = (offset) => Math.abs(this.#share(offset) * box.height - (event.clientY - box.top));
    const [nearest] = this.marks.filter((offset) => away(offset) <= NEAR).sort((a, b) => away(a) - away(b));
    if (nearest !== undefined) this.go(nearest);
  }
}
