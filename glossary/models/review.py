"""What readers find wrong with a word, and what editors have looked at and do not want as a term."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from glossary.models.choices import SuggestionKind, SuggestionStatus


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, by whose they are and what has become of them."""

    def made_by(self, user: int) -> "SuggestionQuerySet":
        """Keep a reader's own, the newest first."""
        return self.filter(user=user).order_by("-pk")

    def waiting(self) -> "SuggestionQuerySet":
        """Keep those that nobody has decided yet, the oldest first."""
        return self.filter(status=SuggestionStatus.OPEN).order_by("pk")


class Suggestion(models.Model):
    """What a reader finds wrong with a word, with the sentence as it stood, and what editors answered."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="suggestions", verbose_name=_("reader")
    )
    kind = models.CharField(_("what is wrong"), max_length=10, choices=SuggestionKind.choices)
    text = models.CharField(_("word"), max_length=120)
    proposal = models.CharField(_("what it should be"), max_length=240, blank=True)
    comment = models.TextField(_("comment"), max_length=1_000, blank=True)
    concept = models.ForeignKey(
        "glossary.Concept", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("concept")
    )
    # Where it was read, as plain values: texts are kept elsewhere, and may change.
    title = models.CharField(_("text"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    sentence = models.TextField(_("sentence"), blank=True)
    offset = models.PositiveIntegerField(default=0)
    status = models.CharField(
        _("status"), max_length=10, choices=SuggestionStatus.choices, default=SuggestionStatus.OPEN
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created = models.DateTimeField(_("made"), auto_now_add=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [models.Index("status", "id", name="suggestion_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SuggestionKind.values) & Q(status__in=SuggestionStatus.values),
                name="suggestion_choices_are_known",
                violation_error_message=_("This kind or status does not exist."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="suggestion_text_not_empty", violation_error_message=_("Which word?")
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None) | ~Q(status="open") & Q(decided_at__isnull=False),
                name="suggestion_decided_has_date",
                violation_error_message=_("What is decided was decided at some time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.get_kind_display()}"

    @property
    def is_correctable(self) -> bool:
        """Tell whether accepting it can correct the glossary by a value; where words are cut it cannot."""
        return self.kind in (SuggestionKind.GLOSS, SuggestionKind.READING, SuggestionKind.MISSING)

    @property
    def marked(self) -> tuple[str, str, str]:
        """Part the sentence at the word: what stands before it, the word, what stands behind."""
        behind = self.offset + len(self.text)
        return self.sentence[: self.offset], self.sentence[self.offset : behind], self.sentence[behind:]


class Rejection(models.Model):
    """A candidate that is no term: remembered under what its spellings have in common, so that it is offered once."""

    key = models.CharField(max_length=120, unique=True)
    surface = models.CharField(_("word"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("editor")
    )
    created = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("rejected candidate")
        verbose_name_plural = _("rejected candidates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(key=""), name="rejection_key_not_empty", violation_error_message=_("Which word?")
            )
        ]

    def __str__(self) -> str:
        return self.surface
