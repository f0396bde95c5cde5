"""The page without JavaScript: everything but selecting text works by links, forms and a cookie."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_reading_story import INTERVIEW


@pytest.fixture
def plain_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser in which no script runs."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_toggles_are_links_and_are_remembered(plain_page: Page) -> None:
    """Turn pinyin and traditional script on by links; the next text is shown so, too."""
    plain_page.goto(INTERVIEW)
    assert plain_page.locator("rt").count() == 0
    plain_page.get_by_role("button", name="Pinyin").click()
    expect(plain_page.locator("rt", has_text="suōfàngdìnglǜ").first).to_be_visible()
    plain_page.get_by_role("button", name="Traditional", exact=True).click()
    expect(plain_page.locator("h1")).to_contain_text("研究者訪談")
    plain_page.goto("/documents/scaling-laws/")
    expect(plain_page.locator("article.text")).to_have_attribute("lang", "zh-Hant-TW")
    assert plain_page.locator("rt").count() > 100


def test_a_term_is_a_link_to_its_concept(plain_page: Page) -> None:
    """Follow a term to the page that explains it."""
    plain_page.goto(INTERVIEW)
    plain_page.locator("a.term", has_text="机械可解释性").first.click()
    expect(plain_page.locator("h1")).to_have_text("机械可解释性")


def test_a_paragraph_has_its_words_and_takes_a_note(plain_page: Page) -> None:
    """Open a paragraph word by word, look a word up, and note something on the paragraph."""
    sign_up(plain_page, "paul")
    plain_page.goto(INTERVIEW)
    plain_page.locator("#b4 a.mark").click()
    plain_page.locator(".words a", has_text="后训练").first.click()
    expect(plain_page.locator(".card-page")).to_contain_text("post-training")
    plain_page.go_back()
    plain_page.get_by_label("Your note").fill("*without* a script")
    plain_page.get_by_role("button", name="Keep").click()
    expect(plain_page.locator(".message")).to_contain_text("Your note is kept")
    plain_page.goto("/notes/")
    expect(plain_page.locator(".note-body em")).to_have_text("without")
    plain_page.get_by_role("button", name="Delete", exact=True).click()
    plain_page.get_by_role("button", name="Undo").click()
    expect(plain_page.locator(".note-body em")).to_have_text("without")
