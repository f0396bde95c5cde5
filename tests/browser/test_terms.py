"""The list of a text's terms: over the page, on a page of its own without JavaScript, and on paper."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_text
from tests.browser.test_cards import marked
from tests.browser.test_reading_story import INTERVIEW
from tests.browser.test_without_javascript import plain_page

__all__ = ["plain_page"]


def words(page: Page) -> list[str]:
    """Give the words of the list in their order."""
    return page.locator(".term-row .term-word").all_inner_texts()


def test_the_list_sorts_and_leads_to_every_place(page: Page) -> None:
    """Open the list by its key, sort it, go to a place, open a card from it, and come back."""
    open_text(page, INTERVIEW)
    page.keyboard.press("t")
    panel = page.locator(".terms-panel")
    expect(panel.locator(".term-row").first).to_be_visible()
    by_pinyin = words(page)
    panel.get_by_role("link", name="First mention").click()
    assert words(page)[0] == "模型"
    assert sorted(words(page)) == sorted(by_pinyin)
    panel.get_by_role("link", name="Frequency").click()
    counts = [int(text.split()[0]) for text in panel.locator(".term-count").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    panel.get_by_role("link", name="Pinyin").click()
    assert words(page) == by_pinyin

    row = panel.locator(".term-row", has=page.locator(".term-word", has_text=re.compile("^可解释性$")))
    row.get_by_role("link", name=re.compile("paragraph")).first.click()
    expect(panel).to_be_hidden()
    assert marked(page) == "可解释性"
    expect(page.locator("a.term:focus")).to_have_text("机械可解释性")

    page.get_by_role("link", name="Terms").click()
    panel.locator(".term-word", has_text="智能体").click()
    expect(page.locator(".card-gloss")).to_contain_text("agent")


def test_the_list_is_in_the_readers_script(page: Page) -> None:
    """Change the script: the list follows."""
    open_text(page, INTERVIEW)
    page.keyboard.press("t")
    expect(page.locator(".term-word", has_text="后训练").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("t")
    expect(page.locator(".term-word", has_text="後訓練").first).to_be_visible()


def test_without_a_network_the_list_says_so(page: Page) -> None:
    """Ask offline for the list, and for the same in the other script; then try again."""
    page.route("**/reader/terms.*.js", lambda route: route.abort())
    open_text(page, INTERVIEW)
    page.keyboard.press("t")
    expect(page.locator(".toast-text")).to_have_text("There is no connection: this could not be fetched.")
    page.unroute_all()
    page.keyboard.press("t")
    expect(page.locator(".term-row").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.context.set_offline(True)
    page.keyboard.press("t")
    expect(page.locator(".terms-panel")).to_contain_text("offline")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".term-row").first).to_be_visible()


def test_without_javascript_the_list_is_a_page(plain_page: Page) -> None:
    """Follow the link to the list, sort it by links, and follow a place into the text."""
    plain_page.goto(INTERVIEW)
    plain_page.get_by_role("link", name="Terms").click()
    expect(plain_page.locator("h1")).to_have_text(re.compile(r"\d+ terms in this text"))
    plain_page.get_by_role("link", name="First mention").click()
    assert words(plain_page)[0] == "模型"
    plain_page.locator(".term-jumps a").first.click()
    expect(plain_page).to_have_url(re.compile(re.escape(INTERVIEW) + r"#b\d+$"))


def test_on_paper_the_glossary_stands_behind_the_text(page: Page) -> None:
    """Open the page for print: text in the reader's view, glossary behind it, controls gone on paper."""
    open_text(page, INTERVIEW)
    page.keyboard.press("s")
    page.keyboard.press("t")
    page.get_by_role("link", name="Print with glossary").click()
    expect(page.locator(".blocks")).to_contain_text("機械")
    expect(page.locator(".glossary .term-definition").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".glossary")).to_contain_text("縮放定律")
