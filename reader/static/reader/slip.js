// One note as it stands in the margin, in the sheet, and on the card of a word.
const templates = () => document.querySelector("#note-template").content;

export function slip(note) {
  const element = templates().cloneNode(true).firstElementChild;
  const find = (selector) => element.querySelector(selector);
  element.dataset.uuid = note.uuid;
  element.dataset.colour = note.colour;
  if (note.id) element.dataset.id = note.id;
  find(".note-quote").textContent = note.quote;
  if (note.html === null) find(".note-body").textContent = note.body; else find(".note-body").innerHTML = note.html;
  find(".note-body").classList.toggle("plain", note.html === null);
  for (const tag of note.tags) {
    const item = document.createElement("button");
    Object.assign(item, { type: "button", textContent: tag, className: "tag" });
    item.dataset.tag = tag;
    find(".note-tags").append(item);
  }
  find(".note-tags").hidden = !note.tags.length;
  whose(note, find);
  state(note, element, find);
  const replies = find("[data-note-replies]");
  const { one, many, none } = replies.dataset;
  replies.textContent = !note.replies ? none : (note.replies === 1 ? one : many).replace("%(count)s", note.replies);
  replies.hidden = !note.id || (!note.replies && !note.group && note.mine);
  return element;
}

function whose({ mine, author, group }, find) {
  const words = find(".note-whose");
  words.hidden = mine && !group;
  find(".note-author").textContent = mine ? "" : author || words.dataset.somebody;
  find(".note-group").textContent = group?.name || "";
  find("[data-note-edit]").hidden = find("[data-note-delete]").hidden = !mine;
}

// What is not yet as the server has it.
function state({ waiting, problem }, element, find) {
  const status = find(".note-status");
  const key = problem ? ("theirs" in problem ? "conflict" : "refused") : waiting;
  status.hidden = !key;
  if (!key) return;
  element.classList.add("waiting");
  status.textContent = [status.dataset[key], problem?.message].filter(Boolean).join(" ");
  find("[data-note-compare]").hidden = key !== "conflict";
  if (waiting !== "delete") return;
  find("[data-note-edit]").hidden = find("[data-note-delete]").hidden = true;
  find("[data-note-stay]").hidden = false;
}
