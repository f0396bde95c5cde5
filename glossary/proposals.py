"""What the house would write for a new term: offered to the editor, never saved unasked."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from glossary import corpus, dictionary
from glossary.impact import Impact, impact
from zhtext.pinyin import read
from zhtext.script import Script, convert

# So many English names are proposed, none longer than a gloss.
MOST_GLOSSES, LONGEST_GLOSS = 8, 48
# What stands in the brackets behind a Chinese name, or before those it stands in: 缩放定律（Scaling Law）.
NAME = r"[A-Za-z][A-Za-z0-9 .’'/-]{1,46}[A-Za-z0-9]"
# What a dictionary says of a word besides its meanings.
NO_GLOSS = re.compile(r"^(CL:|variant of|old variant|see |also written|abbr\. for|surname )|[\u3400-\u9fff|]")
BRACKETED = re.compile(r"\s*\([^)]*\)\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading, the plain conversions, English names to choose from, and what the term would do to the texts."""

    reading: str
    hant: str
    hant_tw: str
    hant_hk: str
    glosses: tuple[str, ...]
    impact: Impact

    def as_json(self) -> dict[str, str | int | list[str]]:
        """Give the proposal as JSON can hold it, its effects in words."""
        forms: dict[str, str] = {name: getattr(self, name) for name in ("reading", "hant", "hant_tw", "hant_hk")}
        return {**forms, "glosses": list(self.glosses), "effects": list(effects(self.impact))}


def propose(text: str, *, concept: int | None = None) -> Proposal:
    """Propose reading, traditional forms and glosses for a term of a concept, and foresee where it would be marked.

    Raises ValueError for a text that holds NUL or lone surrogates.
    """
    return Proposal(**spelled(text), glosses=tuple(glosses(text)), impact=impact(text, concept=concept))


def spelled(text: str) -> dict[str, str]:
    """Give the reading of a term and its plain conversions, by the names of the fields they are proposed for."""
    return {
        "reading": " ".join(syllable for syllable in read(text) if syllable),
        "hant": convert(text, Script.HANT),
        "hant_tw": convert(text, Script.HANT_TW),
        "hant_hk": convert(text, Script.HANT_HK),
    }


def glosses(text: str) -> list[str]:
    """Give English names of a word: first those that texts put beside it, then what the dictionary says."""
    named = [name for name, _count in Counter(_beside(text)).most_common()]
    senses = [sense for lookup in dictionary.look_up(text)[:1] if lookup.headword == text for sense in _senses(lookup)]
    first: dict[str, str] = {}
    for name in (*named, *senses):
        first.setdefault(name.casefold(), name)
    return list(first.values())[:MOST_GLOSSES]


def _beside(text: str) -> Iterator[str]:
    """Yield the English names that texts give in brackets behind a word, or before a word in brackets."""
    word = re.escape(text)
    pattern = re.compile(rf"{word}[”」』》]?\s?[（(]({NAME})[）)]|({NAME})\s?[（(]{word}[）)]")
    for public in corpus.texts():
        for behind, before in pattern.findall(public.text):
            yield (behind or before).strip()


def _senses(lookup: dictionary.Lookup) -> Iterator[str]:
    """Yield what the dictionary gives for a word, without its remarks in brackets."""
    for entry in lookup.entries:
        for sense in entry.senses:
            names = [] if NO_GLOSS.search(sense) else BRACKETED.sub(" ", sense).split(";")
            yield from (name.strip() for name in names if name.strip() and len(name) <= LONGEST_GLOSS)


def effects(foreseen: Impact) -> Iterator[str]:
    """Say in words what a term would do to the texts."""
    if not foreseen.count:
        yield _("No text has it yet.")
    for place in foreseen.places:
        counted = ngettext("%(count)d place in %(title)s", "%(count)d places in %(title)s", place.count)
        yield counted % {"count": place.count, "title": place.title}
    if foreseen.inside:
        yield _("Stands inside %(terms)s") % {"terms": "、".join(foreseen.inside)}
    if foreseen.holds:
        yield _("Takes in %(terms)s") % {"terms": "、".join(foreseen.holds)}
    if foreseen.shared:
        yield _("Also designates %(concepts)s: both are shown") % {"concepts": ", ".join(foreseen.shared)}
    if foreseen.notes:
        yield ngettext("%(count)d note stands there", "%(count)d notes stand there", foreseen.notes) % {
            "count": foreseen.notes
        }
