// What a pointer does in the text: it fetches the card of what it rests on, lets one peek at terms, and opens cards.
import { sourceOffset } from "./places.js";
import { wordAt } from "./words.js";

// How long a pointer rests on a word before its card is fetched, and on a term before it is shown.
const REST = 90;
const PEEK = 350;
// How long a card that was only peeked at waits for the pointer to come to it.
const LEAVE = 300;
const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button;
const termOf = (event) => event.target.closest(".blocks a.term");

function pointedAt(event) {
  const link = termOf(event);
  const found = link ? sourceOffset(link, 0) : event.target.closest(".block") && wordAt(event.clientX, event.clientY);
  if (!found) return null;
  const { passage } = found;
  const token = link ? passage.tokenAt(found.offset) : found.token;
  return token && (link || token.word) ? { passage, token } : null;
}

export function listenTo(article, lookUp) {
  const { card, store } = lookUp;
  const timers = {};

  function fetch(event) {
    const found = pointedAt(event);
    if (found) store.fetch(found.passage.text.slice(found.token.start, found.token.end)).catch(() => {});
  }

  article.addEventListener("click", (event) => {
    if (!isPlain(event)) return;
    if (termOf(event)) event.preventDefault();
    // Whoever has just selected something does not ask for a card.
    if ((!termOf(event) && !event.target.closest(".block")) || !getSelection().isCollapsed) return;
    clearTimeout(timers.peek);
    const found = pointedAt(event);
    if (found) lookUp.open(found.passage, found.token);
    else card.close();
  });

  article.addEventListener("pointerdown", (event) => { if (isPlain(event)) fetch(event); }, { passive: true });

  article.addEventListener("pointermove", (event) => {
    clearTimeout(timers.rest);
    Object.assign(timers, { x: event.screenX, y: event.screenY });
    if (event.pointerType !== "mouse" || event.buttons || navigator.connection?.saveData) return;
    timers.rest = setTimeout(() => fetch(event), REST);
  }, { passive: true });

  article.addEventListener("pointerover", (event) => {
    clearTimeout(timers.peek);
    // A term that is scrolled under a resting pointer was not pointed at.
    const rests = event.screenX === timers.x && event.screenY === timers.y;
    Object.assign(timers, { x: event.screenX, y: event.screenY });
    if (rests || event.pointerType !== "mouse" || event.buttons || !termOf(event) || (card.isOpen && !card.peek)) return;
    const found = pointedAt(event);
    if (found) timers.peek = setTimeout(() => lookUp.open(found.passage, found.token, { peek: true }), PEEK);
  });

  document.addEventListener("pointerover", (event) => {
    if (!card.isOpen || !card.peek) return;
    clearTimeout(timers.leave);
    if (!event.target.closest(".card, .term")) timers.leave = setTimeout(() => { if (card.peek) card.close(); }, LEAVE);
  });

  document.addEventListener("pointerdown", (event) => {
    if (card.isOpen && !event.target.closest(".card, .blocks, .pins, .toast, .editor-panel")) card.close();
  });
}
