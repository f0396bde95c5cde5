"""Concepts: each one idea of a subject field, after TBX's conceptEntry; their sources, and their count of revisions."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from glossary.models.choices import ConceptStatus, Language, TermStatus
from glossary.models.term import check_english_name


class SubjectField(models.Model):
    """A part of the field that concepts belong to: scaling, interpretability, policy."""

    slug = models.SlugField(
        _("short name"), unique=True, help_text=_("Stands in addresses and files; do not change it.")
    )
    name_zh = models.CharField(_("Chinese name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Orders the list of subjects."))

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("subject field")
        verbose_name_plural = _("subject fields")

    def __str__(self) -> str:
        return f"{self.name_zh} {self.name_en}"


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Concepts, by what they are good for."""

    def published(self) -> "ConceptQuerySet":
        """Keep the concepts that readers see."""
        return self.filter(status=ConceptStatus.PUBLISHED)


class Concept(models.Model):
    """One idea: mechanistic interpretability."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens."))],
        help_text=_("Stands in the concept's address and in exported files; changing it breaks links."),
    )
    subject = models.ForeignKey(SubjectField, models.PROTECT, related_name="concepts", verbose_name=_("subject field"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ConceptStatus.choices,
        default=ConceptStatus.PUBLISHED,
        help_text=_("Only published concepts are marked in texts."),
    )
    definition_zh = models.TextField(
        _("definition in Chinese"), blank=True, help_text=_("One or two sentences on the card.")
    )
    definition_en = models.TextField(
        _("definition in English"), blank=True, help_text=_("One or two sentences on the card.")
    )
    modified = models.DateTimeField(_("changed"), auto_now=True)

    objects = ConceptQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["modified"])

    class Meta:
        ordering = ("key",)
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        permissions = [("propose_concept", _("Can propose concepts from candidates"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ConceptStatus.values),
                name="concept_status_is_known",
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                condition=~Q(key=""), name="concept_key_not_empty", violation_error_message=_("A concept needs a key.")
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("glossary:concept-detail", args=[self.key])

    def preferred(self, language: str) -> str:
        """Give the preferred term in a language, the first one where none is preferred, or nothing."""
        terms = sorted((t for t in self.terms.all() if t.language == language), key=lambda term: term.rank)
        return terms[0].text if terms else ""

    @property
    def preferred_zh(self) -> str:
        """Give the preferred Chinese term, or the gloss where there is none."""
        return self.preferred(Language.CHINESE) or self.gloss

    @property
    def gloss(self) -> str:
        """Give the short rendering shown on the page."""
        return self.preferred(Language.ENGLISH) or self.preferred(Language.CHINESE)

    def correct_gloss(self, text: str) -> None:
        """Put another gloss in the place of the preferred English term. Raises ValidationError in human words.

        A term that the concept has already becomes the preferred one, and the other steps back.
        """
        check_english_name(text)
        english = self.terms.filter(language=Language.ENGLISH)
        preferred, same = english.filter(status=TermStatus.PREFERRED).first(), english.filter(text=text).first()
        if preferred and same and same != preferred:
            preferred.status = TermStatus.ADMITTED
            preferred.save()
        term = same or preferred or self.terms.model(concept=self, language=Language.ENGLISH)
        term.text, term.status = text, TermStatus.PREFERRED
        term.full_clean()
        term.save()


class Source(models.Model):
    """Where what is said of a concept comes from, and on what terms it may be used."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="sources", verbose_name=_("concept"))
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                "concept",
                "title",
                "url",
                name="source_unique_in_concept",
                violation_error_message=_("The concept has this source already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """The one row that counts the glossary's revisions: every change raises it, in the same transaction."""

    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1), name="edition_is_one_row", violation_error_message=_("One row only.")
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
