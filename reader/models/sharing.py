"""With whom readers share notes: groups such as a class, and whoever has an unlisted link."""

import secrets
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reader.models.document import Document
from reader.models.user import User

LONGEST_NAME = 60
# A secret for an address: 128 bits, which nobody guesses.
new_secret = partial(secrets.token_urlsafe, 16)


class ReadingGroupQuerySet(models.QuerySet["ReadingGroup"]):
    """Groups; every way to them starts from a user, or from their invitation."""

    def visible_to(self, user: User | AnonymousUser) -> "ReadingGroupQuerySet":
        """Keep the groups a visitor is in; for all others there are none."""
        return self.filter(pk__in=Membership.objects.groups_of(user))

    def owned_by(self, user: User | AnonymousUser) -> "ReadingGroupQuerySet":
        """Keep the groups of which a visitor decides."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class ReadingGroup(models.Model):
    """Readers who share notes with each other: a class, a reading circle. Who has its invitation can join."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="owned_groups")
    invitation = models.CharField(max_length=40, unique=True, default=new_secret)
    members_share = models.BooleanField(_("members share notes, too"), default=True)
    allows_replies = models.BooleanField(_("members can reply"), default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = ReadingGroupQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reader:group", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in which group."""

    def groups_of(self, user: User | AnonymousUser) -> "models.QuerySet[Membership, int]":
        """Give the groups a visitor is in, by number, as a subquery."""
        return (self.filter(user=user) if user.is_authenticated else self.none()).values_list("group", flat=True)


class Membership(models.Model):
    """A reader in a group, under the name that the others there see. The owner of a group is a member, too."""

    group = models.ForeignKey(ReadingGroup, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    name = models.CharField(_("your name in this group"), max_length=LONGEST_NAME)
    joined = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint("group", "user", name="membership_unique"),
            models.UniqueConstraint(
                "group",
                Lower("name"),
                name="membership_name_unique_in_group",
                violation_error_message=_("Somebody in this group has this name already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.group}"


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    """Links; every way to them starts from a user, or from the secret that they hold."""

    def visible_to(self, user: User | AnonymousUser) -> "SharedLinkQuerySet":
        """Keep a visitor's own links, which they may change and revoke."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def open_to(self, user: User | AnonymousUser, *tokens: str) -> "SharedLinkQuerySet":
        """Keep the links whose secrets a visitor has, as long as they may read the text each is on."""
        known = [token for token in tokens if token]
        return self.filter(token__in=known, document__in=Document.objects.visible_to(user)) if known else self.none()


class SharedLink(models.Model):
    """An unlisted address that shows some notes of a reader on one document to whoever has it.

    Notes written later are not added by themselves.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shared_links")
    document = models.ForeignKey(Document, models.CASCADE, related_name="shared_links")
    token = models.CharField(max_length=40, unique=True, default=new_secret)
    name = models.CharField(_("your name there"), max_length=LONGEST_NAME)
    allows_replies = models.BooleanField(_("readers can reply"), default=False)
    notes = models.ManyToManyField("reader.Note", related_name="shared_links")
    created = models.DateTimeField(auto_now_add=True)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return f"{self.document} · {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("reader:shared", args=[self.token])


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Replies; every way to them starts from a user."""

    def visible_to(self, user: User | AnonymousUser, link_token: str = "") -> "ReplyQuerySet":
        """Keep the replies a visitor may see: their own, those to notes of theirs, and those said where they are.

        That is in a group of theirs with which the note is still shared, or under the link they have if it still
        shows the note; both only on a text that they may read.
        """
        links = SharedLink.objects.open_to(user, link_token)
        seen = Q(link__in=links, note__in=links.values("notes"))
        if user.is_authenticated:
            groups = Membership.objects.groups_of(user)
            readable = Document.objects.visible_to(user)
            seen |= Q(group__in=groups, note__group=F("group"), note__document__in=readable)
            seen |= Q(user=user) | Q(note__user=user)
        return self.filter(seen, deleted=None, note__deleted=None)

    def written_by(self, user: User | AnonymousUser) -> "ReplyQuerySet":
        """Keep a visitor's own replies, also the deleted ones that can be brought back."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def deletable_by(self, user: User | AnonymousUser) -> "ReplyQuerySet":
        """Keep what a visitor may take away: their own replies, and those to notes of theirs."""
        return self.filter(Q(user=user) | Q(note__user=user)) if user.is_authenticated else self.none()

    def restorable_by(self, user: User | AnonymousUser) -> "ReplyQuerySet":
        """Keep what a visitor may bring back: what they took away themselves. What is there may be brought back again.

        Deleting one's own reply changes it, too; so one that was changed before it was deleted was hidden by the author
        of the note.
        """
        theirs = Q(user=user, modified__gte=F("deleted")) | Q(note__user=user, modified__lt=F("deleted"))
        return self.deletable_by(user).filter(theirs | Q(user=user, note__user=user) | Q(deleted=None))


class Reply(models.Model):
    """What another reader, or its author, says to a note; seen where it was said: in a group or under a link.

    Where that is no more, only the author of the note and the one of the reply see it.
    """

    note = models.ForeignKey("reader.Note", models.CASCADE, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="replies")
    group = models.ForeignKey(ReadingGroup, models.SET_NULL, null=True, blank=True, related_name="replies")
    link = models.ForeignKey(SharedLink, models.SET_NULL, null=True, blank=True, related_name="replies")
    name = models.CharField(_("your name"), max_length=LONGEST_NAME)
    body = models.TextField(_("reply"))
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)
    deleted = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ("created", "pk")
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.CheckConstraint(condition=Q(group=None) | Q(link=None), name="reply_said_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:40]}"
