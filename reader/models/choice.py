"""What editors chose for words of documents."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reader.models.document import Document


class Choice(models.Model):
    """Which concept a word means at one place of a document, or wherever it stands there; none: it is not marked."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="choices")
    word = models.CharField(_("word"), max_length=120)
    concept = models.ForeignKey("glossary.Concept", models.CASCADE, null=True, blank=True, related_name="choices")
    # A place in a revision of the text; throughout the document where there is none.
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("document", F("start").asc(nulls_first=True), "word")
        constraints = [
            models.UniqueConstraint(
                "document", "start", "end", condition=Q(start__isnull=False), name="choice_unique_at_place"
            ),
            models.UniqueConstraint(
                "document", "word", condition=Q(start__isnull=True), name="choice_unique_throughout"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.concept or '–'}"
