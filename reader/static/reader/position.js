// Where the reader is: kept in this tab, for guests in this browser, for others on the server; and the way back there.
import { isHere, leave } from "./chapters.js";
import { KEPT, percentOf, read } from "./kept.js";

const PATIENCE = 15000;
const QUOTE = 24;
const MOST = 100;

export class Position {
  constructor(article, view, progress, go) {
    Object.assign(this, { article, view, progress, go });
    this.slug = article.dataset.slug;
    this.revision = Number(article.dataset.revision);
    this.toast = document.querySelector(".resume");
    this.heard = 0;
    // Until the reader has moved, what was kept stands.
    this.settled = false;
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(type, () => { this.acted = true; }, { passive: true, once: true });
    }
    this.toast.querySelector("[data-resume]").addEventListener("click", () => this.#accept());
    this.toast.querySelector("[data-resume-not]").addEventListener("click", () => this.#settle());
    progress.onMove((offset) => this.#move(offset));
    addEventListener("pagehide", () => this.#flush());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.#flush(); });
    // Read now, before anything is kept anew.
    const own = read(sessionStorage, `place:${this.slug}`);
    this.guests = (read(localStorage, KEPT) || {})[this.slug];
    this.came = this.#cameForAPlace() || !own || !isHere(own.offset) ? null : own;
  }

  // In the same tab, go on at once where the reader left.
  begin() {
    if (this.came && !this.acted) this.#goBack(this.came);
  }

  #cameForAPlace() {
    const address = new URLSearchParams(location.search);
    return location.hash === "#resume" || /^#b\d/.test(location.hash) || address.has("note") || address.has("attach");
  }

  // Go on where the reader left: at once in the same tab, or where they asked for it, else when they say so.
  resume(me, kept) {
    this.me = me;
    const elsewhere = me.name ? kept : this.guests;
    if (location.hash === "#resume") {
      history.replaceState(history.state, "", location.pathname + location.search);
      const latest = elsewhere || read(sessionStorage, `place:${this.slug}`);
      if (latest) this.#goBack(latest);
      return;
    }
    if (!elsewhere || this.#cameForAPlace()) return;
    const percent = percentOf(elsewhere.offset, elsewhere.length);
    const isNews = !this.came || (elsewhere.when > this.came.when + PATIENCE && elsewhere.offset !== this.came.offset);
    if (isNews && percent > 0 && percent < 100 && percent !== this.progress.percent) this.#offer(elsewhere, percent);
  }

  #offer(place, percent) {
    const words = this.toast.querySelector(".resume-words");
    words.textContent = words.dataset.words.replace("{percent}", percent);
    this.offered = place;
    this.from = scrollY;
    this.toast.hidden = false;
  }

  #accept() {
    const { offered } = this;
    this.#settle();
    this.acted = false;
    this.#goBack(offered);
    this.article.focus({ preventScroll: true });
  }

  #goBack(place) {
    const offset = this.#placeNow(place);
    if (!isHere(offset)) { leave(offset, "#resume"); return; }
    this.settled = true;
    this.go(offset);
  }

  #settle() {
    this.toast.hidden = true;
    this.offered = null;
    this.settled = true;
  }

  // A place in an older text is found again by its words, else by its share.
  #placeNow({ revision, offset, length, quote }) {
    if (revision === this.revision) return offset;
    const guess = Math.round((offset / length) * this.progress.track.length);
    let best = null;
    for (const passage of quote ? this.view.passages : []) {
      const at = passage.text.indexOf(quote);
      const found = at < 0 ? null : this.view.codePoint({ passage, offset: at });
      if (found !== null && (best === null || Math.abs(found - guess) < Math.abs(best - guess))) best = found;
    }
    return best ?? guess;
  }

  #move(offset) {
    // Who reads on for a whole window has answered by that.
    if (this.offered && Math.abs(scrollY - this.from) > innerHeight) this.#settle();
    if (!this.settled && this.acted && !this.offered) this.settled = true;
    if (!this.settled) return;
    this.offset = offset;
    this.keeping ||= setTimeout(() => { this.keeping = 0; this.#keep(); }, 1000);
  }

  #keep() {
    if (this.offset === undefined || this.offset === this.kept) return;
    this.kept = this.offset;
    const place = this.#record();
    try {
      sessionStorage.setItem(`place:${this.slug}`, JSON.stringify(place));
      if (this.me && !this.me.name) keepInBrowser(this.slug, place);
    } catch {
      // A browser without room or leave to store keeps no place; reading goes on.
    }
    if (Date.now() - this.heard > PATIENCE) this.#tell();
  }

  #record() {
    const [here] = this.view.between(this.offset, this.offset + QUOTE);
    const quote = here ? here.passage.text.slice(here.start, here.end) : "";
    const { length } = this.progress.track;
    return { revision: this.revision, offset: this.offset, length, quote, when: Date.now() };
  }

  // A beacon arrives even when the page goes; its token travels in the body.
  #tell() {
    if (!this.me?.name || this.told === this.offset) return;
    this.heard = Date.now();
    this.told = this.offset;
    const { revision, offset } = this;
    const body = new URLSearchParams({ revision, offset, csrfmiddlewaretoken: this.me.token });
    navigator.sendBeacon(this.article.dataset.position, body);
  }

  #flush() {
    clearTimeout(this.keeping);
    this.keeping = 0;
    this.#keep();
    if (this.offset !== undefined) this.#tell();
  }
}

// Only the texts read last are kept.
function keepInBrowser(slug, place) {
  const kept = { ...read(localStorage, KEPT), [slug]: place };
  const latest = Object.entries(kept).sort(([, one], [, other]) => other.when - one.when).slice(0, MOST);
  localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(latest)));
}
