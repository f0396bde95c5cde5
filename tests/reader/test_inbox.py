"""Notes that have lost their place wait in an inbox, where their author gives them one."""

import pytest
from django.test import Client

from reader import anchoring, notes
from reader.models import Document, Note, NoteStatus, User
from reader.wording import differing, places
from tests import small

pytestmark = pytest.mark.django_db
SENTENCE = "研究者做机械可解释性研究，也谈可解释性。"
OTHER = "研究者做考古研究，也谈文物。"
WITHOUT = small.DOCUMENT.replace(SENTENCE, OTHER)


@pytest.fixture
def lost(note: Note) -> Note:
    """Alice's note after its words have gone from the text."""
    small.build_document(WITHOUT)
    note.refresh_from_db()
    assert note.status == NoteStatus.PROPOSED
    return note


def test_the_inbox_shows_where_a_note_stood_and_may_stand(as_alice: Client, lost: Note) -> None:
    page = as_alice.get("/notes/inbox/").content.decode()
    for shown in ("研究者做<mark", "机械可解释性研究</mark>，也谈", "<ins>", "<del>", "Yes, here", "secret thought"):
        assert shown in page
    for address in ("/notes/", "/account/"):
        assert 'href="/notes/inbox/">1 note' in as_alice.get(address).content.decode()


def test_an_empty_inbox_says_so_and_nobody_is_sent_there(as_alice: Client, note: Note) -> None:
    assert "Every note of yours stands in its place." in as_alice.get("/notes/inbox/").content.decode()
    for address in ("/notes/", "/account/"):
        assert "/notes/inbox/" not in as_alice.get(address).content.decode()


def test_a_proposal_is_confirmed_and_taken_back_without_leaving(as_alice: Client, lost: Note) -> None:
    place = {"revision": 2, "start": lost.proposed_start, "end": lost.proposed_end}
    page = as_alice.post(f"/notes/{lost.pk}/attach/", place | {"next": "/notes/inbox/"}, follow=True)
    assert page.redirect_chain == [("/notes/inbox/", 302)]
    assert f'action="/notes/{lost.pk}/undo-attach/?next=%2Fnotes%2Finbox%2F"' in page.content.decode()
    page = as_alice.post(f"/notes/{lost.pk}/undo-attach/?next=/notes/inbox/", follow=True)
    assert page.redirect_chain == [("/notes/inbox/", 302)]
    assert "The note is where it was before." in page.content.decode()
    assert "Yes, here" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=后训练", 2), ("words=後訓練", 2), ("words=SCALING+law", 1), ("words=推理", 2),
        ("words=推理&paragraph=5", 2), ("words=推理&paragraph=1", 0), ("words=nowhere", 0),
        ("words=研究，%0D%0A%0D%0A也谈", 1),
    ],
)  # fmt: skip
def test_words_are_found_for_a_note_to_stand_on(as_alice: Client, lost: Note, query: str, found: int) -> None:
    page = as_alice.get(f"/notes/{lost.pk}/place/?{query}").content.decode()
    assert page.count("Put it here") == found
    assert ("These words do not stand there." in page) == (found == 0)


@pytest.mark.parametrize("query", ["words=", "words=+&paragraph=99", "words=x&paragraph=x"])
def test_what_says_no_words_or_no_paragraph_is_refused(as_alice: Client, lost: Note, query: str) -> None:
    page = as_alice.get(f"/notes/{lost.pk}/place/?{query}").content.decode()
    assert "errorlist" in page
    assert "Put it here" not in page


def test_a_note_is_put_where_its_words_were_found(as_alice: Client, lost: Note) -> None:
    page = as_alice.get(f"/notes/{lost.pk}/place/?words=後訓練開始&next=/notes/inbox/").content.decode()
    text = lost.document.revisions.get(number=2).text
    start = text.index("后训练开始")
    for name, value in (("revision", 2), ("start", start), ("end", start + 5), ("next", "/notes/inbox/")):
        assert f'name="{name}" value="{value}"' in page
    as_alice.post(f"/notes/{lost.pk}/attach/", {"revision": 2, "start": start, "end": start + 3})
    lost.refresh_from_db()
    assert (lost.quote, lost.status) == ("后训练", NoteStatus.PLACED)
    history = as_alice.get(f"/notes/{lost.pk}/").content.decode()
    for told in (
        "put elsewhere by its author",
        "the text was changed",
        "机械可解释性研究</mark>",
        "it had no place then",
    ):
        assert told in history


def test_a_text_that_is_private_now_shows_nothing_of_itself(as_bob: Client, alice: User, bob: User) -> None:
    document = small.build_document(owner=alice)
    note = notes.add(user=bob, document=document, revision=1, start=0, end=4, body="Bob's")
    Document.objects.update(public=False)
    Note.objects.update(status=NoteStatus.PROPOSED, proposed_start=0, proposed_end=9)
    page = as_bob.get("/notes/inbox/").content.decode()
    assert "You may no longer read this text" in page
    assert "力量" not in page
    for what in ("attach", "undo-attach"):
        answer = as_bob.post(f"/notes/{note.pk}/{what}/", {"revision": 1, "start": 0, "end": 20})
        assert answer.status_code == 404
    assert as_bob.get(f"/notes/{note.pk}/place/").status_code == 404


def test_strangers_have_another_inbox(as_bob: Client, lost: Note) -> None:
    assert "机械" not in as_bob.get("/notes/inbox/").content.decode()
    assert as_bob.get(f"/notes/{lost.pk}/place/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("模型强", "模型很强", "same 模型|new 很|same 强"),
        ("程序动手", "软件动手", "gone 程序|new 软件|same 动手"),
        # What is alike by chance is not told.
        ("天下大事", "今天的晚饭吃什么", "gone 天下大事|new 今天的晚饭吃什么"),
        ("一样", "一样", "same 一样"),
        ("", "新", "new 新"),
    ],
)
def test_wordings_are_compared(old: str, new: str, parts: str) -> None:
    assert "|".join(" ".join(part) for part in differing(old, new)) == parts


def test_words_that_stand_everywhere_are_offered_so_many_times() -> None:
    assert len(places("的" * 10_000, "的")) == 50


def test_who_had_no_place_before_is_told_apart_from_who_loses_it(lost: Note) -> None:
    assert anchoring.effect(lost.document, lost.document.revisions.get(number=2).text) == anchoring.Effect(absent=1)
