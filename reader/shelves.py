"""What the library says of each document: how long, how demanding, how many terms, how it begins."""

from dataclasses import dataclass

from django.core.cache import cache

from glossary import corpus, edition, lexicon
from reader import pace
from reader.models import Document, Level, Revision

OPENING = 90


@dataclass(frozen=True, slots=True)
class Item:
    """One document on a shelf."""

    document: Document
    characters: int
    duration: str
    terms: int
    opening: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one level."""

    level: Level
    items: tuple[Item, ...]


def public_shelves() -> list[Shelf]:
    """Give the public documents by level, the easiest first; kept until a text or the glossary changes."""
    address = f"shelves:{edition.current()}:{corpus.version()}"
    shelves: list[Shelf] | None = cache.get(address)
    if shelves is None:
        shelves = _shelves()
        cache.set(address, shelves)
    return shelves


def _shelves() -> list[Shelf]:
    items = list(map(_item, Document.objects.public()))
    levels = ((level, tuple(item for item in items if item.document.level == level)) for level in Level)
    return [Shelf(level, on_it) for level, on_it in levels if on_it]


def _item(document: Document) -> Item:
    text = (
        Revision.objects.filter(document=document, number=document.revision).values_list("text", flat=True).first()
        or ""
    )
    matches = lexicon.current().find(text)
    terms = {term for match in matches for term in match.terms}
    return Item(document, len(text), pace.in_words(pace.minutes(text)), len(terms), text[:OPENING].replace("\n", " "))
