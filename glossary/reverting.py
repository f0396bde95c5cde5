"""Put one concept back to the state before or after one of its changes, as a new change."""

from collections import deque
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary import edition
from glossary.differences import Difference, State, differences
from glossary.history import changes
from glossary.models import Concept, SubjectField
from glossary.restoring import put_back
from glossary.writing import Hand

REASON = "revert"


class CannotRevertError(ValueError):
    """A state that cannot be brought back, with the reason in human words."""


def revert(concept: int, *, moment: datetime, before: bool, user: AbstractBaseUser | None) -> list[Difference]:
    """Bring back the state before or after the change that was complete at a moment; gives what was changed.

    Raises CannotRevertError where there is no such state, or another concept stands in its way.
    """
    with transaction.atomic():
        found = changes(concept)
        wanted = next(((each.before if before else each.after) for each in found if each.when == moment), {})
        _check(wanted)
        now = found[0].after
        try:
            with transaction.atomic():
                places = {place: wanted.get(place) for place in {**now, **wanted}}
                deque(put_back(Hand(user, REASON, timezone.now()), places), maxlen=0)
        except IntegrityError as error:
            raise CannotRevertError(_("Another concept has the key %(key)s now.") % {"key": _key(wanted)}) from error
        edition.advance()
        return list(differences(now, wanted))


def _check(wanted: State) -> None:
    subjects = [row.subject_id for (model, _pk), row in wanted.items() if model is Concept]
    if not subjects:
        raise CannotRevertError(_("There is no such state of this concept."))
    if not SubjectField.objects.filter(pk__in=subjects).exists():
        raise CannotRevertError(_("The subject field that the concept had then is gone."))


def _key(state: State) -> str:
    return next(str(row.key) for (model, _pk), row in state.items() if model is Concept)
