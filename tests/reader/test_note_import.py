"""Notes come in from files, all or nothing; the same file again changes nothing, and what is newer here stays."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from reader import notes
from reader.models import Document, Note, NoteStatus, Reply, Tag, User
from reader.note_arrivals import Outcome
from reader.note_export import export
from reader.note_formats.hypothesis import named
from reader.note_formats.rows import BadFileError
from tests import small
from tests.reader.note_files import come, exported, foreign, selector

pytestmark = pytest.mark.django_db
UNMOVED = ("start", "end", "quote", "prefix", "suffix", "body", "colour", "status", "revision", "created", "modified")


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


def test_a_note_that_came_without_its_name_elsewhere_learns_it(alice: User, document: Document) -> None:
    file = exported(foreign("a", selector("机械可解释性研究")))
    come(alice, file)
    Note.objects.update(via=[])
    assert [str(come(alice, file)) for _time in range(2)] == ["1 changed", "1 known already"]
    assert Note.objects.get().via == ["https://hypothes.is/a/a"]


def test_a_note_whose_tags_were_taken_off_comes_in_without(alice: User, document: Document) -> None:
    notes.add(user=alice, document=document, revision=1, start=0, end=4, body="", tags=["old"])
    told = json.loads(export(alice, Note.objects.all(), "jsonld", site=""))["first"]["items"][0]
    told |= {"body": [], "modified": timezone.now().isoformat()}
    assert str(come(alice, json.dumps(told).encode())) == "1 changed"
    assert not Tag.objects.exists()


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


def test_a_reply_in_a_file_that_comes_twice_at_once_comes_once(
    alice: User, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = foreign("a", selector("机械可解释性研究"), text="question")
    file = exported(asked, foreign("b", references=["a"], text="answer"))
    come(alice, exported(asked))

    def come_first(user: User) -> None:
        monkeypatch.undo()
        come(user, file)

    monkeypatch.setattr(User, "hold", come_first)
    report = come(alice, file)
    assert (report.count(Outcome.REPLY), Reply.objects.count()) == (0, 1)


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


@pytest.mark.parametrize(("said", "left"), [({"tags": None}, ["t"]), ({"tags": []}, []), ({"tags": ["u"]}, ["u"])])
def test_what_a_file_does_not_say_of_tags_takes_none_away(
    alice: User, document: Document, said: dict[str, object], left: list[str]
) -> None:
    come(alice, exported(foreign("a", selector("机械可解释性研究"), text="one", tags=["t"])))
    later = foreign("a", selector("机械可解释性研究"), text="two", updated="2024-03-03T10:00:00Z") | said
    assert str(come(alice, exported(later))) == "1 changed"
    kept = Note.objects.get()
    assert (kept.body, [tag.name for tag in kept.tags.all()]) == ("two", left)


def test_an_annotation_that_another_program_has_written_anew_without_tags_takes_none_away(
    alice: User, note: Note
) -> None:
    Tag.objects.create(note=note, name="t")
    told = json.loads(export(alice, Note.objects.all(), "jsonld", site=""))["first"]["items"][0]
    told |= {"body": [{"type": "TextualBody", "value": "two"}], "modified": timezone.now().isoformat()}
    assert str(come(alice, json.dumps(told).encode())) == "1 changed"
    assert (Note.objects.get().body, Tag.objects.get().name) == ("two", "t")


def test_what_it_was_called_elsewhere_comes_along(alice: User, bob: User, document: Document) -> None:
    come(alice, exported(foreign("a", selector("机械可解释性研究"))))
    come(bob, export(alice, Note.objects.visible_to(alice), "jsonld", site=""))
    assert list(Note.objects.values_list("via", flat=True)) == [["https://hypothes.is/a/a"]] * 2


def test_a_long_reply_comes_in_and_can_be_edited(alice: User, as_alice: Client, document: Document) -> None:
    said = "长" * 9_990
    answer = foreign("b", references=["a"], user="acct:bob@hypothes.is", text=said)
    come(alice, exported(foreign("a", selector("机械可解释性研究")), answer))
    reply = Reply.objects.get()
    change = {"body": f"{said}!", "modified": reply.modified.isoformat()}
    assert as_alice.post(f"/replies/{reply.pk}/", change).status_code == 302
    assert Reply.objects.get().body == f"{said}!"


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
