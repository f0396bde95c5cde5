"""A reader leaves: all that is theirs goes, and nothing that stays tells who they were."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from reader import aside, excerpts, sharing
from reader.models import Document, Note, ReadingGroup, User


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much goes with an account."""

    notes: int
    texts: int
    groups: int
    links: int
    suggestions: int


def belongings(user: User) -> Belongings:
    """Count what goes with an account; what others noted in its texts is nobody's to count."""
    return Belongings(
        notes=user.notes.filter(deleted=None).count(),
        texts=user.documents.filter(public=False).count(),
        groups=user.owned_groups.count(),
        links=user.shared_links.count(),
        suggestions=user.suggestions.count(),
    )


@transaction.atomic
def delete(user: User) -> None:
    """Delete an account with all that is its reader's.

    What others noted in a private text stays theirs. What everybody uses stays without a name: public texts, and what
    was accepted into the glossary, whose histories lose the user by the database's own rules.
    """
    # Other members' notes there are their own again, and their browsers learn it.
    for group in _hold(user):
        sharing.close(group)
    Document.objects.filter(owner=user, public=True).update(owner=None)
    for document in Document.objects.filter(owner=user):
        excerpts.leave(document, but=user)
    # What administrators did to the account names it.
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).delete()
    _end_sessions(user.pk)
    user.delete()


def _hold(user: User) -> Sequence[ReadingGroup]:
    """Lock a reader, what is theirs, and the notes there, in the order of all (see sharing.hold); gives the groups."""
    user.hold()
    texts = list(Document.objects.filter(owner=user).order_by("pk").select_for_update())
    groups = list(ReadingGroup.objects.owned_by(user).order_by("pk").select_for_update())
    Note.objects.filter(Q(user=user) | Q(document__in=texts) | Q(group__in=groups)).hold()
    return groups


def _end_sessions(user: int) -> None:
    """Forget what the reader's browsers left here, such as notes that waited; sessions do not tell whose they are."""
    # What lies aside may have megabytes.
    for session in Session.objects.iterator(chunk_size=20):
        kept = session.get_decoded()
        if str(user) in (kept.get(SESSION_KEY), str(kept.get(aside.OWNER))):
            session.delete()
