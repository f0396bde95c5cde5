// Writing and deleting notes: each change is in this browser before it is sent, and stays there until it is kept.
import { Outbox } from "./outbox.js";
import { newName } from "./sending.js";

export class Writing {
  constructor(notes) {
    this.notes = notes;
    this.slug = notes.article.dataset.slug;
    const send = (address, data, name) => notes.send(address, data, name);
    const onSent = (note, item) => this.#sent(note, item);
    this.outbox = new Outbox({ name: () => notes.me.name, send, onSent, onChange: () => notes.list() });
  }

  // Keep what was written on a place, or on a note that is there already.
  async write(place, saying) {
    const { revision, noteAdd } = this.notes.article.dataset;
    const { start, end, quote } = place;
    const kept = { slug: this.slug, place: { start, end, quote, revision } };
    const item = place.uuid ? { ...kept, ...this.#edit(place, saying) } : { ...kept, ...fresh(noteAdd, { ...saying, revision, start, end }) };
    const outcome = await this.#deliver(this.outbox.put(item));
    if (outcome.note) this.notes.say("kept");
    return outcome;
  }

  // The version is the one that was seen; a note that was not sent yet when it was opened had none.
  #edit({ uuid, url, version }, saying) {
    const now = this.notes.find(uuid);
    const seen = version || !now ? { url, version } : now;
    return { kind: "edit", uuid, url: seen.url, data: { ...saying, version: seen.version } };
  }

  async #deliver(item) {
    const outcome = await this.outbox.deliver(item);
    this.waits = outcome.waits;
    if (outcome.waits) { this.notes.say(outcome.waits); this.notes.list(); }
    if (outcome.conflict) this.notes.compare(this.notes.find(item.uuid));
    return outcome;
  }

  // Send a change once more, on the version that the server has now.
  async insist(item, version) {
    const outcome = await this.outbox.rebase(item, version);
    this.notes.say(outcome.note ? "kept" : "failed");
  }

  // Let a change go, for the note as the server has it now, or has it no more.
  take(item, theirs) {
    const { notes } = this;
    notes.all = [...notes.all.filter((other) => other.uuid !== item.uuid), ...(theirs ? [theirs] : [])];
    this.outbox.drop(item);
  }

  // Make a note of its own of a change that met another.
  separate(item) {
    this.outbox.drop(item);
    const { revision, noteAdd } = this.notes.article.dataset;
    const { start, end, quote } = item.place;
    const { body, colour, tags, group } = item.data;
    const data = { body, colour, tags, group, revision: item.place.revision || revision, start, end };
    return this.#deliver(this.outbox.put({ slug: item.slug, place: { start, end, quote, revision: data.revision }, ...fresh(noteAdd, data) }));
  }

  #sent(note, { uuid, kind, slug }) {
    const { notes } = this;
    this.waits = null;
    notes.all = notes.all.filter((other) => other.uuid !== uuid);
    if (note?.url && kind !== "delete" && slug === this.slug) notes.all.push(note);
    notes.list();
  }

  async remove(note) {
    const { start, end, quote } = note;
    const item = { kind: "delete", uuid: note.uuid, slug: this.slug, url: `${note.url}delete/`, data: {}, place: { start, end, quote } };
    const outcome = await this.#deliver(this.outbox.put(item));
    if (!outcome.note) return;
    this.notes.say("deleted", () => this.#restore(note));
  }

  async #restore(note) {
    try {
      this.notes.kept(await this.notes.send(`${note.url}restore/`, {}));
    } catch {
      this.notes.say("failed");
    }
  }
}

function fresh(url, data) {
  const uuid = newName();
  return { kind: "add", uuid, url, data: { ...data, uuid } };
}
