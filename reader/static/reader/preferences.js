// How this reader wants pages shown: the address first, then the cookie, else plainly. The server reads the same cookie.
// The form of the settings says which values there are, and which hold where nothing is said.
const YEAR = 365 * 24 * 3600;
// What a shared address tells; the rest is each reader's own.
const SHARED = ["script", "pinyin", "reading", "marks"];

function cookie() {
  const match = document.cookie.match(/(?:^|; )view="?([^;"]*)/);
  return new URLSearchParams(match ? match[1] : "");
}

export class Preferences {
  constructor(form, source) {
    this.form = form;
    this.defaults = { script: source, ...Object.fromEntries(new FormData(form)) };
  }

  read() {
    const [address, kept] = [new URLSearchParams(location.search), cookie()];
    const found = {};
    for (const [name, value] of Object.entries(this.defaults)) {
      const wanted = [SHARED.includes(name) && address.get(name), kept.get(name)];
      found[name] = wanted.find((one) => one && this.#allows(name, one)) || value;
    }
    return found;
  }

  #allows(name, value) {
    const control = this.form.elements[name];
    if (control instanceof RadioNodeList) return [...control].some((radio) => radio.value === value);
    return /^\d+$/.test(value) && Number(value) >= Number(control.min) && Number(value) <= Number(control.max);
  }

  // Give what is not as it is by itself.
  special(view) {
    return Object.fromEntries(Object.entries(view).filter(([name, value]) => value !== this.defaults[name]));
  }

  // Keep a view in the cookie, and what of it can be shared in the address.
  write(view) {
    // The script and the readings are kept in any case: the next text may be written in the other script.
    keep(new URLSearchParams({ script: view.script, pinyin: view.pinyin, ...this.special(view), js: "1" }));
    const query = new URLSearchParams(location.search);
    for (const name of [...SHARED, "js"]) query.delete(name);
    for (const [name, value] of Object.entries(this.special(view))) if (SHARED.includes(name)) query.set(name, value);
    history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
  }
}

function keep(value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `view=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

// Tell the server that scripts run; what nobody chose stays each text's own.
export function saySo() {
  const value = cookie();
  if (value.get("js") === "1") return;
  value.set("js", "1");
  keep(value);
}
