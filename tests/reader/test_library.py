"""The library, and what stands around a text: paragraphs one by one, what was left out, who reads."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary.models import Concept
from reader import document_editing
from reader.formats import txt
from reader.ingest import StaleError, add_document, put_back
from reader.models import Document, User
from tests import small
from tests.reader.test_ingest import SCRAPED

pytestmark = pytest.mark.django_db


@pytest.fixture
def scraped(document: Document) -> Document:
    """A text of which two lines were left out."""
    return add_document(txt.read(SCRAPED.encode(), "letter.txt")).document


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_library_has_texts_by_level_with_their_facts(client: Client, document: Document) -> None:
    page = text_of(client, "/")
    assert 'href="/documents/size/"' in page
    assert "A short text on size." in page
    assert "Easy</h2>" in page
    assert "10 terms" in page
    assert "8 concepts" in page


def test_a_text_without_a_summary_shows_how_it_begins(client: Client, scraped: Document) -> None:
    assert "评估一个模型，先要想好" in text_of(client, "/")


def test_an_empty_library_says_how_to_fill_it(client: Client) -> None:
    assert "The shelves are empty" in text_of(client, "/")


def test_a_new_text_and_an_edit_in_the_admin_show_at_once(
    client: Client, as_editor: Client, document: Document
) -> None:
    text_of(client, "/")
    small.build_document("---\ntitle: 第二篇\nslug: second\nlevel: 3\n---\n\n正文。\n")
    assert "第二篇" in text_of(client, "/")
    fields = {"slug": "size", "title": "别的题目", "source_script": "hans", "level": 2, "position": 1, "public": "on"}
    answer = as_editor.post(f"/admin/reader/document/{document.pk}/change/", fields)
    assert answer.status_code == 302
    page = text_of(client, "/")
    assert "别的题目" in page
    assert "Middling</h2>" in page
    assert "别的题目" in text_of(client, "/documents/size/")


def test_a_warm_library_asks_few_queries(
    client: Client, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text_of(client, "/")
    with django_assert_max_num_queries(3):
        text_of(client, "/")


def test_a_paragraph_has_every_word_as_a_link_and_a_form(client: Client, document: Document) -> None:
    page = text_of(client, "/documents/size/paragraphs/5/?script=hant-tw")
    assert 'href="/look-up/?q=%E6%99%BA%E8%83%BD%E4%BD%93" class="term"><ruby>AI代理<rt>dàilǐ</rt>' in page
    assert '<form method="post" action="/documents/size/notes/">' in page
    block = document.revisions.get().blocks.get(number=5)
    assert f'name="start" value="{block.start}"' in page


@pytest.mark.parametrize("number", ["6", "999999999999999999999999", "x", "-1"])
def test_a_paragraph_that_is_not_there_is_404(client: Client, document: Document, number: str) -> None:
    assert client.get(f"/documents/size/paragraphs/{number}/").status_code == 404


def test_what_was_left_out_is_shown_by_rule_and_line(client: Client, scraped: Document) -> None:
    page = text_of(client, f"/documents/{scraped.slug}/dropped/")
    assert "Widget <small>line 3</small>" in page
    assert "登录" in page
    assert "Put back" not in page
    assert "Nothing was left out of this text." in text_of(client, "/documents/size/dropped/")


def test_an_editor_puts_lines_back(as_editor: Client, scraped: Document) -> None:
    address = f"/documents/{scraped.slug}/dropped/"
    assert text_of(as_editor, address).count("Put back") == 2
    answer = as_editor.post(f"{address}put-back/", {"revision": 1, "first": 7, "last": 7}, follow=True)
    page = answer.content.decode()
    assert "The lines are part of the text again." in page
    assert page.count("Put back") == 1
    assert ">分享<" in text_of(as_editor, f"/documents/{scraped.slug}/")


@pytest.mark.parametrize(
    "lines",
    [
        {},
        {"first": "a", "last": "b"},
        {"first": "7"},
        # Lines that were never left out.
        {"first": "1", "last": "2"},
        {"first": "-5", "last": "99999999999999999999"},
    ],
)
def test_only_what_was_left_out_can_be_put_back(as_editor: Client, scraped: Document, lines: dict[str, str]) -> None:
    assert as_editor.post(f"/documents/{scraped.slug}/dropped/put-back/", {"revision": 1} | lines).status_code == 404
    assert scraped.revisions.count() == 1


def test_lines_are_put_back_into_the_text_in_which_they_were_seen(as_editor: Client, scraped: Document) -> None:
    address = f"/documents/{scraped.slug}/dropped/"
    sent = dict(re.findall(r'name="(revision|first|last)" value="(\d+)"', text_of(as_editor, address)))
    assert (sent["revision"], sent["first"]) == ("1", "7")
    # A line more above them: line 7 is another one now.
    author = User.objects.get(username="editor")
    document_editing.save(scraped, SCRAPED.replace("登录", "登录\n登录"), revision=1, author=author)
    for revision in ("", "1", "x"):
        lines = sent | {"sure": "1", "revision": revision}
        page = as_editor.post(f"{address}put-back/", lines, follow=True).content.decode()
        assert "The text has changed since you saw this." in page
    with pytest.raises(StaleError):
        put_back(scraped, [7], revision=1, author=author)
    assert scraped.revisions.count() == 2


def test_readers_who_edit_nothing_put_nothing_back(as_bob: Client, as_charlie: Client, scraped: Document) -> None:
    address = f"/documents/{scraped.slug}/dropped/put-back/"
    assert as_bob.post(address, {"revision": 1, "first": 7, "last": 7}).status_code == 404
    assert as_charlie.post(address, {"revision": 1, "first": 7, "last": 7}).status_code == 302
    assert scraped.revisions.count() == 1


def test_an_owner_puts_lines_of_a_private_text_back(as_alice: Client, alice: User) -> None:
    own = add_document(txt.read(SCRAPED.encode(), "letter.txt"), owner=alice, public=False).document
    assert (
        as_alice.post(f"/documents/{own.slug}/dropped/put-back/", {"revision": 1, "first": 7, "last": 7}).status_code
        == 302
    )
    assert own.revisions.count() == 2


def test_the_service_says_what_it_is_made_of(client: Client, document: Document) -> None:
    assert "18 entries of 2026-05-01, CC BY-SA 4.0." in text_of(client, "/about/")


def test_without_a_dictionary_the_service_says_so(client: Client) -> None:
    assert "No dictionary is loaded." in text_of(client, "/about/")


def test_the_pages_script_is_told_who_reads(as_charlie: Client, as_alice: Client, as_editor: Client) -> None:
    assert as_charlie.get("/me.json").json() == {"name": None}
    assert not as_charlie.cookies
    told = as_alice.get("/me.json").json()
    assert (told["name"], told["staff"]) == ("alice", False)
    assert told["token"]
    assert as_editor.get("/me.json").json()["staff"] is True


def test_a_guest_asks_no_query_and_nothing_personal_is_kept(
    as_charlie: Client, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_charlie.get("/me.json")
    with django_assert_num_queries(0):
        as_charlie.get("/me.json")
    for address in ("/me.json", "/account/", "/notes/"):
        assert "no-store" in as_alice.get(address)["Cache-Control"]


def test_the_account_page_knows_guest_reader_and_editor(
    as_charlie: Client, as_alice: Client, as_editor: Client
) -> None:
    assert "Reading needs no account." in text_of(as_charlie, "/account/")
    assert "alice" in text_of(as_alice, "/account/")
    assert "Editing" not in text_of(as_alice, "/account/")
    assert "Editing" in text_of(as_editor, "/account/")


def test_a_guest_signs_up_and_reads_on_where_they_were(as_charlie: Client, document: Document) -> None:
    fields = {"username": "charlie", "password1": "a long walk by the river", "password2": "a long walk by the river"}
    answer = as_charlie.post("/accounts/signup/?next=/documents/size/", fields | {"next": "/documents/size/"})
    assert (answer.status_code, answer["Location"]) == (302, "/documents/size/")
    assert as_charlie.get("/me.json").json()["name"] == "charlie"
    as_charlie.post("/accounts/logout/")
    assert as_charlie.get("/me.json").json()["name"] is None


def test_the_number_of_concepts_is_that_of_published_ones(client: Client, glossary: None) -> None:
    assert f"{Concept.objects.published().count()} concepts" in text_of(client, "/")
