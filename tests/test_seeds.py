"""What ships with the service is enough to read with, and finds its own words in sentences it has never seen."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from glossary import concordance, lexicon
from glossary.formats import csv
from glossary.formats.rows import ConceptRow
from glossary.lexicon import Lexicon
from glossary.models import Concept, Relation, Term
from reader import seeds
from reader.formats import markdown
from reader.ingest import Incoming
from zhtext.characters import count_han
from zhtext.clean import BlockKind

SEEDS: Path = settings.SEEDS_DIR
ROWS: list[ConceptRow] = [
    row for path in sorted((SEEDS / "glossary").glob("*.csv")) for row in csv.read(path.read_bytes())
]
# Words that texts do not mark are there for their regional forms, and need no definition.
MARKED = [row for row in ROWS if row.terms[0].annotate is not False]
DOCUMENTS: dict[str, Incoming] = {
    path.stem: markdown.read(path.read_bytes(), path.name) for path in sorted((SEEDS / "documents").glob("*.md"))
}
SUBJECTS = {line.split(",")[0] for line in (SEEDS / "subjects.csv").read_text(encoding="utf8").splitlines()[1:]}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Lexicon]:
    """The lexicon of all seeds, loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        lexicon.forget()
        seeds.load(SEEDS)
        yield lexicon.current()
        transaction.set_rollback(True)
    lexicon.forget()
    concordance.forget()


def text_of(incoming: Incoming) -> str:
    return "\n".join(block.text for block in incoming.text.blocks)


def test_there_are_concepts_enough() -> None:
    assert len(ROWS) >= 250


def test_every_key_stands_once_over_all_files() -> None:
    assert [key for key, count in Counter(row.key for row in ROWS).items() if count > 1] == []


def test_no_two_concepts_prefer_the_same_pair_of_terms() -> None:
    pairs = Counter(tuple(term.text for term in row.terms if term.status == "preferred") for row in ROWS)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_every_concept_is_defined_in_both_languages() -> None:
    assert [row.key for row in MARKED if not row.definition_zh or not count_han(row.definition_zh)] == []
    assert [row.key for row in MARKED if not re.search("[a-z]{3}", row.definition_en or "")] == []


def test_a_definition_is_one_or_two_sentences() -> None:
    assert [row.key for row in ROWS if len(re.findall("[。！？]", row.definition_zh or "")) > 3] == []
    assert [row.key for row in ROWS if len(row.definition_zh or "") > 120] == []


def test_every_concept_names_its_subject_and_source() -> None:
    assert [row.key for row in ROWS if row.subject not in SUBJECTS] == []
    assert [row.key for row in ROWS if not row.source] == []


def test_every_concept_is_published() -> None:
    assert {row.status for row in ROWS} == {"published"}


def test_there_are_texts_enough_of_a_length_to_be_read_at_one_sitting() -> None:
    lengths = {name: count_han(text_of(incoming)) for name, incoming in DOCUMENTS.items()}
    assert sum(800 <= length <= 3_000 for length in lengths.values()) >= 6, lengths


def test_there_are_easy_middling_and_demanding_texts_and_a_dialogue() -> None:
    levels = Counter(incoming.details["level"] for incoming in DOCUMENTS.values())
    assert min(levels[1], levels[2], levels[3]) >= 2
    turns = [sum(block.kind is BlockKind.TURN for block in incoming.text.blocks) for incoming in DOCUMENTS.values()]
    assert max(turns) >= 10


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_text_says_what_it_is_and_under_which_licence(name: str) -> None:
    incoming = DOCUMENTS[name]
    assert incoming.text.title
    assert incoming.text.author
    assert incoming.text.published
    assert incoming.details["licence"] == "CC BY 4.0"
    assert 20 <= len(str(incoming.details["summary"])) <= 300


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # The four of issue 2, whatever their neighbours, in any spelling and script.
        ("有人怀疑缩放定律快要失效了", ["缩放定律"]),
        ("他的Scaling Law曲线很直", ["Scaling Law"]),
        ("所谓 scaling laws，画出来是一条直线", ["scaling laws"]),
        ("这家公司在后训练上花的钱更多", ["后训练"]),
        ("把机械可解释性研究当作显微镜", ["机械可解释性"]),
        ("機械可解釋性與縮放定律", ["機械可解釋性", "縮放定律"]),
        # 然后训练 is no 后训练.
        ("洗好数据然后训练", ["训练"]),
    ],
)
def test_terms_are_found_in_fresh_sentences(loaded: Lexicon, sentence: str, found: list[str]) -> None:
    matches = [sentence[match.start : match.end] for match in loaded.find(sentence)]
    assert [term for term in matches if term in found] == found
    assert ("后训练" in matches) == ("后训练" in found)


def test_concepts_stand_in_relations(loaded: Lexicon) -> None:
    assert Relation.objects.count() >= 90
    # No relation made a concept: every key is one of the glossary's.
    assert Concept.objects.count() == len(ROWS)


def test_the_nested_term_is_reachable(loaded: Lexicon) -> None:
    [match] = loaded.find("机械可解释性")
    nested = [loaded.concepts[loaded.terms[hit.term].concept_id].key for hit in match.nested]
    assert "interpretability" in nested


def test_every_term_is_found_when_it_stands_alone(loaded: Lexicon) -> None:
    missing = []
    for term in Term.objects.matchable():
        spans = [(match.start, match.end) for match in loaded.find(term.text) if term.pk in match.terms]
        if (0, len(term.text)) not in spans and not term.text.isascii() and len(term.text) > 1:
            missing.append(term.text)
    assert missing == []


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_text_has_terms_to_learn(loaded: Lexicon, name: str) -> None:
    matches = loaded.find(text_of(DOCUMENTS[name]))
    concepts = {loaded.terms[term].concept_id for match in matches for term in match.terms}
    assert len(concepts) >= 10
