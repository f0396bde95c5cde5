"""400 notes on a page: whatever script and readings are chosen, each is painted on exactly its code points.

What should be painted is worked out from what ``manage.py annotate`` prints; what is painted is read from the page's
text nodes and the browser's highlights. Nothing of the page's own mapping is asked.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server, open_text, sign_up
from tests.browser.test_reading_story import INTERVIEW
from tests.browser.test_settings_story import choose

NOTES = 400
SEED = "/documents/mechanistic-interpretability/"
SCRIPTS = ("hans", "hant", "hant-tw", "hant-hk")
MODES = (("off", "pinyin"), ("on", "pinyin"), ("on", "zhuyin"), ("unknown", "pinyin"))
KNOWN = ["模型", "参数", "缩放", "训练", "机械", "一个", "意思"]
CURLY = str.maketrans("「」『』", "“”‘’")
TEXT = "import json; from reader.models import Document; d = Document.objects.get(slug='{}'); "
SHOW = "print(json.dumps(d.revisions.get(number=d.revision).text))"
WRITE = """from reader import notes; from reader.models import User; from pathlib import Path
for number, (start, end) in enumerate(json.loads(Path('{}').read_text())):
    notes.add(user=User.objects.get(username='{}'), document=d, revision=d.revision, start=start, end=end,
              body=str(number), colour=['yellow', 'green', 'blue', 'red', 'violet'][number % 5])
"""
# For each note the stretches of the shown text, in code points of it without ruby, that the browser paints for it: by a
# highlight of its colour, or by boxes of its colour, of which none reaches further than the notes of that colour.
PAINTED = """() => {
  const highlights = new Map([...CSS.highlights].map(([name, ranges]) => [name, new Set([...ranges].map((range) =>
    { const { startContainer: node, startOffset: from, endOffset: to } = range; node.at ??= Math.random();
      return `${node.at}:${from}:${to}`; }))]));
  const range = document.createRange();
  const rects = ({ node, from, to }) => { range.setStart(node, from); range.setEnd(node, to);
    return [...range.getClientRects()]; };
  const boxes = {};
  for (const element of document.querySelectorAll('.note-box')) {
    const box = element.getBoundingClientRect(); (boxes[element.className.split(' ')[1]] ??= []).push(box); }
  const isIn = (box, { left, right, top, bottom }) => box.left < left + 1 && right < box.right + 1 && box.top < top + 1
    && bottom < box.bottom + 1;
  const own = {};
  for (const { passage } of document.querySelectorAll('.block'))
    for (const { note, stretches } of passage.painted || [])
      (own[note.colour] ??= []).push(...stretches.filter(({ node }) => node.isConnected).flatMap(rects));
  const ends = (colour, box, side) =>
    own[colour].some((rect) => isIn(box, rect) && Math.abs(box[side] - rect[side]) < 1);
  const exact = new Set(Object.entries(boxes).flatMap(([colour, all]) => all.filter((box) => own[colour]
    && ends(colour, box, 'left') && ends(colour, box, 'right'))));
  const is = (colour, stretch) => { const { node, from, to } = stretch;
    if (highlights.get(`note-${colour}`).has(`${node.at}:${from}:${to}`)) return true;
    return Boolean(boxes[colour])
      && rects(stretch).every((rect) => boxes[colour].some((box) => exact.has(box) && isIn(box, rect))); };
  const notes = {}; const shown = [];
  for (const block of document.querySelectorAll('.block')) {
    const starts = new Map(); let text = '';
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) { const node = walker.currentNode;
      if (node.parentElement.closest('rt, .mark')) continue; starts.set(node, text); text += node.data; }
    shown.push([Number(block.dataset.start), text]);
    for (const { note, stretches } of block.passage.painted || []) for (const stretch of stretches) {
      const { node, from, to } = stretch; const before = [...(starts.get(node) + node.data.slice(0, from))].length;
      // What is no longer in the page is not painted.
      const isThere = starts.has(node) && is(note.colour, stretch);
      const place = isThere ? [before, before + [...node.data.slice(from, to)].length] : null;
      ((notes[note.body] ??= {})[block.dataset.start] ??= []).push(place); }
  }
  return { notes, shown };
}"""
COMPLETE = f"""([number, script, pinyin, reading]) => {{ const {{ notes }} = ({PAINTED})();
  const shown = (key) => pinyin === 'off' ? !key || key.trim().split(' ').length < 3 && key.startsWith(`${{script}} `)
    : key.startsWith(`${{script}} `) && key.includes(` ${{reading}} `) && key.endsWith(pinyin === 'on' ? ' ' : '0');
  const all = Object.values(notes);
  return [...document.querySelectorAll('.block')].every(({{ passage }}) => passage.near && shown(passage.shown))
    && all.length === number && all.every((one) => Object.values(one).flat().every(Boolean)); }}"""


def spans(text: str, tokens: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Choose spans: anywhere, over the borders of blocks, inside words, on punctuation, on astral characters."""
    chance = random.Random(6)
    borders = [at for at, letter in enumerate(text) if letter == "\n"]
    inside = [token["start"] for token in tokens if token["end"] - token["start"] > 1 and token["pinyin"][0]]
    marks = [at for at, letter in enumerate(text) if letter in "，。：“”？、；「」"]
    astral = [at for at, letter in enumerate(text) if ord(letter) > 0xFFFF] or marks
    makers: list[Callable[[], tuple[int, int]]] = [
        lambda: (at := chance.randrange(len(text) - 13), at + chance.randint(1, 12)),
        lambda: ((at := chance.choice(borders)) - chance.randint(1, 9), at + chance.randint(2, 9)),
        lambda: ((at := chance.choice(inside)) + 1, at + 2),
        lambda: (at := chance.choice(marks), at + 1),
        lambda: ((at := chance.choice(astral)) - chance.randint(0, 3), at + chance.randint(1, 4)),
    ]
    found: list[tuple[int, int]] = []
    while len(found) < NOTES:
        start, end = makers[len(found) % len(makers)]()
        if 0 <= start < end <= len(text) and text[start:end].strip():
            found.append((start, end))
    return found


def expected(span: tuple[int, int], tokens: list[dict[str, Any]], block: tuple[int, int]) -> tuple[int, int] | None:
    """Give where a span stands in the shown text of a block; a form of another length is taken whole."""
    start, end = max(span[0], block[0]), min(span[1], block[1])
    at, pieces = 0, []
    for token in tokens:
        first, last = max(token["start"], block[0]), min(token["end"], block[1])
        if first >= last:
            continue
        shown = token["shown"] if (first, last) == (token["start"], token["end"]) else token["text"][: last - first]
        if first < end and last > start:
            same = len(shown) == last - first
            pieces.append(at + (max(0, start - first) if same else 0))
            pieces.append(at + (min(end, last) - first if same else len(shown)))
        at += len(shown)
    return (min(pieces), max(pieces)) if pieces and min(pieces) < max(pieces) else None


def joined(pieces: list[list[int] | None]) -> tuple[int, int] | None:
    """Give the one stretch that pieces make up without gap or overlap, or nothing."""
    whole = sorted((piece or [-1, -1])[0:2] for piece in pieces)
    if any(one[1] != other[0] for one, other in pairwise(whole)):
        return None
    return whole[0][0], whole[-1][1]


@dataclass(frozen=True)
class Noted:
    """A text with 400 notes of a reader, and how each script shows it."""

    text: str
    spans: list[tuple[int, int]]
    tokens: dict[str, list[dict[str, Any]]]

    def check(self, found: dict[str, Any], script: str, view: str) -> None:
        """Hold what a page paints in a view against what it should paint."""
        tokens = self.tokens[script]
        blocks = [(start, start + source_length(self.text, start)) for start, _shown in found["shown"]]
        for (start, shown), block in zip(found["shown"], blocks, strict=True):
            assert expected(block, tokens, block) == (0, len(shown)), f"{view}: block {start} {shown[:20]}"
        wrong = []
        for number, span in enumerate(self.spans):
            wanted = {str(block[0]): place for block in blocks if (place := expected(span, tokens, block))}
            painted = {start: joined(pieces) for start, pieces in found["notes"].get(str(number), {}).items()}
            if painted != wanted:
                wrong.append((span, wanted, painted))
        assert wrong == [], f"{view}: {len(wrong)} of {NOTES} are wrong: {wrong[:5]}"


def write_notes(server: Server, folder: Path, slug: str, name: str) -> Noted:
    """Write 400 notes of a reader on a document."""
    text = json.loads(server.manage("shell", "-v", "0", "-c", TEXT.format(slug) + SHOW))
    (folder / "text").write_text(text, encoding="utf8")
    tokens = {
        script: json.loads(server.manage("annotate", str(folder / "text"), "--script", script))["tokens"]
        for script in SCRIPTS
    }
    chosen = spans(text, tokens["hans"])
    (folder / "spans").write_text(json.dumps(chosen))
    server.manage("shell", "-v", "0", "-c", TEXT.format(slug) + WRITE.format(folder / "spans", name))
    return Noted(text, chosen, tokens)


@pytest.mark.parametrize("address", [INTERVIEW, SEED])
def test_400_notes_are_exact_in_every_script_and_reading_mode(
    page: Page, server: Server, tmp_path: Path, address: str
) -> None:
    slug = address.split("/")[2]
    name = f"toggler-{slug[:5]}"
    page.set_viewport_size({"width": 1280, "height": 9000})
    sign_up(page, name)
    noted = write_notes(server, tmp_path, slug, name)
    page.evaluate("(known) => localStorage.setItem('known', JSON.stringify(known))", KNOWN)
    open_text(page, address + "?pinyin=off&script=hans")
    page.keyboard.press("a")
    for script, (pinyin, reading) in product(SCRIPTS, MODES):
        choose(page, "script", script)
        choose(page, "pinyin", pinyin)
        if pinyin != "off":
            choose(page, "reading", reading)
        page.wait_for_function(COMPLETE, arg=[NOTES, script, pinyin, reading])
        noted.check(page.evaluate(PAINTED), script, f"{script}, {pinyin}, {reading}")


def source_length(text: str, start: int) -> int:
    """Give how long the block is that begins at a place: up to the end of its line."""
    end = text.find("\n", start)
    return (end if end >= 0 else len(text)) - start


def test_a_word_below_its_reading_is_bare_again_without_its_note(page: Page) -> None:
    sign_up(page, "painter")
    open_text(page, INTERVIEW + "?pinyin=on")
    page.wait_for_selector(".blocks ruby")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("h")
    page.wait_for_selector(".note-box", state="attached")
    page.locator(".margin .note").get_by_role("button", name="Delete").click()
    page.wait_for_function("() => !document.querySelector('.note-box')", timeout=5000)
