// Runs before the first paint: says that scripts run, and hides the text for the moment in which its script is swapped.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  const view = new URLSearchParams((document.cookie.match(/(?:^|; )view="?([^;"]*)/) || [])[1] || "");
  const asked = new URLSearchParams(location.search).get("script") || view.get("script") || "hans";
  if (view.get("js") === "1" && asked !== "hans") root.dataset.pending = "";
})();
