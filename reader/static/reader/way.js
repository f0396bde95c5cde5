// Finding one's way in a long text: contents, progress, where one left, and the map of terms.
import { follow } from "./chapters.js";
import { Contents } from "./contents.js";
import { sourceOffset } from "./places.js";
import { Position } from "./position.js";
import { Progress } from "./progress.js";
import { Track } from "./track.js";

// About what a window shows, in characters.
const AROUND = 1500;
const POINTER = matchMedia("(hover: hover)");
const STEADY = 4;
const MOST_FRAMES = 60;

export class Way {
  constructor(article, view, notes, words) {
    follow();
    addEventListener("hashchange", () => { follow(); this.#arrive(true); });
    this.view = view;
    this.track = new Track(article);
    const go = (offset) => this.go(offset);
    this.progress = new Progress(article, this.track);
    this.contents = new Contents(article, this.track, (offset) => this.goToTop(offset));
    this.progress.onMove((offset) => this.contents.mark(offset));
    const bringMap = () => this.#bringMap({ article, notes, words }).catch(() => {});
    bringMap();
    POINTER.addEventListener("change", bringMap);
    this.position = new Position(article, view, this.progress, go);
    addEventListener("wheel", () => { this.journey = null; }, { passive: true });
    addEventListener("touchmove", () => { this.journey = null; }, { passive: true });
  }

  // A picture for the pointer, which phones never ask for.
  async #bringMap(parts) {
    if (!POINTER.matches || this.minimap) return;
    const { Minimap } = await import("./minimap.js");
    const where = (link) => { const found = sourceOffset(link, 0); return found ? this.view.codePoint(found) : null; };
    this.minimap ??= new Minimap({ ...parts, track: this.track, where, go: (offset) => this.goToTop(offset) });
  }

  // Go to the paragraph that the address names, else to where the reader left.
  begin() {
    if (!this.#arrive()) this.position.begin();
  }

  // The browser has been there already, but only about: heights were guessed.
  #arrive(asked = false) {
    const element = /^#b\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (element && (asked || !this.position.acted)) this.goToTop(Number(element.dataset.start));
    return Boolean(element);
  }

  // Bring a place to where it is read.
  go(offset) { this.#travel(offset, () => this.track.scrollFor(offset)); }

  // Bring a place to the top of the window.
  goToTop(offset) {
    const element = this.track.elements[this.track.blockOf(offset)];
    this.#travel(offset, () => element.getBoundingClientRect().top + scrollY - this.track.top - 24);
  }

  // Blocks take their true height only near the window, and ruby comes after that: aim until the place stands still.
  #travel(offset, goal) {
    this.view.prepare(Math.max(0, offset - AROUND), offset + AROUND);
    const journey = { steady: 0, frames: 0 };
    this.journey = journey;
    const step = () => {
      if (this.journey !== journey || journey.steady > STEADY || (journey.frames += 1) > MOST_FRAMES) return;
      const wanted = Math.round(Math.max(0, goal()));
      const before = scrollY;
      if (Math.abs(before - wanted) > 1) scrollTo({ top: wanted, behavior: "instant" });
      journey.steady = Math.abs(scrollY - before) > 1 ? 0 : journey.steady + 1;
      requestAnimationFrame(step);
    };
    // Only when a frame has shown the new heights: where they change while the page scrolls, what is seen jumps.
    requestAnimationFrame(() => requestAnimationFrame(step));
  }
}
