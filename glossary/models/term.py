"""Terms: each one designation of a concept in one language, after TBX's termSec."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from glossary.models.choices import ConceptStatus, Language, TermKind, TermStatus
from zhtext.characters import count_han
from zhtext.pinyin import check_reading
from zhtext.script import Script, convert

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def check_english_name(text: str) -> None:
    """Refuse Han characters in an English name. Raises ValidationError in human words."""
    if count_han(text):
        raise ValidationError(_("An English name has no Han characters."))


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, by what they are good for."""

    def matchable(self) -> "TermQuerySet":
        """Keep the terms that are marked in texts."""
        return self.filter(concept__status=ConceptStatus.PUBLISHED, annotate=True)

    def unmarked(self) -> "TermQuerySet":
        """Keep the terms that the glossary has and texts do not mark: those of drafts, and those switched off."""
        return self.exclude(concept__status=ConceptStatus.PUBLISHED, annotate=True)

    def ranked(self) -> "TermQuerySet":
        """Order terms as an editor reads them: Chinese before English, the preferred first, the forbidden last."""
        ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(TermStatus.values)]
        return self.order_by("-language", Case(*ranks, output_field=models.IntegerField()), "pk")


class Term(models.Model):
    """One designation of a concept in one language."""

    concept = models.ForeignKey("glossary.Concept", models.CASCADE, related_name="terms", verbose_name=_("concept"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.CHINESE)
    text = models.CharField(_("term"), max_length=120, help_text=_("Chinese in simplified characters."))
    status = models.CharField(_("status"), max_length=10, choices=TermStatus.choices, default=TermStatus.ADMITTED)
    kind = models.CharField(_("kind"), max_length=12, choices=TermKind.choices, default=TermKind.FULL_FORM)
    reading = models.CharField(
        _("reading"),
        max_length=240,
        blank=True,
        help_text=_("Corrects the pinyin wherever the term stands: one syllable per Han character, jī or ji1."),
    )
    hant = models.CharField(_("traditional"), max_length=120, blank=True, help_text=_("Where plain conversion errs."))
    hant_tw = models.CharField(_("Taiwan"), max_length=120, blank=True, help_text=_("Where Taiwan uses another word."))
    hant_hk = models.CharField(_("Hong Kong"), max_length=120, blank=True, help_text=_("Where Hong Kong does."))
    annotate = models.BooleanField(_("marked"), default=True, help_text=_("Whether texts mark it."))
    forced = models.BooleanField(_("even alone"), default=False, help_text=_("Marks a single character, too."))

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("language", "pk")
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                "concept",
                "language",
                "text",
                name="term_unique_in_concept",
                violation_error_message=_("The concept has this term already."),
            ),
            models.UniqueConstraint(
                "concept",
                "language",
                condition=Q(status="preferred"),
                name="term_preferred_once",
                violation_error_message=_("Only one term in each language can be the preferred one."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="term_text_not_empty", violation_error_message=_("Write the term.")
            ),
            models.CheckConstraint(
                condition=Q(language="zh") | Q(reading="", hant="", hant_tw="", hant_hk=""),
                name="term_forms_only_chinese",
                violation_error_message=_("Only Chinese terms have a reading and traditional forms."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=TermStatus.values)
                & Q(kind__in=TermKind.values)
                & Q(language__in=Language.values),
                name="term_choices_are_known",
                violation_error_message=_("This status, kind or language does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Hold the reading against the characters. Raises ValidationError in words for an editor."""
        given = next((name for name in ("reading", "hant", "hant_tw", "hant_hk") if getattr(self, name)), None)
        if self.language != Language.CHINESE and given:
            raise ValidationError({given: _("Only Chinese terms have a reading and traditional forms.")})
        if CONTROLS.search(self.text):
            raise ValidationError({"text": _("A term has no control characters.")})
        if self.language == Language.CHINESE and self.text and not count_han(self.text):
            raise ValidationError({"text": _("A Chinese term has at least one Han character; choose English for GPU.")})
        if self.reading:
            try:
                self.reading = " ".join(check_reading(self.text, self.reading))
            except ValueError as error:
                raise ValidationError({"reading": str(error)}) from error

    @property
    def rank(self) -> tuple[int, int]:
        """Order terms: the preferred first, the forbidden last, then as they were written."""
        return TermStatus.values.index(self.status), self.pk or 0

    def correct_reading(self, reading: str) -> None:
        """Write another reading down. Raises ValidationError in words for an editor."""
        self.reading = reading
        self.full_clean()
        self.save()

    def form(self, script: Script) -> str:
        """Give the term as it is written in a script: its own form there, or the plain conversion."""
        return self.own_form(script) or convert(self.text, script)

    def own_form(self, script: Script) -> str:
        """Give the form an editor wrote down for a script, or nothing."""
        if script is Script.HANT_TW:
            return self.hant_tw or self.hant
        if script is Script.HANT_HK:
            return self.hant_hk or self.hant
        return self.hant if script is Script.HANT else ""
