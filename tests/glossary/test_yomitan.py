"""The glossary as a dictionary for Yomitan: the files have the shape of its schemas, every form has a row."""

import io
import json
import re
import zipfile
from typing import Any

import pytest

from glossary.formats import yomitan
from glossary.formats.rows import ConceptRow, Origin, TermRow

HERE, NOWHERE = Origin(7, "https://zhujie.example"), Origin()
SCALING = ConceptRow(
    line=0,
    key="scaling-law",
    terms=(
        TermRow("zh", "缩放定律", "preferred", "full-form", hant_tw="規模定律", hant_hk="縮放定則"),
        TermRow("zh", "规模法则", "admitted", "variant"),
        TermRow("zh", "缩放法则", "deprecated", "full-form"),
        TermRow("en", "scaling law", "preferred", "full-form"),
        TermRow("en", "SL", "admitted", "abbreviation"),
    ),
    subject="scaling",
    definition_zh="损失随规模下降的规律 <&>。",
    definition_en="How loss falls.",
)
# What the schema allows beside the name of a tag, in the parts of it that are used.
ALLOWED = {"div": {"lang", "content"}, "span": {"lang", "content"}, "a": {"href", "content"}}
TERM_ROW = (str, str, str, str, int, list, int, str)
TAG_ROW = (str, str, int, str, int)


def files(*rows: ConceptRow, origin: Origin = NOWHERE) -> dict[str, Any]:
    """Write a dictionary and read what lies in it."""
    with zipfile.ZipFile(io.BytesIO(yomitan.write(rows, origin))) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def entries(*terms: TermRow) -> dict[str, list[Any]]:
    """Give the rows of a concept by their forms."""
    rows = files(ConceptRow(0, "key", terms))["term_bank_1.json"]
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row for row in rows}


def text(content: Any) -> str:
    """Give what a reader sees of structured content, a line for each block."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(map(text, content))
    return text(content["content"]) + ("\n" if content["tag"] == "div" else "")


def check(content: Any) -> None:
    """Hold structured content against the schema."""
    if isinstance(content, list):
        for part in content:
            check(part)
    elif not isinstance(content, str):
        assert content.keys() - {"tag"} <= ALLOWED[content["tag"]]
        assert content.get("href", "https:").startswith("https:")
        check(content["content"])


def test_the_files_have_the_shape_that_yomitan_asks_for() -> None:
    written = files(SCALING, origin=HERE)
    assert list(written) == ["index.json", "tag_bank_1.json", "term_bank_1.json"]
    tags, rows = written["tag_bank_1.json"], written["term_bank_1.json"]
    assert all(tuple(map(type, tag)) == TAG_ROW for tag in tags)
    assert all(tuple(map(type, row)) == TERM_ROW for row in rows)
    for row in rows:
        [said] = row[5]
        assert said.keys() == {"type", "content"}
        check(said["content"])
    # Every tag that a row has is explained.
    assert {tag for row in rows for tag in f"{row[2]} {row[7]}".split()} <= {tag[0] for tag in tags}


def test_a_concept_is_explained_in_both_languages() -> None:
    [row, *others] = files(SCALING, origin=HERE)["term_bank_1.json"]
    assert row[:5] == ["缩放定律", "suō fàng dìng lǜ", "scaling", "", 2]
    assert text(row[5][0]["content"]).splitlines() == [
        "缩放定律, scaling law",
        "损失随规模下降的规律 <&>。",
        "How loss falls.",
        "Also: 规模法则, SL",
        "Taiwan: 規模定律",
        "Hong Kong: 縮放定則",
        "To be avoided: 缩放法则",
        "Zhujie 注解",
    ]
    assert f'"{HERE.site}/glossary/scaling-law/"' in json.dumps(row)
    # Whatever a reader meets leads to the same entry.
    assert all(other[5:7] == row[5:7] for other in others)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        # Both scripts, with one reading.
        (TermRow("zh", "缩放定律"), {"缩放定律": "suō fàng dìng lǜ", "縮放定律": "suō fàng dìng lǜ"}),
        # One form for all scripts: one row.
        (TermRow("zh", "推理"), {"推理": "tuī lǐ"}),
        # Taiwan and Hong Kong write some characters otherwise.
        (TermRow("zh", "为了"), {"为了": "wèi le", "爲了": "wèi le", "為了": "wèi le"}),
        # The own reading of a term holds for its forms.
        (TermRow("zh", "还原", reading="hái yuán"), {"还原": "hái yuán", "還原": "hái yuán"}),
        # Another word of a region is read otherwise.
        (
            TermRow("zh", "智能体", hant_tw="代理", hant_hk="智能體"),
            {"智能体": "zhì néng tǐ", "智能體": "zhì néng tǐ", "代理": "dài lǐ"},
        ),
        # Letters are read as letters.
        (TermRow("zh", "AI对齐"), {"AI对齐": "AI duì qí", "AI對齊": "AI duì qí"}),
        # A Latin name stands in Chinese texts, too, and has no reading.
        (TermRow("en", "RLHF"), {"RLHF": ""}),
    ],
)
def test_every_form_has_a_row(term: TermRow, expected: dict[str, str]) -> None:
    assert {form: row[1] for form, row in entries(term).items()} == expected


@pytest.mark.parametrize(
    ("status", "kind", "score", "tags"),
    [
        ("preferred", "full-form", 2, ""),
        ("admitted", "full-form", 1, ""),
        ("admitted", "abbreviation", 1, "abbreviation"),
        ("admitted", "variant", 1, "variant"),
        # Readers meet what should not be said; they are told so.
        ("deprecated", "variant", -1, "variant avoid"),
        ("forbidden", None, -1, "avoid"),
    ],
)
def test_a_row_says_what_a_term_is_worth(status: str, kind: str | None, score: int, tags: str) -> None:
    row = entries(TermRow("zh", "推理", status, kind))["推理"]
    assert (row[4], row[7]) == (score, tags)


def test_a_form_of_two_terms_goes_to_the_better_one() -> None:
    rows = entries(TermRow("zh", "规模定律", "deprecated"), TermRow("zh", "缩放定律", "preferred", hant_tw="規模定律"))
    assert rows["規模定律"][4] == 2
    assert rows["规模定律"][4] == -1


def test_the_index_says_where_a_newer_dictionary_is() -> None:
    index = files(SCALING, origin=HERE)["index.json"]
    assert index == yomitan.index(HERE)
    assert (index["format"], index["sourceLanguage"], index["targetLanguage"]) == (3, "zh", "en")
    assert index["isUpdatable"] is True
    assert index["indexUrl"] == f"{HERE.site}/glossary/files/yomitan/index.json"
    assert index["downloadUrl"] == f"{HERE.site}/glossary/files/yomitan"


def test_without_a_site_nothing_leads_anywhere() -> None:
    written = files(SCALING)
    # Yomitan's schema refuses a dictionary that says false here.
    assert not written["index.json"].keys() & {"isUpdatable", "indexUrl", "downloadUrl", "url"}
    assert "href" not in json.dumps(written)


def test_revisions_are_compared_by_their_numbers() -> None:
    revisions = [str(yomitan.index(Origin(number))["revision"]) for number in (9, 10)]
    # As Yomitan does it: else it compares text, and the ninth would be newer than the tenth.
    assert all(re.fullmatch(r"(\d+\.)*\d+", revision) for revision in revisions)
    before, after = ([int(part) for part in revision.split(".")] for revision in revisions)
    assert len(before) == len(after)
    assert before < after


def test_many_rows_lie_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yomitan, "BANK", 2)
    rows = [ConceptRow(0, f"key-{number}", (TermRow("en", f"term {number}"),)) for number in range(5)]
    written = files(*rows)
    assert [len(written[f"term_bank_{number}.json"]) for number in (1, 2, 3)] == [2, 2, 1]
    assert [row[6] for row in written["term_bank_2.json"]] == [3, 4]


def test_the_same_glossary_is_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    before = yomitan.write([SCALING], HERE)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert yomitan.write(iter([SCALING]), HERE) == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
