"""TSV, CC-CEDICT and Pleco: a word a line, in and out; what they cannot hold stays as it is."""

from types import ModuleType

import pytest

from glossary.formats import cedict, pleco, tsv
from glossary.formats.headwords import LONGEST_KEY, key_of
from glossary.formats.rows import BadFileError
from glossary.models import Term
from glossary.transfer import export_rows, import_rows
from tests import small


@pytest.mark.parametrize(
    ("module", "line", "key", "terms"),
    [
        # The word is preferred, its other glosses are admitted.
        (tsv, "缩放定律\tscaling law", "scaling-law", ["zh 缩放定律 preferred", "en scaling law preferred"]),
        (
            pleco,
            "缩放定律[縮放定律]\tsuo1\tscaling law; law",
            "scaling-law",
            ["zh 缩放定律 preferred", "en scaling law preferred", "en law admitted"],
        ),
        (
            cedict,
            "縮放定律 缩放定律 [suo1 fang4 ding4 lu:4] /scaling law/CL:條|条[tiao2]/",
            "scaling-law",
            ["zh 缩放定律 preferred", "en scaling law preferred"],
        ),
        # Either column of a TSV may be the Chinese one; a first line of names is passed over.
        (tsv, "en\tzh\nscaling law\t缩放定律", "scaling-law", ["zh 缩放定律 preferred", "en scaling law preferred"]),
        # Two lines with one English name are one concept.
        (
            tsv,
            "缩放定律\tscaling law\n规模法则\tscaling law",
            "scaling-law",
            ["zh 缩放定律 preferred", "en scaling law preferred", "zh 规模法则 admitted"],
        ),
        # A slash is written so that it parts no glosses.
        (
            cedict,
            "A/B測試 A/B测试 [A / B ce4 shi4] /A∕B testing/",
            "a-b-testing",
            ["zh A/B测试 preferred", "en A/B testing preferred"],
        ),
        # A name in Latin letters is English here.
        (tsv, "GPU\tgraphics card", "graphics-card", ["en GPU preferred", "en graphics card admitted"]),
    ],
)
def test_a_line_is_a_concept(module: ModuleType, line: str, key: str, terms: list[str]) -> None:
    [row] = module.read(line.encode())
    assert row.key == key
    assert row.partial
    assert [f"{term.language} {term.text} {term.status}" for term in row.terms] == terms


def test_what_a_line_says_of_reading_and_form_is_taken() -> None:
    [row] = cedict.read("幹線 干线 [gan4 xian4] /trunk line/".encode())
    assert (row.terms[0].reading, row.terms[0].hant) == ("gàn xiàn", "幹線" if row.terms[0].hant else None)
    [row] = pleco.read("干线[乾線]\tgan1xian4\ttrunk line".encode())
    assert row.terms[0].hant == "乾線"


@pytest.mark.parametrize(
    ("module", "content", "problem"),
    [
        (tsv, "缩放定律\tscaling law\n参数", "Line 2: it has 1 columns"),
        (tsv, "参数\t", "Line 1: it needs a word and an English name"),
        (cedict, "縮放定律 缩放定律 scaling law", "Line 1: “縮放定律"),
        (pleco, "// Words\n缩放定律 scaling law", "Line 2: “缩放定律"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(module: ModuleType, content: str, problem: str) -> None:
    with pytest.raises(BadFileError, match=problem):
        module.read(content.encode())


def test_a_long_name_makes_a_short_key() -> None:
    keys = {key_of("a very long name " * 9 + ending) for ending in ("one", "two")}
    assert len(keys) == 2
    assert all(len(key) <= LONGEST_KEY for key in keys)


@pytest.mark.django_db
@pytest.mark.parametrize("module", [tsv, cedict, pleco])
def test_what_goes_out_comes_back_and_changes_nothing(module: ModuleType) -> None:
    small.build_glossary()
    out = module.write(export_rows())
    assert "机械可解释性" in out
    report = import_rows(module.read(out.encode()))
    assert (report.created, report.changed) == ([], [])


@pytest.mark.django_db
def test_what_the_format_cannot_hold_stays(glossary: None) -> None:
    before = set(Term.objects.filter(concept__key="scaling-law").values_list("text", "status"))
    report = import_rows(tsv.read("尺度定律\tscaling law\n".encode()))
    assert report.changed == ["scaling-law"]
    after = set(Term.objects.filter(concept__key="scaling-law").values_list("text", "status"))
    assert after == before | {("尺度定律", "admitted")}


@pytest.mark.django_db
def test_a_concept_is_known_by_its_name_and_a_word(glossary: None) -> None:
    Term.objects.filter(concept__key="agent", language="en").update(text="AI agent")
    assert str(import_rows(tsv.read("智能体\tAI agent\n".encode()))) == "0 concepts new, 0 changed, 1 unchanged"
    # The same name with no word in common is another concept.
    assert import_rows(tsv.read("代办\tAI agent\n".encode())).created == ["ai-agent"]
