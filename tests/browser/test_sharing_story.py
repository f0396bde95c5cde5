"""A teacher makes a class, a pupil joins by its invitation, reads, replies and leaves; a guest reads by a link."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW

WRITE = """async ([address, group]) => {
  const me = await (await fetch("/me.json")).json();
  const place = { revision: 1, start: 10, end: 16, group };
  const note = { ...place, body: "Read this **aloud**.", colour: "green", tags: "homework" };
  const headers = { Accept: "application/json", "X-CSRFToken": me.token };
  return (await fetch(`${address}notes/`, { method: "POST", headers, body: new URLSearchParams(note) })).json();
}"""


def notes_of(page: Page, query: str = "") -> list[dict[str, Any]]:
    """Give the notes that the reading page is told."""
    answer = page.request.get(f"{INTERVIEW}notes.json{query}", headers={"Accept": "application/json"})
    notes: list[dict[str, Any]] = answer.json()["notes"]
    return notes


def test_a_class_reads_together(page: Page, stranger: BrowserContext) -> None:
    """Make a class, join it from the invitation by signing up, reply, and leave."""
    sign_up(page, "teacher-of-a-class")
    page.get_by_role("link", name="teacher-of-a-class").click()
    page.get_by_role("link", name="My groups").click()
    page.get_by_label("Name of the group").fill("Evening class")
    page.get_by_label("Your name in it").fill("Ms Li")
    page.get_by_role("button", name="Make it").click()
    invitation = page.get_by_label("Who opens this address can join").input_value()
    note = page.evaluate(WRITE, [INTERVIEW, page.url.rstrip("/").rpartition("/")[2]])
    assert violations(page) == []

    pupil = stranger.new_page()
    pupil.goto(invitation)
    expect(pupil.locator(".message")).to_contain_text("You are invited to a group")
    pupil.get_by_role("link", name="sign up").click()
    pupil.get_by_label("Username").fill("pupil-of-a-class")
    pupil.get_by_label("Password:", exact=True).fill("a long walk by the river")
    pupil.get_by_label("Password (again):").fill("a long walk by the river")
    pupil.get_by_role("button", name="Sign Up").click()
    expect(pupil.get_by_text("Ms Li invites you")).to_be_visible()
    assert violations(pupil) == []
    pupil.get_by_label("Your name in this group").fill("ms li")
    pupil.get_by_role("button", name="Join").click()
    expect(pupil.locator(".field-problem")).to_contain_text("has this name already")
    pupil.get_by_label("Your name in this group").fill("Mila")
    pupil.get_by_role("button", name="Join").click()

    expect(pupil.locator(".shared-note")).to_contain_text("Read this aloud.")
    assert [(line["author"], line["body"]) for line in notes_of(pupil)] == [("Ms Li", note["body"])]
    pupil.get_by_role("link", name="Reply").click()
    pupil.get_by_label("Your reply").fill("*How* fast?")
    pupil.get_by_role("button", name="Send").click()
    expect(pupil.locator(".reply")).to_contain_text("How fast?")
    assert violations(pupil) == []

    page.reload()
    page.get_by_role("link", name="1 reply").click()
    expect(page.locator(".reply")).to_contain_text("Mila")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".reply")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".reply")).to_contain_text("How fast?")

    pupil.get_by_role("link", name="Evening class").click()
    pupil.get_by_text("Leave the group").click()
    pupil.get_by_role("button", name="Leave it").click()
    expect(pupil.locator(".message")).to_contain_text("You have left Evening class.")
    assert notes_of(pupil) == []
    pupil.goto("/replies/")
    expect(pupil.locator(".shared-thread")).to_contain_text("not shared with you any more")


def test_a_link_opens_for_a_guest_until_it_is_revoked(
    page: Page, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """Share by a link, copy it, read it on a dark phone without an account, revoke it."""
    sign_up(page, "author-of-a-link")
    page.evaluate(WRITE, [INTERVIEW, ""])
    page.goto("/links/new/")
    page.locator(".shares a").click()
    page.get_by_label("Your name there").fill("Uncle Bao")
    page.get_by_label("Readers can reply").check()
    page.get_by_role("button", name="Make the link").click()
    assert violations(page) == []
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")

    phone = browser_context_args | {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}
    with browser.new_context(**phone) as context:
        guest = context.new_page()
        guest.goto(address)
        expect(guest.locator(".shared-note")).to_contain_text("Uncle Bao")
        assert violations(guest) == []
        assert guest.evaluate("document.documentElement.scrollWidth") <= 390
        assert context.cookies() == []
        token = address.rstrip("/").rpartition("/")[2]
        assert [line["author"] for line in notes_of(guest, f"?shared={token}")] == ["Uncle Bao"]

        # From a page that sends no referrer one comes to a form that can be sent all the same.
        guest.get_by_role("link", name="Reply").click()
        guest.locator("main").get_by_role("link", name="Sign up").click()
        guest.get_by_label("Username").fill("guest-of-a-link")
        guest.get_by_label("Password:", exact=True).fill("a long walk by the river")
        guest.get_by_label("Password (again):").fill("a long walk by the river")
        guest.get_by_role("button", name="Sign Up").click()
        guest.get_by_label("Your name here").fill("Wanderer")
        guest.get_by_label("Your reply").fill("Thank you")
        guest.get_by_role("button", name="Send").click()
        expect(guest.locator(".reply")).to_contain_text("Wanderer")

        page.get_by_text("Revoke", exact=True).click()
        page.get_by_role("button", name="Revoke it for good").click()
        expect(page.locator(".message")).to_contain_text("leads nowhere")
        assert guest.goto(address).status == 404  # type: ignore[union-attr]
        assert notes_of(guest, f"?shared={token}") == []
