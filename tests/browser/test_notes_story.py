"""Notes in the browser: colours, tags, filters, the keyboard, input methods, lost places, sheets, and a class."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Server, open_text, sign_up
from tests.browser.test_accessibility import violations
from tests.browser.test_pointer_story import settle
from tests.browser.test_reading_story import INTERVIEW, SELECT

PLACE = ["缩放", "损失"]
OTHER = ["银行", "行长"]


def note(page: Page, place: list[str], body: str, tags: str = "", colour: str = "") -> None:
    """Write a note as a reader does: select, N, type, keep."""
    page.evaluate(SELECT, place)
    page.keyboard.press("n")
    page.locator(".composer textarea").fill(body)
    page.get_by_label("Tags", exact=True).fill(tags)
    if colour:
        page.locator(f".composer input[value={colour}]").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".composer")).to_be_hidden()


def kept(page: Page, address: str = INTERVIEW) -> list[dict[str, Any]]:
    """Give the notes that the server has."""
    found: list[dict[str, Any]] = page.request.get(f"{address}notes.json").json()["notes"]
    return found


def test_a_passage_is_highlighted_without_a_word_and_found_by_filter(page: Page) -> None:
    """Press a swatch, then H; write one with tags; filter by tag, colour and words, and come out again."""
    sign_up(page, "ines")
    open_text(page, INTERVIEW + "?pinyin=off")
    page.evaluate(SELECT, ["机械可解释性", "研究"])
    page.get_by_role("button", name="Highlight blue").click()
    page.wait_for_function("() => CSS.highlights.get('note-blue')?.size")
    page.evaluate(SELECT, OTHER)
    page.keyboard.press("h")
    expect(page.locator(".margin .note[data-colour=blue]")).to_have_count(2)
    note(page, PLACE, "law", "grammar，to read", "red")
    assert {(one["colour"], one["body"], *one["tags"]) for one in kept(page)} == {
        ("blue", ""),
        ("red", "law", "grammar", "to read"),
    }
    page.keyboard.press("f")
    page.keyboard.type("LAW")
    expect(page.locator(".margin .note")).to_have_count(1)
    expect(page.locator(".margin [data-head-count]")).to_have_text("1 of 3 notes")
    page.wait_for_function("() => !CSS.highlights.get('note-blue').size && CSS.highlights.get('note-red').size")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".margin .note")).to_have_count(3)
    page.locator(".margin .tag", has_text="grammar").click()
    expect(page.locator(".margin [data-head-count]")).to_have_text("1 of 3 notes")


def test_words_are_selected_with_shift_and_the_arrows(page: Page) -> None:
    """Extend over a block's end and back, hear it, note it; Esc lets go."""
    sign_up(page, "jana")
    open_text(page, INTERVIEW + "?pinyin=on")
    settle(page)
    page.locator("#b3 ruby").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    selected = page.evaluate("() => getSelection().toString()")
    last = page.evaluate(
        """() => { const { passage } = document.querySelector('#b3');
        return passage.text.slice(passage.tokens.filter((token) => token.word).at(-1).start); }"""
    )
    assert selected.startswith(last) and len(selected) > len(last)
    expect(page.locator(".live")).to_contain_text(last)
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    backward = page.evaluate("() => getSelection().toString()")
    assert not backward.startswith(last)
    page.keyboard.press("n")
    quote = page.locator(".composer-quote").inner_text()
    assert "".join(quote.split()) == "".join(backward.split())
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("() => getSelection().isCollapsed")


def test_an_input_method_triggers_nothing(page: Page) -> None:
    """While a word is being typed by its sounds, no key of the page acts, and nothing is sent."""
    sign_up(page, "kira")
    open_text(page, INTERVIEW + "?pinyin=off")
    page.evaluate(SELECT, PLACE)
    page.keyboard.press("n")
    tools = page.context.new_cdp_session(page)
    tools.send("Input.imeSetComposition", {"text": "pin", "selectionStart": 3, "selectionEnd": 3})
    press = """(init) => document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))"""
    for init in ({"isComposing": True}, {"keyCode": 229}):
        page.evaluate(press, {"key": "Enter", "code": "Enter", "ctrlKey": True, **init})
        page.evaluate(press, {"key": "Escape", "code": "Escape", **init})
        page.evaluate(
            "(init) => document.body.dispatchEvent(new KeyboardEvent('keydown', init))",
            {"bubbles": True, "code": "KeyP", **init},
        )
    expect(page.locator(".composer")).to_be_visible()
    assert page.locator("article.text").get_attribute("data-pinyin") == "off"
    tools.send("Input.insertText", {"text": "拼"})
    expect(page.locator(".composer textarea")).to_have_value("拼")
    assert kept(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator(".margin .note-body")).to_have_text("拼")


WALKING = """---
title: 会走的笔记
slug: walking
---

今天早上我在河边慢慢地走了很久,{birds}。

{rain}

晚上我在家里读书,读到很晚才睡,梦里又回到河边。
"""
WALK = "/documents/walking/"


def import_walking(server: Server, folder: Path, birds: str, rain: str) -> None:
    """Bring in a text, or a new revision of it."""
    path = folder / "walking.md"
    path.write_text(WALKING.format(birds=birds, rain=rain), encoding="utf8")
    server.manage("import_texts", str(path))


def test_notes_that_lost_their_place_are_confirmed_or_put_elsewhere(page: Page, server: Server, tmp_path: Path) -> None:
    """Import a text anew with other words: the page proposes, its reader decides, and can take that back."""
    import_walking(server, tmp_path, "看见三只白色的水鸟", "后来下起了大雨,街上的人都不见了。")
    sign_up(page, "rosa")
    open_text(page, WALK + "?pinyin=off")
    note(page, ["下起", "大雨"], "rain")
    note(page, ["街上", "不见"], "street")
    import_walking(server, tmp_path, "看见三只白色的水鸟", "第二天是晴天。")
    open_text(page, WALK + "?pinyin=off")
    expect(page.locator(".margin .note")).to_have_count(0)
    page.get_by_role("button", name="2 notes have lost their place").click()
    dialog = page.get_by_role("dialog")
    rain = dialog.locator("li", has_text="rain")
    expect(rain.locator(".note-quote")).to_have_text("下起了大雨")
    proposed = rain.locator("q").inner_text()
    rain.get_by_role("button", name="Show").click()
    page.wait_for_function("(words) => getSelection().toString().includes(words)", arg=proposed[:4])
    page.get_by_role("button", name="2 notes have lost their place").click()
    dialog.locator("li", has_text="rain").get_by_role("button", name="Confirm").click()
    expect(dialog.locator("li")).to_have_count(1)
    dialog.get_by_role("button", name="Put elsewhere").click()
    bar = page.get_by_role("region", name="Put the note elsewhere")
    expect(bar).to_be_visible()
    page.evaluate("() => getSelection().removeAllRanges()")
    expect(bar.get_by_role("button", name="Attach")).to_be_disabled()
    page.evaluate(SELECT, ["晚上", "读书"])
    bar.get_by_role("button", name="Attach").click()
    expect(bar).to_be_hidden()
    expect(page.locator(".margin .note", has_text="street").locator(".note-quote")).to_have_text("晚上我在家里读书")
    expect(page.locator(".margin-lost")).to_be_hidden()
    assert [(one["body"], one["status"]) for one in kept(page, WALK)] == [("rain", "placed"), ("street", "placed")]
    # And back: by the toast; the address of the inbox leads into the same mode, and Esc out of it.
    page.locator(".toast [data-undo]").click()
    expect(page.locator(".margin-lost")).to_have_text("1 note has lost its place")
    [street] = [one for one in kept(page, WALK) if one["body"] == "street"]
    open_text(page, f"{WALK}?attach={street['id']}")
    expect(bar).to_be_visible()
    page.locator("body").press("Escape")
    expect(bar).to_be_hidden()


def test_a_browser_without_highlights_paints_boxes(page: Page) -> None:
    """Take the highlights away: boxes lie over the same words, move with the view, and are in no copy."""
    page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined});")
    sign_up(page, "sven")
    open_text(page, INTERVIEW + "?pinyin=off")
    note(page, PLACE, "boxed", colour="green")
    # How far the first box is from the first word that was noted, and how many boxes there are for each block.
    away = """() => { const [box] = document.querySelectorAll('.note-box.green');
      const { passage } = [...document.querySelectorAll('.block')].find((block) => block.textContent.includes('缩放'));
      const word = passage.range(0, 2).getBoundingClientRect(); const { x, y } = box.getBoundingClientRect();
      return Math.abs(x - word.x) + Math.abs(y - word.y); }"""
    expect(page.locator(".note-box.green").first).to_be_attached()
    assert page.evaluate(away) < 3
    page.keyboard.press("p")
    page.wait_for_selector("rt")
    settle(page)
    assert page.evaluate(away) < 3
    # The block before grows by as much as the text loses behind it.
    page.evaluate(
        """() => { const blocks = [...document.querySelectorAll('.block')];
        const at = blocks.findIndex((block) => block.textContent.includes('缩放'));
        blocks[at - 1].style.paddingTop = '60px'; blocks[at + 1].style.marginTop = '-60px'; }"""
    )
    page.wait_for_function(f"() => ({away})() < 3")
    page.evaluate("() => getSelection().selectAllChildren(document.body)")
    assert page.evaluate("() => document.querySelector('.note-boxes').textContent") == ""


def test_on_paper_notes_below_readings_are_painted_with_the_text(page: Page) -> None:
    sign_up(page, "printer")
    open_text(page, INTERVIEW + "?pinyin=on")
    note(page, PLACE, "printed", colour="green")
    painted = "() => [document.querySelectorAll('.note-box').length > 0, CSS.highlights.get('note-green').size > 0]"
    page.wait_for_function(f"() => ({painted})()[0]")
    for event, boxes in (("beforeprint", False), ("afterprint", True)):
        page.evaluate("(name) => dispatchEvent(new Event(name))", event)
        assert page.evaluate(painted) == [boxes, not boxes], event


def test_on_a_phone_notes_are_written_and_listed_in_sheets(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """Highlight, write and filter on a small dark screen; axe finds nothing, and nothing is wider than it."""
    phone = browser_context_args | {"viewport": {"width": 390, "height": 800}, "has_touch": True}
    context = browser.new_context(**phone, color_scheme="dark")
    page = context.new_page()
    sign_up(page, "theo")
    open_text(page, INTERVIEW + "?pinyin=on")
    page.evaluate(SELECT, PLACE)
    bar = page.get_by_role("group", name="The selected passage")
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box and box["y"] + box["height"] == pytest.approx(800, abs=1)
    page.get_by_role("button", name="Highlight violet").tap()
    page.evaluate(SELECT, OTHER)
    bar.get_by_role("button", name="Note").tap()
    page.locator(".composer textarea").fill("small")
    # As where the keyboard covers the lower half: the sheet stands on it.
    page.evaluate("() => document.querySelector('.composer').style.setProperty('--keyboard', '300px')")
    sheet = page.locator(".composer").bounding_box()
    assert sheet and sheet["y"] + sheet["height"] == pytest.approx(500, abs=1)
    assert violations(page) == []
    page.get_by_role("button", name="Keep").tap()
    page.get_by_role("button", name="Notes").tap()
    expect(page.locator(".margin.as-sheet .note")).to_have_count(2)
    page.locator(".margin-filter summary").tap()
    page.get_by_role("searchbox", name="Words").fill("small")
    expect(page.locator(".margin .note")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".margin .note .note-body").tap()
    expect(page.locator(".margin.as-sheet")).to_have_count(0)
    context.close()


GROUP = """from reader import notes; from reader.models import *
teacher, pupil = [User.objects.get(username=name) for name in ('uta', 'vera')]
group = ReadingGroup.objects.create(name='Class 3B', owner=teacher)
for user, name in ((teacher, 'Ms Lin'), (pupil, 'Vera')): Membership.objects.create(group=group, user=user, name=name)
d = Document.objects.get(slug='{}')
place = {{'document': d, 'revision': d.revision, 'start': 0, 'end': 4}}
notes.add(user=teacher, body='Look here.', colour='violet', group=group, **place)
"""


def test_a_note_of_the_class_has_its_author_and_replies(page: Page, server: Server, stranger: BrowserContext) -> None:
    """See a teacher's note: no edit, her name, the group; read and write replies; share an own note with the group."""
    sign_up(stranger.new_page(), "uta")
    sign_up(page, "vera")
    server.manage("shell", "-v", "0", "-c", GROUP.format(INTERVIEW.split("/")[2]))
    replies = [{"id": 1, "name": "Max", "mine": False, "html": "<p>Why?</p>", "created": "2026-11-27T10:00:00Z"}]

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            sent = {"id": 2, "name": "Vera", "mine": True, "html": f"<p>{route.request.post_data}</p>", "created": ""}
            route.fulfill(status=201, json=sent)
        else:
            route.fulfill(json=replies)

    page.route("**/replies/", answer)
    open_text(page, INTERVIEW + "?pinyin=off")
    hers = page.locator(".margin .note", has_text="Look here.")
    expect(hers.locator(".note-whose")).to_have_text(re.compile(r"Ms Lin\s+Class 3B"))
    expect(hers.locator("[data-note-edit]")).to_be_hidden()
    expect(hers.locator("[data-note-delete]")).to_be_hidden()
    hers.get_by_role("button", name="Reply").click()
    expect(hers.locator(".replies li")).to_have_text(re.compile("Max.*Why?", re.DOTALL))
    hers.get_by_label("Your reply").fill("because")
    hers.locator(".replies").get_by_role("button", name="Reply").click()
    expect(hers.locator(".replies li.mine")).to_contain_text("body=because")
    page.evaluate(SELECT, OTHER)
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("for all of us")
    page.get_by_label("Who can read it").select_option("Class 3B")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note", has_text="for all of us").locator(".note-group")).to_have_text("Class 3B")
    page.locator(".margin-filter summary").click()
    page.locator(".margin-filter select[name=whose]").select_option("others")
    expect(page.locator(".margin .note")).to_have_count(1)
