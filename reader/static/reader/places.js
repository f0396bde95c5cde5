// The way from a place in the page to an offset of the source, in whatever view the text is.

// Which block and offset a text node stands for; ruby text stands for the whole word below it.
export const places = new WeakMap();

// Turn a place in the page into an offset of a block's source; `after` says which edge of a whole word is meant.
export function sourceOffset(node, offset, after = false) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const text = textAt(node, offset);
    return text && sourceOffset(text.node, text.offset, after);
  }
  const record = places.get(node) || asSent(node);
  if (!record) return null;
  const same = node.data.length === record.end - record.start;
  if (record.whole || !same) return { passage: record.passage, offset: after ? record.end : record.start };
  return { passage: record.passage, offset: record.start + offset };
}

// A text node as the server sent it has no record yet: what stands before it in its block tells where it is.
function asSent(node) {
  const element = node.parentElement?.closest(".block");
  if (!element?.passage || node.parentElement.closest(".mark")) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, 0);
  const start = before.toString().length;
  return { passage: element.passage, node, start, end: start + node.data.length, whole: false };
}

// The text nearest to a place between two nodes: the first behind it, or the end of the last before it.
function textAt(node, offset) {
  const walker = document.createTreeWalker(node.closest(".block") || node, NodeFilter.SHOW_TEXT);
  const place = document.createRange();
  place.setStart(node, offset);
  let before = null;
  while (walker.nextNode()) {
    if (place.comparePoint(walker.currentNode, 0) >= 0) return { node: walker.currentNode, offset: 0 };
    before = walker.currentNode;
  }
  return before && { node: before, offset: before.data.length };
}

// Where in a node an offset of the source falls, as the start or the end of a stretch: a form of another length is taken
// whole, also where the stretch begins or ends inside it.
export function within(record, offset, isEnd) {
  const { length } = record.node.data;
  if (length !== record.end - record.start) return isEnd ? length : 0;
  return Math.max(0, Math.min(length, offset - record.start));
}
