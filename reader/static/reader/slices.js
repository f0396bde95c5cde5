// Work in small slices: what is in sight with the next frame, the rest when the browser has nothing better to do; and
// nothing at all while the page flies by, for nobody reads then.
const IN_SIGHT = 4;
const AHEAD = 4;
// So many characters with ruby can be laid out in one frame, on a slow machine too.
const MOST_CHARACTERS = 160;
// Idle time may never come while something moves; then a little is done all the same.
const PATIENCE = 120;
// Pixels in a millisecond, and how long the page counts as flying after that.
const FAST = 2.5;
const AFTER = 220;

const whenIdle = window.requestIdleCallback
  ? (work) => requestIdleCallback((deadline) => work(Math.max(deadline.timeRemaining() - 2, 1)), { timeout: PATIENCE })
  : (work) => setTimeout(() => work(AHEAD), 16);

export class Slices {
  // `next` does one piece of work and gives the characters to be laid out for it, null where nothing is left to do;
  // `urgent` tells whether the next piece is in sight.
  constructor({ next, urgent }) {
    Object.assign(this, { next, urgent, waiting: "", flies: 0, last: { top: scrollY, time: 0 } });
    addEventListener("scroll", () => this.#watch(), { passive: true });
  }

  #watch() {
    const [top, time] = [scrollY, performance.now()];
    if (Math.abs(top - this.last.top) > FAST * Math.min(time - this.last.time, 100)) this.#fly();
    this.last = { top, time };
  }

  #fly() {
    clearTimeout(this.flies);
    this.flies = setTimeout(() => { this.flies = 0; this.wake(); }, AFTER);
  }

  wake() {
    if (this.flies) return;
    const urgent = this.urgent();
    if (this.waiting === "frame" || (this.waiting && !urgent)) return;
    const ticket = {};
    this.ticket = ticket;
    this.waiting = urgent ? "frame" : "idle";
    // A more urgent call may have taken over.
    const slice = (most) => { if (this.ticket === ticket) this.#work(most); };
    if (urgent) requestAnimationFrame(() => slice(IN_SIGHT)); else whenIdle((time) => slice(Math.min(time, AHEAD)));
  }

  #work(most) {
    this.waiting = "";
    if (this.flies) return;
    const stop = performance.now() + most;
    let characters = 0;
    for (let done = this.next(); done !== null; done = this.next()) {
      characters += done;
      if (performance.now() >= stop || characters >= MOST_CHARACTERS) { this.wake(); return; }
    }
  }
}
