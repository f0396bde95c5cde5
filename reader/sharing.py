"""Notes are shared with a group or by an unlisted link; only what its readers may read, and only as long as wanted."""

from django.utils.translation import gettext as _

from reader.models import Document, ReadingGroup, User


class BadSharingError(ValueError):
    """What cannot be shared so, in words for who tried."""


def may_share(user: User, group: ReadingGroup) -> bool:
    """Tell whether a reader may share notes with a group: its owner always, members where it lets them."""
    if group.owner_id == user.pk:
        return True
    return group.members_share and group.memberships.filter(user=user).exists()


def check_may_share(user: User, group: ReadingGroup | None, document: Document) -> None:
    """Refuse to share a note with a group its author may not share with, or on a text of their own that is private.

    Raises BadSharingError. No group is always right: the note is private.
    """
    if group is None:
        return
    if not may_share(user, group):
        raise BadSharingError(_("You cannot share notes with this group."))
    if not document.public:
        raise BadSharingError(_("Only you can read this text, so notes on it cannot be shared."))
