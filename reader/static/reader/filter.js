// Which of the notes are shown: by tag, colour, author and words. What is not shown is not painted either.
const NOTHING = { tag: "", colour: "", whose: "", text: "" };

export class Filter {
  constructor(onChange) {
    this.onChange = onChange;
    this.wanted = { ...NOTHING };
  }

  get isOn() { return Object.values(this.wanted).some(Boolean); }

  // Bind to the form in the margin's head.
  bind(form) {
    this.form = form;
    form.addEventListener("input", () => this.set(Object.fromEntries(new FormData(form))));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => this.set(NOTHING));
  }

  set(wanted) {
    this.wanted = { ...this.wanted, ...wanted };
    this.onChange();
  }

  of(notes) { return this.isOn ? notes.filter((note) => this.#fits(note)) : notes; }

  #fits({ tags, colour, mine, body, quote, author }) {
    const { tag, colour: wanted, whose, text } = this.wanted;
    if (tag && !tags.includes(tag)) return false;
    if (wanted && colour !== wanted) return false;
    if (whose && mine !== (whose === "mine")) return false;
    const words = text.trim().toLowerCase();
    return !words || [body, quote, author || "", ...tags].some((one) => one.toLowerCase().includes(words));
  }

  // Offer what there is to choose from, and show what is chosen.
  fill(notes) {
    const tags = [...new Set(notes.flatMap((note) => note.tags))].sort((one, other) => one.localeCompare(other));
    const select = this.form.elements.tag;
    select.replaceChildren(select.options[0], ...tags.map((tag) => new Option(tag, tag)));
    for (const [name, value] of Object.entries(this.wanted)) {
      const field = this.form.elements[name];
      if (field.value !== value) field.value = value;
    }
    select.closest("label").hidden = !tags.length;
    this.form.elements.whose.closest("label").hidden = notes.every((note) => note.mine) && !this.wanted.whose;
  }
}
