// The notes as their reader has written them: those of the server, with what waits to be sent laid over them.

// A change that waits, as a note: its words are there, but nobody has made HTML of its Markdown yet.
export function asWritten({ data, place, kind, problem, gone }, note = {}) {
  const tags = data.tags === undefined ? note.tags || [] : data.tags.split(",").filter(Boolean);
  const group = data.group ? { id: Number(data.group), name: "" } : null;
  const written = kind === "delete" ? {} : { body: data.body, html: null, colour: data.colour, tags, group };
  return { replies: 0, author: null, mine: true, version: 0, ...place, ...note, ...written, waiting: gone ? "delete" : kind, problem };
}

export function lay(notes, items, revision) {
  const whole = new Map(notes.map((note) => [note.uuid, note]));
  for (const item of items) {
    const note = whole.get(item.uuid);
    // A place in an older text is found by the server alone.
    const status = item.place.revision === undefined || Number(item.place.revision) === revision ? "placed" : "waiting";
    whole.set(item.uuid, asWritten(item, note || { uuid: item.uuid, id: null, url: item.url, status }));
  }
  return [...whole.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}
