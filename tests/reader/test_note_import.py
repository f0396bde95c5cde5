"""Notes come in from files, all or nothing; the same file again changes nothing, and no note gets a guessed place."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from reader import anchoring, note_import, note_placing, notes
from reader.ingest import add_revision
from reader.models import Document, Note, NoteStatus, Reply, User
from reader.note_arrivals import Outcome, Report
from reader.note_export import export
from reader.note_formats.hypothesis import named
from reader.note_formats.reading import LARGEST, MOST_ITEMS, read
from reader.note_formats.rows import BadFileError
from reader.note_import import bring_in
from tests import small
from zhtext.clean import BlockKind, CleanBlock, CleanText

pytestmark = pytest.mark.django_db
UNMOVED = ("start", "end", "quote", "prefix", "suffix", "body", "colour", "status", "revision", "created", "modified")


def selector(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def foreign(name: str, *selectors: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Give an annotation as the client of Hypothesis exports it."""
    # Positions as it counts them: in whatever the page's DOM held.
    place = {"type": "TextPositionSelector", "start": 2, "end": 5}
    range_ = {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]"}
    told = {
        "id": name,
        "uri": "http://127.0.0.1:8000/documents/size/?pinyin=on",
        "user": "acct:me@hypothes.is",
        "created": "2024-03-01T10:00:00.123456+00:00",
        "updated": "2024-03-02T10:00:00.000000+00:00",
        "text": "",
        "tags": [],
        "target": [{"selector": [range_, place, *selectors]}] if selectors else [{"source": "…"}],
    }
    return told | said


def exported(*rows: dict[str, Any]) -> bytes:
    told = {"export_date": "2024-05-01", "export_userid": "acct:me@hypothes.is", "annotations": rows}
    return json.dumps(told).encode()


def come(user: User, content: bytes, **how: Any) -> Report:
    return bring_in(user, read(content), **how)


def rewrite(document: Document, change: Any) -> None:
    """Give a text a new revision."""
    text = change(document.revisions.get(number=document.revision).text)
    block = CleanBlock(BlockKind.PARAGRAPH, text.replace("\n", ""))
    add_revision(document, CleanText("大小", (block,)), source=text)


def test_what_went_out_comes_in_as_it_was(alice: User, bob: User, note: Note) -> None:
    file = export(alice, Note.objects.visible_to(alice), "jsonld", site="https://elsewhere.example")
    report = come(bob, file)
    copy = Note.objects.get(user=bob)
    assert str(report) == "1 new"
    assert copy.uuid == note.uuid
    assert [getattr(copy, name) for name in UNMOVED] == [getattr(note, name) for name in UNMOVED]


def test_the_same_file_again_changes_nothing(alice: User, bob: User, note: Note) -> None:
    file = export(alice, Note.objects.visible_to(alice), "jsonld", site="")
    come(bob, file)
    before = list(Note.objects.order_by("pk").values())
    assert [str(come(user, file)) for user in (bob, alice)] == ["1 known already"] * 2
    assert list(Note.objects.order_by("pk").values()) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(alice: User, document: Document) -> None:
    file = exported(foreign("a", selector("机械可解释性研究"), tags=["x"]))
    assert str(come(alice, file, dry_run=True)) == "1 new"
    assert not Note.objects.exists()
    assert str(come(alice, file)) == "1 new"


def test_tags_colour_and_dates_come_along(alice: User, bob: User, document: Document) -> None:
    notes.add(user=alice, document=document, revision=1, start=0, end=4, body="", tags=["一", "b"], colour="violet")
    come(bob, export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    copy = Note.objects.get(user=bob)
    assert (copy.colour, [tag.name for tag in copy.tags.all()]) == ("violet", ["一", "b"])


def test_a_note_of_an_older_revision_moves_with_its_words(alice: User, bob: User, note: Note) -> None:
    file = export(alice, Note.objects.visible_to(alice), "jsonld", site="")
    rewrite(note.document, lambda text: "这是新的第一句话，以前没有。" + text)
    come(bob, file)
    copy, moved = Note.objects.get(user=bob), Note.objects.get(user=alice)
    assert (copy.quote, copy.revision, copy.status) == ("机械可解释性研究", 2, NoteStatus.PLACED)
    assert copy.start == moved.start


def test_a_note_whose_words_are_gone_waits_with_the_place_it_had(alice: User, bob: User, note: Note) -> None:
    file = export(alice, Note.objects.visible_to(alice), "jsonld", site="")
    rewrite(note.document, lambda text: text.replace("机械可解释性研究", "别的事"))
    report = come(bob, file)
    copy = Note.objects.get(user=bob)
    assert (copy.quote, copy.revision, copy.start) == ("机械可解释性研究", 1, note.start)
    assert copy.status != NoteStatus.PLACED
    assert report.with_status(NoteStatus.PLACED) == 0


def test_a_revision_that_says_other_words_is_not_believed(alice: User, bob: User, note: Note) -> None:
    told = json.loads(export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    told["first"]["items"][0]["target"]["selector"][1] |= {"start": 0, "end": 8}
    come(bob, json.dumps(told).encode())
    assert Note.objects.get(user=bob).start == note.start


def test_hypothesis_is_found_by_its_words_and_never_by_its_offsets(alice: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("后训练", "预训练结束，", "开始"), text="**b**", tags=["t, u", "v"])))
    [kept] = Note.objects.all()
    text = document.revisions.get().text
    assert (kept.start, kept.status) == (text.index("后训练开始"), NoteStatus.PLACED)
    assert kept.uuid == named("a")
    assert (kept.body, [tag.name for tag in kept.tags.all()]) == ("**b**", ["t", "u", "v"])
    assert kept.created == datetime(2024, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        # What stands once, with company or without.
        (selector("机械可解释性研究"), "机械可解释性研究"),
        # Seen in traditional script, and quoted so.
        (selector("機械可解釋性研究", "研究者做", "，也談"), "机械可解释性研究"),
        # Astral characters before it, which Hypothesis counts twice.
        (selector("也谈可解释性", "𠮷研究，"), "也谈可解释性"),
    ],
)
def test_a_passage_is_found(alice: User, document: Document, quote: dict[str, str], place: str) -> None:
    come(alice, exported(foreign("a", quote)))
    kept = Note.objects.get()
    text = document.revisions.get().text
    assert (kept.status, text[kept.start : kept.end], kept.quote) == (NoteStatus.PLACED, place, place)


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        # Words that stand in several places are proposed at the first, and placed nowhere.
        (selector("推理"), NoteStatus.PROPOSED),
        # Words that stand nowhere, and a note on the whole page.
        (selector("火星上的猫"), NoteStatus.ORPHANED),
        (None, NoteStatus.ORPHANED),
    ],
)
def test_what_is_not_found_for_certain_is_kept_without_a_place(
    alice: User, document: Document, quote: dict[str, str] | None, status: NoteStatus
) -> None:
    come(alice, exported(foreign("a", *([quote] if quote else []), text="kept")))
    kept = Note.objects.get()
    assert (kept.status, kept.revision, kept.body) == (status, anchoring.NOWHERE, "kept")
    assert kept.quote == (quote["exact"] if quote else "")


def test_looking_for_changed_words_has_an_end(alice: User, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    row = foreign("a", selector("先收集数据啊，然后训练模型", "开始；我们", "。"))
    monkeypatch.setattr(note_placing, "MOST_COMPARED", 0)
    come(alice, exported(row))
    assert Note.objects.get().status == NoteStatus.ORPHANED
    Note.objects.all().delete()
    monkeypatch.setattr(note_placing, "MOST_COMPARED", 1_000)
    come(alice, exported(row))
    assert (Note.objects.get().quote, Note.objects.get().status) == ("先收集数据，然后训练模型", NoteStatus.PLACED)


def test_a_text_that_changes_while_places_are_looked_for_is_looked_through_again(
    alice: User, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = note_placing.place_all
    edits = iter(["新的第一句话。"])

    def overtaken(texts: note_placing.Texts, arriving: Any) -> None:
        looked(texts, arriving)
        if words := next(edits, ""):
            rewrite(document, words.__add__)

    monkeypatch.setattr(note_import, "place_all", overtaken)
    come(alice, exported(foreign("a", selector("机械可解释性研究"))))
    kept = Note.objects.get()
    assert (kept.revision, kept.quote) == (2, "机械可解释性研究")


def test_words_that_come_into_the_text_get_their_note(alice: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("火星上的猫")), foreign("b", selector("金星上的狗"))))
    rewrite(document, lambda text: "从前有一只火星上的猫。" + text)
    found, other = Note.objects.get(uuid=named("a")), Note.objects.get(uuid=named("b"))
    assert (found.status, found.start, found.revision) == (NoteStatus.PLACED, 5, 2)
    assert (other.status, other.revision) == (NoteStatus.ORPHANED, anchoring.NOWHERE)


def test_a_note_that_stood_nowhere_is_put_somewhere_and_back(alice: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("火星上的猫"))))
    placed = anchoring.attach(Note.objects.get(), revision=1, start=0, end=4)
    assert placed.status == NoteStatus.PLACED
    back = anchoring.undo_attach(placed)
    assert (back.status, back.quote, back.revision) == (NoteStatus.ORPHANED, "火星上的猫", anchoring.NOWHERE)


def test_it_goes_out_and_in_again_without_a_place(alice: User, bob: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("火星上的猫", "前", "后"))))
    come(bob, export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    copy = Note.objects.get(user=bob)
    assert (copy.status, copy.quote, copy.prefix, copy.revision) == (NoteStatus.ORPHANED, "火星上的猫", "前", 0)


def test_words_of_an_older_revision_are_followed_from_there(alice: User, document: Document) -> None:
    rewrite(document, lambda text: text.replace("机械可解释性研究", "别的事"))
    come(alice, exported(foreign("a", selector("机械可解释性研究", "研究者做"))))
    kept = Note.objects.get()
    assert (kept.revision, kept.quote) == (1, "机械可解释性研究")
    assert kept.status != NoteStatus.PLACED


def test_replies_hang_on_their_note_and_come_once(alice: User, document: Document) -> None:
    file = exported(
        foreign("a", selector("机械可解释性研究"), text="question"),
        foreign("b", references=["a"], user="acct:bob@hypothes.is", text="answer"),
        foreign("c", references=["a", "b"], text="thanks"),
        foreign("d", references=["gone"], text="to nobody"),
    )
    assert [come(alice, file).count(Outcome.REPLY) for _time in range(2)] == [2, 0]
    replies = Reply.objects.filter(note__uuid=named("a"), group=None, link=None)
    assert list(replies.values_list("name", "body")) == [("bob", "answer"), ("alice", "thanks")]
    assert Note.objects.get(uuid=named("d")).body == "to nobody"


def test_what_others_wrote_says_so(alice: User, document: Document) -> None:
    row = foreign("a", selector("机械可解释性研究"), user="acct:bob@hypothes.is", text="his")
    come(alice, exported(row))
    assert Note.objects.get().body == "his\n\n— bob"
    # An answer of the API does not say whose it is: whoever wrote most.
    own = [foreign(str(number), text=str(number)) for number in range(2)]
    come(alice, json.dumps({"total": 3, "rows": [*own, row]}).encode())
    assert sorted(Note.objects.values_list("body", flat=True)) == ["0", "1", "his\n\n— bob"]


def test_of_two_versions_the_newer_stays(alice: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("机械可解释性研究"), text="one")))
    later = foreign("a", selector("机械可解释性研究"), text="two", tags=["t"], updated="2024-03-03T10:00:00Z")
    assert str(come(alice, exported(later))) == "1 changed"
    kept = Note.objects.get()
    assert (kept.body, kept.version, kept.tags.get().name) == ("two", 2, "t")
    notes.edit(kept, version=2, body="mine", group=None)
    assert str(come(alice, exported(later))) == "1 newer here, stays as it is"
    assert Note.objects.get().body == "mine"


def test_what_was_deleted_comes_back(alice: User, document: Document) -> None:
    file = exported(foreign("a", selector("机械可解释性研究"), text="one"))
    come(alice, file)
    notes.delete(Note.objects.get())
    assert str(come(alice, file)) == "1 deleted here, comes back"
    assert Note.objects.visible_to(alice).count() == 1


def test_a_text_is_found_where_it_came_from_or_chosen(alice: User, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(origin="https://www.example.org/essay/")
    come(alice, exported(foreign("a", selector("机械可解释性研究"), uri="http://example.org/essay#s2")))
    come(alice, exported(foreign("b", selector("机械可解释性研究"), uri="urn:x-pdf:1")), document=document)
    assert Note.objects.filter(document=document, status=NoteStatus.PLACED).count() == 2


def test_notes_on_texts_that_are_not_here_are_left_out_only_if_wanted(alice: User, document: Document) -> None:
    rows = [foreign(str(number), uri="https://else.example/") for number in range(12)]
    file = exported(*rows, foreign("a", selector("机械可解释性研究")), foreign("r", references=["3"]))
    with pytest.raises(BadFileError) as caught:
        come(alice, file)
    assert caught.value.problems == [
        "The text “https://else.example/” is not here (items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …): "
        "choose the text, or leave such notes out."
    ]
    assert not Note.objects.exists()
    assert str(come(alice, file, leave_out=True)) == "1 new, 13 left out, as their texts are not here"


def test_a_private_text_of_another_is_not_here(alice: User, bob: User, document: Document) -> None:
    text = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", "她的")
    small.build_document(text, owner=alice, public=False)
    row = foreign("a", selector("机械可解释性研究"), uri="http://x/documents/hers/")
    with pytest.raises(BadFileError, match="is not here"):
        come(bob, exported(row))
    assert str(come(alice, exported(row))) == "1 new"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Line 1: this is not JSON."),
        (b"\xff\xfe", "not UTF-8 text"),
        (b"{\n]", "Line 2: this is not JSON."),
        (b"[" * 100_000, "not JSON that can be read"),
        (b'{"a": 1}', "The file holds no annotations"),
        (b'"x"', "The file holds no annotations."),
        (b'{"type": "AnnotationCollection", "first": "http://x/?page=0"}', "fetch the pages"),
        (b'[{"type": "Person"}]', "Item 1: This is no Web Annotation."),
        (b'[{"type": "Annotation"}]', "Item 1: It needs one target"),
        (b'[{"type": "Annotation", "target": ["a", "b"]}]', "Item 1: It needs one target"),
        (b'[{"type": "Annotation", "target": {"selector": []}}]', "does not say which text"),
        (b'[{"type": "Annotation", "target": "x", "created": "soon"}]', "Item 1: “soon” is no date and time."),
        (b'[{"type": "Annotation", "target": "x", "created": "0001-01-01T00:00+14:00"}]', "is no date and time."),
        (b'[{"type": "Annotation", "target": "x", "id": "\\u0000"}]', "Item 1: It holds a character that cannot be"),
        (b'{"rows": [{"id": "a", "text": "\\ud800"}]}', "Item 1: It holds a character that cannot be stored."),
        (b'{"rows": [], "export_userid": "\\u0000"}', "It holds a character that cannot be stored."),
        (b'{"rows": [{"id": "a"}, {"text": 1}]}', "Item 2: This is no annotation of Hypothesis."),
        (b'{"rows": [{"id": "a", "text": 1}]}', "Item 1: “text” should be a text."),
        (b'{"rows": [{"id": "a"}, {"id": "a"}]}', "Item 2 is the same annotation as item 1."),
        (json.dumps({"rows": [{"id": "a", "text": "长" * 10_001}]}).encode(), "Item 1: A note can have 10000"),
        (json.dumps({"rows": [{"id": "a", "tags": ["t" * 41]}]}).encode(), "Item 1: A tag can have 40"),
        (json.dumps({"rows": [{}] * (MOST_ITEMS + 1)}).encode(), "A file can have 5000 annotations"),
        (b" " * (LARGEST + 1), "larger than 5 MB"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    alice: User, document: Document, content: bytes, problem: str
) -> None:
    with pytest.raises(BadFileError) as caught:
        come(alice, content)
    assert problem in "\n".join(caught.value.problems)
    assert not Note.objects.exists()


def test_all_problems_are_told_at_once(alice: User, document: Document) -> None:
    good = foreign("a", selector("机械可解释性研究"))
    with pytest.raises(BadFileError) as caught:
        come(alice, exported(good, foreign("b", text=1), foreign("c", created="x")))
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["Item 2", "Item 3"]


@pytest.mark.parametrize(
    ("said", "body", "tags"),
    [
        # What the standard lets others write.
        ({"bodyValue": "plain"}, "plain", []),
        ({"body": "http://example.org/comment"}, "<http://example.org/comment>", []),
        ({"body": {"type": "TextualBody", "value": "one"}}, "one", []),
        ({"body": [{"value": "a"}, {"value": "b"}, {"value": "t", "purpose": "tagging"}]}, "a\n\nb", ["t"]),
        ({"body": {"type": "Choice", "items": [{"value": "de"}, {"value": "en"}]}}, "de", []),
        (
            {"body": {"type": "SpecificResource", "source": "http://example.org/a.mp3"}},
            "<http://example.org/a.mp3>",
            [],
        ),
        ({"body": {"value": "t", "purpose": ["tagging"]}}, "", ["t"]),
        ({}, "", []),
    ],
)
def test_other_annotations_of_the_standard_are_read(
    alice: User, document: Document, said: dict[str, Any], body: str, tags: list[str]
) -> None:
    target = {"source": "http://x/documents/size/", "selector": selector("机械可解释性研究")}
    come(alice, json.dumps({"type": "Annotation", "target": target} | said).encode())
    kept = Note.objects.get()
    assert (kept.body, [tag.name for tag in kept.tags.all()], kept.status) == (body, tags, NoteStatus.PLACED)


@pytest.mark.parametrize(
    ("said", "uuid"),
    [
        ({"id": "urn:uuid:0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"}, UUID("0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11")),
        ({"id": "https://z.example/annotations/0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11/"}, UUID(int=0)),
        ({"id": "http://a", "canonical": "urn:uuid:0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"}, UUID(int=0)),
    ],
)
def test_our_own_names_are_known_again(alice: User, document: Document, said: dict[str, str], uuid: UUID) -> None:
    target = {"source": "/documents/size/", "selector": selector("机械可解释性研究")}
    come(alice, json.dumps({"type": "Annotation", "target": target} | said).encode())
    assert Note.objects.get().uuid == (uuid if uuid.int else UUID("0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"))


def test_a_note_without_a_name_is_known_by_what_it_says(alice: User, document: Document) -> None:
    target = {"source": "/documents/size/", "selector": {"type": "X", "refinedBy": selector("机械可解释性研究")}}
    file = json.dumps({"type": "Annotation", "target": target, "bodyValue": str(uuid4())}).encode()
    assert [str(come(alice, file)) for _time in range(2)] == ["1 new", "1 known already"]


def test_astral_characters_come_back_to_their_place(alice: User, bob: User, document: Document) -> None:
    rewrite(document, lambda text: "𠮷😀" + text.replace("缩放定律说明", "𠮷😀野家说明"))
    document.refresh_from_db()
    text = document.revisions.get(number=2).text
    start = text.index("😀野")
    own = notes.add(user=alice, document=document, revision=2, start=start, end=start + 3, body="𠮷")
    come(bob, export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    copy = Note.objects.get(user=bob)
    assert (copy.start, copy.quote, copy.body) == (own.start, "😀野家", "𠮷")
