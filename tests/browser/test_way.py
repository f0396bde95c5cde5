"""Finding one's way in a long text: contents, progress, the way back to where one left, the map of terms."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server, open_text, sign_up
from tests.browser.test_accessibility import violations
from tests.reader.test_chapters import long_text

TEXT = "/documents/mechanistic-interpretability/"
SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });"""


def wheel(page: Page, distance: int) -> None:
    """Scroll as a hand does, and wait until the page has kept the place."""
    before = page.evaluate("scrollY")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, distance)
    page.wait_for_function(f"() => scrollY !== {before}")
    page.wait_for_timeout(1200)


def words(page: Page) -> str:
    """Give what the page says of the progress."""
    return page.locator(".toolbar .progress-words").text_content() or ""


def percent(page: Page) -> int:
    """Give how far the page says one is."""
    found = re.match(r"(\d+) %", words(page))
    assert found, words(page)
    return int(found[1])


def first_line(page: Page) -> int:
    """Give the place of the text that is read now, in code points."""
    return int(page.evaluate("JSON.parse(sessionStorage.getItem('place:mechanistic-interpretability')).offset"))


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Any:
    """A dark phone."""
    size = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "color_scheme": "dark"}
    context = browser.new_context(**(browser_context_args | size))
    yield context.new_page()
    context.close()


def test_the_contents_stand_beside_the_text_and_mark_the_section(page: Page) -> None:
    """Follow the contents on a wide screen, by mouse and by key, in both scripts."""
    page.add_init_script(SHIFTS)
    open_text(page, TEXT)
    links = page.locator(".contents a")
    expect(links).to_have_count(4)
    expect(page.locator(".contents a[aria-current]")).to_have_count(0)
    links.nth(2).click()
    expect(links.nth(2)).to_have_attribute("aria-current", "location")
    target = links.nth(2).get_attribute("href") or ""
    assert page.url.endswith(target)
    page.wait_for_function(f"() => Math.abs(document.querySelector('{target}').getBoundingClientRect().top - 75) < 30")
    page.keyboard.press("g")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator(".contents")).to_contain_text("電路")
    assert violations(page) == []
    # Whoever closes the table finds it closed.
    page.locator(".contents summary").click()
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(links.first).to_be_hidden()


def test_on_a_phone_the_contents_come_as_a_sheet(phone: Page) -> None:
    """Open the contents from the toolbar, go to a section, and find the sheet gone."""
    open_text(phone, TEXT)
    expect(phone.locator(".contents-rail")).to_be_hidden()
    phone.get_by_role("button", name="Contents").tap()
    sheet = phone.get_by_role("dialog", name="Contents")
    expect(sheet).to_contain_text("% ·")
    assert violations(phone) == []
    sheet.get_by_role("link").nth(3).tap()
    expect(sheet).to_be_hidden()
    expect(phone.locator(".contents li:nth-child(4) a")).to_have_attribute("aria-current", "location")
    phone.keyboard.press("g")
    expect(sheet.locator("a[aria-current]")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_progress_goes_from_nothing_to_the_end(page: Page) -> None:
    """Read to the end: percent and minutes follow, whatever ruby does to the heights."""
    open_text(page, TEXT)
    assert words(page) == "0 % · 11 min left"
    wheel(page, 1200)
    before = percent(page)
    assert 10 < before < 90
    page.keyboard.press("p")
    page.wait_for_selector("rt")
    page.wait_for_timeout(300)
    # Ruby makes the page half as high again, but what has been read stays about the same.
    assert abs(percent(page) - before) < 12
    wheel(page, 100_000)
    wheel(page, 100_000) if "%" in words(page) else None
    assert words(page) == "Read to the end"


def test_a_guest_goes_on_in_the_same_tab_and_is_asked_in_another(page: Page, context: BrowserContext) -> None:
    """Leave in the middle; the same tab goes on by itself without a shift, a new one asks first."""
    open_text(page, TEXT)
    wheel(page, 1500)
    left = first_line(page)
    page.goto("/about/")
    page.add_init_script(SHIFTS)
    open_text(page, TEXT)
    page.wait_for_function("() => scrollY > 500")
    page.wait_for_timeout(1500)
    assert abs(first_line(page) - left) <= 25
    assert page.evaluate("window.shifted") < 0.01

    other = context.new_page()
    open_text(other, TEXT)
    toast = other.locator(".resume")
    expect(toast).to_contain_text("You were at")
    assert other.evaluate("scrollY") == 0
    assert violations(other) == []
    toast.get_by_role("button", name="Continue there").click()
    other.wait_for_function("() => scrollY > 500")
    other.wait_for_timeout(1500)
    assert abs(first_line(other) - left) <= 25
    expect(toast).to_be_hidden()


def test_a_place_in_the_address_wins_and_who_reads_on_is_not_torn_away(page: Page, context: BrowserContext) -> None:
    """Come by a link to a paragraph: no jump, no question. Read on with the question open: it goes."""
    open_text(page, TEXT)
    wheel(page, 2500)
    linked = context.new_page()
    linked.goto(f"{TEXT}#b4")
    linked.wait_for_selector("[data-ready]")
    linked.wait_for_timeout(500)
    expect(linked.locator(".resume")).to_be_hidden()
    assert linked.evaluate("Math.abs(document.querySelector('#b4').getBoundingClientRect().top)") < 150
    asked = context.new_page()
    open_text(asked, TEXT)
    expect(asked.locator(".resume")).to_be_visible()
    wheel(asked, 300)
    expect(asked.locator(".resume")).to_be_visible()
    wheel(asked, 900)
    expect(asked.locator(".resume")).to_be_hidden()
    assert asked.evaluate("scrollY") == 1200


def test_the_library_of_a_guest_knows_what_to_go_on_with(page: Page) -> None:
    """Read half a text and all of another; the library says so, without a shift."""
    page.add_init_script(SHIFTS)
    page.goto("/")
    expect(page.locator(".reading-on")).to_be_hidden()
    open_text(page, TEXT)
    wheel(page, 1500)
    page.goto("/")
    offered = page.locator(".reading-on .item")
    expect(offered).to_have_count(1)
    expect(offered).to_contain_text("%")
    expect(page.locator(".shelf progress")).to_have_count(1)
    assert page.evaluate("window.shifted") < 0.01
    assert violations(page) == []
    offered.get_by_role("link").click()
    page.wait_for_selector("[data-ready]")
    page.wait_for_function("() => scrollY > 500")
    assert page.url.endswith(TEXT)
    wheel(page, 100_000)
    page.goto("/")
    expect(page.locator(".reading-on")).to_be_hidden()
    expect(page.locator(".shelf .how-far")).to_have_text("read")


def test_a_reader_goes_on_in_another_browser_and_nobody_else_does(
    page: Page, browser: Browser, browser_context_args: dict[str, Any], stranger: BrowserContext
) -> None:
    """Read in one browser, go on in another one; the next reader of the first browser is told nothing."""
    sign_up(page, "walter")
    open_text(page, TEXT)
    wheel(page, 1500)
    left = first_line(page)
    page.goto("/")
    expect(page.locator(".reading-on")).to_contain_text("%")
    assert page.evaluate("localStorage.getItem('reading')") is None
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".reading-on")).to_be_hidden()
    page.wait_for_function("() => !sessionStorage.getItem('place:mechanistic-interpretability')")
    open_text(page, TEXT)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    expect(page.locator(".resume")).to_be_hidden()

    second = stranger.new_page()
    second.goto("/accounts/login/")
    second.get_by_label("Login").fill("walter")
    second.get_by_label("Password").fill("a long walk by the river")
    second.get_by_role("button", name="Sign In").click()
    open_text(second, TEXT)
    second.get_by_role("button", name="Continue there").click()
    second.wait_for_function("() => scrollY > 500")
    second.wait_for_timeout(1500)
    assert abs(first_line(second) - left) <= 25


def test_the_map_shows_where_the_concept_of_the_card_stands(page: Page) -> None:
    """Open a term's card: a mark for each of its places; a click on a mark goes there."""
    open_text(page, TEXT)
    expect(page.locator(".minimap")).to_be_hidden()
    href = "/glossary/mechanistic-interpretability/"
    page.locator(f".blocks a.term[href='{href}']").first.click()
    expect(page.locator(".minimap")).to_be_visible()
    marks = page.locator(".minimap-term").get_attribute("d") or ""
    assert marks.count("M") == page.locator(f".blocks a.term[href='{href}']").count() > 1
    last = float(marks.split("M0 ")[-1].split("h")[0])
    box = page.locator(".minimap").bounding_box()
    assert box
    assert violations(page) == []
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] * last / 1000)
    page.wait_for_function("() => scrollY > 300")
    page.keyboard.press("Escape")
    expect(page.locator(".minimap")).to_be_hidden()


def test_a_book_is_read_chapter_by_chapter(page: Page, context: BrowserContext, server: Server, tmp_path: Path) -> None:
    """Come by a link into the middle of a book, note something, leave, and find both again from its first page."""
    book = tmp_path / "book.md"
    book.write_text(f"---\ntitle: 一本很长的书\nslug: book\n---\n\n{long_text(120_000)}\n", "utf8")
    server.manage("import_texts", str(book))
    sign_up(page, "berta")
    # Whatever address a paragraph is asked for at, its chapter comes.
    page.goto("/documents/book/#b300")
    page.wait_for_url(re.compile(r"/chapters/\d/#b300$"))
    page.wait_for_selector("[data-ready]")
    expect(page.locator("#b300")).to_be_in_viewport()
    chapter = re.findall(r"chapters/(\d)", page.url)[0]
    expect(page.locator(".chapter-here")).to_contain_text(f"Chapter {chapter} of")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#b300'))")
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("far in")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note")).to_contain_text("far in")
    wheel(page, 800)
    left = page.evaluate("JSON.parse(sessionStorage.getItem('place:book')).offset")
    assert violations(page) == []
    note = page.request.get("/documents/book/notes.json").json()["notes"][0]["id"]

    other = context.new_page()
    open_text(other, "/documents/book/")
    expect(other.locator(".margin .note")).to_have_count(0)
    other.get_by_role("button", name="Continue there").click()
    other.wait_for_url("**/chapters/**")
    other.wait_for_selector("[data-ready]")
    other.wait_for_timeout(1500)
    assert abs(other.evaluate("JSON.parse(sessionStorage.getItem('place:book')).offset") - left) <= 25
    other.goto(f"/documents/book/?note={note}")
    other.wait_for_url(re.compile(rf"/chapters/{chapter}/\?note={note}"))
    expect(other.locator(".margin .note.open")).to_contain_text("far in")
    other.locator("a[rel=next]").click()
    other.wait_for_url(re.compile(rf"/chapters/{int(chapter) + 1}/#b"))
    other.wait_for_selector("[data-ready]")
    other.keyboard.press("s")
    other.wait_for_function("() => !document.querySelector('.blocks').textContent.includes('训练')")
