"""In Firefox, too: a reader reads, toggles, selects, notes and copies."""

import pytest

from tests.browser.conftest import PASSWORD
from tests.browser.firefox import Tab
from tests.browser.test_reading_story import INTERVIEW, SELECT


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
