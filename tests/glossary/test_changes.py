"""The changelog tells by day what is new, changed and gone; its feed tells the same to programs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from lxml import etree

from glossary import changelog, edition
from glossary.formats import csv
from glossary.models import Concept, ConceptStatus, Term
from glossary.transfer import import_rows
from tests.glossary.test_admin import form_of, save

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    changelog.entries.cache_clear()
    yield


def entries(*, everything: bool = False) -> list[tuple[str, str, str, int]]:
    found = changelog.entries(edition.current(), everything=everything)
    return [(entry.kind, entry.key, entry.user, entry.count) for entry in found]


def test_an_import_is_one_entry_and_an_edit_another(editor: Client, concept: Concept) -> None:
    for words in ("One.", "Two."):
        assert save(editor, concept, form_of(concept) | {"definition_en": words}) == ""
    assert entries() == [("changed", "scaling-law", "editor", 0), ("import", "", "", 9)]


def test_what_is_made_and_written_on_is_new_and_what_is_gone_is_gone(concept: Concept) -> None:
    made = Concept.objects.create(key="made", subject=concept.subject)
    made.terms.create(language="en", text="made")
    concept.delete()
    edition.advance()
    assert entries()[:2] == [("deleted", "scaling-law", "", 0), ("new", "made", "", 0)]


def test_readers_are_told_of_no_draft(glossary: None) -> None:
    Concept.objects.get(key="draft-idea").save()
    for status in (ConceptStatus.SUGGESTED, ConceptStatus.PUBLISHED):
        Concept.objects.create(key=f"{status}-gone", status=status, subject_id=1).delete()
    edition.advance()
    assert [key for _kind, key, *_rest in entries()] == ["published-gone", ""]
    assert [key for _kind, key, *_rest in entries(everything=True)] == [
        "published-gone", "suggested-gone", "draft-idea", "",
    ]  # fmt: skip


def test_a_draft_is_new_to_readers_on_the_day_it_is_published(glossary: None) -> None:
    draft = Concept.objects.get(key="draft-idea")
    draft.save()
    draft.history.filter(history_type="~").update(history_date=timezone.now() - timedelta(days=3))
    draft.status = ConceptStatus.PUBLISHED
    draft.save()
    edition.advance()
    assert [entry[:2] for entry in entries()] == [("new", "draft-idea"), ("import", "")]
    assert [entry[:2] for entry in entries(everything=True)].count(("changed", "draft-idea")) == 2


def test_only_editors_are_told_who_it_was(editor: Client, client: Client, reader: Client, concept: Concept) -> None:
    save(editor, concept, form_of(concept) | {"definition_en": "One."})
    for somebody, named in ((client, False), (reader, False), (editor, True)):
        page = somebody.get("/changes/").content.decode()
        assert '<a href="/changes/scaling-law/">' in page
        assert "An import touched 9 concepts" in page
        assert ("editor ·" in page) is named


def test_pages_lead_on(client: Client, glossary: None) -> None:
    subject = Concept.objects.get(key="agent").subject
    for number in range(60):
        Concept.objects.create(key=f"c-{number}", subject=subject)
    edition.advance()
    first, second = (client.get(f"/changes/?page={page}").content.decode() for page in (1, 2))
    assert '<a class="button quiet" rel="next" href="?page=2">' in first
    assert "/changes/c-59/" in first
    assert "/changes/c-0/" in second
    assert client.get("/changes/?page=nonsense").status_code == 200


def test_few_queries_tell_all(client: Client, concept: Concept, django_assert_max_num_queries: object) -> None:
    for other in Concept.objects.all():
        other.save()
    edition.advance()
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        client.get("/changes/")
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        client.get("/changes/")


def test_an_empty_glossary_has_no_changes(client: Client) -> None:
    assert "Nothing has changed yet." in client.get("/changes/").content.decode()
    assert etree.fromstring(client.get("/changes/feed.xml").content).tag == f"{{{ATOM['a']}}}feed"


def test_the_feed_is_atom_and_names_nobody(client: Client, editor: Client, concept: Concept) -> None:
    save(editor, concept, form_of(concept) | {"definition_en": "One."})
    answer = client.get("/changes/feed.xml")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.xpath("//a:entry/a:title/text()", namespaces=ATOM) == [
        "缩放定律 was changed", "An import touched 9 concepts",
    ]  # fmt: skip
    assert feed.xpath("//a:entry[1]/a:link/@href", namespaces=ATOM) == ["http://testserver/changes/scaling-law/"]
    for name in ("id", "title", "updated"):
        assert len(feed.xpath(f"//a:entry/a:{name}", namespaces=ATOM)) == 2
        assert len(feed.xpath(f"/a:feed/a:{name}", namespaces=ATOM)) == 1
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == 2
    assert b"editor" not in answer.content


def test_the_feed_is_sent_again_only_when_something_changed(client: Client, glossary: None) -> None:
    first = client.get("/changes/feed.xml")
    headers = {"If-None-Match": first["ETag"]}
    assert client.get("/changes/feed.xml", headers=headers).status_code == 304
    import_rows(csv.read("zh_hans,en\n算力,compute\n".encode()))
    assert client.get("/changes/feed.xml", headers=headers).status_code == 200


def test_the_glossary_and_its_concepts_lead_to_their_changes(client: Client, glossary: None) -> None:
    assert 'href="/changes/"' in client.get("/glossary/").content.decode()
    assert 'href="/changes/scaling-law/"' in client.get("/glossary/scaling-law/").content.decode()


def test_a_control_character_stops_no_feed(client: Client, concept: Concept) -> None:
    Term.objects.filter(concept=concept, language="zh", status="preferred").update(text="缩放\x08定律")
    concept.save()
    edition.advance()
    assert etree.fromstring(client.get("/changes/feed.xml").content) is not None


def test_a_term_has_no_control_characters(editor: Client, concept: Concept) -> None:
    with pytest.raises(ValidationError, match="control characters"):
        Term(concept=concept, text="缩放\x08定律").full_clean()
