// Slips beside their passages, on a wide screen: only those near the window exist, each at the height of its passage,
// pushed down where another is in its way; where too many crowd, those behind are gathered in one row.
const GAP = 12;
// So far below its passage a note may be pushed by others.
const PUSHED = 220;
// How high a slip is before anybody has seen it, and a row of those that found no room.
const ABOUT = 110;
const FOLDED = 34;
// So many slips are made in one go, and how long after that come the next.
const MOST = 5;
const NEXT = 24;
// While the page is scrolled the slips are put in order so often at most, in milliseconds.
const PAUSE = 120;

export class Beside {
  constructor(margin) {
    Object.assign(this, { margin, notes: margin.notes, view: margin.view, list: margin.list, heights: new Map(), offsets: new WeakMap() });
    this.view.onShown(() => this.soon());
    this.view.onNear(() => this.soon());
    // Only what moves by more than the notes that are ready asks for others.
    addEventListener("scroll", () => { if (Math.abs(scrollY - this.arranged) > innerHeight / 4) this.soon(); }, { passive: true });
    addEventListener("resize", () => { this.forget(); this.soon(); });
  }

  // Forget what was measured.
  forget() {
    this.offsets = new WeakMap();
    this.heights.clear();
  }

  soon(pause = PAUSE) {
    if (!this.margin.isWide || !this.margin.shown?.length) return;
    if (pause < PAUSE) clearTimeout(this.timer);
    if (pause < PAUSE || !this.timer) this.timer = setTimeout(() => this.#arrange(), pause);
  }

  // Geometry is asked for when a frame has been painted, so that nothing is laid out for it alone; what has just been
  // made is measured after the next one.
  #arrange() {
    clearTimeout(this.timer);
    this.timer = 0;
    // Nobody reads while the page flies by.
    if (this.view.flies) { this.soon(); return; }
    const origin = this.margin.element.getBoundingClientRect().top;
    this.arranged = scrollY;
    this.origin = origin + scrollY;
    const rows = this.#fold(this.#near(origin));
    for (const row of rows) if (!row.more) row.top = row.block + this.#offset(row.passage, row.note);
    const slips = this.#ready(rows);
    const isThere = new Set(slips);
    for (const element of [...this.list.children]) if (!isThere.has(element) && !element.matches(".margin-empty")) element.remove();
    // In the order of the text, for those who go from one to the next by Tab.
    slips.forEach((element, at) => { if (this.list.children[at] !== element) this.list.insertBefore(element, this.list.children[at] || null); });
    for (const { note, more } of rows) this.#dress(this.margin.slips.get(note.uuid), more);
    this.#stand(rows);
    this.margin.focusWanted();
    if (rows.some((row) => this.#isNew(row))) requestAnimationFrame(() => setTimeout(() => this.#measure(rows)));
  }

  #isNew({ note, more }) { return !more && !this.heights.has(note.uuid); }

  #measure(rows) {
    if (!this.margin.isWide) return;
    for (const row of rows.filter((one) => this.#isNew(one))) {
      const element = this.margin.slips.get(row.note.uuid);
      if (element?.isConnected && !element.matches(".folded")) this.heights.set(row.note.uuid, element.offsetHeight);
    }
    this.#stand(rows);
  }

  #stand(rows) {
    let free = -Infinity;
    for (const { note, top, more } of rows) {
      const where = Math.max(top, free);
      const element = this.margin.slips.get(note.uuid);
      if (element && element.style.top !== `${where}px`) element.style.top = `${where}px`;
      free = where + (more ? FOLDED : this.heights.get(note.uuid) ?? ABOUT) + GAP;
    }
  }

  // A few new ones at a time, what is in sight first.
  #ready(rows) {
    const isReady = ({ note }) => this.margin.slips.has(note.uuid);
    const middle = scrollY + innerHeight / 2 - this.origin;
    const away = ({ top }) => Math.abs(top - middle);
    const missing = rows.filter((row) => !isReady(row)).sort((one, other) => away(one) - away(other));
    missing.slice(0, MOST).forEach(({ note }) => this.margin.slip(note));
    if (missing.length > MOST) this.soon(NEXT);
    return rows.filter(isReady).map(({ note }) => this.margin.slip(note));
  }

  #dress(element, more) {
    if (!element) return;
    element.classList.toggle("folded", Boolean(more));
    if (more) element.dataset.more = this.margin.head.dataset.more.replace("%(count)s", more);
  }

  // Where notes crowd, those that would be pushed too far are gathered in one row, so that few elements are made.
  #fold(near) {
    const rows = [];
    let free = -Infinity;
    for (const { note, passage, block, top } of near) {
      const last = rows.at(-1);
      const crowds = free - top > PUSHED && note.uuid !== this.notes.opened?.uuid;
      if (crowds && last.more) { last.more += 1; continue; }
      rows.push({ note, passage, block, top, more: crowds ? 1 : 0 });
      free = Math.max(top, free) + (crowds ? FOLDED : this.heights.get(note.uuid) ?? ABOUT) + GAP;
    }
    return rows;
  }

  // The notes whose passages are within half a window of the window, with about the heights at which they begin: within a
  // block they are taken as evenly spread, for to ask of hundreds takes too long.
  #near(origin) {
    const found = [];
    for (const passage of this.view.passages.filter((one) => one.near)) {
      const own = this.notes.overlay.notesIn(passage).filter((note) => note.start >= passage.start || passage.number === 0);
      if (!own.length) continue;
      const box = passage.element.getBoundingClientRect();
      const length = Math.max(1, this.view.endOf(passage) - passage.start);
      for (const note of own) {
        const top = box.top + (box.height * (note.start - passage.start)) / length;
        if (top > -innerHeight / 2 && top < 1.5 * innerHeight) found.push({ note, passage, block: box.top - origin, top: top - origin });
      }
    }
    return found;
  }

  // How far below the top of its block a note begins; asked once for each look of the block.
  #offset(passage, note) {
    let kept = this.offsets.get(passage);
    if (kept?.shown !== passage.shown) this.offsets.set(passage, kept = { shown: passage.shown, tops: new Map() });
    if (!kept.tops.has(note.uuid)) {
      const [range] = this.notes.ranges({ start: note.start, end: note.start + 1 });
      const top = passage.element.getBoundingClientRect().top;
      kept.tops.set(note.uuid, (range?.getBoundingClientRect().top ?? top) - top);
    }
    return kept.tops.get(note.uuid);
  }
}
