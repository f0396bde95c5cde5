"""The pointer on words and their readings, and the place one reads: measured where the browser has shown it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_text, sign_up
from tests.browser.test_reading_story import INTERVIEW, SELECT

# The screen box of the nth reading that is in sight, and the word below it.
READING = """(n) => { const shown = [...document.querySelectorAll('.blocks rt')].filter((rt) => {
    const box = rt.getBoundingClientRect(); return box.top > 130 && box.bottom < innerHeight - 80; });
  const rt = shown[n]; const box = rt.getBoundingClientRect(); const ruby = rt.closest('ruby');
  const word = [...ruby.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('');
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, left: box.left, right: box.right, word }; }"""


def reading(page: Page, number: int) -> dict[str, Any]:
    """Give where the nth reading in sight stands, and the word below it."""
    found: dict[str, Any] = page.evaluate(READING, number)
    return found


def settle(page: Page) -> None:
    """Wait until the page has stood still for a while: ruby near the window comes in slices."""
    page.evaluate(
        """() => new Promise((done) => { let last = '', still = 0; const step = () => {
        const now = `${scrollY} ${document.body.scrollHeight} ${document.querySelectorAll('rt').length}`;
        still = now === last ? still + 1 : 0; last = now;
        if (still > 40) done(); else requestAnimationFrame(step); }; step(); })"""
    )


@pytest.mark.parametrize("view", ["pinyin=on", "pinyin=on&reading=zhuyin", "pinyin=on&script=hant-tw"])
def test_a_reading_opens_the_card_of_its_word(page: Page, view: str) -> None:
    open_text(page, f"{INTERVIEW}?{view}")
    settle(page)
    for number in (3, 12, 20):
        place = reading(page, number)
        for x in (place["x"], place["left"] + 1, place["right"] - 1):
            page.mouse.click(x, place["y"])
            word = page.locator(".card .card-word span").first
            expect(word).to_be_visible()
            assert place["word"] in word.inner_text() or word.inner_text() in place["word"]
            page.keyboard.press("Escape")


def test_a_drag_that_begins_on_pinyin_selects_the_words_below(page: Page) -> None:
    open_text(page, f"{INTERVIEW}?pinyin=on")
    settle(page)
    first, last = reading(page, 3), reading(page, 5)
    for begin, end in ((first, last), (last, first)):
        page.mouse.move(begin["x"], begin["y"])
        page.mouse.down()
        page.mouse.move(end["x"], end["y"], steps=6)
        page.mouse.up()
        selected = page.evaluate("() => getSelection().toString()")
        assert selected.startswith(first["word"]) and selected.endswith(last["word"])
        assert not page.evaluate("() => /[a-zā-ǜ]/.test(getSelection().toString())")
        # No card is asked for by that, and the passage can be noted.
        expect(page.locator(".card")).to_be_hidden()
        expect(page.locator(".note-here")).to_be_visible()
        page.evaluate("() => getSelection().removeAllRanges()")


def test_no_tone_of_zhuyin_stands_on_the_next_character(page: Page) -> None:
    open_text(page, f"{INTERVIEW}?pinyin=on&reading=zhuyin")
    settle(page)
    beside = page.evaluate(
        """() => [...document.querySelectorAll('.blocks rt i:not(.dot)')].map((tone) => {
        const box = tone.getBoundingClientRect(); const rt = tone.closest('rt').getBoundingClientRect();
        const style = getComputedStyle(tone.closest('rt'));
        return box.right - rt.right - parseFloat(style.marginRight); }).filter((over) => over > 1.5)"""
    )
    assert beside == []


def test_the_line_stays_while_readings_come_above_it(page: Page) -> None:
    """With the table of contents beside the text, which is as tall as the text itself."""
    open_text(page, "/documents/mechanistic-interpretability/?pinyin=off&script=hans")
    assert page.locator(".contents-rail").is_visible()
    page.mouse.wheel(0, 2200)
    page.wait_for_function("() => scrollY > 1500")
    settle(page)
    page.evaluate(
        """() => { const place = document.caretPositionFromPoint(
        document.querySelector('article').getBoundingClientRect().left + 24, 140);
        const { passage } = place.offsetNode.parentElement.closest('.block');
        window.where = () => passage.range(0, 1).getBoundingClientRect().top; }"""
    )
    before = page.evaluate("() => window.where()")
    page.keyboard.press("p")
    page.wait_for_selector("rt")
    settle(page)
    assert abs(page.evaluate("() => window.where()") - before) < 160


def test_a_note_is_come_to_with_readings_shown(page: Page) -> None:
    sign_up(page, "nora")
    open_text(page, "/documents/mechanistic-interpretability/?pinyin=off&script=hans")
    page.evaluate("() => document.querySelector('.blocks').lastElementChild.scrollIntoView()")
    settle(page)
    last = page.evaluate("() => document.querySelector('.blocks').lastElementChild.innerText.slice(2, 4)")
    page.evaluate(SELECT, [last, last])
    page.keyboard.press("n")
    page.get_by_label("Your note").last.fill("far below")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note")).to_have_count(1)
    open_text(page, "/documents/mechanistic-interpretability/?pinyin=on&script=hant-tw")
    page.keyboard.press("]")
    settle(page)
    shown = page.evaluate(
        """() => (([...CSS.highlights.get('note-open')][0]?.startContainer.parentElement
        ?? document.querySelector('.note-box.open')).getBoundingClientRect().top)"""
    )
    assert 60 < shown < page.evaluate("innerHeight") - 60


# Select from one character of a block to another; where an edge is in its reading, inside that.
EDGES = """([from, to]) => { const find = ({ block, at, read }, isEnd) => { const walker = document.createTreeWalker(
      document.querySelectorAll('.block')[block], NodeFilter.SHOW_TEXT); let left = at;
    while (walker.nextNode()) { const node = walker.currentNode; if (node.parentElement.closest('rt, .mark')) continue;
      if (left >= node.length + (isEnd ? 1 : 0)) { left -= node.length; continue; }
      const reading = read && node.parentElement.closest('ruby')?.querySelector('rt').firstChild;
      return reading ? [reading, reading.length ? 1 : 0] : [node, left]; } };
  getSelection().setBaseAndExtent(...find(from, false), ...find(to, true)); }"""


@pytest.mark.parametrize("view", ["pinyin=off", "pinyin=on", "pinyin=on&reading=zhuyin", "pinyin=on&script=hant-tw"])
def test_the_edges_of_a_selection_map_right(page: Page, view: str) -> None:
    """In readings, in punctuation, across blocks, and across notes."""
    sign_up(page, "edges-" + view.replace("&", "-").replace("=", "-"))
    open_text(page, f"{INTERVIEW}?{view}")
    settle(page)
    cases = [
        ((0, 12), (0, 13), "，"),
        ((0, 11), (0, 17), "话，谈的是模"),
        ((2, 20), (3, 9), "law 是一回事吗？ Writer：是一"),
        ((1, 5), (2, 4), "Scaling Law 缩放定律"),
    ]
    for (block, start), (other, end), quote in cases:
        page.evaluate(EDGES, [{"block": block, "at": start}, {"block": other, "at": end}])
        page.keyboard.press("n")
        assert page.locator(".composer-quote").inner_text() == quote
        page.keyboard.press("Escape")
        # What is there already changes nothing.
        page.evaluate(EDGES, [{"block": block, "at": start}, {"block": other, "at": end}])
        page.keyboard.press("h")
        expect(page.locator(".note-count")).to_have_text(str(cases.index(((block, start), (other, end), quote)) + 1))
    if "pinyin=off" in view:
        return
    # An edge in a reading stands for the word below it; in zhuyin it is that of one character.
    page.evaluate(EDGES, [{"block": 2, "at": 1, "read": True}, {"block": 2, "at": 8, "read": True}])
    page.keyboard.press("n")
    assert page.locator(".composer-quote").inner_text() == "缩放定律说的是什么"
