"""Words that other regions write otherwise, as editors wrote them down, also those that texts do not mark."""

from collections.abc import Iterator
from functools import lru_cache

from django.db.models import Case, IntegerField, Q, Value, When

from glossary.models import ConceptStatus, Term, TermStatus
from zhtext.frequencies import count
from zhtext.regional import Regional
from zhtext.script import Script, simplify

COLUMNS = ("text", "hant", "hant_tw", "hant_hk")


@lru_cache(maxsize=8)
def regional(edition: int, script: Script, source: Script) -> Regional:
    """Give the words that are others in a script than in a text's own, at one revision of the glossary."""
    return Regional(dict(_forms(script, source)))


def _forms(script: Script, source: Script) -> Iterator[tuple[str, str]]:
    """Yield each word with its form; the preferred terms come last, for the last has the last word.

    From traditional text to simplified a word goes back only where it is the rarer of the two in simplified text:
    軟體 is 软件, but 資料 may be 资料.
    """
    ranks = Case(
        *(When(status=status, then=Value(-rank)) for rank, status in enumerate(TermStatus.values)),
        output_field=IntegerField(),
    )
    terms = Term.objects.filter(concept__status=ConceptStatus.PUBLISHED).exclude(Q(hant="", hant_tw="", hant_hk=""))
    for term in terms.only(*COLUMNS).order_by("annotate", ranks, "-pk").iterator(10_000):
        if script.is_traditional and (form := term.own_form(script)):
            yield term.text, form
        if not script.is_traditional and source.is_traditional:
            for form in {term.hant, term.hant_tw, term.hant_hk} - {""}:
                if (back := simplify(form)) != term.text and count(back) < count(term.text):
                    yield back, term.text
