// Notes painted as boxes, one for each line, in a layer of their own: behind the text, before no pointer, and in no copy,
// for there is nothing in it. The boxes of a block stand in one group, which moves with the block.
export class Boxes {
  // `again` is told of each block whose lines have moved.
  constructor(view, again) {
    this.blocks = view.article.querySelector(".blocks");
    this.layer = document.createElement("div");
    this.layer.className = "note-boxes";
    this.layer.setAttribute("aria-hidden", "true");
    this.groups = new Map();
    // What grows pushes the blocks below it.
    const lines = new ResizeObserver((entries) => {
      for (const { target: { passage } } of entries) {
        const size = this.groups.get(passage)?.size;
        if (size && size !== sizeOf(passage)) again(passage);
      }
      this.#settle();
    });
    [this.blocks, ...view.passages.map(({ element }) => element)].forEach((element) => lines.observe(element, { box: "border-box" }));
    // Another typeface moves words and may leave all sizes as they were.
    const all = () => [...this.groups.keys()].forEach(again);
    new MutationObserver(all).observe(document.documentElement, { attributes: true });
    document.fonts.addEventListener("loadingdone", all);
  }

  // Make ready to paint a block anew with layers [{word, stretches}], and give the function that does it: who paints
  // several blocks has all of them measured before the first is changed.
  prepare(passage, layers) {
    const boxes = layers.length ? boxesOf(passage, layers) : [];
    const [size, where] = boxes.length ? [sizeOf(passage), placeOf(passage)] : [];
    return () => {
      this.groups.get(passage)?.group.remove();
      this.groups.delete(passage);
      if (!boxes.length) return;
      const group = document.createElement("div");
      group.style.translate = where;
      group.append(...boxes);
      this.groups.set(passage, { group, size });
      this.layer.append(group);
      if (!this.layer.isConnected) this.blocks.append(this.layer);
    };
  }

  #settle() {
    const places = [...this.groups].map(([passage, { group }]) => [group, placeOf(passage)]);
    for (const [group, where] of places) if (group.style.translate !== where) group.style.translate = where;
  }
}

const placeOf = ({ element }) => `${element.offsetLeft}px ${element.offsetTop}px`;
const sizeOf = ({ element }) => `${element.offsetWidth} ${element.offsetHeight}`;

function boxesOf(passage, layers) {
  const origin = passage.element.getBoundingClientRect();
  return layers.flatMap(({ word, stretches }) => linesOf(stretches).map(({ left, right, top, bottom }) => {
    const element = document.createElement("i");
    element.className = `note-box ${word}`;
    element.style.cssText = `left:${left - origin.left}px;top:${top - origin.top}px;width:${right - left}px;height:${bottom - top}px`;
    return element;
  }));
}

// Where stretches lie on the page, line by line: what is apart on one line, as words with wide readings are, is joined.
function linesOf(stretches) {
  const range = document.createRange();
  const lines = [];
  for (const { node, from, to } of stretches) {
    range.setStart(node, from);
    range.setEnd(node, to);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const last = lines.at(-1);
      if (last && Math.abs(last.top - top) < (bottom - top) / 2) {
        last.left = Math.min(last.left, left);
        last.right = Math.max(last.right, right);
      } else lines.push({ left, right, top, bottom });
    }
  }
  return lines;
}
