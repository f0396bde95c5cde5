"""How texts write concepts: which of its designations stands how often in which public text.

Counted from the places of the concordance, and kept as long as these are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from glossary import concordance, lexicon
from glossary.corpus import Text
from glossary.models import Language, Term, TermStatus
from zhtext.fold import search_keys

AVOIDED = (TermStatus.DEPRECATED, TermStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Use:
    """One designation of a concept as texts use it: how often in each of them, in the order of the texts.

    ``named_in`` is the language in which the concept is called: Chinese, but where it has no Chinese term.
    """

    term: Term
    named_in: str
    counts: tuple[tuple[Text, int], ...]

    @property
    def total(self) -> int:
        """Give how often all texts together use it."""
        return sum(count for _text, count in self.counts)

    @property
    def is_avoided(self) -> bool:
        """Tell whether the glossary advises against it."""
        return self.term.status in AVOIDED

    @property
    def role(self) -> str:
        """Give the class by which charts colour it."""
        if self.is_avoided:
            return "avoided"
        if self.term.language != self.named_in:
            return "foreign"
        return "preferred" if self.term.status == TermStatus.PREFERRED else "admitted"


@dataclass(frozen=True, slots=True)
class Usage:
    """The designations of every concept that texts use, and the term that each written form is."""

    uses: Mapping[int, Sequence[Use]] = field(default_factory=dict)
    terms: Mapping[tuple[int, str], Term] = field(default_factory=dict)

    def of(self, concept_id: int) -> Sequence[Use]:
        """Give the designations of a concept that texts use, the most used first."""
        return self.uses.get(concept_id, ())


# What was counted last, with the places it was counted from.
_kept: list[tuple[concordance.Index, Usage]] = []


def index() -> Usage:
    """Give how texts write every concept; counted anew only where the concordance was found anew."""
    found = concordance.index()
    kept = next((usage for places, usage in _kept if places is found), None)
    if kept is None:
        kept = _count(found)
        _kept[:] = [(found, kept)]
    return kept


def _count(found: concordance.Index) -> Usage:
    terms = _terms_of({(pk, written) for pk, texts in found.items() for one in texts for written in one.written()})
    in_chinese = Term.objects.filter(concept__in=found, language=Language.CHINESE)
    chinese = set(in_chinese.values_list("concept_id", flat=True))
    uses: dict[int, list[Use]] = {}
    for pk, texts in found.items():
        named_in = Language.CHINESE if pk in chinese else Language.ENGLISH
        made = [Use(term, named_in, counts) for term, counts in _counts(pk, texts, terms)]
        uses[pk] = sorted(made, key=lambda use: (-use.total, use.term.rank))
    return Usage(uses, terms)


def _counts(
    pk: int, texts: Iterable[concordance.Occurrences], terms: Mapping[tuple[int, str], Term]
) -> Iterator[tuple[Term, tuple[tuple[Text, int], ...]]]:
    counts: dict[Term, list[tuple[Text, int]]] = {}
    for one in texts:
        for term, count in Counter(terms[pk, form] for form in one.written() if (pk, form) in terms).items():
            counts.setdefault(term, []).append((one.text, count))
    yield from ((term, tuple(counted)) for term, counted in counts.items())


def _terms_of(forms: set[tuple[int, str]]) -> dict[tuple[int, str], Term]:
    """Give the term that each written form of a concept is; of two the one that goes first."""
    known = _known({pk for pk, _written in forms})
    ordered = list(forms)
    keys = search_keys([written for _pk, written in ordered])
    current = lexicon.current()
    found = {
        (pk, written): known.get((pk, key)) or _matched(current, pk, written)
        for (pk, written), key in zip(ordered, keys, strict=True)
    }
    return {form: term for form, term in found.items() if term}


def _known(concepts: set[int]) -> dict[tuple[int, str], Term]:
    terms = sorted(Term.objects.matchable().filter(concept__in=concepts), key=lambda term: term.rank, reverse=True)
    surfaces = [(term, form) for term in terms for form in (term.text, term.hant, term.hant_tw, term.hant_hk) if form]
    keys = search_keys([form for _term, form in surfaces])
    return {(term.concept_id, key): term for (term, _form), key in zip(surfaces, keys, strict=True)}


def _matched(current: lexicon.Lexicon, pk: int, written: str) -> Term | None:
    """Give the term of a form that is not written as the glossary has it: scaling laws, scaling law."""
    found = (current.terms[term] for match in current.find(written) for term in match.all_terms())
    return min((term for term in found if term.concept_id == pk), key=lambda term: term.rank, default=None)
