"""Editors choose which concept a word means in a document, or that it is not marked: made, undone, carried over."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.choices import Choices, form_of
from glossary.models import Concept
from reader.carrying import carried
from reader.models import Choice, Document, Revision, User
from zhtext import anchor

LONGEST_WORD = Choice._meta.get_field("word").max_length or 0


class BadChoiceError(ValueError):
    """A choice that cannot be made, in words for an editor."""


def of(document_id: int) -> Choices:
    """Give what was chosen in a document; one query."""
    return of_all([document_id]).get(document_id, Choices())


def of_all(document_ids: Collection[int]) -> dict[int, Choices]:
    """Give what was chosen in each of many documents that has any choice; one query."""
    found: dict[int, Choices] = {}
    columns = ("document", "word", "concept", "start", "end")
    for document, word, concept, start, end in Choice.objects.filter(document__in=document_ids).values_list(*columns):
        chosen = found.setdefault(document, Choices({}, {}))
        if start is None:
            chosen.throughout[form_of(word)] = concept
        else:
            chosen.here[start, end] = concept
    return found


@transaction.atomic
def make(
    *, user: User, document: Document, revision: int, place: tuple[int, int], concept: Concept | None, throughout: bool
) -> Choice:
    """Choose what the word at a place means, there or throughout; what was chosen for it before is replaced.

    Raises BadChoiceError where the text was changed since the editor saw it so that the place is gone.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    start, end = _now(document, revision, place)
    word = document.revisions.get(number=document.revision).text[start:end]
    if not word.strip() or not len(word) == end - start <= LONGEST_WORD:
        raise BadChoiceError(_("There is no word at this place."))
    key: dict[str, Any] = {"word": form_of(word), "start": None} if throughout else {"start": start, "end": end}
    values: dict[str, Any] = {"concept": concept, "user": user, "revision": document.revision}
    values |= {"end": None} if throughout else {"word": word}
    choice, _new = Choice.objects.update_or_create(document=document, **key, defaults=values)
    touch(document)
    return choice


def _now(document: Document, number: int, place: tuple[int, int]) -> tuple[int, int]:
    """Map a place of the revision an editor saw to the text of today."""
    if number == document.revision:
        return place
    seen = document.revisions.filter(number=number).first()
    current = document.revisions.get(number=document.revision)
    found = anchor.reanchor(seen.text, current.text, [place])[0] if seen else None
    if found is None:
        raise BadChoiceError(_("The text was changed meanwhile, and the word is gone. Load the page again."))
    return found


@transaction.atomic
def undo(choice: Choice) -> None:
    """Take a choice back: the word means again whatever the glossary says."""
    # The text first, as whoever changes it does.
    touch(choice.document)
    choice.delete()


def touch(document: Document) -> None:
    """Let the pages of a document be written anew."""
    Document.objects.filter(pk=document.pk).update(modified=timezone.now())


def carry_over(revision: Revision) -> None:
    """Place the choices of a document in its new revision; those whose words are gone are dropped.

    Runs inside the transaction that stores the revision.
    """
    chosen = Choice.objects.filter(document=revision.document)
    moved = list(carried(chosen.filter(start__isnull=False), revision))
    kept = []
    for choice, place in moved:
        if place is not None and revision.text[slice(*place)] == choice.word:
            choice.start, choice.end = place
            choice.revision = revision.number
            kept.append(choice)
    # Two may change places, which the table does not allow one after the other: all go, and come anew.
    chosen.filter(pk__in=[choice.pk for choice, _place in moved]).delete()
    Choice.objects.bulk_create(kept)
    chosen.filter(start__isnull=True).update(revision=revision.number)
