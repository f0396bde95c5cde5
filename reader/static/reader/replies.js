// What others say to a note, and a field to answer in: asked for by those who want it.
export async function show(element, note, notes) {
  const open = element.querySelector(".replies");
  if (open) { open.remove(); notes.margin.remeasure(element); return; }
  const box = document.querySelector("#replies-template").content.cloneNode(true).firstElementChild;
  const list = box.querySelector("ol");
  const form = box.querySelector("form");
  const address = new URL(`/notes/${note.id}/replies/`, location.origin);
  const shared = new URLSearchParams(location.search).get("shared");
  if (shared) address.searchParams.set("shared", shared);
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  const found = response?.ok ? await response.json().catch(() => null) : null;
  // Where nobody can say anything, nothing is said of it.
  if (!found) { notes.say("noReplies"); return; }
  const replies = Array.isArray(found) ? found : found.replies || [];
  list.replaceChildren(...replies.map(row));
  form.hidden = !notes.me.name || found.may_reply === false;
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(form, list, String(address), notes, element); });
  element.append(box);
  notes.margin.remeasure(element);
}

function row({ name, html, body, created, mine }) {
  const item = document.createElement("li");
  const head = document.createElement("p");
  head.className = "reply-head";
  const who = document.createElement("b");
  who.textContent = name;
  const when = document.createElement("time");
  Object.assign(when, { dateTime: created, textContent: (created || "").slice(0, 10) });
  head.append(who, " ", when);
  const words = document.createElement("div");
  words.className = "note-body";
  if (html) words.innerHTML = html; else words.textContent = body;
  item.classList.toggle("mine", Boolean(mine));
  item.append(head, words);
  return item;
}

async function answer(form, list, address, notes, element) {
  const { body } = form.elements;
  if (!body.value.trim()) return;
  try {
    list.append(row(await notes.send(address, { body: body.value })));
    body.value = "";
    notes.margin.remeasure(element);
  } catch (error) {
    notes.say(error.why || "failed");
  }
}
