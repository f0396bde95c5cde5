"""The pages of the glossary and the dictionary: public, the same for all, never stale."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from glossary import edition
from glossary.formats import FORMATS, READERS
from glossary.models import Concept, DictionaryLoad, Source, Term
from reader.models import Document

pytestmark = pytest.mark.django_db


def test_the_glossary_lists_its_concepts_by_letter(client: Client, document: Document) -> None:
    page = client.get("/glossary/").content.decode()
    assert "8 concepts" in page
    assert 'id="letter-S"' in page
    assert 'href="/glossary/scaling-law/"' in page
    assert "draft" not in page


def test_the_list_is_searched_and_narrowed(client: Client, glossary: None) -> None:
    page = client.get("/glossary/", {"q": "houxunlian", "subject": "training"}).content.decode()
    assert "1 concept<" in page
    assert "后训练" in page
    assert "推理" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        # Nothing fits, and what to do about it.
        ({"q": "量子"}, "No concept fits."),
        # What cannot be searched for is refused, not dropped silently.
        ({"q": "\x00"}, "The text holds a NUL character"),
        ({"q": "长" * 81}, "at most 80 characters"),
        ({"subject": "no-such-subject"}, "That choice is not one of the available choices."),
    ],
)
def test_a_search_that_finds_nothing_says_so(client: Client, glossary: None, query: dict[str, str], words: str) -> None:
    answer = client.get("/glossary/", query)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_an_empty_glossary_has_a_page(client: Client) -> None:
    assert "0 concepts" in client.get("/glossary/").content.decode()


def test_a_concept_has_definitions_terms_sources_and_places(client: Client, document: Document) -> None:
    concept = Concept.objects.get(key="scaling-law")
    Source.objects.create(concept=concept, title="A paper", url="https://example.org/paper", licence="CC BY 4.0")
    page = client.get("/glossary/scaling-law/").content.decode()
    for shown in (
        "suō fàng dìng lǜ", "縮放定律", "损失的规律。", "How loss falls.", "规模定律", "缩放法则",
        "https://example.org/paper", "CC BY 4.0", "2 places in the texts", "/documents/size/#b1",
    ):  # fmt: skip
        assert shown in page


def test_a_concept_that_occurs_nowhere_says_so(client: Client, glossary: None) -> None:
    assert "No text in the library uses it yet." in client.get("/glossary/agent/").content.decode()


@pytest.mark.parametrize("key", ["draft-idea", "no-such-concept"])
def test_what_is_not_published_has_no_page(client: Client, glossary: None, key: str) -> None:
    assert client.get(f"/glossary/{key}/").status_code == 404


def test_what_an_editor_writes_is_text_and_no_markup(client: Client, document: Document) -> None:
    Concept.objects.filter(key="agent").update(definition_en="<script>alert(1)</script>")
    Term.objects.filter(concept__key="agent", language="en").update(text="<b>agent</b>")
    edition.advance()
    for address in ("/glossary/agent/", "/look-up/?q=智能体", "/look-up/card/?q=智能体", "/glossary/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>agent" not in page
        assert "&lt;b&gt;agent" in page


@pytest.mark.parametrize("address", ["/glossary/scaling-law/", "/look-up/card/?q=缩放定律"])
def test_a_page_the_browser_has_is_not_sent_again_until_something_changes(
    client: Client, document: Document, address: str
) -> None:
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    Term.objects.filter(text="scaling law").update(text="law of scaling")
    edition.advance()
    answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "law of scaling" in answer.content.decode()


def test_any_word_is_looked_up(client: Client, dictionary: DictionaryLoad, glossary: None) -> None:
    page = client.get("/look-up/", {"q": "训练"}).content.decode()
    assert "xùn liàn" in page
    assert "to train" in page
    assert 'href="/look-up/?q=%E4%B8%AA"' in client.get("/look-up/", {"q": "解释"}).content.decode()


def test_a_word_nobody_knows_has_a_page_that_says_so(client: Client, dictionary: DictionaryLoad) -> None:
    assert "Neither the glossary nor the dictionary has this word." in client.get("/look-up/?q=龘").content.decode()


def test_without_a_word_the_dictionary_says_what_it_is(client: Client, dictionary: DictionaryLoad) -> None:
    assert "18 entries of CC-CEDICT, 2026-05-01, CC BY-SA 4.0." in client.get("/look-up/").content.decode()


def test_without_a_dictionary_the_page_says_how_to_load_one(client: Client) -> None:
    assert "manage.py import_cedict" in client.get("/look-up/").content.decode()


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=" + "a" * 81])
def test_a_card_needs_a_word(client: Client, query: str) -> None:
    assert client.get(f"/look-up/card/{query}").status_code == 400


def test_a_card_shows_a_term_with_what_is_nested_in_it(client: Client, document: Document) -> None:
    answer = client.get("/look-up/card/", {"q": "机械可解释性"})
    card = answer.content.decode()
    assert "jī xiè kě jiě shì xìng" in card
    assert "mechanistic interpretability" in card
    assert "<details>" in card
    assert "2 places in 1 text" in card
    assert "<html" not in card
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_an_editor_is_offered_reading_forms_and_a_count(editor: Client, document: Document) -> None:
    assert json.loads(editor.get("/glossary/propose.json", {"text": "参数"}).content) == {
        "reading": "cān shù", "hant": "參數", "hant_tw": "參數", "hant_hk": "參數",
        "glosses": ["parameter"], "effects": ["1 place in 规模与推理"],
    }  # fmt: skip


@pytest.mark.parametrize(("text", "status"), [("", 400), ("\x00", 400), ("长" * 121, 400), ("长" * 120, 200)])
def test_a_proposal_needs_a_term(editor: Client, glossary: None, text: str, status: int) -> None:
    assert editor.get("/glossary/propose.json", {"text": text}).status_code == status


def test_only_editors_are_offered_anything(client: Client, reader: Client) -> None:
    assert client.get("/glossary/propose.json?text=参数").status_code == 302
    assert reader.get("/glossary/propose.json?text=参数").status_code == 403


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_glossary_is_a_file_at_an_address_that_stays(client: Client, glossary: None, name: str) -> None:
    address = reverse("glossary:download", args=[name])
    response = client.get(address)
    assert response.status_code == 200
    assert FORMATS[name].file in response["Content-Disposition"]
    assert response["Content-Type"] == FORMATS[name].content_type
    # Nothing new: nothing is sent; a change: another file.
    assert client.get(address, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    Term.objects.get(text="后训练").delete()
    edition.advance()
    changed = client.get(address, HTTP_IF_NONE_MATCH=response["ETag"])
    assert changed.status_code == 200
    assert changed.content != response.content


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_file_holds_what_readers_see(client: Client, glossary: None, name: str) -> None:
    rows = READERS[name](client.get(reverse("glossary:download", args=[name])).content)
    assert "interpretability" in {row.key for row in rows}
    # What is not published is nobody's.
    assert "draft-idea" not in {row.key for row in rows}


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1"])
def test_a_dictionary_for_yomitan_knows_where_it_comes_from(client: Client, glossary: None, host: str) -> None:
    response = client.get("/glossary/files/yomitan", headers={"Host": host})
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        index = json.loads(archive.read("index.json"))
        terms = archive.read("term_bank_1.json").decode()
    assert f"http://{host}/glossary/interpretability/" in terms
    assert "草稿" not in terms
    assert index["isUpdatable"] is True
    # Under the addresses that it names lie the same index and the same dictionary.
    assert index["indexUrl"].startswith(f"http://{host}/")
    assert client.get(index["indexUrl"], headers={"Host": host}).json() == index
    assert client.get(index["downloadUrl"], headers={"Host": host}).content == response.content


def test_yomitan_learns_of_a_change_by_the_revision(client: Client, glossary: None) -> None:
    address = "/glossary/files/yomitan/index.json"
    before = client.get(address)
    assert before["Content-Type"] == "application/json"
    assert client.get(address, HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 304
    edition.advance()
    after = client.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
    assert (before.json()["revision"], after.json()["revision"]) == ("1.1", "1.2")


def test_a_format_that_there_is_not_is_404(client: Client, glossary: None) -> None:
    assert client.get("/glossary/files/docx").status_code == 404


def test_the_list_links_every_file(client: Client, glossary: None) -> None:
    page = client.get(reverse("glossary:concept-list")).content.decode()
    for name, known in FORMATS.items():
        assert f'<a href="{reverse("glossary:download", args=[name])}" download>{known.label}</a>' in page
