// The keys of the reading page: by their place on the keyboard, never while something is being typed.

// Whether a key belongs to an input method, by which Chinese is typed: the letters of a word, or what ends it.
export const isTyping = (event) => event.isComposing || event.keyCode === 229;

export function listen(actions, typing) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey) return;
    const inField = event.target.closest("input, textarea, select, [contenteditable]");
    if (inField && event.code !== "Escape") return;
    if (document.querySelector("dialog[open]")) return;
    // Enter on a link or a button is theirs; so are the arrows while a note is written.
    if (event.code === "Enter" && event.target.closest("a, button, summary")) return;
    if (event.code.startsWith("Arrow") && typing()) return;
    const action = actions[`${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`];
    // An action that has nothing to do says false, and leaves the key to the browser.
    if (action && action() !== false) event.preventDefault();
  });
}
