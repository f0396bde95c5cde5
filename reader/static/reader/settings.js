// The settings: one panel for everything, quick tools in the bar, keys; kept, shared by the address, shown at once.
import { Preferences } from "./preferences.js";

// These change the text itself; the others only how it looks.
const TEXTUAL = ["script", "pinyin", "reading", "tones", "quotes"];
const NEXT_MARKS = { all: "first", first: "none", none: "all" };

export class Settings {
  constructor(view, { onChange }) {
    this.view = view;
    this.onChange = onChange;
    this.panel = document.querySelector("#settings-template").content.firstElementChild;
    this.form = this.panel.querySelector("form");
    this.live = document.querySelector(".live");
    this.button = document.querySelector("[data-open=settings]");
    this.preferences = new Preferences(this.form, view.source);
    this.now = this.preferences.read();
    // What the quick tools turn on.
    this.last = {
      pinyin: this.now.pinyin === "off" ? "on" : this.now.pinyin,
      traditional: this.now.script === "hans" ? (view.source === "hans" ? "hant-tw" : view.source) : this.now.script,
    };
    this.form.addEventListener("input", () => this.change(Object.fromEntries(new FormData(this.form))));
    this.form.addEventListener("reset", (event) => { event.preventDefault(); this.change(this.preferences.defaults); });
    this.panel.querySelector("[data-settings-close]").addEventListener("click", () => this.panel.hidePopover());
    this.panel.addEventListener("keydown", (event) => {
      if (event.code !== "Escape") return;
      // What lies below is not meant.
      event.stopPropagation();
      event.preventDefault();
      this.panel.hidePopover();
    });
    this.panel.addEventListener("toggle", (event) => this.#toggled(event));
    // Before it is gone, or the next key would still go to a field of the panel.
    this.panel.addEventListener("beforetoggle", ({ newState }) => { if (newState === "closed") this.#leave(); });
    document.addEventListener("known", () => view.refresh());
    markFirstMentions(view.article);
  }

  // Show the page as this reader wants it, for the first time.
  async start() {
    await this.#fetchZhuyin();
    window.dress(this.preferences.special(this.now));
    const plain = TEXTUAL.every((name) => this.now[name] === this.preferences.defaults[name]);
    if (!plain) this.view.set(this.now);
    this.#press();
  }

  async change(change) {
    const before = this.now;
    this.now = { ...before, ...change };
    const changed = Object.keys(this.now).filter((name) => this.now[name] !== before[name]);
    if (!changed.length) return;
    if (this.now.pinyin !== "off") this.last.pinyin = this.now.pinyin;
    if (this.now.script !== "hans") this.last.traditional = this.now.script;
    this.onChange();
    this.#press();
    // Kept when the page has changed before the reader's eyes.
    setTimeout(() => this.preferences.write(this.now));
    if (this.now.reading === "zhuyin" && !this.view.zhuyin) await this.#fetchZhuyin();
    const dress = () => window.dress(this.preferences.special(this.now));
    if (changed.some((name) => TEXTUAL.includes(name))) this.view.set(this.now, dress);
    else {
      this.view.keepPlace(dress);
      // What stands beside the text finds its place again.
      dispatchEvent(new Event("resize"));
    }
    this.#announce(changed);
  }

  togglePinyin() { this.change({ pinyin: this.now.pinyin === "off" ? this.last.pinyin : "off" }); }

  toggleScript() { this.setScript(this.now.script === "hans" ? "traditional" : "hans"); }

  setScript(script) { this.change({ script: script === "hans" ? script : this.last.traditional }); }

  stepMarks() { this.change({ marks: NEXT_MARKS[this.now.marks] }); }

  toggle() {
    if (!this.panel.isConnected) {
      document.body.append(this.panel);
      this.#fill();
    }
    this.#place();
    this.panel.togglePopover();
  }

  // Below the bar, at the side, so that the text can be seen change; on a phone the style sheet makes it a sheet from below.
  #place() {
    const box = this.button.getBoundingClientRect();
    this.panel.style.setProperty("--top", `${Math.max(0, box.bottom + 12)}px`);
  }

  #toggled({ newState }) {
    this.button.setAttribute("aria-expanded", newState === "open");
    if (newState === "open") { this.panel.focus({ preventScroll: true }); this.#fetchZhuyin(true); }
  }

  #leave() {
    const { activeElement } = document;
    if (activeElement === document.body || this.panel.contains(activeElement)) this.button.focus({ preventScroll: true });
  }

  async #fetchZhuyin(soon = false) {
    if (soon || this.now.reading === "zhuyin") this.view.zhuyin = (await import("./zhuyin.js")).zhuyin;
  }

  #press() {
    document.querySelector("[data-toggle=pinyin]").setAttribute("aria-pressed", this.now.pinyin !== "off");
    for (const tool of document.querySelectorAll("[data-script].tool")) {
      tool.setAttribute("aria-pressed", (tool.dataset.script === "hans") === (this.now.script === "hans"));
    }
    this.#fill();
  }

  #fill() {
    for (const [name, value] of Object.entries(this.now)) this.form.elements[name].value = value;
  }

  // Who does not see it hears what a key has changed.
  #announce(changed) {
    if (this.panel.contains(document.activeElement)) return;
    this.live.textContent = changed.map((name) => {
      const setting = this.form.querySelector(`[data-setting="${name}"]`);
      const label = setting.querySelector(":checked")?.nextElementSibling.textContent ?? this.now[name];
      return `${setting.firstElementChild.textContent}: ${label}`;
    }).join(", ");
  }
}

// The first mention of each concept is known by its link.
function markFirstMentions(article) {
  const seen = new Set();
  for (const link of article.querySelectorAll(".blocks a.term")) {
    const address = link.getAttribute("href");
    if (!seen.has(address)) link.classList.add("first");
    seen.add(address);
  }
}
