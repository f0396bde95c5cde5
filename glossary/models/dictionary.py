"""The dictionary behind every word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from glossary.cedict import split_links


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
