"""How the text is shown: by mouse, keyboard and touch; kept, shared by the address, and every block right."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypinyin.constants import PINYIN_DICT

from tests.browser.conftest import Server, open_text
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW
from zhtext import zhuyin

LONG = "/documents/mechanistic-interpretability/"
PLAIN = "?script=hans&pinyin=off"

# What each block of a page holds: its text without ruby, and its readings.
BLOCKS = """(root) => [...root.querySelectorAll('.block')].map((block) => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll('rt, .mark').forEach((element) => element.remove());
  return [copy.textContent, [...block.querySelectorAll('rt')].map((above) => above.textContent).filter(Boolean)];
})"""
SHOWN = f"(() => ({BLOCKS})(document))"
SENT = f"(html) => ({BLOCKS})(new DOMParser().parseFromString(html, 'text/html'))"
EVERYTHING_NEAR = "dispatchEvent(new Event('beforeprint'))"


def sent(page: Page, stranger: BrowserContext, address: str) -> Any:
    """Give what the server itself sends for a view, to one whose scripts do not run."""
    stranger.clear_cookies()
    return page.evaluate(SENT, stranger.request.get(address).text())


def panel(page: Page) -> Any:
    return page.get_by_role("dialog", name="How the text is shown")


def choose(page: Page, name: str, value: str) -> None:
    panel(page).locator(f"label:has(input[name={name}][value={value}])").click()


@pytest.mark.parametrize("reading", ["pinyin", "zhuyin"])
@pytest.mark.parametrize("script", ["hans", "hant-tw", "hant-hk", "hant"])
def test_every_block_is_as_the_server_shows_it(page: Page, stranger: BrowserContext, script: str, reading: str) -> None:
    """Switch script, readings and quotation marks, here and there: text and ruby are those of the server's own page."""
    open_text(page, INTERVIEW + PLAIN)
    page.keyboard.press("a")
    choose(page, "script", script)
    choose(page, "pinyin", "on")
    choose(page, "reading", reading)
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 2000)
    page.mouse.wheel(0, -900)
    view = f"{INTERVIEW}?script={script}&reading={reading}&js=0"
    wanted = sent(page, stranger, f"{view}&pinyin=off")
    page.wait_for_selector(".blocks rt", state="attached")
    page.wait_for_function(
        f"(wanted) => JSON.stringify({SHOWN}().map((b) => b[0])) === JSON.stringify(wanted)",
        arg=[text for text, _readings in wanted],
    )
    page.evaluate(EVERYTHING_NEAR)
    assert page.evaluate(SHOWN) == sent(page, stranger, f"{view}&pinyin=on")
    # And back.
    page.keyboard.press("a")
    page.get_by_role("button", name="As at the start").click()
    plain = sent(page, stranger, f"{INTERVIEW}?js=0")
    page.wait_for_function(f"(wanted) => JSON.stringify({SHOWN}()) === JSON.stringify(wanted)", arg=plain)


@pytest.mark.parametrize("quotes", ["auto", "curly", "corner"])
def test_quotation_marks_follow_the_script_or_the_reader(page: Page, stranger: BrowserContext, quotes: str) -> None:
    """Choose quotation marks: page and server agree."""
    open_text(page, LONG + PLAIN)
    page.keyboard.press("a")
    choose(page, "quotes", quotes)
    choose(page, "script", "hant-tw")
    wanted = sent(page, stranger, f"{LONG}?script=hant-tw&quotes={quotes}&js=0")
    page.wait_for_function(f"(wanted) => JSON.stringify({SHOWN}()) === JSON.stringify(wanted)", arg=wanted)
    shown = "".join(text for text, _readings in wanted)
    assert ("「" in shown) is (quotes != "curly")
    assert ("“" in shown) is (quotes == "curly")


def test_the_panel_by_mouse_keyboard_and_touch(page: Page, browser: Browser, browser_context_args: Any) -> None:
    """Open it in three ways, change something, close it; the focus goes back to where it was."""
    open_text(page, INTERVIEW + PLAIN)
    opener = page.get_by_role("button", name="How the text is shown")
    opener.click()
    choose(page, "theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 21, 18)"
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(opener).to_be_focused()

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    expect(panel(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("article.text")).to_have_attribute("lang", "zh-Hant-TW")
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    page.keyboard.press("m")
    expect(page.locator("html")).to_have_attribute("data-marks", "first")

    phone = browser.new_context(**browser_context_args | {"viewport": {"width": 390, "height": 800}, "has_touch": True})
    small = phone.new_page()
    open_text(small, INTERVIEW + PLAIN)
    small.get_by_role("button", name="How the text is shown").tap()
    box = panel(small).bounding_box()
    assert box
    assert box["y"] > 300
    assert round(box["y"] + box["height"]) == 800
    panel(small).locator("label:has(input[name=pinyin][value=on])").tap()
    expect(small.locator("rt").first).to_be_attached()
    panel(small).get_by_role("button", name="Close").tap()
    expect(panel(small)).to_be_hidden()
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()


def test_what_is_chosen_is_kept_and_can_be_shared(page: Page, stranger: BrowserContext) -> None:
    """Reload, go to another text, give the address to somebody: text views travel, one's own comfort does not."""
    open_text(page, INTERVIEW)
    assert "?" not in page.url
    page.keyboard.press("a")
    choose(page, "script", "hant-hk")
    choose(page, "marks", "first")
    choose(page, "face", "kai")
    panel(page).get_by_label("Text size").fill("130")
    assert page.url.endswith("?script=hant-hk&marks=first")
    size = page.evaluate("getComputedStyle(document.querySelector('.blocks')).fontSize")
    assert size == "24.7px"
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(page.locator("h1")).to_contain_text("研究者訪談")
    assert page.evaluate("getComputedStyle(document.querySelector('.blocks')).fontSize") == size
    open_text(page, "/documents/agents/")
    expect(page.locator("html")).to_have_attribute("data-face", "kai")
    expect(page.locator("article.text")).to_have_attribute("lang", "zh-Hant-HK")

    other = stranger.new_page()
    open_text(other, INTERVIEW + "?script=hant-hk&marks=first&reading=runes&size=180")
    expect(other.locator("h1")).to_contain_text("研究者訪談")
    assert other.locator("html").get_attribute("data-marks") == "first"
    assert other.evaluate("getComputedStyle(document.querySelector('.blocks')).fontSize") == "19px"


def test_only_first_mentions_are_marked(page: Page) -> None:
    """Press M: a concept that comes again is no longer underlined, and still opens its card."""
    open_text(page, INTERVIEW + PLAIN)
    page.keyboard.press("m")
    links = page.evaluate(
        """() => [...document.querySelectorAll('.blocks a.term')].map((link) => [link.getAttribute('href'),
        getComputedStyle(link).textDecorationColor !== 'rgba(0, 0, 0, 0)'])"""
    )
    seen: set[str] = set()
    for address, marked in links:
        assert marked is (address not in seen)
        seen.add(address)
    assert len(seen) < len(links)


def test_known_words_have_no_ruby(page: Page) -> None:
    """Know a word: where readings stand above new words only, its own are gone, and come back when it is forgotten."""
    page.add_init_script("localStorage.setItem('known', JSON.stringify(['损失']))")
    open_text(page, INTERVIEW + "?script=hans&pinyin=unknown")
    page.evaluate(EVERYTHING_NEAR)
    expect(page.locator("rt", has_text="suōfàngdìnglǜ").first).to_be_attached()
    assert page.locator("rt", has_text=re.compile("^sǔnshī$")).count() == 0
    page.keyboard.press("p")
    expect(page.locator("rt")).to_have_count(0)
    page.keyboard.press("p")
    page.evaluate("localStorage.clear(); dispatchEvent(new StorageEvent('storage', { key: 'known' }))")
    page.evaluate(EVERYTHING_NEAR)
    expect(page.locator("rt", has_text=re.compile("^sǔnshī$")).first).to_be_attached()


@pytest.mark.parametrize(("name", "value"), [("size", "150"), ("width", "24"), ("leading", "25"), ("face", "hei")])
def test_the_line_that_is_read_stays(page: Page, name: str, value: str) -> None:
    """Change the typography in the middle of a text: the line under the eye does not move."""
    open_text(page, LONG + PLAIN)
    page.mouse.wheel(0, 1500)
    page.wait_for_function("() => scrollY > 1000")
    page.evaluate(
        """() => { const left = document.querySelector('article').getBoundingClientRect().left + 24;
        const top = document.querySelector('.toolbar').getBoundingClientRect().bottom + 40;
        const place = document.caretPositionFromPoint(left, top);
        const block = place.offsetNode.parentElement.closest('.block');
        const before = document.createRange(); before.setStart(block, 0); before.setEnd(place.offsetNode, place.offset);
        const at = before.toString().length;
        window.where = () => block.passage.range(at, at + 1).getBoundingClientRect().top; }"""
    )
    before = page.evaluate("where()")
    page.keyboard.press("a")
    if name == "face":
        choose(page, name, value)
    else:
        panel(page).get_by_label({"size": "Text size", "width": "Line width", "leading": "Line spacing"}[name]).fill(
            value
        )
    page.wait_for_timeout(200)
    assert abs(page.evaluate("where()") - before) < 3


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("reading", ["pinyin", "zhuyin"])
def test_no_reading_touches_the_next_and_no_line_begins_with_a_closing_mark(
    page: Page, reading: str, width: int
) -> None:
    """Measure every ruby and every line of a long text."""
    page.set_viewport_size({"width": width, "height": 800})
    open_text(page, f"{LONG}?script=hans&pinyin=on&reading={reading}")
    page.evaluate(f"{EVERYTHING_NEAR}; document.querySelectorAll('.block').forEach((b) => b.classList.add('ready'))")
    overlaps, bad_lines = page.evaluate(
        """() => { const overlaps = [], lines = [];
        for (const block of document.querySelectorAll('.block')) {
          const rts = [...block.querySelectorAll('rt')];
          const boxes = rts.map((rt) => rt.getBoundingClientRect()).filter((box) => box.width);
          boxes.forEach((box, at) => { const before = boxes[at - 1];
            if (!before || Math.abs(before.top - box.top) > 3) return;
            if (box.left < before.right - 0.6) overlaps.push(block.id); });
          const { passage } = block; let last = null;
          for (let at = 0; at < passage.text.length; at += 1) {
            const box = passage.range(at, at + 1)?.getClientRects()[0];
            if (!box?.width) continue;
            const begins = last && box.left < last.left && box.top - last.top > 14;
            if (begins && /[，。、；：！？）》」』”’]/.test(passage.text[at])) lines.push(block.id);
            last = box; } }
        return [overlaps, lines]; }"""
    )
    assert overlaps == []
    assert bad_lines == []


def test_zhuyin_of_the_page_is_zhuyin_of_the_server(page: Page, server: Server) -> None:
    """Write every syllable that the readings know in zhuyin, here and there."""
    manifest = json.loads(Path(server.environment["ZHUJIE_DATA"], "static", "staticfiles.json").read_text("utf8"))
    address = "/static/" + manifest["paths"]["reader/zhuyin.js"]
    syllables = sorted({syllable for readings in PINYIN_DICT.values() for syllable in readings.split(",")})
    assert len(syllables) > 1000
    page.goto("/about/")
    written = page.evaluate(
        """async ([address, syllables]) => { const { zhuyin } = await import(address);
        return syllables.map((one) => { const [letters, tone] = zhuyin(one);
          return tone === '˙' ? tone + letters : letters + tone; }); }""",
        [address, syllables],
    )
    wrong = [
        (syllable, got, zhuyin.from_pinyin(syllable))
        for syllable, got in zip(syllables, written, strict=True)
        if got != zhuyin.from_pinyin(syllable)
    ]
    assert wrong == []


@pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
def test_axe_finds_nothing_with_the_panel_open(page: Page, theme: str) -> None:
    """Look at the panel, with zhuyin and coloured tones behind it."""
    open_text(page, INTERVIEW + "?script=hant-tw&pinyin=on&reading=zhuyin")
    page.keyboard.press("a")
    choose(page, "theme", theme)
    choose(page, "tones", "zhongwen")
    choose(page, "marks", "none")
    expect(page.locator("rt[class*=tone]").first).to_be_attached()
    assert violations(page) == []


def test_without_scripts_a_form_does_the_same(browser: Browser, browser_context_args: Any) -> None:
    """Set size, theme and zhuyin by the plain form: the text comes back so, and the form remembers."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(INTERVIEW)
    page.get_by_role("button", name="How the text is shown").click()
    for name, value in {"pinyin": "on", "reading": "zhuyin", "script": "hant-tw", "theme": "dark"}.items():
        page.locator(f"label:has(input[name={name}][value={value}])").click()
    page.get_by_label("Text size").fill("130")
    page.get_by_role("button", name="Keep").click()
    expect(page).to_have_url(re.compile(re.escape(INTERVIEW) + "$"))
    expect(page.locator("rt", has_text="ㄈㄤˋ").first).to_be_attached()
    expect(page.locator("h1")).to_contain_text("研究者訪談")
    assert page.locator(".blocks").evaluate("(element) => getComputedStyle(element).fontSize") == "24.7px"
    assert page.locator("body").evaluate("(element) => getComputedStyle(element).backgroundColor") == "rgb(23, 21, 18)"
    page.get_by_role("button", name="How the text is shown").click()
    expect(page.locator("input[name=reading][value=zhuyin]")).to_be_checked()
    context.close()


def test_on_a_slow_machine_every_block_ends_right(page: Page, stranger: BrowserContext) -> None:
    """Slow the processor four times, toggle quickly, and read: what cannot change in one frame follows."""
    open_text(page, INTERVIEW + PLAIN)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for key in "psps":
        page.keyboard.press(key)
    page.keyboard.press("p")
    page.keyboard.press("s")
    wanted = sent(page, stranger, INTERVIEW + "?script=hant-tw&pinyin=on&js=0")
    page.evaluate(EVERYTHING_NEAR)
    page.wait_for_function(f"(wanted) => JSON.stringify({SHOWN}()) === JSON.stringify(wanted)", arg=wanted)


def test_a_tool_pressed_before_the_script_is_there_waits_for_it(page: Page) -> None:
    """Hold the script back, press Pinyin, let the script come: pinyin is on, and the page was not left."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/static/reader/reader\."), hold)
    page.goto(INTERVIEW + PLAIN)
    page.evaluate("() => { window.stayed = true; }")
    page.locator("[data-toggle=pinyin]").click()
    assert page.locator("rt").count() == 0
    held[0].continue_()
    expect(page.locator("rt").first).to_be_visible()
    assert page.evaluate("window.stayed")
    expect(page.locator("[data-toggle=pinyin]")).to_have_attribute("aria-pressed", "true")


def test_without_its_script_a_tool_leads_to_the_servers_page(page: Page) -> None:
    """Refuse the script: what was pressed comes from the server."""
    page.route(re.compile(r"/static/reader/reader\."), lambda route: route.abort())
    page.goto(INTERVIEW + PLAIN)
    page.locator("[data-toggle=pinyin]").click()
    expect(page.locator("rt").first).to_be_visible(timeout=8000)
