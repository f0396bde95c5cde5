"""The words of other regions, as editors wrote them down, for one script and the script a text is written in."""

import pytest
from pytest_django import DjangoAssertNumQueries

from glossary import edition, lexicon
from glossary.formats import csv
from glossary.models import Concept, Term
from glossary.transfer import import_rows
from zhtext.script import Script
from zhtext.segment import Kind, Token

pytestmark = pytest.mark.django_db
HANS, HANT, TW, HK = Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK

WORDS = """\
key,zh_hans,en,zh_hant,zh_tw,zh_hk,marked,status
software,软件,software,,軟體,,no,
data,数据,data,,資料,數據,no,
clean,干净,clean,乾淨,,,no,
dice,骰子,dice,,骰仔,色子,yes,
draft,内存,memory,,記憶體,,no,suggested
"""


def form(word: str, script: Script, source: Script = HANS) -> str:
    """Give the form of a word that stands by itself."""
    tokens = [Token(0, len(word), Kind.HAN)]
    return "".join(found.text for found in lexicon.current().regional(script, source).find(word, tokens))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        # One region's word says nothing of the others'.
        ("软件", {TW: "軟體", HK: "", HANT: ""}),
        ("数据", {TW: "資料", HK: "數據", HANT: ""}),
        # The general form holds in all of them.
        ("干净", {TW: "乾淨", HK: "乾淨", HANT: "乾淨"}),
        # Marked terms have forms, too; drafts have none.
        ("骰子", {TW: "骰仔", HK: "色子", HANT: ""}),
        ("内存", {TW: "", HK: "", HANT: ""}),
    ],
)
def test_each_script_has_its_own_words(word: str, forms: dict[Script, str]) -> None:
    import_rows(csv.read(WORDS.encode()))
    assert {script: form(word, script) for script in forms} == forms
    assert form(word, HANS) == ""


@pytest.mark.parametrize(
    ("word", "back"),
    [
        # In a traditional text another region's word goes back where it is the rarer of the two.
        ("软体", "软件"),
        ("骰仔", "骰子"),
        # It may be a common word of its own; what only its characters tell needs no row.
        ("资料", ""),
        ("干净", ""),
    ],
)
def test_a_traditional_text_goes_back_to_the_simplified_word(word: str, back: str) -> None:
    import_rows(csv.read(WORDS.encode()))
    assert form(word, HANS, HANT) == back


def concept(key: str, text: str, tw: str, **fields: object) -> Term:
    """Add a concept with one term."""
    import_rows(csv.read(f"key,zh_hans,en,zh_tw\n{key},{text},{key},{tw}\n".encode()))
    Term.objects.filter(concept__key=key, language="zh").update(**fields)
    edition.advance()
    return Term.objects.get(concept__key=key, language="zh")


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        # Of two terms that are written the same the marked one has its way, whichever was first.
        ({"annotate": False}, {}, "乙"),
        ({}, {"annotate": False}, "甲"),
        # Then the preferred one, before one to avoid.
        ({"status": "deprecated"}, {}, "乙"),
        ({}, {"status": "forbidden"}, "甲"),
        ({"status": "forbidden"}, {"status": "deprecated"}, "乙"),
        # Then the older one.
        ({}, {}, "甲"),
    ],
)
def test_of_two_forms_of_one_word_the_better_term_has_its_way(
    first: dict[str, object], second: dict[str, object], shown: str
) -> None:
    concept("first", "软件", "甲", **first)
    concept("second", "软件", "乙", **second)
    assert form("软件", TW) == shown


def test_an_edit_is_seen_with_the_next_edition() -> None:
    term = concept("software", "软件", "軟體")
    assert form("软件", TW) == "軟體"
    Term.objects.filter(pk=term.pk).update(hant_tw="軟件")
    assert form("软件", TW) == "軟體"
    edition.advance()
    assert form("软件", TW) == "軟件"
    Concept.objects.update(status="suggested")
    edition.advance()
    assert form("软件", TW) == ""


def test_a_glossary_of_the_same_number_in_another_database_is_told_apart() -> None:
    term = concept("software", "软件", "軟體")
    assert form("软件", TW) == "軟體"
    Term.objects.filter(pk=term.pk).update(hant_tw="軟件")
    lexicon.forget()
    assert form("软件", TW) == "軟件"


def test_words_are_read_once_for_a_script(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    import_rows(csv.read(WORDS.encode()))
    current = lexicon.current()
    with django_assert_num_queries(1):
        first = current.regional(TW, HANS)
        assert current.regional(TW, HANS) is first
