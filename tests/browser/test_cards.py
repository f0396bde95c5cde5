"""Cards: there at once, beside the word, with the way back; pinned, copied, known; and the places of a term."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import open_text
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW

PLACES = """() => [...CSS.highlights.get('concept')].map(String)"""
HERE = """() => [...CSS.highlights.get('occurrence')].map((range) => {
  const box = range.getBoundingClientRect(); return [range.toString(), box.top, box.bottom]; })"""
COVERS = """() => { const card = document.querySelector('.card').getBoundingClientRect();
  return [...CSS.highlights.get('word')].flatMap((range) => [...range.getClientRects()]).some((box) =>
    box.left < card.right && card.left < box.right && box.top < card.bottom && card.top < box.bottom); }"""


def open_with_cards(page: Page, address: str = INTERVIEW) -> None:
    """Open a text and wait until the cards of its terms have come."""
    open_text(page, address)
    expect(page.locator(".term-total")).to_have_text(re.compile(r"^\d+$"))


def term(page: Page, text: str, nth: int = 0) -> Locator:
    """Find a term of the text."""
    return page.locator(".blocks a.term", has_text=text).nth(nth)


def marked(page: Page) -> str:
    """Give the words of the place that was gone to, once it is marked, and see that it is in sight."""
    page.wait_for_function("() => CSS.highlights.get('occurrence')?.size")
    [[text, top, bottom]] = page.evaluate(HERE)
    assert 60 <= top < bottom <= page.evaluate("innerHeight")
    return str(text)


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A phone."""
    small = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**browser_context_args | small)
    yield context.new_page()
    context.close()


def test_a_terms_card_waits_for_no_network(page: Page) -> None:
    """Go offline: terms still have their cards, other words their reading, and a second try when online again."""
    open_with_cards(page)
    page.context.set_offline(True)
    term(page, "机械可解释性").click()
    card = page.locator(".card")
    expect(card.locator(".card-gloss").first).to_have_text(re.compile("mechanistic interpretability"))
    expect(card.locator(".card-nested summary")).to_contain_text("可解释性")
    expect(card.locator(".card-reading")).to_have_text("jī xiè kě jiě shì xìng")
    page.keyboard.press("Escape")
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(card.locator(".card-reading")).not_to_be_empty()
    expect(card.locator(".card-error")).to_contain_text("offline")
    page.context.set_offline(False)
    card.get_by_role("button", name="Try again").click()
    expect(card.locator(".card-dictionary")).to_be_visible()
    expect(card.locator(".card-error")).to_have_count(0)


def test_a_card_is_there_in_the_frame_of_the_click(page: Page) -> None:
    """Click a term: before the browser paints anything else, the card stands there with its gloss."""
    open_with_cards(page)
    shown = page.evaluate(
        """() => new Promise((done) => {
          const link = document.querySelector('a.term');
          requestAnimationFrame(() => { link.click(); requestAnimationFrame(() =>
            done([document.querySelector('.card').hidden, document.querySelector('.card-gloss').textContent])); });
        })"""
    )
    assert shown[0] is False
    assert shown[1].strip()


def test_a_card_never_covers_its_word(page: Page) -> None:
    """Open the cards of terms wherever they stand in the window, and scroll: the word stays free."""
    page.set_viewport_size({"width": 1000, "height": 560})
    open_with_cards(page)
    for nth in range(0, page.locator(".blocks a.term").count(), 3):
        link = page.locator(".blocks a.term").nth(nth)
        link.scroll_into_view_if_needed()
        x, y = link.evaluate("(one) => { const box = one.getClientRects()[0]; return [box.x + 4, box.y + 6]; }")
        page.mouse.click(x, y)
        expect(page.locator(".card")).to_be_visible()
        assert not page.evaluate(COVERS)
        page.mouse.wheel(0, 40)
        assert not page.evaluate(COVERS)
        page.keyboard.press("Escape")


def test_the_keyboard_reaches_a_card_and_comes_back(page: Page) -> None:
    """Enter opens, Tab walks through and goes on behind the word, Escape gives the focus back."""
    open_with_cards(page)
    link = term(page, "后训练")
    link.focus()
    page.keyboard.press("Enter")
    card = page.locator(".card")
    expect(card).to_be_focused()
    expect(card).to_have_accessible_name(re.compile("^后训练"))
    expect(card).to_have_accessible_description("post-training")
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()


def test_a_card_keeps_the_way_one_came(page: Page) -> None:
    """Follow links inside a card, go back and forward by keys and buttons, and to a word one has seen."""
    open_with_cards(page)
    term(page, "机械可解释性").click()
    card, word = page.locator(".card"), page.locator(".card-word span").first
    expect(page.locator(".card-crumbs")).to_be_hidden()
    link = card.locator(".card-dictionary a[data-word]").first
    second = link.inner_text()
    link.click()
    expect(word).to_have_text(second)
    expect(card).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(word).to_have_text("机械可解释性")
    page.keyboard.press("Alt+ArrowRight")
    expect(word).to_have_text(second)
    expect(card.get_by_role("button", name="Forward")).to_be_disabled()
    card.locator(".card-crumbs li button", has_text="机械可解释性").click()
    expect(word).to_have_text("机械可解释性")
    assert page.url.endswith(INTERVIEW)


@pytest.mark.parametrize(("query", "shown"), [("?script=hans", "可解释性"), ("?script=hant-tw&pinyin=on", "可解釋性")])
def test_one_walks_through_the_places_of_a_term(page: Page, query: str, shown: str) -> None:
    """Go by keys and by buttons to every place of a concept, those inside longer terms included."""
    open_with_cards(page, INTERVIEW + query)
    page.locator(".blocks a.term").filter(has_text=re.compile(f"^{shown}")).first.click()
    walk = page.locator(".card-walk").first
    expect(walk).to_contain_text("3 of 4 here")
    page.wait_for_function("() => CSS.highlights.get('concept')?.size")
    assert all(shown in re.sub("[a-zāǎàéěèíǐìōóǒòūúǔùǜ]", "", text) for text in page.evaluate(PLACES))
    page.keyboard.press(".")
    expect(walk).to_contain_text("4 of 4 here")
    assert marked(page) == shown
    walk.get_by_role("button", name="Next place").click()
    expect(walk).to_contain_text("1 of 4 here")
    page.keyboard.press(",")
    expect(walk).to_contain_text("4 of 4 here")
    assert not page.evaluate(COVERS)
    page.keyboard.press("Escape")
    # Without a card, too; and a word that is no term says what these keys are for.
    page.keyboard.press(".")
    expect(page.locator(".toast")).to_contain_text("1 of 4 here")


def test_a_browser_without_highlights_shows_the_place_all_the_same(page: Page) -> None:
    """Walk where the Highlight API is missing: the link of the place is marked."""
    page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined});")
    open_with_cards(page)
    term(page, "后训练").click()
    page.keyboard.press(".")
    expect(page.locator("a.term.here")).to_have_text("后训练")


def test_a_pinned_card_stays_and_opens_again(page: Page) -> None:
    """Pin four cards: three stay beside the text while one reads on; one is opened again, one is let go."""
    open_with_cards(page)
    for text in ("后训练", "智能体", "参数", "算力"):
        term(page, text).click()
        page.locator(".card").get_by_role("button", name="Pin").click()
        expect(page.locator(".card")).to_be_hidden()
    pins = page.locator(".pin")
    expect(pins).to_have_count(3)
    assert pins.first.get_attribute("data-word") == "智能体"
    expect(pins.first).to_contain_text("agent")
    page.keyboard.press("End")
    expect(pins.first.locator(".card-gloss")).to_be_in_viewport()
    pins.first.get_by_role("button", name="Open").click()
    expect(page.locator(".card-word span").first).to_have_text("智能体")
    expect(page.locator("[data-card-pin]")).to_have_attribute("aria-pressed", "true")
    pins.first.get_by_role("button", name="Unpin").click()
    expect(pins).to_have_count(2)


def test_a_word_is_copied_and_known(page: Page) -> None:
    """Copy word, reading and gloss as plain text, and say that one knows the word, by button and by key."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_with_cards(page)
    term(page, "后训练").click()
    page.locator(".card").get_by_role("button", name="Copy").click()
    expect(page.locator(".toast")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "后训练\thòu xùn liàn\tpost-training"
    known = page.locator("[data-card-known]")
    known.click()
    expect(known).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("w")
    expect(known).to_have_attribute("aria-pressed", "false")


def test_a_word_is_said_by_the_machines_own_voice_only(page: Page) -> None:
    """Without a voice there is no button; with voices, one of the reader's machine that speaks Mandarin is taken."""
    open_with_cards(page)
    term(page, "后训练").click()
    expect(page.locator("[data-card-listen]")).to_be_hidden()
    page.add_init_script(
        """const voices = [['zh-HK', true], ['zh-CN', false], ['zh-TW', true], ['zh-CN', true]]
          .map(([lang, localService]) => ({ lang, localService, name: lang }));
        const said = window.said = [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        const speech = { getVoices: () => voices, cancel() {}, speak: (one) => said.push([one.text, one.lang]) };
        Object.defineProperty(window, 'speechSynthesis', { value: speech });"""
    )
    open_with_cards(page)
    term(page, "后训练").click()
    page.get_by_role("button", name="Listen").click()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    term(page, "後訓練").click()
    page.get_by_role("button", name="Listen").click()
    assert page.evaluate("said") == [["后训练", "zh-CN"], ["後訓練", "zh-TW"]]


def test_on_a_phone_the_card_is_a_sheet(phone: Page) -> None:
    """Tap a term low on the page: the sheet leaves it in sight, is drawn up and down, and pins as a chip."""
    open_with_cards(phone)
    link = term(phone, "智能体")
    link.evaluate("(link) => link.scrollIntoView({ block: 'end' })")
    link.tap()
    card = phone.locator(".card")
    expect(card.locator(".card-gloss")).to_contain_text("agent")
    assert not phone.evaluate(COVERS)
    box = card.bounding_box()
    assert box
    assert (box["width"], box["y"] + box["height"]) == (390, 800)
    phone.locator("[data-card-pin]").tap()
    chip = phone.locator(".pin-chip")
    expect(chip).to_have_text("智能体")
    chip.tap()
    expect(card).to_be_visible()
    handle = phone.locator(".card-handle").bounding_box()
    assert handle
    phone.mouse.move(195, handle["y"] + 8)
    phone.mouse.down()
    phone.mouse.move(195, handle["y"] + 120, steps=4)
    phone.mouse.up()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_cards_pins_and_terms(
    browser: Browser, browser_context_args: dict[str, Any], scheme: Any, width: int
) -> None:
    """Look at the page with a card open, with cards pinned, and with the list of terms over it."""
    context = browser.new_context(
        **browser_context_args | {"viewport": {"width": width, "height": 850}}, color_scheme=scheme
    )
    page = context.new_page()
    open_with_cards(page)
    term(page, "机械可解释性").click()
    page.locator(".card-dictionary a[data-word]").first.click()
    expect(page.locator(".card-crumbs")).to_be_visible()
    page.keyboard.press(".")
    assert violations(page) == []
    page.locator("[data-card-pin]").click()
    term(page, "后训练").click()
    page.locator("[data-card-pin]").click()
    assert violations(page) == []
    page.keyboard.press("t")
    expect(page.locator(".terms-panel .term-row").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
