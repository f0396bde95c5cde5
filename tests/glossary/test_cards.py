"""A card says all that is known of a word: concepts, what is nested in it, and the dictionary."""

import pytest

from glossary import edition
from glossary.cards import card, concept_card, uncounted
from glossary.models import Concept, Term
from glossary.proposals import propose
from reader.models import Document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("word", "concepts", "nested", "headwords"),
    [
        # A term, with the term inside it.
        ("机械可解释性", ["mechanistic-interpretability"], ["interpretability"], ["机械", "可", "解释", "性"]),
        ("可解释性", ["interpretability"], [], ["可", "解释", "性"]),
        # Two concepts of one word.
        ("推理", ["inference", "reasoning"], [], ["推理"]),
        # In any script and case, and in a region's own words.
        ("縮放定律", ["scaling-law"], [], []),
        ("SCALING-LAW", ["scaling-law"], [], []),
        ("AI代理", ["agent"], [], []),
        # A word of the dictionary only, and one of nobody's.
        ("模型", [], [], ["模型"]),
        ("龘", [], [], []),
        # A phrase shows the terms in it.
        ("后训练模型", [], ["post-training"], ["训练", "模型"]),
    ],
)
def test_a_card_has_concepts_nested_terms_and_dictionary(
    word: str, concepts: list[str], nested: list[str], headwords: list[str], document: Document
) -> None:
    made = card(word)
    assert [shown.concept.key for shown in made.concepts] == concepts
    assert [shown.concept.key for shown in made.nested] == nested
    assert [lookup.headword for lookup in made.lookups] == headwords


@pytest.mark.parametrize(
    ("word", "reading", "traditional"),
    [
        # A term's own reading and own Taiwan form go first, however it was written in the text.
        ("重采样", "chóng cǎi yàng", "重採樣"),
        ("重採樣", "chóng cǎi yàng", "重採樣"),
        ("智能体", "zhì néng tǐ", "AI代理"),
        # Else the model and plain conversion.
        ("缩放定律", "suō fàng dìng lǜ", "縮放定律"),
        ("模型", "mó xíng", "模型"),
        # Not the preferred term's reading for another form of it.
        ("规模定律", "guī mó dìng lǜ", "規模定律"),
    ],
)
def test_the_head_of_a_card_has_reading_and_traditional_form(
    word: str, reading: str, traditional: str, document: Document
) -> None:
    made = card(word)
    assert (made.reading, made.traditional) == (reading, traditional)


def test_an_admitted_terms_own_reading_stands_on_its_card(glossary: None) -> None:
    Term.objects.filter(text="规模定律").update(reading="guì mò dìng lǜ", hant_tw="規模法則")
    edition.advance()
    made = card("规模定律")
    assert (made.reading, made.traditional) == ("guì mò dìng lǜ", "規模法則")


def test_a_concepts_card_tells_its_forms_apart(document: Document) -> None:
    shown = concept_card(Concept.objects.get(key="scaling-law"))
    assert shown.chinese is not None
    assert (shown.chinese.text, shown.reading, shown.traditional) == ("缩放定律", "suō fàng dìng lǜ", "縮放定律")
    assert {term.text for term in shown.others} == {"规模定律", "Scaling Law"}
    assert [term.text for term in shown.avoided] == ["缩放法则"]
    assert (shown.total, len(shown.found)) == (2, 1)


def test_many_cards_are_made_at_once_without_counting(document: Document) -> None:
    made = list(uncounted(list(Concept.objects.filter(key__in=["agent", "resampling"]).order_by("key"))))
    assert [(shown.reading, shown.total) for shown in made] == [("zhì néng tǐ", None), ("chóng cǎi yàng", None)]


def test_a_concept_without_chinese_has_a_card(glossary: None) -> None:
    concept = Concept.objects.get(key="agent")
    concept.terms.filter(language="zh").delete()
    shown = concept_card(concept)
    assert (shown.chinese, shown.reading, shown.traditional) == (None, "", "")


@pytest.mark.parametrize("word", ["推\x00理", "\ud800"])
def test_what_no_text_can_hold_is_refused(word: str, glossary: None) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        card(word)


def test_a_proposal_reads_converts_and_counts(document: Document) -> None:
    proposal = propose("参数")
    assert (proposal.reading, proposal.hant, proposal.hant_tw, proposal.hant_hk) == ("cān shù", "參數", "參數", "參數")
    assert [(place.title, place.count) for place in proposal.impact.places] == [("规模与推理", 1)]
    assert propose("模型").impact.count == 2
    assert propose("量子").impact.places == ()
