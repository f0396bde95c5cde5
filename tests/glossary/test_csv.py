"""Glossaries as CSV: whatever a spreadsheet makes of a file comes in, or is refused by its line."""

import io
from csv import DictReader

import pytest
from django.conf import settings

from glossary.formats import csv
from glossary.formats.rows import AVOIDED, BadFileError, ConceptRow, TermRow

LEAST = "zh_hans,en\n缩放定律,scaling law\n"


def read_one(text: str) -> ConceptRow:
    [row] = csv.read(text.encode())
    return row


@pytest.mark.parametrize(
    "content",
    [
        # UTF-8, without and with the mark that spreadsheets put before it.
        LEAST.encode(),
        LEAST.encode("utf-8-sig"),
        # What a Chinese spreadsheet saves.
        LEAST.encode("gb18030"),
        # Line ends of other systems; blank and empty lines between.
        LEAST.replace("\n", "\r\n").encode(),
        LEAST.replace("\n", "\n\n").encode(),
        (LEAST + ",\n").encode(),
        # Columns in any order, blanks around cells.
        b"en,zh_hans\n scaling law , \xe7\xbc\xa9\xe6\x94\xbe\xe5\xae\x9a\xe5\xbe\x8b \n",
    ],
)
def test_the_least_file_comes_in_however_it_was_saved(content: bytes) -> None:
    [row] = csv.read(content)
    assert row.key == "scaling-law"
    assert [(term.language, term.text, term.status) for term in row.terms] == [
        ("zh", "缩放定律", "preferred"),
        ("en", "scaling law", "preferred"),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        # The header says what the columns are.
        ("", ["Line 1: the column zh_hans and en is missing; the header reads nothing."]),
        ("zh_hans,gloss\n", ["Line 1: the column en is missing; the header reads zh_hans, gloss."]),
        ("zh_hans,en,colour\n", [f"Line 1: the column “colour” is not known. Known are {', '.join(csv.COLUMNS)}."]),
        ("zh_hans,en,en\n", ["Line 1: the column “en” stands there twice."]),
        # Each line has as many cells as the header, and the two that count are filled.
        ("zh_hans,en\n推理,a,b\n", ["Line 2: it has more cells than the header has columns."]),
        ("zh_hans,en\n推理\n", ["Line 2: it has fewer cells than the header has columns."]),
        ("zh_hans,en\n推理, \n", ["Line 2: the column en is empty."]),
        # All problems are told at once, each with its own line.
        (
            "zh_hans,en\n,inference\n推理,inference\n推理,\n",
            ["Line 2: the column zh_hans is empty.", "Line 4: the column en is empty."],
        ),
        # A cell that is neither yes nor no.
        (
            "zh_hans,en,marked\n推理,inference,no\n算力,compute, No \n算子,operator,0\n",
            [
                "Line 3: the column marked says “No”: write yes, no or nothing.",
                "Line 4: the column marked says “0”: write yes, no or nothing.",
            ],
        ),
        ('zh_hans,en\n"推理,inference\n', ["Line 2: the quoting is broken (unexpected end of data)."]),
        # What no database can hold.
        ("zh_hans,en\n推\x00理,inference\n", ["The text holds a NUL character at position 12; it cannot be stored."]),
    ],
)
def test_a_bad_file_is_refused_by_its_lines(text: str, problems: list[str]) -> None:
    with pytest.raises(BadFileError) as caught:
        csv.read(text.encode())
    assert caught.value.problems == problems


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadFileError, match="neither UTF-8 nor GB18030"):
        csv.read(b"zh_hans,en\n\xff\xff\xff\n")


def test_lists_are_parted_by_bars_and_tell_their_languages() -> None:
    row = read_one("zh_hans,en,variants,abbreviations,avoid\n缩放定律,scaling law,规模定律| power law |,SL,缩放法则\n")
    assert row.terms[2:] == (
        TermRow("zh", "规模定律", "admitted"),
        TermRow("en", "power law", "admitted"),
        TermRow("en", "SL", "admitted", "abbreviation"),
        TermRow("zh", "缩放法则", AVOIDED),
    )


def test_pinyin_in_numbers_and_regional_forms_belong_to_the_chinese_term() -> None:
    row = read_one("zh_hans,en,pinyin,zh_tw,zh_hk\n智能体,agent,zhi4 neng2 ti3,AI代理,智能代理人\n")
    chinese = row.terms[0]
    assert (chinese.reading, chinese.hant_tw, chinese.hant_hk) == ("zhì néng tǐ", "AI代理", "智能代理人")


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\nx"),
        # Full-width ones, which some spreadsheets read as the others.
        *("＝1+1", "＋86", "－1", "＠SUM(A1)"),
        # What looks made harmless already, and what only looks like a formula.
        *("'=1+1", "''-", "'＝1", "x=1", "'quoted'", "plain"),
    ],
)
def test_no_cell_goes_out_as_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    row = ConceptRow(0, "key", (TermRow("zh", "推理", "preferred"),), definition_en=text)
    written = csv.write([row])
    cell = next(DictReader(io.StringIO(written, newline="")))["definition_en"]
    assert cell[0] not in "=+-@＝＋－＠\t\r\n"
    assert read_one(written).definition_en == text


@pytest.mark.parametrize(
    "text",
    [
        # Commas, quotes and line ends are quoted.
        "one, two",
        'she said "no"',
        "first\nsecond",
    ],
)
def test_what_the_format_itself_uses_comes_back_as_it_was(text: str) -> None:
    row = ConceptRow(0, "key", (TermRow("zh", "推理", "preferred"),), definition_zh=text, subject="scaling")
    back = read_one(csv.write([row]))
    assert (back.definition_zh, back.subject) == (text, "scaling")


@pytest.mark.parametrize(
    ("english", "key"),
    [("Scaling Law", "scaling-law"), ("A/B testing", "a-b-testing"), (" RLHF (v2)! ", "rlhf-v2"), ("推理", "")],
)
def test_a_key_is_made_of_the_english_term(english: str, key: str) -> None:
    assert csv.slug(english) == key


@pytest.mark.parametrize(("cell", "annotate"), [("no", False), (" no ", False), ("yes", True), ("", None), (" ", None)])
def test_a_file_says_whether_texts_mark_the_terms_of_a_concept(cell: str, annotate: bool | None) -> None:
    row = read_one(f"zh_hans,en,variants,avoid,marked\n软件,software,软体,软物,{cell}\n")
    assert [term.annotate for term in row.terms] == [annotate] * 4


@pytest.mark.parametrize(
    ("marks", "cell"),
    [((False, False), "no"), ((True, True), ""), ((None, None), ""), ((True, False), ""), ((False, None), "")],
)
def test_a_concept_goes_out_unmarked_where_all_its_terms_are(marks: tuple[bool | None, ...], cell: str) -> None:
    terms = tuple(TermRow("zh", text, annotate=mark) for text, mark in zip(("软件", "软体"), marks, strict=True))
    written = csv.write([ConceptRow(0, "software", terms)])
    assert written.splitlines()[1].split(",")[csv.COLUMNS.index("marked")] == cell


def test_every_column_is_explained_where_the_glossaries_lie() -> None:
    explained = (settings.SEEDS_DIR / "README.md").read_text(encoding="utf8")
    assert [column for column in csv.COLUMNS if f"`{column}`" not in explained] == []
