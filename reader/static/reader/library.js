// The library of a guest: how far they are in each text, and what to go on with. This browser knows, and nobody else.
import { KEPT, percentOf, read } from "./kept.js";

const MOST_OFFERED = 3;
const section = document.querySelector(".reading-on");

function howFar(percent) {
  const element = document.querySelector("#how-far").content.cloneNode(true).querySelector(".how-far");
  const words = element.querySelector(".how-far-words");
  element.querySelector("progress").value = percent;
  words.textContent = (percent === 100 ? words.dataset.end : words.dataset.some).replace("{percent}", percent);
  return element;
}

function continuation(item, percent) {
  const element = document.createElement("li");
  element.className = "item";
  const link = item.querySelector(".item-link").cloneNode(true);
  link.href += "#resume";
  element.append(link, howFar(percent));
  return element;
}

function show() {
  const kept = read(localStorage, KEPT) || {};
  document.querySelectorAll(".shelf .how-far").forEach((old) => old.remove());
  const begun = [...document.querySelectorAll(".shelf .item")].filter((item) => kept[item.dataset.slug])
    .map((item) => ({ item, ...kept[item.dataset.slug] }))
    .map((one) => ({ ...one, percent: percentOf(one.offset, one.length) }));
  for (const { item, percent } of begun) item.querySelector(".item-foot").append(howFar(percent));
  const offered = begun.filter(({ percent }) => percent > 0 && percent < 100).sort((a, b) => b.when - a.when);
  section.querySelector("ul").replaceChildren(
    ...offered.slice(0, MOST_OFFERED).map(({ item, percent }) => continuation(item, percent)),
  );
  section.hidden = !offered.length;
}

if (section?.dataset.guest !== undefined) {
  show();
  addEventListener("pageshow", (event) => { if (event.persisted) show(); });
}
