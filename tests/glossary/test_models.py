"""What the glossary refuses to hold, in the database and in words for an editor."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from glossary.models import Concept, Edition, Source, SubjectField, Term
from zhtext.script import Script

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        # A term is something.
        ({"text": ""}, "Write the term."),
        # A concept has each designation once in a language.
        ({"text": "缩放定律"}, "The concept has this term already."),
        # One designation in each language is taught.
        ({"text": "尺度律", "status": "preferred"}, "Only one term in each language can be the preferred one."),
        # What is not Chinese has neither pinyin nor a traditional form.
        ({"text": "loss law", "language": "en", "reading": "lo"}, "Only Chinese terms have a reading"),
        ({"text": "loss law", "language": "en", "hant_tw": "損失"}, "Only Chinese terms have a reading"),
        # Choices are those there are.
        ({"text": "尺度律", "status": "loved"}, "This status, kind or language does not exist."),
        ({"text": "尺度律", "kind": "song"}, "This status, kind or language does not exist."),
        ({"text": "Skalengesetz", "language": "de"}, "This status, kind or language does not exist."),
    ],
)
def test_the_database_refuses_a_term_and_the_form_says_why(
    concept: Concept, fields: dict[str, Any], words: str
) -> None:
    term = Term(concept=concept, **fields)
    with pytest.raises(ValidationError, match=words):
        term.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        term.save()


@pytest.mark.parametrize(
    ("text", "reading", "words"),
    [
        # One syllable per Han character.
        ("缩放定律", "suō fàng dìng", "3 syllables, but 缩放定律 has 4 Han characters"),
        ("AB测试", "A B cè shì", "4 syllables, but AB测试 has 2 Han characters"),
        # A syllable is made of letters.
        ("测试", "cè 7", "“7” is not a syllable"),
        # Chinese has at least one Han character.
        ("GPU", "", "choose English for GPU"),
    ],
)
def test_a_bad_reading_is_refused_in_words_for_an_editor(concept: Concept, text: str, reading: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Term(concept=concept, text=text, reading=reading).full_clean()


def test_a_reading_in_numbers_is_kept_with_marks(concept: Concept) -> None:
    term = Term(concept=concept, text="绿色", reading="lu:4 se4")
    term.full_clean()
    assert term.reading == "lǜ sè"


@pytest.mark.parametrize("key", ["Scaling", "scaling law", "-scaling", "缩放", "scaling--law", ""])
def test_a_key_is_small_letters_digits_and_single_hyphens(concept: Concept, key: str) -> None:
    with pytest.raises(ValidationError):
        Concept(key=key, subject=concept.subject).full_clean()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"key": "new", "status": "almost"}, "Value 'almost' is not a valid choice."),
        ({"key": ""}, "This field cannot be blank."),
        ({"key": "scaling-law"}, "Concept with this Key already exists."),
    ],
)
def test_the_database_refuses_a_concept_and_the_form_says_why(
    concept: Concept, fields: dict[str, Any], words: str
) -> None:
    made = Concept(subject=concept.subject, **fields)
    with pytest.raises(ValidationError, match=words):
        made.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_subject_with_concepts_cannot_go(concept: Concept) -> None:
    with pytest.raises(IntegrityError):
        concept.subject.delete()
    assert SubjectField.objects.filter(pk=concept.subject_id).exists()


def test_there_is_one_edition_and_no_second() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(pk=2, number=1)


def test_a_source_is_named_once(concept: Concept) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(concept=concept, title="Zhujie")


def test_every_change_leaves_its_history(concept: Concept) -> None:
    concept.definition_en = "Changed."
    concept.save()
    assert [past.definition_en for past in concept.history.all()] == ["Changed.", "How loss falls."]
    assert Term.history.filter(concept=concept).count() == concept.terms.count()


def test_the_preferred_term_goes_first_and_the_gloss_is_english(concept: Concept) -> None:
    assert (concept.preferred("zh"), concept.gloss) == ("缩放定律", "scaling law")
    concept.terms.filter(language="en").delete()
    assert Concept.objects.get(pk=concept.pk).gloss == "缩放定律"
    concept.terms.all().delete()
    assert Concept.objects.get(pk=concept.pk).preferred_zh == ""


@pytest.mark.parametrize(
    ("forms", "script", "expected"),
    [
        # Without an own form, the plain conversion.
        ({}, Script.HANT_TW, "智能體"),
        ({}, Script.HANS, "智能体"),
        # A regional form goes before the general one, and that before conversion.
        ({"hant": "智能體系", "hant_tw": "AI代理"}, Script.HANT_TW, "AI代理"),
        ({"hant": "智能體系", "hant_tw": "AI代理"}, Script.HANT_HK, "智能體系"),
        ({"hant": "智能體系", "hant_tw": "AI代理"}, Script.HANT, "智能體系"),
        # One region's form is not the other's.
        ({"hant_tw": "AI代理"}, Script.HANT_HK, "智能體"),
        ({"hant_tw": "AI代理"}, Script.HANT, "智能體"),
    ],
)
def test_the_form_of_a_term_in_a_script(forms: dict[str, str], script: Script, expected: str) -> None:
    assert Term(text="智能体", **forms).form(script) == expected


def test_only_published_concepts_are_marked(concept: Concept) -> None:
    assert not Term.objects.matchable().filter(concept__key="draft-idea").exists()
    concept.terms.filter(text="规模定律").update(annotate=False)
    assert set(Term.objects.matchable().filter(concept=concept).values_list("text", flat=True)) == {
        "缩放定律", "缩放法则", "scaling law", "Scaling Law",
    }  # fmt: skip
