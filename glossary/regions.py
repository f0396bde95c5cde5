"""Words that other regions write otherwise, as editors wrote them down, also those that texts do not mark."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db.models import Case, IntegerField, Q, Value, When

from glossary.models import ConceptStatus, Term, TermStatus
from zhtext.frequencies import count
from zhtext.regional import Regional
from zhtext.script import Script, simplify

COLUMNS = ("text", "hant", "hant_tw", "hant_hk")


class Regions:
    """The words of one revision of the glossary that have a form of their own; read once, for whichever script asks."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._made: dict[tuple[Script, Script], Regional] = {}

    def of(self, script: Script, source: Script) -> Regional:
        """Give the words that are others in a script than in a text's own."""
        if (script, source) not in self._made:
            self._made[script, source] = Regional(dict(_forms(self._terms, script, source)))
        return self._made[script, source]

    @cached_property
    def _terms(self) -> list[Term]:
        """The terms with own forms, unmarked ones before marked ones and the preferred last: the last has its way."""
        ranks = Case(
            *(When(status=status, then=Value(-rank)) for rank, status in enumerate(TermStatus.values)),
            output_field=IntegerField(),
        )
        published = Term.objects.filter(concept__status=ConceptStatus.PUBLISHED)
        having = published.exclude(Q(hant="", hant_tw="", hant_hk=""))
        return list(having.only(*COLUMNS).order_by("annotate", ranks, "-pk"))


def _forms(terms: Iterable[Term], script: Script, source: Script) -> Iterator[tuple[str, str]]:
    """Yield each word with its form.

    From traditional text to simplified a word goes back only where it is the rarer of the two in simplified text:
    軟體 is 软件, but 資料 may be 资料.
    """
    for term in terms:
        if script.is_traditional and (form := term.own_form(script)):
            yield term.text, form
        if not script.is_traditional and source.is_traditional:
            for form in {term.hant, term.hant_tw, term.hant_hk} - {""}:
                if (back := simplify(form)) != term.text and count(back) < count(term.text):
                    yield back, term.text
