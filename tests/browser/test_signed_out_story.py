"""What is typed after one was signed out without noticing, on a phone: nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Server, sign_up
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW

TEXT = "---\ntitle: 两段短文\nslug: two-paragraphs\n---\n\n缩放定律说明参数越多模型越强。\n\n预训练之后还有后训练。"
PHONE = {"width": 380, "height": 800}


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A phone, in dark colours."""
    arguments = {**browser_context_args, "viewport": PHONE, "color_scheme": "dark"}
    context = browser.new_context(**arguments)
    context.set_default_timeout(8_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Username or email").or_(page.get_by_label("Login")).first.fill(name)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()


def fits(page: Page) -> bool:
    """Tell whether nothing stands beyond the edge of the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth")) <= PHONE["width"]


def test_the_source_of_a_text_comes_back_after_signing_in(phone: Page, server: Server, tmp_path: Path) -> None:
    """An owner edits, is signed out meanwhile, sends, signs in, and goes on where they were."""
    page, path = phone, tmp_path / "two.md"
    path.write_text(TEXT, encoding="utf8")
    server.manage("import_texts", str(path))
    sign_up(page, "owner-on-a-phone")
    owner = "User.objects.get(username='owner-on-a-phone')"
    imports = "from reader.models import Document, User"
    server.manage("shell", "-c", f"{imports}; Document.objects.filter(slug='two-paragraphs').update(owner={owner})")
    page.goto("/documents/two-paragraphs/edit/")
    page.get_by_label("Source").fill(TEXT.replace("越强", "越是强"))
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("waits for you for an hour")).to_be_visible()
    sign_in(page, "owner-on-a-phone")
    expect(page.get_by_text("not saved yet")).to_be_visible()
    expect(page.get_by_label("Source")).to_contain_text("越是强")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("fewer than five, or none")).to_be_visible()
    assert (fits(page), violations(page)) == (True, [])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text is changed.")).to_be_visible()


def test_a_note_that_waits_is_discarded_by_keys_and_comes_back(phone: Page) -> None:
    """A guest writes a note, signs up, throws it away, and thinks again."""
    page = phone
    page.goto(f"{INTERVIEW}paragraphs/1/")
    page.get_by_label("Your note").fill("想一想")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="sign up").click()
    page.get_by_label("Username").fill("thinks-again")
    page.get_by_label("Password:", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again):").fill(PASSWORD)
    page.get_by_role("button", name="Sign Up").click()
    page.goto("/notes/pending/")
    page.get_by_role("button", name="Discard").focus()
    assert (fits(page), violations(page)) == (True, [])
    page.keyboard.press("Enter")
    expect(page.get_by_text("What you typed is discarded.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Your note")).to_have_value("想一想")
