"""By what a reader's notes can be told apart: their tags, texts, colours and terms, each a link that narrows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from glossary import lexicon
from glossary.cards import first_chinese
from reader.models import Colour, NoteQuerySet
from reader.note_changes import tag_counts
from reader.note_search import SearchForm
from reader.noted_terms import Passage, concepts_noted
from zhtext.fold import fold

# So many of each kind are offered; those that are chosen are always among them.
MOST_OFFERED = 12
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: what it is called, how many notes have it, and where one comes by choosing it."""

    label: str
    count: int
    url: str
    chosen: bool
    value: str
    lang: str = ""


class Facet(NamedTuple):
    """One way of telling notes apart."""

    name: str
    title: str
    options: Sequence[Option]


class Row(NamedTuple):
    """What is read of every note that was found."""

    pk: int
    prefix: str
    quote: str
    suffix: str
    colour: str
    status: str
    slug: str
    title: str
    script: str

    @property
    def passage(self) -> Passage:
        """Give where the note stands."""
        return Passage(self.pk, self.prefix, self.quote, self.suffix)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that notes have, before it is known how many."""

    value: str
    label: str
    lang: str = ""


def rows(notes: NoteQuerySet) -> list[Row]:
    """Read of the notes that were found, in their order, what tells them apart; one query."""
    columns = ("pk", "prefix", "quote", "suffix", "colour", "status")
    of_document = ("document__slug", "document__title", "document__source_script")
    return [Row(*row) for row in notes.values_list(*columns, *of_document)]


def facets(found: NoteQuerySet, read: Sequence[Row], asked: QueryDict) -> list[Facet]:
    """Give what the notes that were found can be told apart by, with how many have each; the commonest first."""
    counted = {
        "tag": (_("Tags"), {Value(tag.name, tag.name): tag.count for tag in tag_counts(found)}),
        "document": (_("Texts"), Counter(Value(row.slug, row.title, f"zh-{row.script.title()}") for row in read)),
        "colour": (_("Colours"), Counter(Value(row.colour, str(Colour(row.colour).label)) for row in read)),
        "term": (_("Terms most noted"), _terms(read)),
    }
    made = (Facet(name, title, _options(name, counts, asked)) for name, (title, counts) in counted.items())
    return [facet for facet in made if facet.options]


def chosen(form: SearchForm, offered: Sequence[Facet], asked: QueryDict) -> list[Option]:
    """Give all that narrows the list now, each with the address of the list without it."""
    labels = {(facet.name, option.value): option for facet in offered for option in facet.options}
    made = []
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        value = asked.get(key, "").strip()
        if value and name != "order":
            known = labels.get((key, value))
            label = known.label if known else str(dict(getattr(field, "choices", ())).get(value, value))
            made.append(Option(f"{field.label}: {label}", 0, without(asked, key), True, value))
    return made


def without(asked: QueryDict, *names: str) -> str:
    """Give the address of the list without something that was asked; other pages are counted anew."""
    return _address({name: value for name, value in asked.items() if name not in (*names, "page")})


def _address(asked: Mapping[str, object]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in asked.items() if value})
    return f"?{query.urlencode()}"


def _options(name: str, counts: Mapping[Value, int], asked: QueryDict) -> list[Option]:
    now = fold(asked.get(name, "").replace("\0", ""))
    ranked = sorted(counts, key=lambda value: (fold(value.value) != now, -counts[value], value.label))
    return [_option(name, value, counts[value], fold(value.value) == now, asked) for value in ranked[:MOST_OFFERED]]


def _option(name: str, value: Value, count: int, is_chosen: bool, asked: QueryDict) -> Option:
    url = without(asked, name) if is_chosen else _address({**asked.dict(), name: value.value, "page": ""})
    return Option(value.label[:LONGEST_LABEL], count, url, is_chosen, value.value, value.lang)


def _terms(read: Sequence[Row]) -> dict[Value, int]:
    current = lexicon.current()
    noted = concepts_noted([row.passage for row in read], current)
    counts = Counter(concept for concepts in noted.values() for concept in concepts)
    return {_named(concept, current): count for concept, count in counts.items()}


def _named(concept: int, current: lexicon.Lexicon) -> Value:
    known = current.concepts[concept]
    term = first_chinese(known)
    return Value(known.key, f"{term.text} {known.gloss}" if term else known.gloss)
