"""An editor writes concepts beside the text, and sees the page change."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, open_text
from tests.browser.test_accessibility import violations
from tests.browser.test_cards import term
from tests.browser.test_reading_story import INTERVIEW

CHOOSE = """(text) => {
  const walker = document.createTreeWalker(document.querySelector('.blocks'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(text);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + text.length);
    return true;
  }
  return false; }"""


@pytest.fixture
def desk(page: Page, server: Server) -> Iterator[Page]:
    """A page on which an editor reads."""
    said = server.manage("make_editor", "mei")
    password = re.search(r"password: (\S+)", said)
    if password:
        _PASSWORD.append(password[1])
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").or_(page.get_by_label("Login")).first.fill("mei")
    page.get_by_label("Password").first.fill(_PASSWORD[0])
    page.get_by_role("button", name="Sign In").click()
    page.wait_for_url("**/")
    yield page


_PASSWORD: list[str] = []


def test_a_selected_passage_becomes_a_term_in_one_load(desk: Page) -> None:
    open_text(desk, INTERVIEW)
    desk.wait_for_selector(".editor-panel", state="attached")
    assert desk.evaluate(CHOOSE, "问题")
    desk.keyboard.press("e")
    panel = desk.locator(".editor-panel")
    expect(panel.locator("[name=terms-0-text]")).to_have_value("问题")
    # Reading and forms are proposed, and what would change is said; nothing is filled in.
    expect(panel.locator("[name=terms-0-reading]")).to_have_attribute("placeholder", "wèn tí")
    expect(panel.locator("[name=terms-0-reading]")).to_have_value("")
    expect(panel.locator(".proposed-effects").first).to_contain_text("in ")
    panel.locator("[data-fill]").first.click()
    assert panel.locator("[name=terms-1-text]").input_value()
    assert violations(desk) == []
    loads: list[str] = []
    desk.on("framenavigated", lambda frame: loads.append(frame.url))
    panel.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_selector("article.text[data-ready] a.term:has-text('问题')")
    assert len(loads) == 1


def test_what_is_refused_stays_in_the_panel(desk: Page) -> None:
    open_text(desk, INTERVIEW)
    desk.wait_for_selector(".editor-panel", state="attached")
    term(desk, "缩放定律").click()
    desk.locator(".card-edit a").first.click()
    panel = desk.locator(".editor-panel")
    expect(panel.get_by_role("heading", level=1)).to_contain_text("缩放定律")
    reading = panel.locator("[name=terms-0-reading]")
    reading.fill("suō")
    panel.get_by_label("Definition in English").fill("A thought worth keeping.")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_contain_text("The reading has 1 syllables")
    expect(reading).to_have_value("suō")
    # Closed and opened again, nothing is lost.
    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    desk.locator(".card-edit a").first.click()
    expect(panel.get_by_label("Definition in English")).to_have_value("A thought worth keeping.")


def test_who_is_signed_out_meanwhile_loses_nothing(desk: Page) -> None:
    open_text(desk, INTERVIEW)
    desk.wait_for_selector(".editor-panel", state="attached")
    term(desk, "缩放定律").click()
    desk.locator(".card-edit a").first.click()
    panel = desk.locator(".editor-panel")
    panel.get_by_label("Definition in English").fill("A thought worth keeping.")
    desk.context.clear_cookies(name="sessionid")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel.locator(".editor-failed")).to_be_visible()
    expect(panel.get_by_label("Definition in English")).to_have_value("A thought worth keeping.")


def test_a_reader_sees_nothing_of_it(page: Page) -> None:
    open_text(page, INTERVIEW)
    term(page, "缩放定律").click()
    expect(page.locator(".card .card-gloss").first).to_be_visible()
    assert page.locator(".card-edit").count() == 0
    page.keyboard.press("e")
    assert page.locator(".editor-panel").count() == 0


def test_a_word_of_two_concepts_is_settled_for_the_text(desk: Page, server: Server, tmp_path: Path) -> None:
    text = tmp_path / "settled.md"
    text.write_text("---\ntitle: 两种意思\nslug: settled\n---\n\n这台机器的推理很快，人的推理很慢。\n", encoding="utf8")
    server.manage("import_texts", str(text))
    open_text(desk, "/documents/settled/")
    desk.wait_for_selector(".editor-panel", state="attached")
    word = term(desk, "推理")
    word.click()
    meanings = desk.locator(".card-body > .card-concept")
    expect(meanings).to_have_count(2)
    other = meanings.nth(1).get_attribute("data-concept")
    meanings.nth(1).get_by_role("button", name="in this text").click()
    expect(desk.locator(f"a.term[href='/glossary/{other}/']").first).to_be_attached()
    # What was chosen goes first on the card now, and can be undone.
    term(desk, "推理").click()
    expect(meanings.first).to_have_attribute("data-concept", str(other))
    desk.locator(".card-unmark").get_by_role("link", name="All choices").click()
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator("main")).to_contain_text("Nothing was chosen yet.")
