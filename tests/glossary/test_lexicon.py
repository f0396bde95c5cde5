"""What is held in memory is built anew when the glossary moves on, and only then."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from glossary import edition, lexicon
from glossary.formats import csv
from glossary.lexicon import Rows
from glossary.models import Concept, DictionaryLoad, Term
from glossary.transfer import import_rows

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [text[match.start : match.end] for match in lexicon.current().find(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        # A term is found in characters, whatever its neighbours.
        ("做机械可解释性研究", ["机械可解释性"]),
        ("规模定律、缩放定律和 Scaling laws", ["规模定律", "缩放定律", "Scaling laws"]),
        # In traditional characters, too; and in the forms of regions.
        ("縮放定律與AI代理", ["縮放定律", "AI代理"]),
        # Not where it crosses the edge of a word.
        ("先收集，然后训练", []),
        ("后训练", ["后训练"]),
        # A term to avoid is marked as well, for the reader meets it.
        ("缩放法则", ["缩放法则"]),
        # What is not published is not marked.
        ("草稿概念", []),
    ],
)
def test_terms_are_found(text: str, terms: list[str], glossary: None, dictionary: DictionaryLoad) -> None:
    assert found(text) == terms


def test_one_word_can_stand_for_two_concepts(glossary: None) -> None:
    current = lexicon.current()
    [match] = current.find("推理")
    assert [concept.key for concept in current.concepts_of(match.terms)] == ["inference", "reasoning"]


def test_the_concept_that_prefers_a_term_goes_first(glossary: None) -> None:
    Term.objects.filter(concept__key="inference", language="zh").update(status="admitted")
    current = lexicon.current()
    [match] = current.find("推理")
    assert [concept.key for concept in current.concepts_of(match.terms)] == ["reasoning", "inference"]


def test_the_lexicon_is_the_same_until_the_edition_moves_on(glossary: None) -> None:
    first = lexicon.current()
    assert lexicon.current() is first
    edition.advance()
    assert lexicon.current() is not first


def test_a_term_that_was_taken_away_meanwhile_is_not_marked(glossary: None) -> None:
    before = lexicon.current()
    Term.objects.filter(text="推理", concept__key="inference").delete()
    Concept.objects.filter(key="compute").update(status="draft")
    [match] = before.find("推理要算力")
    assert [concept.key for concept in before.concepts_of(match.terms)] == ["reasoning"]


def test_a_text_costs_no_query_when_its_terms_are_at_hand(
    glossary: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    current = lexicon.current()
    for match in current.find("推理和后训练"):
        current.concepts_of(match.terms)
    with django_assert_num_queries(0):
        current.concepts_of(current.find("后训练")[0].terms)


def test_one_query_tells_that_nothing_has_changed(
    glossary: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lexicon.current()
    with django_assert_num_queries(1):
        lexicon.current()


def test_the_words_of_the_dictionary_are_kept_when_only_terms_change(
    glossary: None, dictionary: DictionaryLoad
) -> None:
    words = lexicon.current().words
    Concept.objects.filter(key="draft-idea").update(status="published")
    edition.advance()
    assert lexicon.current().words is words
    assert found("草稿概念") == ["草稿概念"]
    DictionaryLoad.objects.create(name="CC-CEDICT", released="2027-01-01", licence="", entries=0)
    edition.advance()
    assert lexicon.current().words is not words


def test_senses_are_counted_by_headword(glossary: None, dictionary: DictionaryLoad) -> None:
    words = lexicon.current().words
    assert words.senses(["训练", "干", "缩放定律"]) == [2, 3, 0]


def test_rows_are_drawn_all_at_once(glossary: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keys = list(Term.objects.values_list("pk", flat=True))
    rows = Rows(Term.objects.all())
    with django_assert_num_queries(1):
        rows.draw(keys)
    with django_assert_num_queries(0):
        rows.draw(keys[:3])
        assert [rows[key].pk for key in keys] == keys


def test_a_row_that_is_asked_for_is_fetched_and_one_that_there_is_not_is_a_key_error(
    glossary: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = Rows(Concept.objects.published())
    draft = Concept.objects.get(key="draft-idea").pk
    agent = Concept.objects.get(key="agent").pk
    rows.draw([draft, 0])
    with django_assert_num_queries(1):
        assert rows[agent].key == rows[agent].key == "agent"
    for missing in (draft, 0):
        with pytest.raises(KeyError, match=str(missing)):
            rows[missing]


def test_a_text_asks_for_its_terms_in_few_queries(
    glossary: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    current = lexicon.current()
    with django_assert_max_num_queries(5):
        for match in current.find("缩放定律、后训练、推理、重采样、智能体、机械可解释性"):
            assert current.concepts_of(match.terms)


def _new_term() -> None:
    Term.objects.create(concept=Concept.objects.get(key="agent"), text="做机械", language="zh")


def _other_text() -> None:
    term = Term.objects.get(text="机械可解释性")
    term.text = "机械可解释性研究"
    term.save()


def _unmarked() -> None:
    term = Term.objects.get(text="机械可解释性")
    term.annotate = False
    term.save()


def _no_longer_published() -> None:
    concept = Concept.objects.get(key="mechanistic-interpretability")
    concept.status = "obsolete"
    concept.save()


def _published() -> None:
    concept = Concept.objects.get(key="draft-idea")
    concept.status = "published"
    concept.save()


@pytest.mark.parametrize(
    "change",
    [
        _new_term,
        _other_text,
        _unmarked,
        _no_longer_published,
        _published,
        lambda: Term.objects.get(text="机械可解释性").delete(),
        lambda: Concept.objects.get(key="mechanistic-interpretability").delete(),
        lambda: import_rows(csv.read("zh_hans,en\n研究草稿,study draft\n".encode())),
    ],
)
def test_what_changes_is_renewed_as_if_all_were_built_anew(change: Callable[[], object], glossary: None) -> None:
    text = "做机械可解释性研究草稿概念"
    before, kept = found(text), lexicon.current().matcher
    change()
    edition.advance()
    renewed = found(text)
    assert renewed != before
    assert lexicon.current().matcher.changed
    assert not kept.changed
    lexicon.forget()
    assert found(text) == renewed


def test_where_too_much_has_changed_all_is_built_anew(glossary: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.current()
    monkeypatch.setattr(lexicon, "MOST_FRESH", 0)
    _new_term()
    edition.advance()
    assert found("做机械可解释性") == ["做机械", "可解释性"]
    assert not lexicon.current().matcher.changed
