"""Alice finds something wrong while she reads; an editor decides by keys; the text says it right on the next load."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Server, open_text, sign_up
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW

MAKE_EDITOR = (
    "from django.contrib.auth.models import Group; from reader.models import User; "
    "edith, new = User.objects.get_or_create(username='edith'); "
    f"edith.set_password('{PASSWORD}'); edith.save(); edith.groups.add(Group.objects.get(name='editor'))"
)


@pytest.fixture
def edith(server: Server, stranger: BrowserContext) -> Iterator[Page]:
    """The page of Edith, an editor who is signed in."""
    server.manage("shell", "-c", MAKE_EDITOR)
    page = stranger.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Login").fill("edith")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign In").click()
    page.wait_for_url("**/")
    yield page


def test_what_a_reader_suggests_is_corrected_in_the_text(page: Page, edith: Page) -> None:
    """Suggest a gloss from a card, accept it by a key, and read it on the card."""
    sign_up(page, "alice-suggests")
    open_text(page, INTERVIEW)
    term = page.locator(".blocks a.term", has_text="机械可解释性").first
    term.click()
    page.locator(".card").get_by_role("link", name="Something wrong?").click()
    expect(page.locator(".review-sentence mark")).to_have_text("机械可解释性")
    assert violations(page) == []
    page.get_by_label("Wrong gloss").check()
    page.get_by_label("What should it be?").fill("mechanistic interpretability of models")
    page.get_by_role("button", name="Send").click()
    assert violations(page) == []

    edith.goto("/editing/suggestions/")
    assert violations(edith) == []
    edith.keyboard.press("j")
    edith.keyboard.press("a")
    expect(edith.locator(".message")).to_contain_text("corrected everywhere")

    page.get_by_role("link", name="Back to the text").click()
    page.wait_for_selector("article.text[data-ready]")
    term.click()
    expect(page.locator(".card-gloss a").first).to_have_text("mechanistic interpretability of models")
    page.goto("/suggestions/")
    expect(page.locator(".badge.accepted")).to_have_text("accepted")


def test_candidates_are_decided_by_keys_and_none_while_typing(edith: Page) -> None:
    """Reject with a key, undo with another; letters in a field are letters."""
    edith.goto("/editing/candidates/")
    assert violations(edith) == []
    rows = edith.locator("[data-row]")
    first = rows.first.locator("h2").inner_text()
    edith.keyboard.press("j")
    edith.keyboard.press("r")
    expect(edith.locator(".message")).to_contain_text("is not offered again")
    expect(rows.first.locator("h2")).not_to_have_text(first)
    edith.keyboard.press("u")
    expect(edith.locator(".message")).to_contain_text("Undone")
    expect(rows.first.locator("h2")).to_have_text(first)
    edith.keyboard.press("j")
    edith.keyboard.press("m")
    edith.keyboard.type("jar")
    expect(rows.first.get_by_label("Concept that it is a name of")).to_have_value("jar")
    edith.keyboard.press("Escape")
    expect(rows.first).to_be_focused()
