// On a phone the card is a sheet: its handle is drawn down to close it, up to see more of it.
const FAR = 70;

export function draggable(sheet, handle, onClose) {
  let from = null;
  const moved = (event) => event.clientY - from;
  handle.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    handle.setPointerCapture(event.pointerId);
    sheet.classList.add("dragged");
  });
  handle.addEventListener("pointermove", (event) => {
    if (from !== null) sheet.style.transform = `translateY(${Math.max(0, moved(event))}px)`;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    handle.addEventListener(end, (event) => {
      if (from === null) return;
      const way = end === "pointerup" ? moved(event) : 0;
      from = null;
      sheet.style.transform = "";
      sheet.classList.remove("dragged");
      if (way < -FAR / 2) sheet.classList.add("tall");
      else if (way > FAR / 2 && sheet.classList.contains("tall")) sheet.classList.remove("tall");
      else if (way > FAR) onClose();
    });
  }
}
