// For editors, beside a text: write the concept of a word or of what is selected, and see the page change.
const panel = document.createElement("aside");
let files;

function isTyping(target) { return target.closest("input, textarea, select, [contenteditable]"); }

function editAddress(key) { return files.edit.replace("/key/", `/${key}/`); }
function newAddress(text) { return `${files.new}?text=${encodeURIComponent(text)}`; }

// The forms stay in the panel when it is closed: who opens the same concept again finds what was typed.
async function open(address) {
  if (panel.dataset.address !== address) {
    const response = await fetch(part(address)).catch(() => null);
    // Whoever is signed out meanwhile is asked to sign in on a page of its own.
    if (!response?.ok || response.redirected) { location.assign(address); return; }
    show(await response.text(), address);
  }
  panel.hidden = false;
  const field = panel.querySelector("input[name$='text']:placeholder-shown, input[name$='text']");
  field?.focus();
  field?.dispatchEvent(new Event("input", { bubbles: true }));
}

function part(address) { return `${address}${address.includes("?") ? "&" : "?"}part=1`; }

function show(html, address) {
  panel.dataset.address = address;
  panel.querySelector(".editor-body").innerHTML = html;
}

function close() {
  panel.hidden = true;
  document.querySelector(".card:not([hidden])")?.focus();
}

async function save(form, submitter) {
  const body = new FormData(form, submitter);
  panel.setAttribute("aria-busy", "true");
  const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
  panel.removeAttribute("aria-busy");
  if (response?.headers.get("Content-Type")?.includes("json")) {
    // The page is written anew; the browser brings the reader back to the same line.
    location.reload();
  } else if (response && !response.redirected && (response.ok || response.status === 422)) {
    show(await response.text(), panel.dataset.address);
    const told = panel.querySelector(".errorlist, .effect") || panel.querySelector("h1");
    told.scrollIntoView({ block: "center" });
    (told.parentElement.querySelector("input:not([type=hidden]), select, textarea") || panel).focus({ preventScroll: true });
  } else {
    panel.querySelector(".editor-failed").hidden = false;
  }
}

// Each concept on a card can be edited, and a word without one can become one.
function dress(card) {
  const sections = card.element.querySelectorAll(".card-body > .card-concept");
  for (const section of card.element.querySelectorAll(".card-concept:not(:has(.card-edit))")) {
    section.append(link(editAddress(section.dataset.concept), files.word_edit));
    if (sections.length > 1 && [...sections].includes(section) && card.entry?.range) section.append(chooser(card, section.dataset.concept));
  }
  if (sections.length && card.entry?.range && !card.find(".card-unmark")) card.find(".card-body").append(chooser(card, ""));
  const body = card.find(".card-body");
  const nothing = !body.querySelector(".card-concept, .card-wait, .card-edit") && card.entry;
  if (nothing) body.append(link(newAddress(card.entry.word), files.word_add));
}

// What the word means, or that it is not marked: here, or throughout the text. It can be undone on the text's own list.
function chooser(card, concept) {
  const line = document.createElement("p");
  line.className = concept ? "card-choose" : "card-choose card-unmark";
  line.append(concept ? files.word_means : files.word_unmarked, " ");
  for (const throughout of ["", "on"]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "chip", textContent: throughout ? files.word_throughout : files.word_here });
    button.addEventListener("click", () => choose(card.entry, concept, throughout, line));
    line.append(button, " ");
  }
  const all = Object.assign(document.createElement("a"), { href: files.choices, textContent: files.word_choices });
  if (!concept) line.append(all);
  return line;
}

async function choose({ start, word }, concept, throughout, line) {
  const { revision } = document.querySelector("article.text").dataset;
  const body = new URLSearchParams({ revision, start, end: start + [...word].length, concept, throughout });
  const headers = { "X-CSRFToken": files.token };
  const response = await fetch(files.choose, { method: "POST", body, headers }).catch(() => null);
  if (response?.ok && !response.redirected) { location.reload(); return; }
  const isJson = response?.headers.get("Content-Type")?.includes("json");
  line.textContent = isJson ? (await response.json()).error : files.word_failed;
  line.setAttribute("role", "alert");
}

function link(address, text) {
  const line = document.createElement("p");
  line.className = "card-edit";
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: address, textContent: text });
  line.append(anchor);
  return line;
}

function chosenAddress({ card, chosen, current }) {
  const text = chosen();
  if (text) return newAddress(text);
  const concept = card.isOpen && card.element.querySelector("[data-concept]");
  if (concept) return editAddress(concept.dataset.concept);
  const word = card.entry?.word || (current() && current().passage.text.slice(current().token.start, current().token.end));
  return word && newAddress(word);
}

export function begin(addresses, page) {
  files = addresses;
  const styles = document.createElement("link");
  Object.assign(styles, { rel: "stylesheet", href: files["editor.css"] });
  document.head.append(styles);
  import(files["propose.js"]);
  Object.assign(panel, { className: "editor editor-panel", hidden: true, tabIndex: -1 });
  panel.setAttribute("aria-labelledby", "editor-title");
  panel.innerHTML = '<p class="editor-bar"><button type="button" class="icon" >×</button></p><p class="form-error editor-failed" role="alert" hidden></p><div class="editor-body"></div>';
  const button = panel.querySelector(".editor-bar button");
  button.setAttribute("aria-label", files.word_close);
  button.addEventListener("click", close);
  panel.querySelector(".editor-failed").textContent = files.word_failed;
  document.body.append(panel);
  panel.addEventListener("submit", (event) => { event.preventDefault(); save(event.target, event.submitter); });
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) panel.querySelector("form")?.requestSubmit();
  });
  new MutationObserver(() => dress(page.card)).observe(page.card.find(".card-body"), { childList: true });
  page.card.element.addEventListener("click", (event) => {
    const anchor = event.target.closest(".card-edit a");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(anchor.getAttribute("href"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyE" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const address = chosenAddress(page);
    if (address) { event.preventDefault(); open(address); }
  });
}
