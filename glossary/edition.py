"""Count the glossary's revisions: whatever is addressed by the number can never be stale."""

from django.db.models import F

from glossary.models import Edition


def current() -> int:
    """Give the number of the glossary's current revision; one query."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def advance() -> None:
    """Raise the number. Call it in the transaction of every change to concepts, terms or the dictionary.

    What changes a term or the status of a concept must leave a history, for that is where matchers learn of it.
    """
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)
