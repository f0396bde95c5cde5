"""A reader's own pages of notes, without JavaScript: many changed at once, and the inbox of those without a place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, sign_up
from tests.browser.test_accessibility import violations

HEAD = "---\ntitle: 三段短文\nslug: three-paragraphs\n---\n\n"
PARAGRAPHS = ("缩放定律说明参数越多模型越强。", "研究者做机械可解释性研究。", "预训练之后还有后训练。")


@pytest.fixture
def plain_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser in which no script runs."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def import_text(server: Server, folder: Path, *paragraphs: str) -> None:
    path = folder / "three.md"
    path.write_text(HEAD + "\n\n".join(paragraphs), encoding="utf8")
    server.manage("import_texts", str(path))


def write_notes(page: Page, name: str) -> None:
    """Make an account, and write a note on every paragraph, by plain forms."""
    sign_up(page, name)
    for number in range(3):
        page.goto(f"/documents/three-paragraphs/paragraphs/{number}/")
        page.get_by_label("Your note").fill(f"想法 {number}")
        page.get_by_role("button", name="Keep").click()


def test_notes_are_changed_together_and_put_back(plain_page: Page, server: Server, tmp_path: Path) -> None:
    """Tag two, find them by the tag in the other script, delete all of them, and undo."""
    import_text(server, tmp_path, *PARAGRAPHS)
    page = plain_page
    write_notes(page, "tick-tock")
    page.goto("/notes/")
    for box in page.locator(".tick input").all()[:2]:
        box.check()
    page.get_by_label("Tag", exact=True).fill("复习")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("2 notes are changed.")).to_be_visible()
    page.goto("/notes/?tag=複習")
    expect(page.locator(".my-note")).to_have_count(2)
    page.get_by_label("all 2 notes that were found").check()
    page.get_by_role("button", name="Delete them").click()
    expect(page.get_by_text("No note of yours is like that.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".my-note")).to_have_count(2)
    page.get_by_role("link", name="All notes").click()
    expect(page.locator(".my-note")).to_have_count(3)


def test_a_note_without_a_place_is_given_one(plain_page: Page, server: Server, tmp_path: Path) -> None:
    """Its words go; its author looks at what is proposed, finds other words, and takes it back."""
    import_text(server, tmp_path, *PARAGRAPHS)
    page = plain_page
    write_notes(page, "finder")
    import_text(server, tmp_path, PARAGRAPHS[0], "这里换了一段毫不相干的话。", PARAGRAPHS[2])
    page.goto("/account/")
    page.get_by_role("link", name="1 note without a place").click()
    expect(page.locator(".waiting")).to_contain_text(PARAGRAPHS[1])
    page.get_by_role("link", name="Find its words").click()
    page.get_by_label("The words").fill("後訓練")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Put it here").click()
    expect(page.get_by_text("Every note of yours stands in its place.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The note is where it was before.")).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(1)


def test_axe_finds_nothing_on_my_pages(page: Page, server: Server, tmp_path: Path) -> None:
    """Look at the list, the tags, the inbox and a search gone wrong, in both themes, on a desk and on a phone."""
    import_text(server, tmp_path, *PARAGRAPHS)
    write_notes(page, "looker")
    page.goto("/notes/")
    page.get_by_label("all 3 notes that were found").check()
    page.get_by_label("Tag", exact=True).fill("复习")
    page.get_by_role("button", name="Add", exact=True).click()
    import_text(server, tmp_path, PARAGRAPHS[0], "这里换了一段毫不相干的话。", PARAGRAPHS[2])
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for address in ("/notes/?tag=复习&order=newest", "/notes/?from=x", "/notes/tags/", "/notes/inbox/"):
            page.goto(address)
            assert violations(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_where_a_source_is_edited(page: Page, server: Server, tmp_path: Path) -> None:
    """Look at what changes, and at what that does to notes, in both themes."""
    import_text(server, tmp_path, *PARAGRAPHS)
    write_notes(page, "corrector")
    code = "from reader.models import User; User.objects.filter(username='corrector').update(is_superuser=True)"
    server.manage("shell", "--no-imports", "-c", code)
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto("/documents/three-paragraphs/edit/")
        page.get_by_label("Source").fill(HEAD + PARAGRAPHS[0].replace("越强", "越是强") + "\n\n" + PARAGRAPHS[2])
        page.get_by_role("button", name="See what changes").click()
        expect(page.locator(".effect-lost")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
