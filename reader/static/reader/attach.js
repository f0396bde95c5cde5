// Putting a note elsewhere: its author selects the new passage, and presses Attach.
export class Attaching {
  constructor(note, notes) {
    Object.assign(this, { note, notes });
    this.bar = document.querySelector("#attach-bar").content.cloneNode(true).firstElementChild;
    this.bar.querySelector("blockquote").textContent = note.quote;
    this.button = this.bar.querySelector("[data-attach]");
    // The selection must outlive the press of the button.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.#attach());
    this.bar.querySelector("[data-attach-cancel]").addEventListener("click", () => notes.stopAttaching());
    this.look = () => { this.button.disabled = !notes.chosen(); };
    document.addEventListener("selectionchange", this.look);
    notes.head.sheet(false);
    document.body.append(this.bar);
    document.documentElement.dataset.attaching = "";
    this.look();
    if (note.proposal) point(note.proposal, notes);
    document.querySelector(".live").textContent = this.bar.querySelector("p").textContent;
  }

  end() {
    document.removeEventListener("selectionchange", this.look);
    delete document.documentElement.dataset.attaching;
    this.bar.remove();
  }

  async #attach() {
    const place = this.notes.chosen();
    if (!place) return;
    const { revision } = this.notes.article.dataset;
    const { start, end } = place;
    if (await put(this.note, this.notes, { revision, start, end })) this.notes.stopAttaching();
  }
}

// Put a note on a place {revision, start, end}, as it was proposed or selected; gives whether that was done.
export async function put(note, notes, place) {
  try {
    const placed = await notes.send(`${note.url}attach/`, place);
    notes.kept(placed);
    getSelection().removeAllRanges();
    notes.open(notes.find(placed.uuid));
    notes.say("attached", () => back(placed, notes));
    return true;
  } catch (error) {
    notes.say(error.why || "failed");
    return false;
  }
}

async function back(note, notes) {
  try {
    notes.kept(await notes.send(`${note.url}undo-attach/`, {}));
  } catch {
    notes.say("failed");
  }
}

// Show a place, and select it: so it can be attached to at once.
export function point({ start, end }, notes) {
  notes.view.prepare(Math.max(0, start - 600), end + 600);
  const ranges = notes.ranges({ start, end });
  if (!ranges.length) return;
  notes.bring(() => notes.ranges({ start, end })[0]);
  const last = ranges.at(-1);
  getSelection().setBaseAndExtent(ranges[0].startContainer, ranges[0].startOffset, last.endContainer, last.endOffset);
}
