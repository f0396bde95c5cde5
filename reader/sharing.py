"""Notes are shared with a group or by an unlisted link; only what its readers may read, and only as long as wanted.

Who is in a group is decided here: made, joined by its invitation, left, closed. Whoever goes takes their notes along.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from reader import naming
from reader.models import Document, Membership, Note, ReadingGroup, Reply, User, new_secret


class BadSharingError(ValueError):
    """What cannot be shared so, in words for who tried."""


def may_share(user: User, group: ReadingGroup) -> bool:
    """Tell whether a reader may share notes with a group: its owner always, members where it lets them."""
    if group.owner_id == user.pk:
        return True
    return group.members_share and group.memberships.filter(user=user).exists()


def hold(group: ReadingGroup) -> ReadingGroup | None:
    """Lock a group until the transaction ends, as it is now; none where it is gone.

    Locks are taken in the order reader, text, group, note, and of each by their numbers: whoever kept to another would
    wait for those who wait for them.
    """
    return ReadingGroup.objects.select_for_update().filter(pk=group.pk).first()


def check_may_share(user: User, group: ReadingGroup | None, document: Document) -> None:
    """Refuse to share a note with a group its author may not share with, or on a text of their own that is private.

    Raises BadSharingError. No group is always right: the note is private. The group is locked until the note is kept,
    so that nobody leaves it in between.
    """
    if group is None:
        return
    locked = hold(group)
    if locked is None or not may_share(user, locked):
        raise BadSharingError(_("You cannot share notes with this group."))
    check_public(document)


def check_public(document: Document) -> None:
    """Refuse to share what stands on a private text. Raises BadSharingError."""
    if not document.public:
        raise BadSharingError(_("Only you can read this text, so notes on it cannot be shared."))


@transaction.atomic
def make_group(*, owner: User, name: str, own_name: str, members_share: bool, allows_replies: bool) -> ReadingGroup:
    """Make a group, with its owner as the first member. Raises BadNameError."""
    name, own_name = naming.check(name), naming.check(own_name)
    group = ReadingGroup.objects.create(
        owner=owner, name=name, members_share=members_share, allows_replies=allows_replies
    )
    Membership.objects.create(group=group, user=owner, name=own_name)
    return group


def change_group(group: ReadingGroup, *, name: str, members_share: bool, allows_replies: bool) -> None:
    """Name a group anew, and say what its members may do; what they have shared stays. Raises BadNameError."""
    group.name, group.members_share, group.allows_replies = naming.check(name), members_share, allows_replies
    group.save(update_fields=["name", "members_share", "allows_replies"])


def renew_invitation(group: ReadingGroup) -> None:
    """Give a group another invitation; who has the old one cannot join by it any more."""
    group.invitation = new_secret()
    group.save(update_fields=["invitation"])


@transaction.atomic
def join(*, invitation: str, user: User, name: str) -> Membership:
    """Let a reader into the group whose invitation they have; who is in already stays as they are.

    Raises ReadingGroup.DoesNotExist where the invitation is void, and BadNameError.
    """
    group = ReadingGroup.objects.select_for_update().get(invitation=invitation)
    known = group.memberships.filter(user=user).first()
    if known:
        return known
    name = naming.check(name, group.memberships.values_list("name", flat=True))
    return Membership.objects.create(group=group, user=user, name=name)


@transaction.atomic
def rename(membership: Membership, name: str) -> None:
    """Let a member be called otherwise in a group, also on what they have said there. Raises BadNameError."""
    group = ReadingGroup.objects.select_for_update().get(pk=membership.group_id)
    others = group.memberships.exclude(pk=membership.pk).values_list("name", flat=True)
    membership.name = naming.check(name, others)
    membership.save(update_fields=["name"])
    Reply.objects.filter(group=group, user=membership.user_id).update(name=membership.name)


@transaction.atomic
def leave(membership: Membership) -> int:
    """Take a member out of a group; gives how many notes of theirs are private again. Raises BadSharingError."""
    group = ReadingGroup.objects.select_for_update().get(pk=membership.group_id)
    if group.owner_id == membership.user_id:
        raise BadSharingError(_("The group is yours: you can close it, but not leave it."))
    membership.delete()
    return _make_private(group, user=membership.user_id)


@transaction.atomic
def remove(membership: Membership) -> int:
    """Put a member out of a group for good: the invitation they may still have is void. Raises BadSharingError."""
    private = leave(membership)
    renew_invitation(membership.group)
    return private


@transaction.atomic
def close(group: ReadingGroup) -> int:
    """End a group; gives how many notes are private again. Replies stay for their authors and those of the notes."""
    group = ReadingGroup.objects.select_for_update().get(pk=group.pk)
    private = _make_private(group)
    group.delete()
    return private


def _make_private(group: ReadingGroup, **whose: int) -> int:
    """Take notes back from a group; other windows and programs learn it by their version."""
    notes = Note.objects.filter(group=group, **whose)
    # Locked first, for a statement that changes many locks them in any order.
    notes.hold()
    return notes.update(group=None, version=F("version") + 1)
