// The notes that have lost their place: what they stood on, where they may belong, and what can be done.
import { point, put } from "./attach.js";

export function show(notes) {
  const dialog = document.querySelector("#lost-dialog").content.cloneNode(true).firstElementChild;
  const list = dialog.querySelector("ul");
  const fill = () => {
    const lost = notes.notes.filter((note) => note.mine && !note.waiting && note.status !== "placed");
    list.replaceChildren(...lost.map((note) => row(note, notes, dialog, fill)));
    if (!lost.length) dialog.close();
  };
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  fill();
  if (list.children.length) dialog.showModal();
}

function row(note, notes, dialog, fill) {
  const item = document.querySelector("#lost-row").content.cloneNode(true).firstElementChild;
  const find = (selector) => item.querySelector(selector);
  item.dataset.uuid = note.uuid;
  find(".note-quote").textContent = note.quote;
  find(".note-body").innerHTML = note.html;
  find(".lost-proposal").hidden = !note.proposal;
  find(".lost-nowhere").hidden = Boolean(note.proposal);
  if (note.proposal) find(".lost-proposal q").textContent = notes.words(note.proposal);
  for (const name of ["show", "confirm"]) find(`[data-lost-${name}]`).hidden = !note.proposal;
  item.addEventListener("click", async (event) => {
    const pressed = (name) => event.target.closest(`[data-lost-${name}]`);
    if (pressed("show")) { dialog.close(); notes.head.sheet(false); point(note.proposal, notes); }
    if (pressed("confirm")) { await put(note, notes, note.proposal); fill(); }
    if (pressed("elsewhere")) { dialog.close(); notes.putElsewhere(note); }
    if (pressed("delete")) { await notes.writing.remove(note); fill(); }
  });
  return item;
}
