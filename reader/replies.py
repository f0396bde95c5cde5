"""Replies: said to a note where it is shared, in a group or under a link; changed, taken away and brought back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reader import naming, sharing
from reader.models import Membership, Note, ReadingGroup, Reply, SharedLink, User
from reader.notes import LONGEST_BODY, UNDO_DAYS
from zhtext.characters import REFUSED

# As long as a note: what was one elsewhere comes in as a reply, and can be changed here, too.
LONGEST_REPLY = LONGEST_BODY
# The same words again so soon are those of a browser that did not hear the answer.
AGAIN = timedelta(minutes=10)


class BadReplyError(ValueError):
    """A reply that cannot be kept, in words for its author."""


class NotAllowedError(BadReplyError):
    """A reply where none is wanted, in words for who tried."""


class NameWantedError(BadReplyError):
    """A reply under a link by one who has not said yet how to be called there."""


class ConflictError(BadReplyError):
    """A reply that was changed elsewhere since its author saw it; holds it as it is now."""

    def __init__(self, reply: Reply, seen: str) -> None:
        changed = _("This reply was changed in another window. Both versions are here: choose what to keep.")
        unsaid = _("Which version of this reply you changed was not said. Both are here: choose what to keep.")
        super().__init__(changed if seen else unsaid)
        self.reply = reply


# What says why a reply is not kept, in words for its author.
REFUSALS = (BadReplyError, naming.BadNameError)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be said to a note: in a group, or under a link."""

    group: ReadingGroup | None = None
    link: SharedLink | None = None

    @property
    def key(self) -> str:
        """Give what a form says to mean this place: the secret of the link, or nothing for the group."""
        return self.link.token if self.link else ""

    @property
    def label(self) -> str:
        """Name the place for the author of the note, with how they are called there."""
        if self.link:
            return _("by the link, as %(name)s") % {"name": self.link.name}
        return _("in the group %(group)s") % {"group": self.group}

    def lets(self, user: User, note: Note) -> bool:
        """Tell whether a reader may reply here: the note's author and the group's owner always, others where it may."""
        if note.user_id == user.pk:
            return True
        if self.group:
            return self.group.allows_replies or self.group.owner_id == user.pk
        return bool(self.link and self.link.allows_replies)


def places(note: Note, user: User, link_token: str = "") -> list[Place]:
    """Give where a reader can speak to a note, the likeliest first: the link they came by, their group, their links."""
    links = [*SharedLink.objects.open_to(user, link_token).filter(notes=note)]
    found = [Place(link=link) for link in links]
    if note.group_id:
        found += [Place(group=group) for group in ReadingGroup.objects.visible_to(user).filter(pk=note.group_id)]
    if note.user_id == user.pk:
        spoken = Max("replies__created", filter=Q(replies__note=note))
        own = SharedLink.objects.visible_to(user).filter(notes=note).exclude(token=link_token).annotate(spoken=spoken)
        found += [Place(link=link) for link in own.order_by(F("spoken").desc(nulls_last=True), "-pk")]
    return found


@transaction.atomic
def say(note: Note, user: User, *, body: str, link_token: str = "", name: str = "") -> Reply:
    """Reply to a note that a reader sees, where they see it.

    Raises NotAllowedError where no replies are wanted, NameWantedError at the first reply under a link if no name is
    said, BadReplyError for a reply that cannot be kept, and BadNameError.
    """
    body = check_body(body)
    # The same reply sent twice at once is said once.
    user.hold()
    place = _held_place(note, user, link_token)
    if not place.lets(user, note):
        raise NotAllowedError(_("Replies are not wanted here."))
    said_there = Reply.objects.filter(note=note, user=user, group=place.group, link=place.link, deleted=None)
    again = said_there.filter(body=body, created__gt=timezone.now() - AGAIN).first()
    if again:
        return again
    known = _link_name(place.link, user, name) if place.link else known_name(place, user)
    return Reply.objects.create(note=note, user=user, group=place.group, link=place.link, name=known, body=body)


def _held_place(note: Note, user: User, link_token: str) -> Place:
    """Give where a reader speaks to a note, which nobody ends until they have spoken. Raises NotAllowedError."""
    place = next(iter(places(note, user, link_token)), None)
    if place and place.group:
        sharing.hold(place.group)
        # It may have been closed, or left, before it was held.
        place = next(iter(places(note, user, link_token)), None)
    if place is None:
        raise NotAllowedError(_("This note is shared with nobody, so nobody would read a reply."))
    return place


def known_name(place: Place, user: User) -> str:
    """Give the name that a reader has already where they reply; nothing where it must be asked for."""
    if place.link is None:
        return Membership.objects.get(group=place.group, user=user).name
    if place.link.user_id == user.pk:
        return place.link.name
    return Reply.objects.filter(link=place.link, user=user).values_list("name", flat=True).last() or ""


def _link_name(link: SharedLink, user: User, name: str) -> str:
    """Give the name under which a reader speaks under a link: the one they have there, or a new one that is free."""
    locked = SharedLink.objects.select_for_update().filter(pk=link.pk).first()
    if locked is None:
        raise NotAllowedError(_("This note is shared with nobody, so nobody would read a reply."))
    known = known_name(Place(link=locked), user)
    if known:
        return known
    if not name.strip():
        raise NameWantedError(_("Say how you want to be called here."))
    others = Reply.objects.filter(link=locked).exclude(user=user).values_list("name", flat=True)
    return naming.check(name, [locked.name, *others])


def check_body(body: str) -> str:
    """Give a reply back if it can be kept. Raises BadReplyError."""
    if not body.strip():
        raise BadReplyError(_("Write something first."))
    if len(body) > LONGEST_REPLY:
        raise BadReplyError(
            _("A reply can have %(most)d characters; this one has %(have)d.")
            % {"most": LONGEST_REPLY, "have": len(body)}
        )
    if REFUSED.search(body):
        raise BadReplyError(_("The reply holds a character that cannot be stored."))
    return body


@transaction.atomic
def edit(reply: Reply, body: str, seen: str) -> None:
    """Change what a reply says; `seen` is when it was changed last, as its author saw it.

    Raises ConflictError where it was changed since to something else, or that is not said, and BadReplyError.
    """
    body = check_body(body)
    now = Reply.objects.select_for_update().get(pk=reply.pk)
    if now.deleted:
        # Nor may it look as if its own author had deleted what the author of the note has hidden meanwhile.
        raise BadReplyError(_("This reply was deleted meanwhile."))
    if now.body != body and seen != now.modified.isoformat():
        raise ConflictError(now, seen)
    reply.body = body
    reply.save(update_fields=["body", "modified"])


def delete(reply: Reply, by: User) -> None:
    """Take a reply away; who did can bring it back for some time. What was deleted long ago goes for good."""
    now = timezone.now()
    changed = {"modified": now} if by.pk == reply.user_id else {}
    # Whoever was first has deleted it: the other could not tell any more who may bring it back.
    Reply.objects.filter(pk=reply.pk, deleted=None).update(deleted=now, **changed)
    purge()


def restore(reply: Reply) -> None:
    """Bring a deleted reply back."""
    reply.deleted = None
    reply.save(update_fields=["deleted"])


def purge() -> int:
    """Erase for good what was deleted long ago; gives the number of replies erased."""
    limit = timezone.now() - timedelta(days=UNDO_DAYS)
    return Reply.objects.filter(deleted__lt=limit).delete()[0]
