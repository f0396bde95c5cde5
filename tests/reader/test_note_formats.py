"""Notes go out in every format with all that is known of them, whole, and with nothing that breaks a format."""

import csv
import io
import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from reader import notes
from reader.ingest import add_revision
from reader.models import Document, Note, NoteStatus, User
from reader.note_export import export
from reader.note_formats.jsonld import COLOURS
from tests import small
from zhtext.clean import BlockKind, CleanBlock, CleanText

pytestmark = pytest.mark.django_db
SITE = "https://zhujie.example"
Write = Callable[..., Note]


@pytest.fixture
def write(alice: User, document: Document) -> Write:
    """Alice's pen: writes a note on words of the small text."""

    def on(words: str, body: str = "", **said: Any) -> Note:
        start = document.revisions.get(number=document.revision).text.index(words)
        end, number = start + len(words), document.revision
        return notes.add(user=alice, document=document, revision=number, start=start, end=end, body=body, **said)

    return on


@pytest.fixture
def astral(alice: User) -> Note:
    """A note behind and on characters that JavaScript counts twice."""
    text = small.DOCUMENT.replace("slug: size", "slug: astral").replace("缩放定律说明", "𠮷😀野家说明")
    document = small.build_document(text)
    start = document.revisions.get().text.index("野家")
    return notes.add(user=alice, document=document, revision=1, start=start - 1, end=start + 2, body="𠮷!")


def out(user: User, name: str) -> str:
    return export(user, Note.objects.visible_to(user).written_by(user), name, site=SITE).decode()


def annotations(user: User) -> list[dict[str, Any]]:
    """Give what the JSON-LD file of a reader has."""
    found: list[dict[str, Any]] = json.loads(out(user, "jsonld"))["first"]["items"]
    return found


def test_a_note_is_a_web_annotation(alice: User, write: Write) -> None:
    note = write("后训练", "**先**后", tags=["训练", "to read"], colour="green")
    [told] = annotations(alice)
    assert (told["id"], told["type"], told["motivation"]) == (note.uuid.urn, "Annotation", "commenting")
    assert told["creator"] == {"type": "Person", "name": "alice"}
    assert told["created"] == note.created.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert told["body"] == [
        {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": "**先**后"},
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "训练"},
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "to read"},
    ]


def test_its_target_says_where_it_stands_by_words_and_by_place_and_in_which_revision(alice: User, write: Write) -> None:
    note = write("后训练", "…")
    target = annotations(alice)[0]["target"]
    assert target["source"] == f"{SITE}/documents/size/"
    assert target["selector"] == [
        {"type": "TextQuoteSelector", "exact": "后训练", "prefix": note.prefix, "suffix": note.suffix},
        {"type": "TextPositionSelector", "start": note.start, "end": note.end},
    ]
    made = note.document.revisions.get().created.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert target["state"] == {"type": "TimeState", "schema:version": 1, "sourceDate": made}


@pytest.mark.parametrize("colour", list(COLOURS))
def test_the_colour_is_a_class_of_the_annotations_stylesheet(alice: User, write: Write, colour: str) -> None:
    write("后训练", colour=colour)
    [told] = annotations(alice)
    # The standard: a class that no stylesheet of the annotation describes is ignored.
    assert told["target"]["styleClass"] == colour
    assert told["stylesheet"]["type"] == "CssStylesheet"
    assert told["stylesheet"]["value"].startswith(f".{colour} {{")


def test_a_highlight_has_no_body_and_says_so(alice: User, write: Write) -> None:
    write("后训练")
    assert [(told["motivation"], told["body"]) for told in annotations(alice)] == [("highlighting", [])]


def test_a_note_that_lost_its_place_is_told_with_the_revision_that_had_it(alice: User, write: Write) -> None:
    note = write("后训练", "…")
    block = CleanBlock(BlockKind.PARAGRAPH, "全是别的话。")
    add_revision(note.document, CleanText("大小", (block,)), source="new")
    [told] = annotations(alice)
    assert told["schema:creativeWorkStatus"] in (NoteStatus.ORPHANED, NoteStatus.PROPOSED)
    assert (told["target"]["state"]["schema:version"], told["target"]["selector"][0]["exact"]) == (1, "后训练")
    assert "the passage is gone from the text" in out(alice, "markdown")


def test_what_is_no_word_of_a_reader_is_in_their_language(alice: User, write: Write, translated: None) -> None:
    Note.objects.filter(pk=write("后训练").pk).update(status=NoteStatus.ORPHANED)
    assert json.loads(out(alice, "jsonld"))["label"] == "«Notes of alice»"
    assert "# «Notes of alice»\n" in out(alice, "markdown")
    assert " · «the passage is gone from the text»\n" in out(alice, "markdown")


def test_the_collection_counts_and_a_reader_without_notes_has_none(alice: User, write: Write) -> None:
    empty = json.loads(out(alice, "jsonld"))
    assert (empty["type"], empty["total"], "first" in empty) == ("AnnotationCollection", 0, False)
    for word in ("后训练", "缩放定律"):
        write(word)
    full = json.loads(out(alice, "jsonld"))
    assert full["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (full["total"], full["first"]["type"], len(full["first"]["items"])) == (2, "AnnotationPage", 2)


def test_markdown_has_the_quote_its_reading_the_note_and_a_link(alice: User, write: Write) -> None:
    note = write("重采样。", "再*抽*一次", tags=["agents"])
    assert out(alice, "markdown") == (
        f"# Notes of alice\n\n## [规模与推理]({SITE}/documents/size/)\n\n"
        "> 重采样。\n>\n> *chóng cǎi yàng。*\n\n再*抽*一次\n\n"
        f"[{note.created:%Y-%m-%d}]({SITE}/documents/size/?note={note.pk}) · #agents\n\n---\n"
    )


def test_markdown_takes_no_quote_for_a_mark(alice: User, write: Write, document: Document) -> None:
    block = CleanBlock(BlockKind.PARAGRAPH, "1. [看](x) *这* #里")
    add_revision(document, CleanText("大小", (block,)), source="new")
    document.refresh_from_db()
    write("1. [看](x) *这* #里")
    assert r"> 1\. \[看\](x) \*这\* \#里" in out(alice, "markdown")


@pytest.mark.parametrize(
    ("body", "cell"),
    [
        # What a spreadsheet would run is made harmless; what only looks like it stays.
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠cmd", "'＠cmd"),
        ("1=1", "1=1"),
        ('say "hi", then\ngo', 'say "hi", then\ngo'),
    ],
)
def test_csv_runs_nothing(alice: User, write: Write, body: str, cell: str) -> None:
    write("后训练", body, tags=["=1", "b"])
    [row] = csv.DictReader(io.StringIO(out(alice, "csv"), newline=""))
    assert (row["note"], row["tags"], row["quote"], row["reading"]) == (cell, "'=1, b", "后训练", "hòu xùn liàn")


def test_anki_knows_a_note_again_and_gets_one_line(alice: User, write: Write) -> None:
    note = write("后训练", '"quoted"\n\n```\na\tb\n<i>\n```', tags=["to read", "x"])
    lines = out(alice, "anki").splitlines()
    head = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    [line] = [line for line in lines if not line.startswith("#")]
    cells = dict(zip(head["columns"].split("\t"), line.split("\t"), strict=True))
    assert head["guid column"] == "1"
    assert (cells["Id"], cells["Tags"]) == (f"zhujie-note-{note.uuid}", "to_read x")
    assert unescape(cells["Note"]) == '<p>"quoted"</p>\n<pre><code>a\tb\n<i>\n</code></pre>'
    assert "&lt;i&gt;" in cells["Note"]


@pytest.mark.parametrize("name", ["jsonld", "markdown", "csv", "anki"])
def test_characters_that_javascript_counts_twice_are_whole(astral: Note, name: str) -> None:
    assert astral.quote == "😀野家"
    assert "😀野家" in out(astral.user, name)
    assert "𠮷!" in out(astral.user, name)


def test_places_are_code_points(astral: Note) -> None:
    quote, place = annotations(astral.user)[0]["target"]["selector"]
    text = astral.document.revisions.get().text
    assert text[place["start"] : place["end"]] == quote["exact"] == "😀野家"
    assert quote["prefix"].endswith("𠮷")


def test_notes_of_two_texts_stand_under_two_headings(alice: User, write: Write, astral: Note) -> None:
    write("后训练")
    assert out(alice, "markdown").count("\n## ") == 2


def test_an_export_costs_few_queries(
    alice: User, write: Write, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for word in ("后训练", "缩放定律", "智能体", "重采样"):
        write(word, tags=["x"])
    with django_assert_max_num_queries(3):
        out(alice, "jsonld")
