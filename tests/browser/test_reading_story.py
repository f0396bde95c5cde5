"""The whole story of a learner: read, toggle, look up, sign up, note; and nobody else sees the note."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, open_text, sign_up

INTERVIEW = "/documents/yan-jiu-zhe-fang-tan-gui-mo-zhi-wai-wo-men-hai-neng-zen/"

SELECT = """([first, last]) => {
  // Drag from the ruby above the first word to the middle of the last one, as a hand would.
  const find = (text) => {
    const walker = document.createTreeWalker(document.querySelector('.blocks'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.includes(text)) return walker.currentNode;
  };
  const [from, to] = [find(first), find(last)];
  const above = from.parentElement.querySelector('rt')?.firstChild || from;
  const range = document.createRange();
  range.setStart(above, above === from ? from.data.indexOf(first) : 0);
  range.setEnd(to, to.data.indexOf(last) + last.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""

# What is painted as notes, in the order of the text: each character of which the middle lies in a box, or that is in
# one of the browser's highlights.
NOTED = """() => { const found = [...CSS.highlights].filter(([name]) => /^note-(?!deep|open)/.test(name))
    .flatMap(([, ranges]) => [...ranges]);
  const boxes = [...document.querySelectorAll('.note-box:not(.deep, .open)')].map((box) => box.getBoundingClientRect());
  const range = document.createRange();
  const isBoxed = (node, at) => { range.setStart(node, at); range.setEnd(node, at + 1);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return boxes.some((box) => box.left < x && x < box.right && box.top < y && y < box.bottom); };
  const isLit = (node, at) => found.some(({ startContainer, startOffset, endOffset }) =>
    startContainer === node && startOffset <= at && at < endOffset);
  const painted = []; const walker = document.createTreeWalker(document.querySelector('.blocks'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { const node = walker.currentNode; if (node.parentElement.closest('rt, .mark')) continue;
    [...node.data].forEach((letter, at) => { if (isLit(node, at) || isBoxed(node, at)) painted.push(letter); }); }
  return painted; }"""


def text_of(page: Page) -> str:
    """Give the text of the blocks without ruby."""
    return str(
        page.evaluate(
            """() => { const copy = document.querySelector('.blocks').cloneNode(true);
            copy.querySelectorAll('rt, .mark').forEach((e) => e.remove()); return copy.textContent; }"""
        )
    )


def test_a_learner_reads_looks_up_and_notes_and_nobody_else_sees_it(
    page: Page, stranger: BrowserContext, server: Server
) -> None:
    """Play the whole story once, from the library to a stranger's browser."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("研究者访谈")).click()
    page.wait_for_selector("article.text[data-ready]")
    plain = text_of(page)

    # Pinyin on: ruby stands above the words, the text below is the same.
    page.keyboard.press("p")
    expect(page.locator("rt", has_text="suōfàngdìnglǜ").first).to_be_visible()
    assert text_of(page) == plain

    # Traditional script: every block changes, also those nobody has looked at.
    page.keyboard.press("s")
    expect(page.locator("h1")).to_contain_text("研究者訪談")
    expect(page.locator(".blocks")).to_contain_text("機械")
    page.wait_for_function("() => !document.querySelector('.blocks').textContent.includes('训练')")
    assert "script=hant-tw" in page.url
    assert "pinyin=on" in page.url
    page.keyboard.press("s")

    # A term: gloss, definition, reading, and what is nested in it.
    page.locator("a.term", has_text="机械可解释性").first.click()
    card = page.locator(".card")
    expect(card).to_contain_text("mechanistic interpretability")
    expect(card).to_contain_text("jī xiè kě jiě shì xìng")
    expect(card.locator(".card-nested summary", has_text="可解释性")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()

    # Any other word: the dictionary, by the pointer.
    word = page.locator("ruby", has_text=re.compile("^重要")).first
    word.scroll_into_view_if_needed()
    word.click()
    expect(card).to_contain_text("important")
    page.keyboard.press("Escape")

    sign_up(page, "alice")
    open_text(page, INTERVIEW + "?pinyin=on&script=hans")
    expect(page.locator(".site-nav")).to_contain_text("alice")

    # Select across ruby, and note.
    page.wait_for_selector("rt")
    page.evaluate(SELECT, ["缩放", "算力"])
    page.keyboard.press("n")
    quote = page.locator(".composer-quote").inner_text()
    page.locator(".composer textarea").fill("**Kaplan** 2020 <script>alert(1)</script>")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note")).to_contain_text("Kaplan 2020")
    page.wait_for_function(f"() => ({NOTED})().length")
    noted = "".join(page.evaluate(NOTED))
    assert noted.replace(" ", "") == quote.replace(" ", "")
    assert "suō" not in quote

    # Reload, and toggle the script: the note is in place.
    page.reload()
    expect(page.locator(".margin .note")).to_contain_text("Kaplan 2020")
    page.wait_for_function(f"(noted) => ({NOTED})().join('') === noted", arg=noted)
    page.keyboard.press("s")
    page.wait_for_function(f"() => ({NOTED})().join('').includes('縮')")
    assert len("".join(page.evaluate(NOTED))) == len(noted)

    # Another reader sees it nowhere.
    address = page.request.get(INTERVIEW + "notes.json").json()["notes"][0]["url"]
    other = stranger.new_page()
    sign_up(other, "charlie")
    open_text(other, INTERVIEW)
    assert other.locator(".margin .note").count() == 0
    assert other.request.get(INTERVIEW + "notes.json").json()["notes"] == []
    assert other.request.get(address).status == 404
    other.goto("/notes/")
    expect(other.locator("main")).to_contain_text("no notes yet")


def test_a_note_is_edited_deleted_and_brought_back(page: Page) -> None:
    """Change a note in the margin, delete it, and undo that."""
    sign_up(page, "dora")
    open_text(page, INTERVIEW)
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("first")
    page.get_by_role("button", name="Keep").click()
    page.locator(".margin [data-note-edit]").click()
    page.locator(".composer textarea").fill("second")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note-body")).to_have_text("second")
    page.locator(".margin [data-note-delete]").click()
    expect(page.locator(".margin .note")).to_have_count(0)
    page.locator(".toast [data-undo]").click()
    expect(page.locator(".margin .note-body")).to_have_text("second")


def test_a_guests_draft_survives_the_way_through_sign_up(page: Page) -> None:
    """Begin a note as a guest, sign up, come back: what was typed is there."""
    open_text(page, INTERVIEW)
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("not lost")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".composer-guest")).to_be_visible()
    sign_up(page, "erin")
    open_text(page, INTERVIEW)
    expect(page.locator(".composer textarea")).to_have_value("not lost")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".margin .note-body")).to_have_text("not lost")


def test_what_is_typed_waits_at_its_place_for_its_reader_only(page: Page) -> None:
    """Type, press Esc, come back to the place: it is there; the next reader of this browser finds nothing."""
    sign_up(page, "frida")
    open_text(page, INTERVIEW)
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("a long thought")
    page.keyboard.press("Escape")
    page.evaluate(SELECT, ["银行", "行长"])
    page.keyboard.press("n")
    expect(page.locator(".composer textarea")).to_have_value("")
    page.keyboard.press("Escape")
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    expect(page.locator(".composer textarea")).to_have_value("a long thought")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    sign_up(page, "gustav")
    open_text(page, INTERVIEW)
    expect(page.locator(".site-nav")).to_contain_text("gustav")
    expect(page.locator(".composer")).to_be_hidden()
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    expect(page.locator(".composer textarea")).to_have_value("")


def test_nothing_is_said_done_that_was_not(page: Page) -> None:
    """Delete a note after the session has ended: the note stays, marked, and the page says so."""
    sign_up(page, "hanna")
    open_text(page, INTERVIEW)
    page.evaluate(SELECT, ["缩放", "损失"])
    page.keyboard.press("n")
    page.locator(".composer textarea").fill("still here")
    page.get_by_role("button", name="Keep").click()
    page.context.clear_cookies(name="sessionid")
    page.locator(".margin [data-note-delete]").click()
    expect(page.locator(".toast")).to_contain_text("You are signed out")
    expect(page.locator(".margin .note-body")).to_have_text("still here")
    expect(page.locator(".margin .note-status")).to_have_text("Waits to be deleted.")


def test_the_notes_button_without_notes_stays_where_the_reader_is(page: Page) -> None:
    """Press Notes in the middle of a text that has none: nothing moves."""
    open_text(page, "/documents/mechanistic-interpretability/")
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => scrollY > 500")
    before = page.evaluate("scrollY")
    # By the mouse itself: the driver's own click scrolls to where a sticky toolbar would be unstuck.
    box = page.get_by_role("button", name="Notes").bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page.locator(".toast")).to_contain_text("No notes yet")
    assert page.evaluate("scrollY") == before


def test_pinyin_keeps_the_line_that_is_read(page: Page) -> None:
    """Turn pinyin on in the middle of a long paragraph: the character under the eye stays near."""
    open_text(page, "/documents/mechanistic-interpretability/?pinyin=off&script=hans")
    page.mouse.wheel(0, 1500)
    page.wait_for_function("() => scrollY > 1000")
    eye = """() => { const place = document.caretPositionFromPoint(
      document.querySelector('article').getBoundingClientRect().left + 24, 100);
      const block = place.offsetNode.parentElement.closest('.block'); window.seen = block.passage; window.at =
      Math.max(0, [...block.passage.text].indexOf('的', 30)); return 0; }"""
    page.evaluate(eye)
    where = "() => window.seen.range(window.at, window.at + 1).getBoundingClientRect().top"
    before = page.evaluate(where)
    page.keyboard.press("p")
    page.wait_for_selector("rt")
    assert abs(page.evaluate(where) - before) < 160


def test_keys_walk_from_word_to_word(page: Page) -> None:
    """Reach a word and its card by the keyboard alone."""
    open_text(page, INTERVIEW)
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_be_hidden()
    page.keyboard.press("Shift+?")
    expect(page.locator("dialog.help")).to_be_visible()


def test_copied_text_has_no_pinyin(page: Page) -> None:
    """Copy what stands under ruby: plain text comes out."""
    open_text(page, INTERVIEW + "?pinyin=on")
    page.wait_for_selector("rt")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#b2'))")
    copied = page.evaluate("getSelection().toString()")
    assert "缩放定律" in copied
    assert not re.search("[āáǎàēéěèīíǐìōóǒòūúǔù]", copied)


def test_every_click_hits_the_word_under_the_pointer(page: Page) -> None:
    """Click the middle of every character of a paragraph: the card is that of the word that is shown there."""
    open_text(page, INTERVIEW + "?pinyin=off&script=hans")
    points = page.evaluate(
        """() => { const passage = document.querySelector('#b3').passage; const length = passage.text.length;
        return passage.tokens.filter((t) => t.word).flatMap((t) => Array.from({length: t.end - t.start}, (_, i) => {
          const box = passage.range(t.start + i, t.start + i + 1).getClientRects()[0];
          return [box.x + box.width * .75, box.y + box.height / 2, t.word[0]]; })); }"""
    )
    assert len(points) > 10
    for x, y, word in points:
        page.mouse.click(x, y)
        expect(page.locator(".card-word span").first).to_have_text(word)
        page.keyboard.press("Escape")


def test_the_gloss_an_editor_changes_shows_on_the_next_load(page: Page, server: Server) -> None:
    """Change a gloss in the admin, and load the page again."""
    output = server.manage("make_editor", "chief")
    password = re.search(r"password: (\S+)", output)
    assert password
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("Login").fill("chief")
    page.get_by_label("Password").fill(password[1])
    page.get_by_role("button", name="Sign In").click()
    page.goto("/admin/glossary/concept/?q=scaling-law")
    page.get_by_role("link", name="scaling-law", exact=True).click()
    english = page.locator("tr:has(select option[value=en][selected]) input[name$=-text]").first
    english.fill("law of scaling")
    page.locator("input[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    open_text(page, INTERVIEW)
    page.locator("a.term", has_text="缩放定律").first.click()
    expect(page.locator(".card")).to_contain_text("law of scaling")
