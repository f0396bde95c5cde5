"""In Firefox, too: a reader reads, toggles, selects, notes and copies."""

import json
from itertools import product
from pathlib import Path

import pytest

from tests.browser.conftest import PASSWORD, Server
from tests.browser.firefox import Tab
from tests.browser.test_reading_story import INTERVIEW, SELECT
from tests.browser.test_toggles import COMPLETE, KNOWN, MODES, NOTES, PAINTED, SCRIPTS, SEED, write_notes


@pytest.fixture
def tab(firefox: Tab) -> Tab:
    """A tab of a reader who has an account."""
    firefox.goto("/accounts/signup/")
    if firefox.evaluate("location.pathname") == "/accounts/signup/":
        firefox.fill("form.signup, main form", username="fox", password1=PASSWORD, password2=PASSWORD)
        firefox.wait("location.pathname === '/'")
    return firefox


def test_a_note_is_written_with_the_keyboard(tab: Tab) -> None:
    tab.open_text(f"{INTERVIEW}?pinyin=on")
    tab.wait("document.querySelectorAll('.blocks rt').length > 50")
    tab.evaluate(f"({SELECT})(['缩放', '算力'])")
    tab.press("n")
    tab.wait("!document.querySelector('.composer').hidden")
    tab.type("from Firefox")
    tab.press("Control+Enter")
    tab.wait("document.querySelector('.margin .note')")
    assert tab.evaluate("document.querySelector('.margin .note-body').textContent.trim()") == "from Firefox"
    assert tab.problems == []


def test_a_line_may_end_behind_a_space_before_ruby(tab: Tab) -> None:
    tab.open_text(f"{INTERVIEW}?pinyin=on")
    tab.wait("document.querySelectorAll('.blocks rt').length > 50")
    kept_together = """[...document.querySelectorAll('.blocks ruby')].filter((ruby) =>
        ruby.previousSibling?.nodeType === 3 && ruby.previousSibling.data.endsWith(' ')).length"""
    assert tab.evaluate(kept_together) == 0


def test_a_drag_over_readings_selects_and_copies_words_alone(tab: Tab) -> None:
    tab.open_text(f"{INTERVIEW}?pinyin=on")
    tab.wait("document.querySelectorAll('.blocks rt').length > 50")
    middle = """((n) => { const box = document.querySelectorAll('.blocks ruby')[n].getBoundingClientRect();
        return [box.left + box.width / 2, box.bottom - 8]; })"""
    first, last = (tuple(tab.evaluate(f"{middle}({number})")) for number in (2, 9))
    tab.drag(first, last)
    selected = tab.evaluate("getSelection().toString()")
    assert len(selected) > 5
    assert not tab.evaluate("/[a-zā-ǜ]/.test(getSelection().toString().replace(/[A-Za-z]+/g, ''))")
    tab.press("n")
    tab.wait("!document.querySelector('.composer').hidden")
    assert tab.evaluate("document.querySelector('.composer-quote').textContent") == selected.replace("\n", " ")
    tab.press("Escape")
    assert tab.problems == []


def test_400_notes_are_exact_in_every_script_and_reading_mode(tab: Tab, server: Server, tmp_path: Path) -> None:
    noted = write_notes(server, tmp_path, SEED.split("/")[2], "fox")
    tab.resize(1280, 9000)
    tab.evaluate(f"localStorage.setItem('known', {json.dumps(json.dumps(KNOWN))})")
    tab.open_text(SEED + "?pinyin=off&script=hans")
    tab.press("a")
    for script, (pinyin, reading) in product(SCRIPTS, MODES):
        for name, value in (("script", script), ("pinyin", pinyin), ("reading", reading)):
            tab.evaluate(f"document.querySelector('.settings input[name={name}][value={value}]').click()")
        tab.wait(f"({COMPLETE})({json.dumps([NOTES, script, pinyin, reading])})")
        noted.check(tab.evaluate(f"({PAINTED})()"), script, f"{script}, {pinyin}, {reading}")
    tab.resize(1280, 900)
