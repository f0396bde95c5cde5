"""Notes from elsewhere get the place their words have, in whatever revision and script, and never a guessed one."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from reader import anchoring, note_import, note_placing, notes
from reader.models import Document, Note, NoteStatus, User
from reader.note_export import export
from reader.note_formats.hypothesis import named
from tests.reader.note_files import come, exported, foreign, rewrite, selector

pytestmark = pytest.mark.django_db


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
        # Selected with the readings above the words, which a browser counts as text.
        (selector("机械jīxiè可解释性kějiěshìxìng研究yánjiū", "ūzhě做zuò", "，也yě谈tán"), "机械可解释性研究"),
        (selector("機械ㄐㄧㄒㄧㄝˋ可解釋性研究", "", "，也談ㄊㄢˊ"), "机械可解释性研究"),
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


def test_astral_characters_come_back_to_their_place(alice: User, bob: User, document: Document) -> None:
    rewrite(document, lambda text: "𠮷😀" + text.replace("缩放定律说明", "𠮷😀野家说明"))
    document.refresh_from_db()
    text = document.revisions.get(number=2).text
    start = text.index("😀野")
    own = notes.add(user=alice, document=document, revision=2, start=start, end=start + 3, body="𠮷")
    come(bob, export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    copy = Note.objects.get(user=bob)
    assert (copy.start, copy.quote, copy.body) == (own.start, "😀野家", "𠮷")
