// How this reader wants pages shown: the address first, then the cookie. The server reads the same cookie.
const YEAR = 365 * 24 * 3600;
const SCRIPTS = ["hans", "hant-tw", "hant-hk", "hant"];

function cookie() {
  const match = document.cookie.match(/(?:^|; )view="?([^;"]*)/);
  return new URLSearchParams(match ? match[1] : "");
}

export function read(source) {
  const address = new URLSearchParams(location.search);
  const kept = cookie();
  const script = address.get("script") || kept.get("script");
  return {
    script: SCRIPTS.includes(script) ? script : source,
    pinyin: (address.get("pinyin") || kept.get("pinyin")) === "on",
  };
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

// Keep a view in the cookie, and in the address where it is not the plain one, so that the address can be shared.
export function write(view, source) {
  const pinyin = view.pinyin ? "on" : "off";
  keep(`script=${view.script}&pinyin=${pinyin}&js=1`);
  const plain = view.script === source && !view.pinyin;
  const query = new URLSearchParams(location.search);
  for (const name of ["script", "pinyin", "js"]) query.delete(name);
  if (!plain) { query.set("script", view.script); query.set("pinyin", pinyin); }
  const search = query.size ? `?${query}` : "";
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}
