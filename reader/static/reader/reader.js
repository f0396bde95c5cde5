// The reading page: wires the text, the toolbar, cards, notes and keys together. Without it the page is complete, too.
import { listen } from "./keys.js";
import { decode } from "./layer.js";
import { LookUp } from "./lookup.js";
import { Notes } from "./notes.js";
import { saySo } from "./preferences.js";
import { Selection } from "./selection.js";
import { Settings } from "./settings.js";
import { showName } from "./site.js";
import { View } from "./view.js";
import { Way } from "./way.js";
import { Words } from "./words.js";

const article = document.querySelector("article.text");

const isBase = ({ script, source, pinyin, quotes }) => script === source && pinyin === "off" && quotes === "auto";

// A reader who follows a shared address gets the page in that view; the text as it is written comes after it.
async function bringBase() {
  if (isBase(article.dataset)) return;
  const response = await fetch(`${location.pathname}?base`);
  const base = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("article.text");
  const labels = [...base.querySelectorAll(".label")].map((label) => label.textContent);
  article.querySelector(".blocks").replaceWith(base.querySelector(".blocks"));
  Object.assign(article.dataset, base.dataset);
  [...article.querySelectorAll(".label")].forEach((label, at) => { label.textContent = labels[at]; });
}

// Nothing opens over the text before it is dressed.
const panelsDressed = new Promise((done) => {
  const styles = document.querySelector("link[data-panels]");
  if (styles.sheet) done(); else { styles.addEventListener("load", done); styles.addEventListener("error", done); }
});

async function start() {
  const [layer] = await Promise.all([
    fetch(article.dataset.layer).then((response) => response.json()).then(decode), bringBase(), panelsDressed,
  ]);
  const view = new View(article, layer);
  const words = new Words(view);
  const notes = new Notes(article, view, { onEdit: (note) => write(note), onStep: (note) => showNote(note), chosen: () => selection.place() });
  const lookUp = new LookUp(article, view, words, notes, { onNote: () => write() });
  const { card } = lookUp;
  const selection = new Selection(article, view, { onWrite: () => write(), onHighlight: (colour) => highlight(colour) });
  let stretch = null;

  // What selects by keys is there before the first of them, where there are keys; phones do not ask for it.
  async function bringStretch() {
    const { Stretch } = await import("./stretch.js");
    stretch ??= new Stretch(words, selection);
  }
  if (matchMedia("(hover: hover)").matches) bringStretch().catch(() => {});

  async function extend(direction) {
    card.close();
    if (!stretch) await bringStretch().catch(() => notes.say("notFetched"));
    stretch?.extend(direction);
  }

  const way = new Way(article, view, notes, words);

  const settings = new Settings(view, { onChange: () => card.close() });

  function showNote(note) {
    const [{ passage, start }] = view.between(note.start, note.end);
    lookUp.open(passage, passage.tokenAt(start), { notes: [note] });
  }

  const chosen = () => selection.place() || (words.current && selection.placeOf(words.current));

  function write(note = null) {
    const place = note || chosen();
    if (!place) return;
    const range = notes.ranges(place)[0];
    card.close();
    selection.hide();
    notes.head.sheet(false);
    notes.composer.open(place, range);
  }

  function highlight(colour) {
    const place = chosen();
    if (!place) return;
    getSelection().removeAllRanges();
    selection.hide();
    notes.composer.highlight(place, notes.ranges(place)[0], colour);
  }

  // What only editors need is asked for by them alone.
  async function edit(files) {
    const { begin } = await import(files["editor.js"]);
    begin(files, { card, chosen: () => (getSelection().isCollapsed ? null : selection.place()?.quote), current: () => words.current });
  }

  document.querySelector(".toolbar").addEventListener("click", (event) => {
    const tool = event.target.closest(".tool");
    if (!tool) return;
    event.preventDefault();
    if (tool.dataset.toggle) settings.togglePinyin();
    else if (tool.dataset.script) settings.setScript(tool.dataset.script);
    else if (tool.dataset.open === "settings") settings.toggle();
    else if (tool.dataset.open === "contents") way.contents.open();
    else if (tool.dataset.open === "terms") lookUp.openTerms();
    else if (tool.dataset.open === "help") document.querySelector(".help").showModal();
    else if (notes.margin.isWide || !notes.notes.length) notes.step(1);
    else { card.close(); notes.head.sheet(true); }
  });

  listen({
    KeyP: () => settings.togglePinyin(),
    KeyS: () => settings.toggleScript(),
    KeyM: () => settings.stepMarks(),
    KeyA: () => settings.toggle(),
    ArrowLeft: () => { card.close(); words.step(-1); },
    ArrowRight: () => { card.close(); words.step(1); },
    "Shift+ArrowLeft": () => { extend(-1); },
    "Shift+ArrowRight": () => { extend(1); },
    Enter: () => lookUp.openCurrent(),
    Comma: () => { lookUp.walk(-1); },
    Period: () => { lookUp.walk(1); },
    "Alt+ArrowLeft": () => card.go(-1),
    "Alt+ArrowRight": () => card.go(1),
    KeyT: () => { lookUp.openTerms(); },
    KeyW: () => lookUp.know(),
    KeyN: () => write(),
    KeyH: () => highlight(),
    KeyF: () => notes.head.search(),
    KeyG: () => way.contents.open(),
    BracketLeft: () => notes.step(-1),
    BracketRight: () => notes.step(1),
    "Shift+Slash": () => document.querySelector(".help").showModal(),
    Escape: () => {
      if (notes.composer.isOpen) notes.composer.hide();
      else if (card.isOpen) card.close();
      else if (notes.head.isSheet) notes.head.sheet(false);
      else if (!notes.stopAttaching() && !selection.drop()) words.forget();
    },
  }, () => notes.composer.isOpen);

  saySo();
  await settings.start();
  delete document.documentElement.dataset.pending;
  way.begin();
  article.dataset.ready = "";
  window.takePressed()?.click();
  await notes.load();
  way.position.resume(notes.me, notes.position);
  showName(notes.me.name);
  const interrupted = notes.me.name && notes.composer.interrupted();
  if (interrupted) notes.composer.open(interrupted, notes.ranges(interrupted)[0]);
  if (notes.me.edits) edit(notes.me.edits);
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
