// Notes painted as boxes in a layer of their own, for browsers that know no highlights: behind no text, before no
// pointer, and in no copy, for there is nothing in it.
export class Boxes {
  constructor(view, again) {
    this.view = view;
    this.layer = document.createElement("div");
    this.layer.className = "note-boxes";
    this.layer.setAttribute("aria-hidden", "true");
    document.body.append(this.layer);
    this.groups = new Map();
    // Whatever moves the lines moves the boxes.
    new ResizeObserver(() => [...this.groups.keys()].forEach(again)).observe(view.article.querySelector(".blocks"));
    addEventListener("resize", () => [...this.groups.keys()].forEach(again));
  }

  paint(passage, painted, deep, opened) {
    const boxes = painted.flatMap(({ note, stretches }) => {
      const names = ["note-box", note.colour, ...(note.uuid === opened ? ["open"] : [])];
      return stretches.flatMap((stretch) => draw(stretch, names));
    });
    boxes.push(...deep.flatMap((stretch) => draw(stretch, ["note-box", "deep"])));
    this.groups.get(passage)?.remove();
    this.groups.delete(passage);
    if (!boxes.length) return;
    const group = document.createElement("div");
    group.append(...boxes);
    this.layer.append(group);
    this.groups.set(passage, group);
  }
}

function draw({ node, from, to }, names) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  return [...range.getClientRects()].map((box) => {
    const element = document.createElement("i");
    element.classList.add(...names);
    Object.assign(element.style, {
      left: `${box.left + scrollX}px`, top: `${box.top + scrollY}px`, width: `${box.width}px`, height: `${box.height}px`,
    });
    return element;
  });
}
