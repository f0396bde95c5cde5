// Runs before the first paint: says that scripts run, puts on the reader's theme, typeface and sizes, and hides the text
// for the moment in which its script is swapped.
(() => {
  const root = document.documentElement;
  const measures = { size: ["--text-scale", 100], width: ["--measure", 1], leading: ["--text-leading", 10] };

  // Dress the page in what differs from the default; values that no style sheet knows do nothing.
  window.dress = (view) => {
    for (const name of ["theme", "face", "justify", "tones", "marks", "pinyin", "reading"]) {
      // What is as it was is not touched: each touch makes the browser look at every rule again.
      if (view[name] && root.dataset[name] !== view[name]) root.dataset[name] = view[name];
      if (!view[name]) delete root.dataset[name];
    }
    for (const [name, [property, unit]] of Object.entries(measures)) {
      const value = Number(view[name]) / unit;
      if (value > 0.5 && value < 99) root.style.setProperty(property, value); else root.style.removeProperty(property);
    }
  };

  const kept = new URLSearchParams((document.cookie.match(/(?:^|; )view="?([^;"]*)/) || [])[1] || "");
  const asked = new URLSearchParams(location.search);
  root.dataset.scripted = "";
  // An address tells how the text is shown; how the page looks is each reader's own.
  const shared = ["pinyin", "reading", "marks"].filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]);
  window.dress({ ...Object.fromEntries(kept), ...Object.fromEntries(shared) });
  if (kept.get("js") === "1" && (asked.get("script") || kept.get("script") || "hans") !== "hans") root.dataset.pending = "";
})();
