"""The glossary as a list to browse: one light row a concept, in the order of its pinyin, kept while nothing changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet

from glossary import concordance, corpus, edition
from glossary.cards import first_chinese, spellings
from glossary.models import Concept
from zhtext.pinyin import plain_letters
from zhtext.script import simplify


@dataclass(frozen=True, slots=True)
class Row:
    """One concept in the list; ``searched`` is all that a search looks through, in small letters."""

    pk: int
    url: str
    subject: str
    chinese: str
    reading: str
    gloss: str
    total: int
    spelled: str
    searched: str

    @property
    def letter(self) -> str:
        """Give the letter under which the concept stands."""
        return self.spelled[0].upper() if self.spelled[:1].isalpha() else "#"


def rows(query: str = "", subject: str = "") -> list[Row]:
    """List the published concepts that have all words of a query, and one subject if it is given, by pinyin."""
    return _searched(_kept("all", Concept.objects.published()), query, subject)


def occurring(query: str = "", subject: str = "") -> list[Row]:
    """List the same of those concepts alone that stand in public texts: few of a great glossary."""
    there = Concept.objects.published().filter(pk__in=concordance.index())
    return _searched(_kept("occurring", there), query, subject)


def letters(listed: Iterable[Row], on_a_page: int) -> dict[str, int]:
    """Give the letters of a list, each with the page on which it begins where so many rows are shown on one."""
    found: dict[str, int] = {}
    for at, row in enumerate(listed):
        found.setdefault(row.letter, at // on_a_page + 1)
    return found


def _searched(found: Iterable[Row], query: str, subject: str) -> list[Row]:
    words = simplify(query).casefold().split()
    return [
        row for row in found if (not subject or row.subject == subject) and all(word in row.searched for word in words)
    ]


def _kept(name: str, concepts: QuerySet[Concept]) -> list[Row]:
    address = f"browse-{name}:{edition.current()}:{corpus.version()}"
    kept: list[Row] | None = cache.get(address)
    if kept is None:
        kept = sorted(_rows(concepts), key=lambda row: (row.letter == "#", row.spelled))
        cache.set(address, kept)
    return kept


def _rows(published: QuerySet[Concept]) -> Iterable[Row]:
    index = concordance.index()
    concepts = list(published.select_related("subject").prefetch_related("terms"))
    firsts = [first_chinese(concept) for concept in concepts]
    spelled = spellings(first.text if first else "" for first in firsts)
    for concept, first, spelling in zip(concepts, firsts, spelled, strict=True):
        reading = first.reading if first and first.reading else spelling
        plain = plain_letters(reading)
        forms = [term.text for term in concept.terms.all()]
        searched = [concept.key, concept.definition_zh, concept.definition_en, *forms, plain, plain.replace(" ", "")]
        yield Row(
            pk=concept.pk,
            url=concept.get_absolute_url(),
            subject=concept.subject.slug,
            chinese=first.text if first else "",
            reading=reading,
            gloss=concept.gloss,
            total=sum(len(found.spans) for found in index.get(concept.pk, ())),
            spelled=sorted_by(first.text if first else concept.gloss, plain),
            searched="\n".join(searched).casefold(),
        )


def sorted_by(text: str, plain: str) -> str:
    """Give what a term is sorted by: its Latin beginning if it has one (AI 安全), else its pinyin."""
    return text.casefold() if text[:1].isascii() else plain
