"""The glossary as notes for Anki: a line a concept, known again by its key, and nothing that breaks a line."""

import pytest

from glossary.formats import anki
from glossary.formats.rows import ConceptRow, TermRow

SCALING = ConceptRow(
    line=0,
    key="scaling-law",
    terms=(
        TermRow("zh", "规模法则", "admitted"),
        TermRow("zh", "缩放定律", "preferred"),
        TermRow("zh", "缩放法则", "deprecated"),
        TermRow("en", "SL", "admitted", "abbreviation"),
        TermRow("en", "scaling law", "preferred"),
        TermRow("en", "scale law", "forbidden"),
    ),
    subject="scaling",
    definition_zh="损失的规律。",
    definition_en="How loss falls.",
)


def notes(*rows: ConceptRow) -> list[dict[str, str]]:
    """Read the notes of a file as Anki does: by the header's own words."""
    lines = anki.write(rows).splitlines()
    head = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    names = head["columns"].split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines if not line.startswith("#")]


def test_a_concept_is_a_note() -> None:
    assert notes(SCALING) == [
        {
            "Id": "zhujie-scaling-law",
            "Chinese": "缩放定律",
            "Traditional": "縮放定律",
            "Pinyin": "suō fàng dìng lǜ",
            "English": "scaling law; SL",
            "Chinese definition": "损失的规律。",
            "English definition": "How loss falls.",
            "Tags": "scaling",
        }
    ]


def test_the_header_says_what_the_columns_are() -> None:
    lines = anki.write([]).splitlines()
    # The separator comes first: Anki reads the names of the columns by it.
    assert lines[0] == "#separator:tab"
    assert {"#html:true", "#guid column:1", "#tags column:8"} < set(lines)
    assert all(line.startswith("#") for line in lines)


def test_a_note_is_known_again_whatever_else_changes() -> None:
    changed = ConceptRow(5, SCALING.key, (TermRow("zh", "尺度定律", "preferred"),))
    assert notes(changed)[0]["Id"] == notes(SCALING)[0]["Id"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        # What HTML would take for markup.
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        # What would begin or end a cell.
        ('"no" she said', "&quot;no&quot; she said"),
        ("one\ttwo", "one two"),
        ("one\ntwo\r\nthree\n", "one<br>two<br>three"),
        # A line separator that is no line feed.
        ("one\u2028two", "one<br>two"),
        ("", ""),
    ],
)
def test_no_text_breaks_a_line(text: str, cell: str) -> None:
    [note] = notes(ConceptRow(0, "key", (TermRow("zh", "推理"),), definition_zh=text))
    assert note["Chinese definition"] == cell


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        # The own reading and form of a term.
        ((TermRow("zh", "干线", reading="gàn xiàn", hant="幹線"),), ("干线", "幹線", "gàn xiàn", "")),
        # Letters are read as letters.
        ((TermRow("zh", "AI对齐"),), ("AI对齐", "AI對齊", "AI duì qí", "")),
        # Without a Chinese name the first field is not empty.
        ((TermRow("en", "GPU"),), ("GPU", "GPU", "", "GPU")),
    ],
)
def test_a_name_has_form_and_reading(terms: tuple[TermRow, ...], expected: tuple[str, ...]) -> None:
    [note] = notes(ConceptRow(0, "key", terms))
    assert (note["Chinese"], note["Traditional"], note["Pinyin"], note["English"]) == expected


@pytest.mark.parametrize("terms", [(), (TermRow("zh", "缩放法则", "forbidden"),)])
def test_what_has_no_name_to_learn_is_no_note(terms: tuple[TermRow, ...]) -> None:
    assert notes(ConceptRow(0, "key", terms)) == []
