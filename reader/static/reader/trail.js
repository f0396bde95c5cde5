// The words one has looked at in a card, as a browser keeps pages: back, forward, and anew from any of them.
export class Trail {
  constructor() { this.clear(); }

  clear() {
    this.entries = [];
    this.at = -1;
  }

  get current() { return this.entries[this.at]; }
  get canGoBack() { return this.at > 0; }
  get canGoForward() { return this.at < this.entries.length - 1; }

  start(entry) {
    this.entries = [entry];
    this.at = 0;
  }

  push(entry) {
    if (entry.word === this.current?.word) return;
    this.entries.length = this.at + 1;
    this.at = this.entries.push(entry) - 1;
  }

  // Go to one of the words; tells whether there is one.
  go(at) {
    if (at < 0 || at >= this.entries.length || at === this.at) return false;
    this.at = at;
    return true;
  }
}
