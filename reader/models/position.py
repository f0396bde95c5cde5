"""Where readers are in their documents."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reader.models.document import Document
from reader.models.user import User


class ReadingPositionQuerySet(models.QuerySet["ReadingPosition"]):
    """Reading positions; every way to them starts from a user."""

    def visible_to(self, user: User | AnonymousUser) -> "ReadingPositionQuerySet":
        """Keep a visitor's own positions, on what they may still read."""
        own = self.filter(user=user) if user.is_authenticated else self.none()
        return own.filter(document__in=Document.objects.visible_to(user))


class ReadingPosition(models.Model):
    """Where a reader is in a document, as code points of a revision; private, and one for each document."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_positions")
    document = models.ForeignKey(Document, models.CASCADE, related_name="reading_positions")
    revision = models.PositiveIntegerField()
    offset = models.PositiveIntegerField()
    furthest = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    updated = models.DateTimeField()

    objects = ReadingPositionQuerySet.as_manager()

    class Meta:
        ordering = ("-updated",)
        verbose_name = _("reading position")
        verbose_name_plural = _("reading positions")
        constraints = [
            models.UniqueConstraint("user", "document", name="reading_position_unique"),
            models.CheckConstraint(
                condition=Q(offset__lte=F("furthest")) & Q(furthest__lte=F("length")) & Q(length__gt=0),
                name="reading_position_inside_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.percent} %"

    @property
    def percent(self) -> int:
        """Give how far the reader is; 100 only at the very end."""
        return self.offset * 100 // self.length

    @property
    def is_finished(self) -> bool:
        """Tell whether the reader is at the end, or has been there and is at the beginning again."""
        return self.percent == 100 or (self.furthest == self.length and self.percent == 0)
