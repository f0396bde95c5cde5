"""Concepts and their terms, after TBX: a concept is one idea of a subject field, a term one designation of it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from glossary.cedict import split_links
from zhtext.characters import count_han
from zhtext.pinyin import check_reading
from zhtext.script import Script, convert


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


class ConceptStatus(models.TextChoices):
    """How far a concept has come; only published ones are shown to readers."""

    SUGGESTED = "suggested", _("suggested")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    OBSOLETE = "obsolete", _("obsolete")


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
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    modified = models.DateTimeField(_("changed"), auto_now=True)

    objects = ConceptQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version", "modified"])

    class Meta:
        ordering = ("key",)
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
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


class Language(models.TextChoices):
    """The language of a term."""

    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")


class TermStatus(models.TextChoices):
    """Whether a term should be used; the first two are what readers are taught."""

    PREFERRED = "preferred", _("preferred")
    ADMITTED = "admitted", _("admitted")
    DEPRECATED = "deprecated", _("deprecated")
    FORBIDDEN = "forbidden", _("forbidden")


class TermKind(models.TextChoices):
    """What kind of designation a term is."""

    FULL_FORM = "full-form", _("full form")
    ABBREVIATION = "abbreviation", _("abbreviation")
    VARIANT = "variant", _("variant")


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, by what they are good for."""

    def matchable(self) -> "TermQuerySet":
        """Keep the terms that are marked in texts."""
        return self.filter(concept__status=ConceptStatus.PUBLISHED, annotate=True)


class Term(models.Model):
    """One designation of a concept in one language."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="terms", verbose_name=_("concept"))
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


class Source(models.Model):
    """Where what is said of a concept comes from, and on what terms it may be used."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="sources", verbose_name=_("concept"))
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)

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


class Entry(models.Model):
    """One entry of the dictionary: a headword in both scripts, its reading, and its senses."""

    simplified = models.CharField(max_length=80, db_index=True)
    traditional = models.CharField(max_length=80, db_index=True)
    reading = models.CharField(max_length=240)
    senses = models.JSONField(default=list)
    sense_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("dictionary entry")
        verbose_name_plural = _("dictionary entries")

    def __str__(self) -> str:
        return f"{self.simplified} [{self.reading}]"

    @property
    def linked_senses(self) -> list[list[tuple[str, str, str]]]:
        """Give the senses with their cross-links: stretches of text, each with the word after it and its reading."""
        return [split_links(sense) for sense in self.senses]


class DictionaryLoad(models.Model):
    """Which dictionary is loaded: its name, date, licence and number of entries, shown wherever its words are."""

    name = models.CharField(max_length=80)
    released = models.CharField(max_length=20)
    licence = models.CharField(max_length=80)
    entries = models.PositiveIntegerField()
    loaded = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "loaded"

    def __str__(self) -> str:
        return f"{self.name} ({self.released})"
