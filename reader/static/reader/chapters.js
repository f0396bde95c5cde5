// The chapters of a long text: which one holds a place, and the way there. A short text is one chapter.
const { dataset } = document.querySelector("article.text");
const CHAPTERS = (dataset.chapters || "0:0").split(" ").map((chapter) => chapter.split(":").map(Number));
const HERE = Number(dataset.chapter || 1) - 1;

const ofBlock = (number) => CHAPTERS.findLastIndex(([block]) => block <= number);
const of = (offset) => CHAPTERS.findLastIndex(([, start]) => start <= offset);

// Whether a place of the whole text is on this page.
export const isHere = (offset) => of(offset) === HERE;

const addressOf = (chapter) => (chapter ? `${dataset.document}chapters/${chapter + 1}/` : dataset.document);

// Go to the page of a chapter, with what is asked of it there.
export function leave(offset, rest) {
  location.assign(addressOf(of(offset)) + rest);
}

// An address that names a paragraph of another chapter leads there.
export function follow() {
  const [, number] = location.hash.match(/^#b(\d+)$/) || [];
  if (number === undefined || ofBlock(Number(number)) === HERE) return;
  location.replace(addressOf(ofBlock(Number(number))) + location.search + location.hash);
}
