// The places of a concept in the text: which one this is, the next one and the one before, all of them marked.
import { bringIntoSight } from "./placing.js";

const LATER = 80;

export class Occurrences {
  constructor(view, store) {
    Object.assign(this, { view, store, key: null, at: -1 });
    view.onShown(() => this.#soon());
    addEventListener("scrollend", () => this.#soon());
  }

  get spans() { return this.store.places.get(this.key) || []; }
  get count() { return this.spans.length; }

  // Look at a concept from a place of the text: the occurrence there, else the last one before it.
  choose(key, codePoint) {
    this.key = key;
    this.here = null;
    this.unmarked = false;
    const after = this.spans.findIndex(([, end]) => end > codePoint);
    this.at = after < 0 ? this.count - 1 : after;
    this.isThere = this.spans[this.at]?.[0] <= codePoint && after >= 0;
    if (!this.isThere && after >= 0) this.at -= 1;
    this.#soon();
  }

  // Go on to another place, round the end of the text; gives {passage, start, end, range}.
  go(at) {
    const { count } = this;
    if (!count) return null;
    this.at = (at + count) % count;
    this.unmarked = false;
    this.isThere = true;
    const [start, end] = this.spans[this.at];
    const [found] = this.view.between(start, end);
    const range = () => found.passage.range(found.start, found.end);
    this.#soon();
    return { ...found, range };
  }

  async show(place, sheet) {
    await bringIntoSight(place.range, sheet);
    this.draw(place);
  }

  // Take the marks away; the keys go on from here all the same.
  unmark() {
    this.unmarked = true;
    this.#soon();
  }

  // The marks come after the card: that is what one waits for.
  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), LATER);
  }

  // Mark the places near the window; a browser that cannot marks the link of the one that is meant.
  draw(here = this.here) {
    this.here = this.unmarked ? null : here;
    document.querySelector(".term.here")?.classList.remove("here");
    if (!window.CSS.highlights) { linkAt(this.here)?.classList.add("here"); return; }
    const near = (this.unmarked ? [] : this.spans).flatMap(([start, end]) => this.view.between(start, end)).filter(({ passage }) => passage.near);
    CSS.highlights.set("concept", new Highlight(...near.flatMap(({ passage, start, end }) => passage.ranges(start, end))));
    const ranges = this.here ? this.here.passage.ranges(this.here.start, this.here.end) : [];
    const strong = new Highlight(...ranges);
    strong.priority = 1;
    CSS.highlights.set("occurrence", strong);
  }
}

// The link in which a place of the text stands.
export const linkAt = (place) => place?.range()?.startContainer.parentElement?.closest("a.term");
