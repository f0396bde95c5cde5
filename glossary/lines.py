"""The lines of a concordance: each place of a concept with what stands before and behind it, in any order and script.

The keyword stands in the middle of its paragraph's characters, for Chinese has no words to count by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from glossary import concordance, usage
from glossary.corpus import Text
from glossary.models import Term
from zhtext.script import Script, convert, simplify
from zhtext.spans import Span

CONTEXT = 42
# So many characters decide how two lines are sorted.
COMPARED = 12
# How lines can be written; with nothing chosen, as their text is.
SCRIPTS: list[tuple[str, StrOrPromise]] = [
    ("", _("As written")),
    (Script.HANS.value, "简体"),
    (Script.HANT_TW.value, "臺灣"),
    (Script.HANT_HK.value, "香港"),
    (Script.HANT.value, "繁體"),
]


class Order(models.TextChoices):
    """What the lines of a concordance are sorted by."""

    DOCUMENT = "document", _("Text")
    LEFT = "left", _("Before it")
    RIGHT = "right", _("After it")

    def key(self, place: "Place") -> str:
        """Give what a place is sorted by: characters outwards from the keyword, whatever script they are in."""
        text, (start, end) = place.text.text, place.span
        if self is Order.LEFT:
            return simplify(text[max(0, start - COMPARED) : start].rpartition("\n")[2][::-1]).casefold()
        if self is Order.RIGHT:
            return simplify(text[end : end + COMPARED].partition("\n")[0]).casefold()
        return ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a concept stands."""

    text: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """A place as a line shows it, with the term that stands there."""

    before: str
    keyword: str
    after: str
    lang: str
    url: str
    title: str
    use: usage.Use | None


def places(concept_id: int, order: Order) -> list[Place]:
    """Give all places of a concept in an order; those with the same neighbours stay in the order of the texts."""
    found = [Place(one.text, span) for one in concordance.occurrences(concept_id) for span in one.spans]
    return sorted(found, key=order.key)


def lines(concept_id: int, shown: Sequence[Place], script: Script | None) -> Iterator[Line]:
    """Write places as lines in a script, or as they are; a paragraph is converted whole, and once."""
    written: dict[tuple[str, int], str] = {}
    counted = usage.index()
    uses = {use.term: use for use in counted.of(concept_id)}
    for place in shown:
        text, (start, end) = place.text, place.span
        first, last = _paragraph(text.text, start)
        wanted = script or text.script
        if (text.url, first) not in written:
            written[text.url, first] = convert(text.text[first:last], wanted, text.script)
        paragraph = written[text.url, first]
        term: Term | None = counted.terms.get((concept_id, text.text[start:end]))
        yield Line(
            before=paragraph[max(0, start - first - CONTEXT) : start - first],
            keyword=paragraph[start - first : end - first],
            after=paragraph[end - first : end - first + CONTEXT],
            lang=wanted.lang,
            url=text.place(start),
            title=text.title,
            use=uses.get(term) if term else None,
        )


def _paragraph(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
