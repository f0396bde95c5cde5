"""Take the pictures of README from a running service: python tools/take_pictures.py [ADDRESS]."""

import os
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
TEXT = "/documents/scaling-laws/"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "device_scale_factor": 1.5}


def open_text(browser: Browser, address: str, query: str, **context: Any) -> Page:
    """Open the reading page in a view of its own."""
    page = browser.new_context(base_url=address, **context).new_page()
    page.goto(TEXT + query)
    page.wait_for_selector("article.text[data-ready]")
    return page


def take(page: Page, name: str) -> None:
    """Keep a picture of what the page shows."""
    page.wait_for_timeout(600)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def take_all(browser: Browser, address: str) -> None:
    """Take every picture that README shows."""
    page = browser.new_context(base_url=address, **DESKTOP).new_page()
    page.goto("/")
    take(page, "library")
    page = open_text(browser, address, "?pinyin=on", **DESKTOP)
    page.locator("a.term", has_text="模型").first.click()
    page.wait_for_selector(".card-gloss")
    take(page, "reading")
    page = open_text(browser, address, "?pinyin=on&script=hant-tw", color_scheme="dark", **PHONE)
    page.locator("a.term").nth(4).tap()
    page.wait_for_selector(".card-gloss")
    take(page, "phone")
    page = browser.new_context(base_url=address, **DESKTOP).new_page()
    page.goto("/glossary/mechanistic-interpretability/")
    take(page, "concept")


def main() -> None:
    """Start a Chromium and take the pictures."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox", "--disable-background-networking"]
        )
        take_all(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
