"""Where readers are in their texts: kept as they read, carried along when the text changes.

The last device that tells wins; how far a reader has ever come only grows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least, Length
from django.utils import timezone

from reader.models import Document, ReadingPosition, Revision, User
from zhtext import anchor
from zhtext.sentences import sentences
from zhtext.spans import Span

# So many sentences before the one that was read are looked for where it is gone.
BEFORE = 12
# So many texts the library offers to go on with.
MOST_OFFERED = 3


class BadPositionError(ValueError):
    """A place that is in no text."""


def keep(*, user: User, document: Document, revision: int, offset: int) -> None:
    """Remember where a reader is in the revision they see; one write where they have been in it before.

    Raises BadPositionError where there is no such revision.
    """
    known = ReadingPosition.objects.filter(user=user, document=document, revision=revision)
    place = Least(offset, F("length"))
    if revision == document.revision and known.update(
        offset=place, furthest=Greatest(F("furthest"), place), updated=timezone.now()
    ):
        return
    _keep_anew(user=user, document=document, revision=revision, offset=offset)


def told(user: User | AnonymousUser, document: Document) -> dict[str, int] | None:
    """Give where a visitor is in a document, as its page's script reads it; one query for those signed in."""
    if not user.is_authenticated:
        return None
    place = ReadingPosition.objects.filter(user=user, document=document).first()
    if place is None:
        return None
    when = int(place.updated.timestamp() * 1000)
    return {"revision": place.revision, "offset": place.offset, "length": place.length, "when": when}


def by_document(user: User | AnonymousUser) -> dict[int, ReadingPosition]:
    """Give a visitor's positions by the key of the document, the latest first; one query for those signed in."""
    own = ReadingPosition.objects.visible_to(user).select_related("document") if user.is_authenticated else ()
    return {position.document_id: position for position in own}


def unfinished(positions: Iterable[ReadingPosition]) -> list[ReadingPosition]:
    """Give the texts to go on with, the latest first."""
    begun = (position for position in positions if position.percent > 0 and not position.is_finished)
    return list(islice(begun, MOST_OFFERED))


@transaction.atomic
def _keep_anew(*, user: User, document: Document, revision: int, offset: int) -> None:
    """Remember a first place, or one in an older text than what is shown now."""
    # Whoever holds the document may have read it before a new revision came.
    document = Document.objects.select_for_update().get(pk=document.pk)
    lengths = dict(document.revisions.annotate(length=Length("text")).values_list("number", "length"))
    if revision not in lengths:
        raise BadPositionError(f"There is no revision {revision}.")
    offset, length = min(offset, lengths[revision]), lengths[document.revision]
    if revision != document.revision:
        texts = dict(document.revisions.filter(number__in=[revision, document.revision]).values_list("number", "text"))
        [offset] = carry(texts[revision], texts[document.revision], [offset])
    known = ReadingPosition.objects.filter(user=user, document=document).first()
    furthest = min(length, max(offset, known.furthest if known else 0))
    place = {"revision": document.revision, "offset": offset, "furthest": furthest, "length": length}
    ReadingPosition.objects.update_or_create(user=user, document=document, defaults=place | {"updated": timezone.now()})


def carry_over(revision: Revision) -> None:
    """Place all positions of a document in its new revision.

    Runs inside the transaction that stores the revision.
    """
    stale = ReadingPosition.objects.filter(document=revision.document, revision__lt=revision.number)
    for number in stale.order_by("revision").values_list("revision", flat=True).distinct():
        old = revision.document.revisions.get(number=number).text
        # Locked, so that a place that a reader comes to meanwhile is not put back.
        _carry_over(old, list(stale.filter(revision=number).order_by("pk").select_for_update()), revision)


def _carry_over(old: str, positions: Sequence[ReadingPosition], revision: Revision) -> None:
    offsets = [offset for position in positions for offset in (position.offset, position.furthest)]
    carried = iter(carry(old, revision.text, offsets))
    for position in positions:
        position.offset = next(carried)
        position.furthest = max(position.offset, next(carried))
        position.revision, position.length = revision.number, len(revision.text)
    ReadingPosition.objects.bulk_update(positions, ["revision", "offset", "furthest", "length"])


def carry(old: str, new: str, offsets: Sequence[int]) -> list[int]:
    """Carry places from one text to another by the sentence each stands in, else by the nearest one before it.

    >>> carry("一。二。", "零。一。二。", [0, 2, 4])
    [0, 4, 6]
    """
    cut = sentences(old)
    starts = [sentence.start for sentence in cut]
    wanted = {offset: list(_sentences_before(cut, starts, offset)) for offset in offsets if 0 < offset < len(old)}
    spans = list(dict.fromkeys(span for near in wanted.values() for span in near))
    places = dict(zip(spans, anchor.reanchor(old, new, spans), strict=True)) if spans else {}
    return [_carried(offset, wanted.get(offset, []), places, len(old), len(new)) for offset in offsets]


def _sentences_before(cut: Sequence[Span], starts: Sequence[int], offset: int) -> Iterator[tuple[int, int]]:
    """Give the sentence at an offset and those before it, the nearest first."""
    here = bisect_right(starts, offset) - 1
    for sentence in reversed(cut[max(0, here - BEFORE) : here + 1]):
        yield sentence.start, sentence.end


def _carried(
    offset: int,
    near: Sequence[tuple[int, int]],
    places: dict[tuple[int, int], tuple[int, int] | None],
    old_length: int,
    new_length: int,
) -> int:
    for span in near:
        place = places[span]
        if place:
            return min(place[0] + offset - span[0], place[1])
    return new_length * offset // old_length
