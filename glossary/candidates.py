"""What may be terms in all public texts: harvested when asked, kept until a text or the glossary changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from glossary import corpus, lexicon
from glossary.corpus import Text
from glossary.latest import Latest
from glossary.models import Rejection, Term
from zhtext.harvest import Candidate, Evidence, harvest
from zhtext.phrases import latin_key
from zhtext.script import simplify
from zhtext.segment import Segmenter
from zhtext.spans import Span

LONGEST_KEY = 120
TEXTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate over all texts: under what its spellings have in common, with where each text has it."""

    key: str
    zh: str
    en: str
    short: str
    kind: Evidence
    count: int
    score: float
    found: tuple[tuple[Text, Candidate], ...]

    @property
    def names(self) -> list[str]:
        """Give the Chinese name and the English one, those that there are."""
        return [name for name in (self.zh, self.en) if name]


@dataclass(frozen=True, slots=True)
class Harvest:
    """All candidates, text by text; and the keys of what the glossary has without marking it."""

    texts: tuple[tuple[Text, tuple[Candidate, ...]], ...]
    drafted: frozenset[str]


def key_of(surface: str) -> str:
    """Give what the spellings of a candidate have in common: no case, hyphen, script or plural."""
    return latin_key(surface)[:LONGEST_KEY]


def harvested() -> Harvest:
    """Give the candidates of every public text; two small queries while nothing has changed."""
    return _latest.get()


def _harvest_all(current: lexicon.Lexicon) -> Harvest:
    texts = tuple((text, _harvest(text.text, current)) for text in corpus.texts())
    return Harvest(texts, frozenset(map(key_of, Term.objects.unmarked().values_list("text", flat=True))))


_latest = Latest(_harvest_all)
forget = _latest.forget


def _harvest(text: str, current: lexicon.Lexicon) -> tuple[Candidate, ...]:
    known = tuple(Span(match.start, match.end) for match in current.find(text))
    return _candidates(text, known, current.words.segmenter)


@lru_cache(maxsize=TEXTS_KEPT)
def _candidates(text: str, known: tuple[Span, ...], segmenter: Segmenter) -> tuple[Candidate, ...]:
    """Harvest a text; most changes of the glossary touch none of its terms, and then this holds."""
    simplified = simplify(text)
    tokens = segmenter.segment(text, simplified, known)
    return tuple(harvest(text, simplified, tokens, known, segmenter))


def rows(url: str = "") -> list[Row]:
    """Rank the candidates of all texts, or of the one at an address, without what an editor has decided already."""
    kept = harvested()
    rejected = set(Rejection.objects.values_list("key", flat=True))
    found = _merged([(text, each) for text, each in kept.texts if url in ("", text.url)])
    undecided = (row for row in found if row.key not in rejected and not set(map(key_of, row.names)) <= kept.drafted)
    return sorted(undecided, key=lambda row: (-row.score, row.key))


def _merged(texts: Sequence[tuple[Text, tuple[Candidate, ...]]]) -> Iterator[Row]:
    """Make one row of what several texts have, however each of them writes it."""
    groups: dict[str, list[tuple[Text, Candidate]]] = {}
    for text, found in texts:
        for candidate in found:
            groups.setdefault(key_of(candidate.zh or candidate.en), []).append((text, candidate))
    for key, group in groups.items():
        # What tells most of its names is shown; it is the one with the best evidence.
        best = max((candidate for _text, candidate in group), key=lambda candidate: candidate.kind.weight)
        count, score = sum(one.count for _text, one in group), sum(one.score for _text, one in group)
        yield Row(key, best.zh, best.en, best.short, best.kind, count, score, tuple(group))
