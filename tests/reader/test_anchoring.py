"""Notes go with their words when a text changes, lose their place when the words go, and come back with them."""

import pytest
from django.test import Client

from reader import anchoring, notes
from reader.models import Document, Note, NoteStatus, User
from tests import small

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
SENTENCE = "研究者做机械可解释性研究，也谈可解释性。\n\n"
WITHOUT = small.DOCUMENT.replace(SENTENCE, "")
BEFORE = small.DOCUMENT.replace("缩放定律说明", "很久以前就有人发现，缩放定律说明")


def text_of(document: Document) -> str:
    return document.revisions.last().text  # type: ignore[union-attr]


def shown(note: Note) -> str:
    """Give the words at which a note stands in the text of today."""
    note.refresh_from_db()
    return text_of(note.document)[note.start : note.end]


def test_a_note_moves_with_its_words_and_knows_where_it_stood(note: Note) -> None:
    start = note.start
    small.build_document(BEFORE)
    assert shown(note) == "机械可解释性研究"
    [former] = note.former_anchors.all()
    assert (former.revision, former.start, former.reason) == (1, start, "revised")
    assert (note.revision, note.start) == (2, start + 10)


def test_a_note_that_did_not_move_has_no_history(note: Note) -> None:
    small.build_document(small.DOCUMENT.replace("然后训练模型", "再训练模型"))
    assert shown(note) == "机械可解释性研究"
    assert (note.revision, note.former_anchors.count()) == (2, 0)


def test_a_note_whose_words_are_gone_keeps_its_last_place_and_proposes_another(note: Note) -> None:
    start = note.start
    document = small.build_document(WITHOUT)
    note.refresh_from_db()
    assert (note.status, note.revision, note.start) == (NoteStatus.PROPOSED, 1, start)
    assert note.proposed_start is not None
    assert text_of(document)[note.proposed_start : note.proposed_end].strip()


def test_words_that_come_back_bring_their_note_back(note: Note) -> None:
    for text in (WITHOUT, WITHOUT.replace("推理", "推理能力"), BEFORE):
        small.build_document(text)
    assert shown(note) == "机械可解释性研究"
    assert (note.status, note.proposed_start) == (NoteStatus.PLACED, None)
    assert [former.status for former in note.former_anchors.all()] == ["proposed", "placed"]


def test_a_proposal_is_confirmed(note: Note) -> None:
    document = small.build_document(WITHOUT)
    note.refresh_from_db()
    proposed = text_of(document)[note.proposed_start : note.proposed_end]
    place = {"revision": 2, "start": note.proposed_start or 0, "end": note.proposed_end or 0}
    # The text goes on while its author looks at the proposal: what they saw is what they get.
    small.build_document(WITHOUT.replace("缩放定律说明", "很久以前就有人发现，缩放定律说明"))
    placed = anchoring.attach(note, **place)
    assert (placed.quote, placed.status, placed.version, placed.revision) == (proposed, NoteStatus.PLACED, 2, 3)


def test_of_a_text_that_became_private_a_note_learns_nothing_new(note: Note, bob: User) -> None:
    document = note.document
    Document.objects.update(public=False, owner=bob)
    small.build_document(small.DOCUMENT.replace("研究者做机械", "绝密新词，研究者做机械"), owner=bob, public=False)
    assert (shown(note), note.revision) == ("机械可解释性研究", 2)
    assert "绝密新词" not in note.prefix
    small.build_document(small.DOCUMENT.replace("机械可解释性研究", "机械绝密可解释性研究"), owner=bob, public=False)
    note.refresh_from_db()
    assert (note.status, note.quote, note.revision) == (NoteStatus.ORPHANED, "机械可解释性研究", 2)
    # Who may read it again has the note again.
    Document.objects.update(public=True)
    small.build_document(owner=bob)
    assert shown(note) == "机械可解释性研究"
    assert document.revisions.count() == 4


def test_a_note_is_put_elsewhere_and_back(note: Note) -> None:
    document = small.build_document(WITHOUT)
    note.refresh_from_db()
    start = text_of(document).index("后训练开始")
    moved = anchoring.attach(note, revision=2, start=start, end=start + 3)
    assert (shown(moved), moved.status) == ("后训练", NoteStatus.PLACED)
    back = anchoring.undo_attach(moved)
    assert (back.status, back.quote, back.revision) == (NoteStatus.PROPOSED, "机械可解释性研究", 1)
    with pytest.raises(anchoring.BadPlaceError, match="was not put elsewhere"):
        anchoring.undo_attach(back)


def test_a_note_that_has_a_place_is_put_elsewhere_and_back(note: Note) -> None:
    moved = anchoring.attach(note, revision=1, start=0, end=4)
    assert shown(moved) == text_of(note.document)[:4]
    assert anchoring.undo_attach(moved).quote == "机械可解释性研究"
    note.refresh_from_db()
    assert note.former_anchors.count() == 0


def test_a_note_goes_back_to_where_its_words_stand_after_an_edit(note: Note) -> None:
    moved = anchoring.attach(note, revision=1, start=0, end=4)
    small.build_document(BEFORE)
    moved.refresh_from_db()
    assert anchoring.undo_attach(moved).quote == "机械可解释性研究"
    assert shown(note) == "机械可解释性研究"


@pytest.mark.parametrize(
    ("change", "effect"),
    [
        (lambda text: text, anchoring.Effect(unmoved=2)),
        (lambda text: "新的开头。" + text, anchoring.Effect(moved=2)),
        (lambda text: text.replace("机械可解释性研究", "机械可解释性的研究"), anchoring.Effect(unmoved=1, reworded=1)),
        (lambda text: text.replace(SENTENCE.strip(), ""), anchoring.Effect(unmoved=1, lost=1)),
        (lambda text: "", anchoring.Effect(lost=2)),
    ],
)
def test_the_effect_of_a_new_text_is_known_beforehand(note: Note, bob: User, change: object, effect: object) -> None:
    notes.add(user=bob, document=note.document, revision=1, start=0, end=4, body="deleted and not counted")
    notes.delete(Note.objects.get(user=bob))
    notes.add(user=bob, document=note.document, revision=1, start=0, end=4, body="")
    assert callable(change)
    assert anchoring.effect(note.document, change(text_of(note.document))) == effect
    assert Note.objects.filter(status=NoteStatus.PLACED, revision=1).count() == 3


def test_an_effect_tells_which_notes_come_back(note: Note) -> None:
    document = small.build_document(WITHOUT)
    assert anchoring.effect(document, document.revisions.get(number=1).text) == anchoring.Effect(back=1)


def test_an_effect_tells_of_notes_from_elsewhere_too(note: Note) -> None:
    nowhere = {"status": NoteStatus.ORPHANED, "revision": anchoring.NOWHERE, "start": 0, "end": 4}
    Note.objects.update(**nowhere, quote="新来的话", prefix="前面有些别的字句，", suffix="后面也有一些。")
    text = text_of(note.document)
    assert anchoring.effect(note.document, text) == anchoring.Effect(absent=1)
    coming = text + "\n前面有些别的字句，新来的话后面也有一些。"
    assert anchoring.effect(note.document, coming) == anchoring.Effect(back=1)


def test_the_pages_script_puts_a_note_elsewhere_and_back(as_alice: Client, note: Note) -> None:
    answers = [
        as_alice.post(f"/notes/{note.pk}/{what}/", {"revision": 1, "start": 0, "end": 4}, headers=JSON)
        for what in ("attach", "undo-attach", "undo-attach")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert [answer.json().get("start") for answer in answers] == [0, note.start, None]


def test_without_a_script_a_proposal_is_confirmed_on_a_page(as_alice: Client, note: Note) -> None:
    small.build_document(WITHOUT)
    note.refresh_from_db()
    assert note.proposed_start is not None
    place = {"revision": 2, "start": note.proposed_start, "end": note.proposed_end}
    for field, value in place.items():
        assert f'name="{field}" value="{value}"' in as_alice.get("/notes/inbox/").content.decode()
    page = as_alice.post(f"/notes/{note.pk}/attach/", place, follow=True).content.decode()
    assert "The note has its place." in page
    page = as_alice.post(f"/notes/{note.pk}/attach/", {"revision": 2, "start": "x"}, follow=True).content.decode()
    assert "Enter a whole number." in page
