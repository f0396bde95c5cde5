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


class RelationKind(models.TextChoices):
    """How a concept stands to another; related concepts are so in both directions, see also points in one."""

    BROADER = "broader", _("broader")
    RELATED = "related", _("related")
    SEE_ALSO = "see-also", _("see also")

    @property
    def field(self) -> str:
        """Give the name under which files have it."""
        return self.value.replace("-", "_")


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
