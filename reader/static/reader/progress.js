// How far one has read: a thin line and some words, worked out at most once a frame.
import { percentOf } from "./kept.js";

// From so many minutes on, hours are said.
const LONG = 90;

export class Progress {
  constructor(article, track) {
    this.track = track;
    this.minutes = Number(article.dataset.minutes);
    this.line = new Line(document.querySelector(".progress"));
    this.words = [...document.querySelectorAll(".progress-words")];
    this.listeners = [];
    addEventListener("scroll", () => this.#soon(), { passive: true });
    addEventListener("resize", () => this.#soon());
    this.#soon();
  }

  onMove(listener) { this.listeners.push(listener); }

  get percent() { return percentOf(this.offset, this.track.length); }

  #soon() {
    this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.#look(); });
  }

  #look() {
    const offset = this.track.offsetAt(this.track.line);
    if (offset === this.offset) return;
    this.offset = offset;
    this.line.draw(offset / this.track.length);
    this.#say();
    this.listeners.forEach((listener) => listener(offset));
  }

  // Words are written only when they change.
  #say() {
    const left = Math.round(this.minutes * (1 - this.offset / this.track.length));
    const said = `${this.percent} ${left}`;
    if (said === this.said) return;
    this.said = said;
    for (const element of this.words) {
      const { long, left: some, soon, end } = element.dataset;
      const words = this.percent === 100 ? end : left >= LONG ? long : left ? some : soon;
      const minutes = left >= LONG ? left % 60 : left;
      element.textContent = words.replace("{percent}", this.percent)
        .replace("{hours}", Math.floor(left / 60)).replace("{minutes}", minutes);
    }
  }
}

// A picture, since a style that changes in each frame would have the browser look for every highlight of a note anew.
class Line {
  constructor(canvas) {
    this.canvas = canvas;
    this.share = 0;
    const again = () => this.draw(this.share);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  // Draw the line as long as the part from 0 to 1 that has been read.
  draw(share) {
    this.share = share;
    const { width, height } = this.canvas;
    const brush = this.canvas.getContext("2d");
    brush.clearRect(0, 0, width, height);
    brush.fillStyle = getComputedStyle(this.canvas).color;
    brush.fillRect(0, 0, share * width, height);
  }
}
