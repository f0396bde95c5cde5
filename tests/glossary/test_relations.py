"""Concepts stand in relations: each is one row, read from both sides, and goes out into files and comes back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from glossary.cards import concept_card, uncounted
from glossary.formats import csv, tbx
from glossary.formats.rows import BadFileError
from glossary.models import Concept, Relation
from glossary.relations import around
from glossary.transfer import Report, export_rows, import_rows
from tests.glossary.test_admin import form_of, save
from tests.glossary.test_tbx import entry, section

pytestmark = pytest.mark.django_db
MECHANISTIC, WHOLE = "mechanistic-interpretability", "interpretability"


def relate(concept: str, kind: str, target: str) -> Relation:
    """Make a relation as an editor does, with all checks."""
    relation = Relation(concept=Concept.objects.get(key=concept), kind=kind, target=Concept.objects.get(key=target))
    relation.full_clean()
    relation.save()
    return relation


def shown(key: str) -> dict[str, list[str]]:
    """Give what stands around a concept, by what it is called."""
    pk = Concept.objects.get(key=key).pk
    return {str(group.label): [other.key for other in group.concepts] for group in around([pk]).get(pk, ())}


def edges() -> set[tuple[str, str, str]]:
    return set(Relation.objects.values_list("concept__key", "kind", "target__key"))


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        # One row, read from both sides; see also points in one direction.
        ("broader", {"Broader": [WHOLE]}, {"Narrower": [MECHANISTIC]}),
        ("related", {"Related": [WHOLE]}, {"Related": [MECHANISTIC]}),
        ("see-also", {"See also": [WHOLE]}, {}),
    ],
)
def test_a_relation_is_read_from_both_sides(
    glossary: None, kind: str, here: dict[str, list[str]], there: dict[str, list[str]]
) -> None:
    relation = relate(MECHANISTIC, kind, WHOLE)
    assert (shown(MECHANISTIC), shown(WHOLE)) == (here, there)
    assert relation.history.count() == 1


def test_a_relation_to_what_readers_do_not_see_is_not_shown(glossary: None) -> None:
    relate("agent", "related", "draft-idea")
    assert (shown("agent"), shown("draft-idea")) == ({}, {})


@pytest.mark.parametrize(
    ("concept", "kind", "target", "words"),
    [
        ("agent", "related", "agent", "A concept has no relation to itself."),
        # Loops of two and of three; the broader one of a broader one is no loop.
        (WHOLE, "broader", MECHANISTIC, "interpretability is itself narrower than interpretability"),
        ("reasoning", "broader", MECHANISTIC, "would be a loop"),
        # The same again, and the same from the other side.
        (MECHANISTIC, "broader", WHOLE, "The concept has this relation already."),
        ("inference", "related", "agent", "The two concepts are related already."),
        ("agent", "rhymes", WHOLE, "not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_human_words(
    glossary: None, concept: str, kind: str, target: str, words: str
) -> None:
    relate(MECHANISTIC, "broader", WHOLE)
    relate(WHOLE, "broader", "reasoning")
    relate("agent", "related", "inference")
    with pytest.raises(ValidationError, match=words):
        relate(concept, kind, target)


@pytest.mark.parametrize(
    ("concept", "kind", "target"),
    [("agent", "related", "agent"), ("inference", "related", "agent"), ("agent", "rhymes", WHOLE)],
)
def test_the_database_holds_the_same(glossary: None, concept: str, kind: str, target: str) -> None:
    relate("agent", "related", "inference")
    ends = {"concept": Concept.objects.get(key=concept), "target": Concept.objects.get(key=target)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(kind=kind, **ends)


def test_pages_and_cards_link_what_stands_around(client: Client, glossary: None) -> None:
    relate(MECHANISTIC, "broader", WHOLE)
    for address in (f"/glossary/{MECHANISTIC}/", "/look-up/card/?q=机械可解释性"):
        page = client.get(address).content.decode()
        assert '<a href="/glossary/interpretability/" lang="zh-Hans">可解释性</a>' in page
        assert "Broader" in page
    assert "Narrower" in client.get(f"/glossary/{WHOLE}/").content.decode()


def test_the_relations_of_many_cards_cost_few_queries(glossary: None, django_assert_num_queries: Any) -> None:
    relate(MECHANISTIC, "broader", WHOLE)
    relate("agent", "related", "inference")
    concepts = list(Concept.objects.published().prefetch_related("terms"))
    with django_assert_num_queries(3):
        assert sum(bool(card.related) for card in uncounted(concepts)) == 4
    assert concept_card(concepts[0]).related


def bring(text: str) -> Report:
    return import_rows(csv.read(text.encode()))


HEAD = "key,zh_hans,en,broader,related,see_also\n"
LINES = """\
whole,整体,whole,,,
part,部分,part,whole,piece,agent
piece,片段,piece,whole,part,
"""
EDGES = {
    ("part", "broader", "whole"), ("piece", "broader", "whole"), ("part", "related", "piece"),
    ("part", "see-also", "agent"),
}  # fmt: skip


def test_relations_come_in_with_their_concepts_and_again_without_change(glossary: None) -> None:
    assert len(bring(HEAD + LINES).created) == 3
    # Said from both sides it is one relation.
    assert edges() == EDGES
    assert bring(HEAD + LINES).changed == []
    assert Relation.history.count() == 4


def test_a_file_without_the_columns_leaves_relations_and_an_empty_cell_ends_them(glossary: None) -> None:
    bring(HEAD + LINES)
    assert bring("key,zh_hans,en\npart,部分,part\n").changed == []
    assert bring(HEAD + "part,部分,part,,,agent\n").changed == ["part"]
    assert edges() == {("piece", "broader", "whole"), ("part", "see-also", "agent")}


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("part,部分,part,nothing,,\n", "Line 2: broader: there is no concept with the key “nothing”, neither in the"),
        ("whole,整体,whole,,,\npart,部分,part,,,parts\n", "Line 3: see_also: there is no concept with the key “parts”"),
        ("part,部分,part,,part,\n", "Line 2: related: a concept has no relation to itself."),
        ("whole,整体,whole,part,,\npart,部分,part,whole,,\n", "Line 2: broader: a loop: part is itself narrower"),
        # The loop closes through what is there already.
        ("interpretability,可解释性,interpretability,mechanistic-interpretability,,\n", "Line 2: broader: a loop"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_changes_nothing(glossary: None, lines: str, problem: str) -> None:
    relate(MECHANISTIC, "broader", WHOLE)
    before = list(export_rows())
    with pytest.raises(BadFileError, match=problem):
        bring(HEAD + lines)
    assert list(export_rows()) == before


def test_a_loop_that_the_file_itself_undoes_is_none(glossary: None) -> None:
    relate(MECHANISTIC, "broader", WHOLE)
    bring(
        HEAD + "interpretability,可解释性,interpretability,mechanistic-interpretability,,\n"
        "mechanistic-interpretability,机械可解释性,mechanistic interpretability,,,\n"
    )
    assert edges() == {(WHOLE, "broader", MECHANISTIC)}


@pytest.mark.parametrize("name", ["csv", "tbx"])
def test_nothing_is_lost_on_the_way_out_and_in(glossary: None, name: str) -> None:
    bring(HEAD + LINES)
    out = csv.write(export_rows()) if name == "csv" else tbx.write(export_rows())
    read = csv.read if name == "csv" else tbx.read
    assert import_rows(read(out.encode())).changed == []
    Concept.objects.all().delete()
    assert Relation.objects.count() == 0
    import_rows(read(out.encode()))
    assert edges() == EDGES


def test_a_published_file_names_nothing_that_is_not(glossary: None) -> None:
    relate("agent", "related", "draft-idea")
    relate("agent", "broader", "inference")
    assert "draft-idea" not in csv.write(export_rows(published=True))
    assert "draft-idea" in csv.write(export_rows())


def reference(inside: str, text: str = "", kind: str = "crossReference") -> str:
    return f'<ref type="{kind}" target="{inside}">{text}</ref>{section("en", "law")}'


@pytest.mark.parametrize(
    ("inside", "field", "targets"),
    [
        (reference("concept-whole", "broader: whole"), "broader", ("whole",)),
        (reference("concept-whole", "related: whole"), "related", ("whole",)),
        # References of others say nothing, or what they like.
        (reference("concept-whole"), "see_also", ("whole",)),
        (reference("concept-whole", "a whole"), "see_also", ("whole",)),
        # As larger dialects name them, in a group; an id of the file itself.
        (
            '<descripGrp><descrip type="broaderConceptGeneric" target="c1">law</descrip></descripGrp>'
            + section("en", "law"),
            "broader",
            ("law",),
        ),
        # An entry that names none says nothing of relations.
        (section("en", "law"), "broader", None),
    ],
)
def test_references_are_read(inside: str, field: str, targets: tuple[str, ...] | None) -> None:
    [row] = tbx.read(entry(inside))
    assert getattr(row, field) == targets


def test_a_reference_that_leads_nowhere_is_said_with_its_line() -> None:
    with pytest.raises(BadFileError, match=r"Line 4: the reference to “c7” leads nowhere \(line 4\)"):
        tbx.read(entry(reference("c7")))


@pytest.mark.parametrize(
    ("kind", "target", "words"),
    [("see-also", "inference", ""), ("broader", "agent", "A concept has no relation to itself.")],
)
def test_an_editor_relates_concepts(editor: Client, glossary: None, kind: str, target: str, words: str) -> None:
    concept = Concept.objects.get(key="agent")
    data = form_of(concept) | {
        "relations-TOTAL_FORMS": 1,
        "relations-0-concept": concept.pk,
        "relations-0-kind": kind,
        "relations-0-target": Concept.objects.get(key=target).pk,
    }
    assert words in save(editor, concept, data)
    assert edges() == (set() if words else {("agent", "see-also", "inference")})
    if not words:
        assert "See also" in editor.get("/glossary/agent/").content.decode()
