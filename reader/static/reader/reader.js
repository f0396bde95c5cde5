// The reading page: wires the text, the toolbar, cards, notes and keys together. Without it the page is complete, too.
import { Card } from "./card.js";
import { listen } from "./keys.js";
import { Notes } from "./notes.js";
import { sourceOffset } from "./places.js";
import * as preferences from "./preferences.js";
import { Selection } from "./selection.js";
import { showName } from "./site.js";
import { View } from "./view.js";
import { Words, wordAt } from "./words.js";

const article = document.querySelector("article.text");

// A reader who follows a shared address gets the page in that view; the text as it is written comes after it.
async function bringBase() {
  if (article.dataset.script === article.dataset.source && article.dataset.pinyin === "off") return;
  const response = await fetch(`${location.pathname}?base`);
  const base = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("article.text");
  const labels = [...base.querySelectorAll(".label")].map((label) => label.textContent);
  article.querySelector(".blocks").replaceWith(base.querySelector(".blocks"));
  [...article.querySelectorAll(".label")].forEach((label, at) => { label.textContent = labels[at]; });
}

async function start() {
  const asked = preferences.read(article.dataset.source);
  const [layer] = await Promise.all([fetch(article.dataset.layer).then((response) => response.json()), bringBase()]);
  const view = new View(article, layer);
  const words = new Words(view);
  const traditional = article.dataset.source === "hans" ? "hant-tw" : article.dataset.source;
  const notes = new Notes(article, view, { onEdit: (note) => write(note), onStep: (note) => showNote(note) });
  const card = new Card(article.dataset.card, {
    onNotes: (place, shown) => place.replaceChildren(...shown.map((note) => notes.element(note))),
    onClose: () => words.unmark(),
  });
  const selection = new Selection(article, view, () => write());

  function show(change) {
    const shown = { ...view.view, ...change };
    card.close();
    view.set(shown);
    press(shown);
    preferences.write(shown, article.dataset.source);
  }

  function press({ script, pinyin }) {
    document.querySelector("[data-toggle=pinyin]").setAttribute("aria-pressed", pinyin);
    for (const tool of document.querySelectorAll("[data-script].tool")) {
      tool.setAttribute("aria-pressed", tool.dataset.script === script);
    }
  }

  function openCard(passage, token, options = {}) {
    words.choose(passage, token);
    const here = notes.at(view.codePoint({ passage, offset: token.start }));
    card.open(words.text, words.range, { notes: here, ...options });
  }

  function showNote(note) {
    const [{ passage, start }] = view.between(note.start, note.end);
    const token = passage.tokenAt(start);
    words.choose(passage, token);
    card.open(words.text, notes.ranges(note)[0], { notes: [note] });
  }

  function write(note = null) {
    const place = note || selection.place() || (words.current && selection.placeOf(words.current));
    if (!place) return;
    const range = notes.ranges(place)[0];
    card.close();
    selection.hide();
    notes.composer.open(place, range);
  }

  function linkedToken(link) {
    const found = sourceOffset(link, 0);
    return found && { passage: found.passage, token: found.passage.tokenAt(found.offset) };
  }

  article.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest(".blocks a.term");
    if (link) event.preventDefault();
    else if (!event.target.closest(".block") || !getSelection().isCollapsed) return;
    const found = link ? linkedToken(link) : wordAt(event.clientX, event.clientY);
    if (found?.token?.word || (found && link)) openCard(found.passage, found.token);
    else card.close();
  });

  let waiting;
  article.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "mouse" && event.target.closest(".blocks a.term");
    clearTimeout(waiting);
    if (!link || event.buttons) return;
    const found = linkedToken(link);
    if (!found?.token) return;
    card.fetch(found.passage.text.slice(found.token.start, found.token.end)).catch(() => {});
    if (!card.isOpen || card.peek) waiting = setTimeout(() => openCard(found.passage, found.token, { peek: true }), 350);
  });
  document.addEventListener("pointerover", (event) => {
    if (!card.isOpen || !card.peek) return;
    clearTimeout(card.leaving);
    const over = event.target.closest(".card, .term");
    if (over?.matches(".card")) card.peek = true;
    else if (!over) card.leaving = setTimeout(() => { if (card.peek) card.close(); }, 300);
  });
  document.addEventListener("pointerdown", (event) => {
    if (card.isOpen && !event.target.closest(".card, .blocks")) card.close();
  });
  card.element.addEventListener("click", (event) => {
    card.peek = false;
    if (event.target.closest("[data-note-here]")) write();
    const element = event.target.closest(".note");
    const note = element && notes.notes.find((one) => one.id === Number(element.dataset.id));
    if (note) notes.press(event, note);
    if (note && event.target.closest("[data-note-delete]")) element.remove();
  });
  document.querySelector(".toolbar").addEventListener("click", (event) => {
    const tool = event.target.closest(".tool");
    if (!tool) return;
    event.preventDefault();
    if (tool.dataset.toggle) show({ pinyin: !view.view.pinyin });
    else if (tool.dataset.script) show({ script: tool.dataset.script });
    else if (tool.dataset.open === "help") document.querySelector(".help").showModal();
    else notes.step(1);
  });

  listen({
    KeyP: () => show({ pinyin: !view.view.pinyin }),
    KeyS: () => show({ script: view.view.script === "hans" ? traditional : "hans" }),
    ArrowLeft: () => { card.close(); words.step(-1); },
    ArrowRight: () => { card.close(); words.step(1); },
    Enter: () => words.current && openCard(words.current.passage, words.current.token),
    KeyN: () => write(),
    BracketLeft: () => notes.step(-1),
    BracketRight: () => notes.step(1),
    "Shift+Slash": () => document.querySelector(".help").showModal(),
    Escape: () => {
      if (notes.composer.isOpen) notes.composer.hide();
      else if (card.isOpen) card.close();
      else words.forget();
    },
  }, () => notes.composer.isOpen);

  preferences.saySo();
  if (asked.script !== view.view.script || asked.pinyin) { view.set(asked); press(asked); } else press(asked);
  delete document.documentElement.dataset.pending;
  article.dataset.ready = "";
  await notes.load();
  showName(notes.me.name);
  const interrupted = notes.me.name && notes.composer.interrupted();
  if (interrupted) notes.composer.open(interrupted, notes.ranges(interrupted)[0]);
  addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    notes.forget();
    await notes.load();
    showName(notes.me.name);
  });
}

start().catch((error) => {
  delete document.documentElement.dataset.pending;
  throw error;
});
