// Runs before the first paint: says that scripts run, puts on the reader's theme, typeface and sizes, and hides the text
// for the moment in which its script is swapped. The page's modules are asked for when the text stands there.
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

  const bringModules = () => {
    const modules = document.getElementById("after-paint");
    if (modules) modules.replaceWith(modules.content);
  };
  const painted = new Promise((done) => { new PerformanceObserver(done).observe({ type: "paint", buffered: true }); });
  // A page in the background is never painted.
  const patience = new Promise((done) => { setTimeout(done, 1000); });
  const parsed = new Promise((done) => { addEventListener("DOMContentLoaded", done); });
  const seen = "pending" in root.dataset || document.hidden ? null : Promise.race([painted, patience]);
  Promise.all([parsed, seen]).then(bringModules);

  // A tool that is pressed before the modules are there waits for them; not for ever, for its link does the same.
  let pressed = null;
  addEventListener("click", (event) => {
    const tool = event.target.closest(".toolbar a.tool");
    if (!tool || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pressed = tool;
    setTimeout(() => { if (pressed === tool) location.assign(tool.href); }, 3000);
  });
  window.takePressed = () => { const tool = pressed; pressed = null; return tool; };
})();
