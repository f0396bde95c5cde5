"""What statuses, kinds and languages there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConceptStatus(models.TextChoices):
    """How far a concept has come; only published ones are shown to readers."""

    SUGGESTED = "suggested", _("suggested")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    OBSOLETE = "obsolete", _("obsolete")


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


class SuggestionKind(models.TextChoices):
    """What a reader finds wrong with a word."""

    GLOSS = "gloss", _("wrong gloss")
    READING = "reading", _("wrong reading")
    CUT = "cut", _("wrongly cut")
    MISSING = "missing", _("missing term")
    OTHER = "other", _("something else")


class SuggestionStatus(models.TextChoices):
    """What has become of a suggestion."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
