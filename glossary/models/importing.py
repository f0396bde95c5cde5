"""Imports: each one file that an editor brings in, and the record of what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("waiting")
    CHECKING = "checking", _("being checked")
    READY = "ready", _("checked")
    RUNNING = "running", _("being brought in")
    DONE = "done", _("brought in")
    FAILED = "failed", _("not brought in")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")

    @property
    def is_working(self) -> bool:
        """Tell whether somebody works at it."""
        return self in (ImportStatus.CHECKING, ImportStatus.RUNNING, ImportStatus.UNDOING)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more happens unless somebody asks for it."""
        return self is not ImportStatus.WAITING and not self.is_working


class Import(models.Model):
    """One file on its way into the glossary; the row says all that is known of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=12)
    # The file itself, until it is brought in.
    content = models.BinaryField()
    size = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=ImportStatus.choices, default=ImportStatus.WAITING)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # An import is checked first; only when an editor has seen the report and says yes, it is brought in.
    confirmed = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values),
                name="import_status_is_known",
                violation_error_message=_("This status does not exist."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("glossary:import", args=[self.pk])

    @property
    def reason(self) -> str:
        """Give what every history says that this import writes, so that it can be found again and undone."""
        return f"import {self.pk}"

    @property
    def state(self) -> ImportStatus:
        """Give the status with its methods."""
        return ImportStatus(self.status)
