"""What the glossary covers, and where texts drift from it: which terms they prefer, which concepts nobody uses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from glossary import charts, concordance, corpus, usage
from glossary.models import Concept, Language, Term
from glossary.usage import Use

ROLES: dict[str, StrOrPromise] = {
    "preferred": _("preferred term"),
    "admitted": _("other term"),
    "foreign": _("English instead of Chinese"),
    "avoided": _("term to avoid"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One concept that texts write in more than one way, or in one that they should not."""

    concept: Concept
    preferred: Term | None
    uses: Sequence[Use]

    @property
    def total(self) -> int:
        """Give how often texts use the concept."""
        return sum(use.total for use in self.uses)

    @property
    def share(self) -> int:
        """Give the share of the preferred term in all places, in percent."""
        return round(100 * self._preferred_total / self.total)

    @property
    def is_overtaken(self) -> bool:
        """Tell whether another term is used more often than the preferred one."""
        return self.uses[0].term != self.preferred and self.uses[0].total > self._preferred_total

    @property
    def _preferred_total(self) -> int:
        return sum(use.total for use in self.uses if use.term == self.preferred)

    @property
    def is_avoided(self) -> bool:
        """Tell whether a term that should be avoided is used."""
        return any(use.is_avoided for use in self.uses)

    @property
    def bar(self) -> charts.Bar:
        """Give the shares of the terms as a bar, the preferred one first."""
        ordered = sorted(self.uses, key=lambda use: list(ROLES).index(use.role))
        counts = [(use.role, use.term.text, use.total) for use in ordered]
        return charts.bar(self.concept.preferred_zh, counts)


class Sorting(models.TextChoices):
    """What the rows are sorted by."""

    DRIFT = "drift", _("Drift")
    SHARE = "share", _("Share of the preferred term")
    TOTAL = "total", _("Places")
    TERMS = "terms", _("Number of terms")
    NAME = "name", _("Name")

    def key(self, row: Row) -> tuple[object, ...]:
        """Give what a row is sorted by: what needs an editor most goes first."""
        keys: dict[str, tuple[object, ...]] = {
            "drift": (not row.is_avoided, not row.is_overtaken, -row.total),
            "share": (row.share, -row.total),
            "total": (-row.total,),
            "terms": (-len(row.uses), -row.total),
            "name": (),
        }
        return *keys[self.value], row.concept.key


@dataclass(frozen=True, slots=True)
class Density:
    """How many concepts and places one text has, for its length."""

    text: corpus.Text
    concepts: int
    places: int

    @property
    def per_thousand(self) -> float:
        """Give the places in a thousand characters."""
        return 1_000 * self.places / max(1, len(self.text.text))


def rows(concepts: Iterable[Concept], sorting: Sorting) -> list[Row]:
    """List the concepts that texts write in several ways, or in one that should be avoided."""
    counted = usage.index()
    found = [Row(concept, preferred(concept), counted.of(concept.pk)) for concept in concepts]
    return sorted((row for row in found if len(row.uses) > 1 or row.is_avoided), key=sorting.key)


def preferred(concept: Concept) -> Term | None:
    """Give the term that texts should use: the preferred Chinese one, in another language where there is none."""
    terms = sorted(concept.terms.all(), key=lambda term: (term.language != Language.CHINESE, term.rank))
    return terms[0] if terms else None


def densities() -> list[Density]:
    """List all public texts, those with the fewest places for their length first."""
    concepts: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for texts in concordance.index().values():
        for found in texts:
            concepts[found.text.url] += 1
            places[found.text.url] += len(found.spans)
    all_texts = [Density(text, concepts[text.url], places[text.url]) for text in corpus.texts()]
    return sorted(all_texts, key=lambda density: density.per_thousand)


def overall(uses: Mapping[int, Sequence[Use]]) -> list[charts.Bar]:
    """Draw what kinds of terms all texts together use, and each of them, as bars."""
    by_text: dict[str, Counter[str]] = {}
    titles: dict[str, str] = {}
    for use in (use for one in uses.values() for use in one):
        for text, count in use.counts:
            titles[text.url] = text.title
            by_text.setdefault(text.url, Counter())[use.role] += count
    whole = sum(by_text.values(), start=Counter())
    named = [(gettext("All texts"), whole), *((titles[url], counts) for url, counts in by_text.items())]
    return [
        charts.bar(title, [(role, str(name), counts[role]) for role, name in ROLES.items()]) for title, counts in named
    ]
