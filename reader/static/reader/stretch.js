// Selecting by whole words with Shift and the arrows, across the borders of blocks.
export class Stretch {
  constructor(words, selection) {
    Object.assign(this, { words, selection, ends: null, made: "" });
  }

  // Move the end that moves by one word: from the current word, or from what is selected already.
  extend(direction) {
    const { words } = this;
    if (!this.#goesOn) this.ends = this.#ofSelection();
    if (this.ends) this.ends.focus = words.neighbour(this.ends.focus, direction) || this.ends.focus;
    else {
      const first = words.first(direction);
      if (!first) return;
      this.ends = { anchor: first, focus: first };
    }
    this.#select();
  }

  get #goesOn() { return this.ends && !getSelection().isCollapsed && getSelection().toString() === this.made; }

  // Where to go on from: the words at both ends of what is selected, or the current word.
  #ofSelection() {
    const place = this.selection.place();
    if (!place) return this.words.current && { anchor: { ...this.words.current }, focus: { ...this.words.current } };
    const [first, last] = [this.words.wordAt(place.start, 1), this.words.wordAt(place.end - 1, -1)];
    if (!first || !last) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    const order = anchorNode === focusNode ? focusOffset - anchorOffset : anchorNode.compareDocumentPosition(focusNode) & Node.DOCUMENT_POSITION_FOLLOWING;
    return order > 0 ? { anchor: first, focus: last } : { anchor: last, focus: first };
  }

  #select() {
    const { anchor, focus } = this.ends;
    const isForward = anchor.passage === focus.passage ? anchor.token.start <= focus.token.start : anchor.passage.number < focus.passage.number;
    const [a, b] = [anchor, focus].map(({ passage, token }) => passage.range(token.start, token.end));
    if (isForward) getSelection().setBaseAndExtent(a.startContainer, a.startOffset, b.endContainer, b.endOffset);
    else getSelection().setBaseAndExtent(a.endContainer, a.endOffset, b.startContainer, b.startOffset);
    this.made = getSelection().toString();
    this.words.show(focus, this.selection.place()?.quote);
  }
}
