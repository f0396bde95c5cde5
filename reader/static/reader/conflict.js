// Two versions of a note side by side: as it is now, and as it was written here. Nothing goes before it is chosen.
export function compare(note, notes) {
  const item = note && notes.outbox.of(note.uuid);
  if (!item?.problem || !("theirs" in item.problem)) return;
  const { theirs } = item.problem;
  const dialog = document.querySelector("#conflict-dialog").content.cloneNode(true).firstElementChild;
  const find = (selector) => dialog.querySelector(selector);
  find(".note-quote").textContent = item.place.quote;
  fill(find("[data-theirs]"), theirs && { ...theirs, tags: theirs.tags });
  fill(find("[data-mine]"), item.kind === "delete" ? null : { ...item.data, tags: item.data.tags.split(",").filter(Boolean) });
  find("[data-conflict-both]").hidden = !theirs;
  const choose = {
    mine: () => (theirs ? notes.writing.insist(item, theirs.version) : notes.writing.separate(item)),
    theirs: () => { notes.writing.take(item, theirs); },
    both: () => { notes.writing.take(item, theirs); return notes.writing.separate(item); },
  };
  for (const [name, act] of Object.entries(choose)) {
    find(`[data-conflict-${name}]`).addEventListener("click", () => { dialog.close(); act(); });
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function fill(column, version) {
  column.querySelector("pre").textContent = version ? version.body || "—" : column.dataset.gone;
  column.querySelector(".note-tags").textContent = version ? version.tags.map((tag) => `#${tag}`).join(" ") : "";
  column.dataset.colour = version?.colour || "";
}
