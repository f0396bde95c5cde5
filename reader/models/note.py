"""The notes readers leave on documents, with where they stood before."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reader.models.document import Document
from reader.models.sharing import Membership, ReadingGroup, SharedLink
from reader.models.user import User

LONGEST_TAG = 40


class NoteStatus(models.TextChoices):
    """Whether a note still has its place."""

    PLACED = "placed", _("placed")
    PROPOSED = "proposed", _("place proposed")
    ORPHANED = "orphaned", _("without a place")


class Colour(models.TextChoices):
    """The colour of a note; on the page each has a pattern of its own, too."""

    YELLOW = "yellow", _("yellow")
    GREEN = "green", _("green")
    BLUE = "blue", _("blue")
    RED = "red", _("red")
    VIOLET = "violet", _("violet")


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes; every way to them starts from a user."""

    def visible_to(self, user: User | AnonymousUser, link_token: str = "") -> "NoteQuerySet":
        """Keep the notes a visitor may see: their own, those shared with a group of theirs or by the link they have.

        Deleted ones are not; and what stands on a text that they may not read, they do not see unless it is theirs.
        """
        seen = Q(pk__in=SharedLink.objects.open_to(user, link_token).values("notes"))
        if user.is_authenticated:
            readable = Document.objects.visible_to(user)
            seen |= Q(user=user) | Q(group__in=Membership.objects.groups_of(user), document__in=readable)
        return self.filter(seen, deleted__isnull=True)

    def own(self, user: User | AnonymousUser) -> "NoteQuerySet":
        """Keep a visitor's own notes, which they may change; deleted ones are not among them."""
        return self.visible_to(user).written_by(user)

    def hold(self) -> list[int]:
        """Lock notes until the transaction ends, in the order of their keys, as everybody does; gives the keys."""
        return list(self.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))

    def written_by(self, user: User | AnonymousUser) -> "NoteQuerySet":
        """Keep a visitor's own notes, also the deleted ones that can be brought back."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def without_place(self) -> "NoteQuerySet":
        """Keep the notes whose passage is gone, whether another place is proposed or not."""
        return self.exclude(status=NoteStatus.PLACED)


class Note(models.Model):
    """What a reader writes about a span of a document; private unless shared.

    Where its status is placed, the span lies in the newest revision. Otherwise it lies in the last one that had its
    words, and a proposed span, if there is one, in the newest.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    document = models.ForeignKey(Document, models.CASCADE, related_name="notes")
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    body = models.TextField(_("note"), blank=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour.choices, default=Colour.YELLOW)
    status = models.CharField(max_length=8, choices=NoteStatus.choices, default=NoteStatus.PLACED)
    proposed_start = models.PositiveIntegerField(null=True, blank=True)
    proposed_end = models.PositiveIntegerField(null=True, blank=True)
    # Whom it is shared with; nobody where there is none.
    group = models.ForeignKey(ReadingGroup, models.SET_NULL, null=True, blank=True, related_name="notes")
    # The addresses and names that it has as an annotation elsewhere.
    via = models.JSONField(default=list, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)
    deleted = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("document", "start", "pk")
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index("user", "document", name="note_by_user_and_document")]
        constraints = [
            models.UniqueConstraint("user", "uuid", name="note_uuid_unique_for_user"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="note_span_not_empty"),
            models.CheckConstraint(condition=Q(status__in=NoteStatus.values), name="note_status_is_known"),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="note_colour_is_known"),
            models.CheckConstraint(
                condition=Q(status=NoteStatus.PROPOSED, proposed_start__lt=F("proposed_end"))
                | (~Q(status=NoteStatus.PROPOSED) & Q(proposed_start=None, proposed_end=None)),
                name="note_proposed_has_a_proposal",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60] or self.quote[:60]

    @property
    def is_placed(self) -> bool:
        """Tell whether the note stands in the text of today."""
        return self.status == NoteStatus.PLACED


class Tag(models.Model):
    """A word by which its author finds a note again."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=LONGEST_TAG)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint("note", "name", name="tag_unique_on_note")]

    def __str__(self) -> str:
        return self.name


class AnchorEnd(models.TextChoices):
    """Why a note stands no longer where it stood."""

    REVISED = "revised", _("the text was changed")
    ATTACHED = "attached", _("put elsewhere by its author")


class FormerAnchor(models.Model):
    """Where a note stood before: a span of a revision with its words, and why it stands there no longer."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="former_anchors")
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=8, choices=NoteStatus.choices)
    reason = models.CharField(max_length=8, choices=AnchorEnd.choices)
    ended = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("former place of a note")
        verbose_name_plural = _("former places of notes")

    def __str__(self) -> str:
        return f"{self.quote[:40]} · {self.revision}"
