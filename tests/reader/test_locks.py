"""Who writes at once neither waits for each other for ever nor writes twice; told where a database lets many write."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from django.db.models import Model

from reader import account_deletion, annotations, excerpts, note_changes, notes, replies, sharing
from reader.anchoring import BadPlaceError
from reader.models import Document, Note, ReadingGroup, Reply, User
from reader.protocol import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")
MANY = 6


def apart(action: Callable[[], Result], start: Barrier | None = None) -> Result:
    """Do something in a thread, which has a connection of its own, when all that start together are ready."""
    connection.ensure_connection()
    try:
        if start:
            start.wait(timeout=20)
        return action()
    finally:
        connection.close()


def at_once(action: Callable[[], Result]) -> list[Result]:
    """Do the same many times at once."""
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(partial(apart, action), [Barrier(MANY)] * MANY))


def test_who_says_something_else_does_not_wait_for_the_text(note: Note) -> None:
    edit = partial(notes.edit, note, version=1, body="else", group=None)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Document.objects.select_for_update().get(pk=note.document_id)
        assert pool.submit(apart, edit).result(timeout=20).body == "else"


def until_somebody_waits() -> None:
    """Go on when another connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        while not cursor.fetchone():
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")


@pytest.mark.parametrize(
    "change",
    [
        lambda first, second: note_changes.set_colour(Note.objects.all(), "red"),
        lambda first, second: note_changes.undo(first.user, [("take", "x", [second.pk]), ("take", "y", [first.pk])]),
        lambda first, second: sharing.close(second.group),
    ],
)
def test_many_notes_are_locked_in_the_order_of_their_keys(
    change: Callable[[Note, Note], object], note: Note, shared_note: Note, group: ReadingGroup
) -> None:
    # What was written last lies last in the table.
    Note.objects.filter(pk=note.pk).update(group=group, colour="green")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Note.objects.select_for_update().get(pk=note.pk)
        waits = pool.submit(apart, partial(change, note, shared_note))
        until_somebody_waits()
        # Whoever waits for the first has not the second.
        Note.objects.select_for_update(nowait=True).get(pk=shared_note.pk)
    assert waits.result(timeout=20)


def test_a_reply_sent_many_times_at_once_is_said_once(shared_note: Note, bob: User) -> None:
    said = at_once(partial(replies.say, shared_note, bob, body="once"))
    assert {reply.pk for reply in said} == {Reply.objects.get().pk}


def test_an_annotation_sent_many_times_at_once_is_written_once(document: Document, alice: User) -> None:
    selector = {"type": "TextQuoteSelector", "exact": "后训练"}
    target = {"source": f"http://testserver{document.get_absolute_url()}", "selector": selector}
    name = "urn:uuid:9e1b6e5c-0b7c-4d0c-8f57-0c2a8c5d2a11"
    data = {"type": "Annotation", "canonical": name, "target": target}

    def send() -> int:
        try:
            return len([annotations.add(alice, data)])
        except RefusedError as error:
            return error.status

    assert sorted(at_once(send)) == [1, *[409] * (MANY - 1)]


def until_waiting(said: Future[Any]) -> None:
    """Go on when a thread waits for a lock, or has come to its end."""
    with connection.cursor() as cursor:
        waiting = False
        while not waiting and not said.done():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waiting = bool(cursor.fetchone()[0])


# The order in which everybody locks.
ORDER: list[type[Model]] = [User, Document, ReadingGroup, Note]


@pytest.mark.parametrize("held", range(3))
def test_who_leaves_locks_in_the_order_of_all(alice: User, bob: User, shared_note: Note, held: int) -> None:
    Note.objects.filter(pk=shared_note.pk).update(user=bob)
    Document.objects.filter(pk=shared_note.document_id).update(owner=alice, public=False)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        keys = {User: alice.pk, Document: shared_note.document_id, ReadingGroup: shared_note.group_id}
        keys[Note] = shared_note.pk
        ORDER[held]._base_manager.select_for_update(no_key=True).get(pk=keys[ORDER[held]])
        gone = pool.submit(apart, partial(account_deletion.delete, alice))
        until_waiting(gone)
        for later in ORDER[held + 1 :]:
            later._base_manager.select_for_update(nowait=True).get(pk=keys[later])
    gone.result(timeout=20)
    assert (Note.objects.get().user, Note.objects.get().document.owner) == (bob, bob)


def test_passages_are_kept_in_the_order_in_which_all_lock_notes(alice: User, bob: User, document: Document) -> None:
    late, early = (
        notes.add(user=bob, document=document, revision=1, start=start, end=start + 2, body="") for start in (9, 2)
    )
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Note.objects.select_for_update().get(pk=late.pk)
        left = pool.submit(apart, partial(excerpts.leave, document))
        until_waiting(left)
        Note.objects.select_for_update(nowait=True).get(pk=early.pk)
    left.result(timeout=20)


def test_a_note_on_a_text_that_goes_is_refused_and_not_lost(
    alice: User, bob: User, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    Document.objects.filter(pk=document.pk).update(owner=alice, public=False)
    write = partial(notes.add, user=bob, document=document, revision=1, start=0, end=2, body="late")
    said: list[Future[Note]] = []
    leave = excerpts.leave

    def leave_slowly(text: Document, **who: User) -> None:
        leave(text, **who)
        said.append(pool.submit(apart, write))
        until_waiting(said[0])

    monkeypatch.setattr(excerpts, "leave", leave_slowly)
    with ThreadPoolExecutor(1) as pool:
        account_deletion.delete(alice)
        with pytest.raises(BadPlaceError):
            said[0].result(timeout=20)
