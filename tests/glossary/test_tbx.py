"""TBX goes out and comes back the same; files of others are read; what is wrong is said with its line."""

import pytest

from glossary.formats import csv, tbx
from glossary.formats.rows import BadFileError, ConceptRow, TermRow
from glossary.models import Concept, Term
from glossary.transfer import export_rows, import_rows
from tests import small

SCALING = ConceptRow(
    line=0,
    key="scaling-law",
    terms=(
        TermRow("zh", "缩放定律", "preferred", "full-form", "suō fàng dìng lǜ", hant="縮放定律", hant_tw="規模定律"),
        TermRow("zh", "规模法则", "deprecated", "variant", hant_tw="規模法則"),
        TermRow("en", "scaling law", "preferred", "full-form"),
        TermRow("en", "SL", "forbidden", "abbreviation", annotate=False),
    ),
    subject="scaling",
    status="reviewed",
    definition_zh="损失随规模下降的规律 <&>。",
    definition_en="How loss falls.",
    source="Zhujie",
)


def entry(inside: str, *, attributes: str = 'id="c1"') -> bytes:
    """Write a file of one entry."""
    head = f'<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{tbx.NAMESPACE}">'
    return f"{head}\n<text><body>\n<conceptEntry {attributes}>{inside}</conceptEntry></body></text></tbx>".encode()


def section(language: str, *terms: str) -> str:
    inside = "".join(f"<termSec><term>{term}</term></termSec>" for term in terms)
    return f'<langSec xml:lang="{language}">{inside}</langSec>'


def test_nothing_is_lost_on_the_way_out_and_in() -> None:
    [read] = tbx.read(tbx.write([SCALING]).encode())
    assert read.terms == SCALING.terms
    assert (read.key, read.subject, read.status, read.source) == ("scaling-law", "scaling", "reviewed", "Zhujie")
    assert (read.definition_zh, read.definition_en) == (SCALING.definition_zh, SCALING.definition_en)


def noted(note: str) -> str:
    return f'<langSec xml:lang="en"><termSec><term>law</term>{note}</termSec></langSec>'


@pytest.mark.django_db
def test_a_whole_glossary_comes_back_and_a_second_import_changes_nothing() -> None:
    small.build_glossary()
    before, out = list(export_rows()), tbx.write(export_rows())
    assert str(import_rows(tbx.read(out.encode()))) == f"0 concepts new, 0 changed, {len(before)} unchanged"
    Term.objects.all().delete()
    Concept.objects.all().delete()
    import_rows(tbx.read(out.encode()))
    assert csv.write(export_rows()) == csv.write(before)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        # A foreign id means nothing here: the English term makes the key.
        (section("zh-Hans", "缩放定律") + section("en", "Scaling Law"), [("zh", "缩放定律"), ("en", "Scaling Law")]),
        # Languages as others write them, and those that are passed over.
        (
            section("zh-CN", "参数") + section("en-US", "scaling law") + section("de", "Parameter"),
            [("zh", "参数"), ("en", "scaling law")],
        ),
        # A Latin name in a Chinese section is English here.
        (section("zh", "GPU") + section("en", "scaling law"), [("en", "GPU"), ("en", "scaling law")]),
        # Only traditional: read in simplified characters, and kept as the form of its region.
        (section("zh-TW", "縮放定律") + section("en", "scaling law"), [("zh", "缩放定律"), ("en", "scaling law")]),
    ],
)
def test_files_of_others_are_read(inside: str, expected: list[tuple[str, str]]) -> None:
    [row] = tbx.read(entry(inside))
    assert row.key == ("gpu" if expected[0][1] == "GPU" else "scaling-law")
    assert [(term.language, term.text) for term in row.terms] == expected


def test_the_form_of_a_region_is_kept() -> None:
    [row] = tbx.read(entry(section("zh-Hant-HK", "縮放定律") + section("en", "scaling law")))
    assert row.terms[0] == TermRow("zh", "缩放定律", hant_hk="縮放定律")


def test_version_2_is_read() -> None:
    content = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry id="cid67"><descripGrp>
<descrip type="definition">A law.</descrip></descripGrp><langSet xml:lang="zh"><tig><term>缩放定律</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp>
<term>scaling law</term><termNote type="termType">fullForm</termNote></termGrp></ntig>
</langSet></termEntry></body></text></martif>"""
    [row] = tbx.read(content.encode())
    assert (row.key, row.definition_en, row.definition_zh) == ("scaling-law", "A law.", None)
    assert row.terms == (TermRow("zh", "缩放定律", "preferred"), TermRow("en", "scaling law", kind="full-form"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"zh_hans,en", "Line 1, column 1: this is no XML"),
        (b"<tbx><text/></tbx>", "Line 1: there is no conceptEntry and no termEntry; the file is a tbx."),
        (entry(""), "Line 4: the entry has no term in Chinese or English."),
        (entry(section("en", " ")), "Line 4: a term of the entry is empty"),
        (entry(section("zh", "参数"), attributes=""), "Line 4: the entry has neither an English term nor an id"),
        (
            entry(noted('<termNote type="administrativeStatus">good</termNote>')),
            "Line 4: the status “good” is not known.",
        ),
        (
            entry(noted("<note>marked: perhaps</note>")),
            "Line 4: the note marked says “perhaps”",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(content: bytes, problem: str) -> None:
    with pytest.raises(BadFileError, match=problem.replace("(", r"\\(")):
        tbx.read(content)


def test_entities_and_other_files_are_not_followed() -> None:
    bomb = b'<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    [row] = tbx.read(bomb + entry(section("en", "law &a; &f;")).split(b"?>", 1)[1])
    assert row.terms[0].text == "law &a; &f;"
