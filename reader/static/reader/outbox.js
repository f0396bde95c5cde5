// What could not be sent yet: kept in this browser under its reader's name, shown at its place, sent as soon as it can
// be. Nothing is sent twice: the server knows a new note by its uuid, and a change by the version it was made on.
import { Conflict, newName, Refused, Waits } from "./sending.js";

const FIRST = 2000;
const LONGEST = 5 * 60 * 1000;
const prefix = (name) => `outbox:${name}:`;

// Whether anything of anybody waits in this browser.
export const somethingWaits = () => Object.keys(localStorage).some((key) => key.startsWith("outbox:"));

export class Outbox {
  // `send(address, data, name)` sends as one reader only; `onSent(note, item)` and `onChange()` hear of what came of it.
  constructor({ name, send, onSent, onChange }) {
    Object.assign(this, { name, send, onSent, onChange, pause: FIRST, chain: Promise.resolve() });
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.flush(); });
    addEventListener("storage", (event) => { if (event.key?.startsWith("outbox:")) this.onChange(); });
  }

  // All that waits for the reader of now, oldest first.
  get items() {
    const name = this.name();
    if (!name) return [];
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix(name)));
    return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((one, other) => one.when - other.when);
  }

  of(uuid) { return this.items.find((item) => item.uuid === uuid); }

  // Keep a change until the server has it: {kind: add, edit or delete, uuid, slug, url, data, place}. There is one for
  // each note: a later one takes the place of the earlier, but is made on the same version.
  put(item) {
    const before = this.of(item.uuid);
    const whole = { ...item, name: this.name(), when: before?.when ?? Date.now(), stamp: newName() };
    if (before?.kind === "add") Object.assign(whole, later(before, item));
    if (before?.kind === "edit" && item.kind === "edit") whole.data.version = before.data.version;
    if (before?.sent) whole.sent = before.sent;
    this.#store(whole);
    this.onChange();
    return whole;
  }

  #store(item) { localStorage.setItem(prefix(item.name) + item.uuid, JSON.stringify(item)); }

  // Take a deletion back that waits; a note that was written and deleted before it was sent is there again.
  keep(item) {
    if (!item.gone) { this.drop(item); return; }
    this.#store({ ...item, gone: false, stamp: newName() });
    this.onChange();
  }

  drop({ name, uuid }) {
    localStorage.removeItem(prefix(name) + uuid);
    this.onChange();
  }

  // Send a change once more, made on another version.
  rebase(item, version) {
    const { problem, ...rest } = item;
    const whole = { ...rest, ...onward(item, { url: item.url, ...problem?.theirs, version }), stamp: newName() };
    this.#store(whole);
    return this.deliver(whole);
  }

  // Send what waits, one after another, until one cannot be sent.
  flush() {
    clearTimeout(this.timer);
    this.chain = this.chain.then(async () => {
      for (const item of this.items.filter((one) => !one.problem)) {
        if ((await this.#send(item)).waits) return;
      }
    });
    return this.chain;
  }

  // Send one, and tell what came of it: {note}, {waits}, {conflict} or {refused}.
  deliver(item) {
    const sent = this.chain.then(() => this.#send(item));
    this.chain = sent.then(() => {});
    return sent;
  }

  async #send(item) {
    this.#mayBeHeard(item);
    try {
      const note = await this.send(item.url, item.data, item.name);
      this.pause = FIRST;
      this.#settle(item, note);
      return { note };
    } catch (error) {
      if (error instanceof Waits) return this.#wait(item, error.why);
      if (error instanceof Conflict) return this.#meet(item, error.theirs);
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404 && item.kind === "delete") { this.#settle(item, null); return { note: null }; }
      if (error.status === 404 && item.kind === "edit") return this.#meet(item, null);
      return this.#mark(item, { message: error.message }, { refused: error.message || "refused", uuid: item.uuid });
    }
  }

  // What was changed again while it was on its way, or after the server had heard it unanswered, goes on from what the
  // server has now.
  #settle(item, note) {
    const now = this.of(item.uuid);
    if (now && note?.url && now.stamp !== item.stamp) {
      const url = now.gone ? `${note.url}delete/` : note.url;
      this.#store({ ...now, kind: now.gone ? "delete" : "edit", url, gone: false, data: { ...now.data, version: note.version } });
      this.timer = setTimeout(() => this.flush());
    } else if (item.gone && note) {
      this.#store({ ...item, kind: "delete", url: `${note.url}delete/`, gone: false, data: {} });
      this.timer = setTimeout(() => this.flush());
    } else localStorage.removeItem(prefix(item.name) + item.uuid);
    this.onSent(note, item);
  }

  // A change whose answer was lost is no conflict with itself; and what shall be gone may be gone already.
  async #meet(item, theirs) {
    if (!theirs && item.gone) { this.#settle(item, null); return { note: null }; }
    if (theirs && item.sent?.includes(said(theirs))) return this.#send({ ...item, ...onward(item, theirs), sent: [] });
    return this.#mark(item, { theirs }, { conflict: true });
  }

  #mark(item, problem, outcome) {
    const now = this.of(item.uuid);
    // What was written meanwhile stays: it is sent next, and meets the same.
    if (now?.stamp === item.stamp) this.#store({ ...item, sent: now.sent, problem });
    this.onChange();
    return outcome;
  }

  // The server may hear it although its answer does not come, or the browser is closed before.
  #mayBeHeard(item) {
    const now = this.of(item.uuid);
    if (now) this.#store({ ...now, sent: [...new Set([...(now.sent ?? []), said(item.data)])].slice(-20) });
  }

  #wait(item, why) {
    this.timer = setTimeout(() => this.flush(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST);
    return { waits: why };
  }
}

// What a note says, to tell two versions apart.
export const said = ({ body, colour, tags, group }) => JSON.stringify([body, colour, String(tags), String(group?.id ?? group ?? "")]);

// A change as it goes on from what the server has: a note that it knows already is not added, but changed or deleted.
function onward({ kind, url, gone, data }, theirs) {
  if (kind === "add" && gone) return { kind: "delete", url: `${theirs.url}delete/`, gone: false, data: {} };
  if (kind !== "add") return { kind, url, data: { ...data, version: theirs.version } };
  return { kind: "edit", url: theirs.url, data: { ...data, version: theirs.version } };
}

// A change to a note that has not been sent yet: it is written as it shall be. Whether the server heard of it nobody
// knows; what was deleted meanwhile is therefore sent, and deleted then.
function later(before, item) {
  const { kind, url, place } = before;
  if (item.kind === "delete") return { kind, url, place, data: before.data, gone: true };
  return { kind, url, place, data: { ...before.data, ...item.data, version: "" }, gone: false };
}
