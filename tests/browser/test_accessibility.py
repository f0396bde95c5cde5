"""What axe finds on every kind of page, in both themes and on a phone: nothing."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, open_text
from tests.browser.test_reading_story import INTERVIEW

PAGES = [
    "/",
    "/glossary/",
    "/glossary/scaling-law/",
    "/glossary/scaling-law/concordance/?script=hant-tw",
    "/terms/",
    "/look-up/?q=缩放定律",
    "/account/",
    "/about/",
    "/accounts/login/",
    "/accounts/signup/",
    INTERVIEW,
    INTERVIEW + "?pinyin=on&script=hant-tw",
    INTERVIEW + "paragraphs/3/",
    INTERVIEW + "dropped/",
    "/no-such-page/",
]


def violations(page: Page) -> list[str]:
    """Give what axe finds, one line each."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, address: str) -> None:
    """Look at a page in the light theme."""
    page.goto(address)
    if address.startswith(INTERVIEW) and "/paragraphs/" not in address and "/dropped/" not in address:
        page.wait_for_selector("[data-ready]")
    assert violations(page) == []


def test_axe_finds_nothing_on_a_dark_phone_with_an_open_card(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """Look at the reading page with a term's card open, dark and small."""
    phone = browser_context_args | {"viewport": {"width": 390, "height": 800}, "has_touch": True}
    context = browser.new_context(**phone, color_scheme="dark")
    page = context.new_page()
    open_text(page, INTERVIEW)
    page.locator("a.term").first.tap()
    expect(page.locator(".card-gloss").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_axe_finds_nothing_on_what_editors_see(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> None:
    """Look at the report of coverage, in both themes, on a desk and on a phone."""
    password = re.search(r"password: (\S+)", server.manage("make_editor", "keeper"))
    assert password
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto("/accounts/login/?next=/editing/coverage/")
    page.get_by_label("Login").fill("keeper")
    page.get_by_label("Password").fill(password[1])
    page.get_by_role("button", name="Sign In").click()
    expect(page.get_by_role("heading", name="Coverage and drift")).to_be_visible()
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
