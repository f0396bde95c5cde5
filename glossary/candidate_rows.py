"""Show candidates to who decides them: sentences with the word marked, glosses to choose from, what is like it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from glossary import dictionary, lexicon
from glossary.candidates import Row
from glossary.corpus import Text
from glossary.models import Entry, Term
from zhtext.harvest import Evidence
from zhtext.script import simplify
from zhtext.segment import Segmenter
from zhtext.sentences import sentence_at
from zhtext.spans import Span

MOST_SENTENCES, MOST_GLOSSES = 2, 5
# Glosses of the dictionary that name no thing.
REFERENCES = ("variant of", "old variant", "see ", "CL:", "abbr. for", "surname")


# What a candidate is taken for a term by, in words for an editor.
EVIDENCE = {
    Evidence.BILINGUAL: _("given in two languages"),
    Evidence.PERSON: _("a person"),
    Evidence.NAMED: _("called so"),
    Evidence.COMPOUND: _("used again and again"),
    Evidence.LATIN: _("in Latin letters"),
}


class Sentence(NamedTuple):
    """A sentence parted at the word, and where it stands."""

    before: str
    word: str
    after: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One candidate with all that helps to decide it; ``near`` is the key of a concept that has one of its names."""

    row: Row
    sentences: tuple[Sentence, ...]
    glosses: tuple[str, ...]
    near: str

    @property
    def evidence(self) -> str:
        """Say what it is taken for a term by."""
        return str(EVIDENCE[self.row.kind])

    @property
    def english(self) -> str:
        """Give the English name that stands in the form to begin with."""
        return self.row.en or next(iter(self.glosses), "")


def shown(rows: Sequence[Row]) -> list[Shown]:
    """Make candidates ready to be shown; three queries, however many they are."""
    segmenter = lexicon.current().words.segmenter
    parts = {row.key: _parts(row.zh, segmenter) for row in rows if row.zh}
    found = dictionary.entries_of(word for words in parts.values() for word in words)
    near = _near(rows)
    return [
        Shown(row, tuple(_sentences(row)), _glosses(row, parts.get(row.key, []), found), near.get(row.key, ""))
        for row in rows
    ]


def _parts(zh: str, segmenter: Segmenter) -> list[str]:
    """Give a name, and behind it the words that it is made of."""
    simplified = simplify(zh)
    return [simplified, *segmenter.cut(simplified)]


def _sentences(row: Row) -> Iterator[Sentence]:
    """Show the first places of a candidate, of each text at least one as long as there is room."""
    places = [(text, candidate.spans[at]) for at in range(2) for text, candidate in row.found if at < candidate.count]
    for text, span in places[:MOST_SENTENCES]:
        yield sentence(text, span)


def sentence(text: Text, span: Span) -> Sentence:
    """Cut the sentence around a place out of its paragraph."""
    first = text.text.rfind("\n", 0, span.start) + 1
    paragraph = text.text[first:].partition("\n")[0]
    around = sentence_at(paragraph, span.start - first)
    start, end = first + around.start, max(first + around.end, span.end)
    before, word, after = (text.text[slice(*edge)] for edge in ((start, span.start), span, (span.end, end)))
    return Sentence(before, word, after, text.place(span.start), text.title)


def _glosses(row: Row, parts: Sequence[str], found: Mapping[str, list[Entry]]) -> tuple[str, ...]:
    """Give English names to choose from: that of the text itself, those of the dictionary, those of its parts."""
    whole = [gloss for entry in found.get(parts[0], []) for gloss in _names(entry)] if parts else []
    firsts = [next((gloss for entry in found.get(part, []) for gloss in _names(entry)), "") for part in parts[1:]]
    put_together = [" ".join(firsts)] if len(firsts) > 1 and all(firsts) else []
    given = [row.en, row.short] if row.zh else []
    return tuple(dict.fromkeys(filter(None, (*given, *whole, *put_together))))[:MOST_GLOSSES]


def _names(entry: Entry) -> Iterator[str]:
    """Give the senses of an entry as names: what stands in brackets is no part of one, nor is the sign of a verb."""
    for sense in entry.senses:
        for part in sense.split(";"):
            name = part.partition("(")[0].strip().removeprefix("to ")
            if name and not name.startswith(REFERENCES):
                yield name


def _near(rows: Sequence[Row]) -> dict[str, str]:
    """Give the key of a concept that has one of the names already, for each candidate that there is one for."""
    names = {name: row.key for row in rows for name in (simplify(row.zh), row.en, row.en.lower()) if name}
    terms = Term.objects.filter(text__in=names).order_by("-pk").values_list("text", "concept__key")
    return {names[text]: key for text, key in terms}


def concept_choices(most: int = 2_000) -> list[tuple[str, str]]:
    """List concepts to merge into: their keys, and what they are called."""
    named: dict[str, list[str]] = {}
    terms = Term.objects.filter(status="preferred").order_by("concept__key", "-language")
    for key, text in terms.values_list("concept__key", "text")[: 2 * most]:
        named.setdefault(key, []).append(text)
    return [(key, " ".join(texts)) for key, texts in named.items()]
