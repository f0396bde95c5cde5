"""Nothing that is written is lost: without a connection, after signing out, and where two windows change one note."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PASSWORD, open_text, sign_up
from tests.browser.test_notes_story import OTHER, PLACE, kept, note
from tests.browser.test_reading_story import INTERVIEW, NOTED, SELECT

FORGET = """() => {
  for (const [key, item] of Object.entries(localStorage)) {
    if (!key.startsWith("outbox:")) continue;
    const { sent, ...rest } = JSON.parse(item);
    localStorage.setItem(key, JSON.stringify(rest));
  }
}"""


def refuse(route: Route) -> None:
    """Let changes find no connection; what is read is answered."""
    route.abort() if route.request.method == "POST" else route.continue_()


def lose(route: Route) -> None:
    """Let the server hear changes, but lose its answers."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def sign_in(page: Page, name: str) -> None:
    """Sign in again, as a reader does."""
    page.goto("/accounts/login/")
    page.get_by_label("Login").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.wait_for_url("**/")


def write_unanswered(page: Page) -> None:
    """Write a note that the server hears, but whose answer is lost."""
    open_text(page, INTERVIEW + "?pinyin=off")
    page.route("**/documents/*/notes/", lose)
    note(page, PLACE, "from here")
    expect(page.locator(".toast")).to_contain_text("No connection")


def test_what_is_written_without_a_connection_is_sent_once(page: Page) -> None:
    """Write, change and delete while nothing can be sent; reload; be connected again: all is there, once."""
    sign_up(page, "lena")
    open_text(page, INTERVIEW + "?pinyin=off")
    note(page, OTHER, "to be deleted")
    note(page, ["机械可解释性", "研究"], "to be changed")
    expect(page.locator(".margin .note-status:visible")).to_have_count(0)
    page.route("**/notes/**", refuse)
    note(page, PLACE, "offline")
    expect(page.locator(".toast")).to_contain_text("No connection")
    page.locator(".margin .note", has_text="to be deleted").locator("[data-note-delete]").click()
    page.locator(".margin .note", has_text="to be changed").locator("[data-note-edit]").click()
    page.locator(".composer textarea").fill("changed")
    page.get_by_role("button", name="Keep").click()
    page.reload()
    for status in ("Waits to be sent.", "The change waits to be sent.", "Waits to be deleted."):
        expect(page.locator(".margin .note-status", has_text=re.compile(f"^{status}"))).to_be_visible()
    expect(page.locator(".margin-waiting")).to_contain_text("3 changes wait to be sent")
    assert "缩放定律描述损失" in "".join(page.evaluate(NOTED))
    assert sorted(one["body"] for one in kept(page)) == ["to be changed", "to be deleted"]
    page.unroute("**/notes/**")
    page.evaluate("() => { dispatchEvent(new Event('online')); dispatchEvent(new Event('online')); }")
    expect(page.locator(".margin-waiting")).to_be_hidden()
    assert sorted(one["body"] for one in kept(page)) == ["changed", "offline"]
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('outbox:'))") == []


def test_an_answer_that_is_lost_makes_no_second_note(page: Page) -> None:
    """The server keeps the note, but its answer does not come."""
    sign_up(page, "mona")
    open_text(page, INTERVIEW + "?pinyin=off")

    page.route("**/notes/**", lose)
    note(page, PLACE, "once")
    expect(page.locator(".toast")).to_contain_text("No connection")
    page.locator(".margin [data-note-edit]").click()
    page.locator(".composer textarea").fill("once more")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".composer")).to_be_hidden()
    page.unroute("**/notes/**")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator(".margin-waiting")).to_be_hidden()
    assert [one["body"] for one in kept(page)] == ["once more"]


def test_a_note_heard_but_unanswered_takes_no_other_for_its_own(page: Page) -> None:
    """The answer is lost; another window changes the note; both are shown, and both are kept."""
    sign_up(page, "gunda")
    write_unanswered(page)
    address = kept(page)[0]["url"]
    other = page.context.new_page()
    other.goto(address)
    other.get_by_label("Your note").fill("from there")
    other.get_by_role("button", name="Keep").click()
    other.close()
    page.unroute("**/documents/*/notes/")
    # As if the browser had been closed before it could say that the note may be heard.
    page.evaluate(FORGET)
    page.reload()
    page.locator(".margin [data-note-compare]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-theirs] pre")).to_have_text("from there")
    expect(dialog.locator("[data-mine] pre")).to_have_text("from here")
    dialog.get_by_role("button", name="Keep mine").click()
    expect(page.locator(".margin-waiting")).to_be_hidden()
    expect(page.locator(".margin .note-body")).to_have_text("from here")
    assert [one["body"] for one in kept(page)] == ["from here"]


def test_a_note_deleted_elsewhere_is_not_said_to_be_kept(page: Page) -> None:
    """The answer is lost; another window deletes the note; what was written is written anew."""
    sign_up(page, "gerda")
    write_unanswered(page)
    other = page.context.new_page()
    other.goto("/notes/")
    other.locator(".my-note").get_by_role("button", name="Delete").click()
    expect(other.locator(".my-note")).to_have_count(0)
    other.close()
    page.unroute("**/documents/*/notes/")
    page.reload()
    page.locator(".margin [data-note-compare]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-theirs] pre")).to_have_text("It was deleted.")
    dialog.get_by_role("button", name="Keep mine").click()
    expect(page.locator(".margin-waiting")).to_be_hidden()
    assert [one["body"] for one in kept(page)] == ["from here"]


def test_a_context_without_network_keeps_what_is_written(page: Page) -> None:
    """The browser itself is offline, then online again."""
    sign_up(page, "nele")
    open_text(page, INTERVIEW + "?pinyin=off")
    page.context.set_offline(True)
    note(page, PLACE, "in the tunnel")
    expect(page.locator(".margin .note-status")).to_have_text("Waits to be sent.")
    page.context.set_offline(False)
    expect(page.locator(".margin .note-status")).to_be_hidden()
    assert [one["body"] for one in kept(page)] == ["in the tunnel"]


def test_what_a_signed_out_reader_writes_waits_for_that_reader_only(page: Page) -> None:
    """The session ends while a note is typed; another reader neither sees nor sends it; its author does."""
    sign_up(page, "olga")
    open_text(page, INTERVIEW + "?pinyin=off")
    page.evaluate(SELECT, PLACE)
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("mine alone")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin-waiting")).to_contain_text("You are signed out")
    expect(page.locator(".margin .note-status")).to_have_text("Waits to be sent.")
    sign_up(page, "paula")
    open_text(page, INTERVIEW + "?pinyin=off")
    expect(page.locator(".site-nav")).to_contain_text("paula")
    expect(page.locator(".margin .note")).to_have_count(0)
    assert "mine alone" not in page.content()
    assert kept(page) == []
    page.context.clear_cookies()
    sign_in(page, "olga")
    open_text(page, INTERVIEW + "?pinyin=off")
    expect(page.locator(".margin .note-body")).to_have_text("mine alone")
    expect(page.locator(".margin-waiting")).to_be_hidden()
    assert [one["body"] for one in kept(page)] == ["mine alone"]


@pytest.mark.parametrize(
    ("choice", "bodies"),
    [("Keep mine", ["from here"]), ("Keep theirs", ["from there"]), ("Keep both", ["from here", "from there"])],
)
def test_two_windows_that_change_one_note_are_shown_side_by_side(page: Page, choice: str, bodies: list[str]) -> None:
    """Change a note in one window, then in the other that still shows it as it was."""
    sign_up(page, choice.replace(" ", "-").lower())
    open_text(page, INTERVIEW + "?pinyin=off")
    note(page, PLACE, "first")
    other = page.context.new_page()
    open_text(other, INTERVIEW + "?pinyin=off")
    for window, body in ((other, "from there"), (page, "from here")):
        window.locator(".margin [data-note-edit]").click()
        window.locator(".composer textarea").fill(body)
        window.get_by_role("button", name="Keep").click()
        expect(window.locator(".composer")).to_be_hidden()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-theirs] pre")).to_have_text("from there")
    expect(dialog.locator("[data-mine] pre")).to_have_text("from here")
    dialog.get_by_role("button", name=choice).click()
    expect(page.locator(".margin .note-body")).to_have_count(len(bodies))
    expect(page.locator(".margin-waiting")).to_be_hidden()
    assert sorted(page.locator(".margin .note-body").all_inner_texts()) == bodies
    assert sorted(one["body"] for one in kept(page)) == bodies
