"""Take what readers find wrong, and decide it: what is accepted is corrected in the glossary in the same moment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary import drafts, edition, lexicon
from glossary.models import (
    Concept,
    ConceptStatus,
    Language,
    Suggestion,
    SuggestionKind,
    SuggestionStatus,
    Term,
)
from zhtext.characters import count_han
from zhtext.phrases import latin_key
from zhtext.script import simplify

MOST_OPEN = 30


class TooManyError(ValueError):
    """A reader has as many open suggestions as anyone may have; in words for them."""


class DecidedError(ValueError):
    """Somebody else has decided a suggestion already; in words for the second."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word was read: the text's title, the address, the span in code points, and the sentence around it."""

    title: str
    url: str
    start: int
    end: int
    sentence: str
    offset: int
    private: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """Give what a suggestion keeps of it: nothing where the text is private, for editors read it."""
        names = () if self.private else ("title", "url", "start", "end", "sentence", "offset")
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def add(
    *, user: int, kind: str, text: str, place: Place | None = None, proposal: str = "", comment: str = ""
) -> Suggestion:
    """Keep what a reader, by their key, finds wrong with a word. Raises TooManyError."""
    if Suggestion.objects.made_by(user).waiting().count() >= MOST_OPEN:
        raise TooManyError(
            _("You have %(most)d suggestions that nobody has looked at yet; please wait for the editors.")
            % {"most": MOST_OPEN}
        )
    where = place.kept if place else {}
    made = Suggestion(user_id=user, kind=kind, text=text, proposal=proposal, comment=comment, **where)
    made.concept = concept_of(text)
    made.save()
    return made


def concept_of(text: str) -> Concept | None:
    """Give the published concept that a word designates, the first one of several."""
    current = lexicon.current()
    whole = current.designating(text)
    return current.concepts_of(whole.terms)[0] if whole else None


def grouped(suggestions: Iterable[Suggestion]) -> list[list[Suggestion]]:
    """Gather suggestions on the same word, in whatever spelling, where the first of them stands."""
    groups: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        groups.setdefault(latin_key(suggestion.text), []).append(suggestion)
    return list(groups.values())


@transaction.atomic
def accept(suggestion: Suggestion, *, editor: int | None, value: str, answer: str = "") -> bool:
    """Accept a suggestion, and correct the glossary by a value; tells whether that could be done.

    Raises DecidedError, and ValidationError in human words for a value that does not fit; then nothing is changed.
    """
    _decide(suggestion, SuggestionStatus.ACCEPTED, editor, answer)
    corrected = CORRECTIONS.get(suggestion.kind, _nothing)(suggestion, value)
    if corrected:
        edition.advance()
    return corrected


def refuse(suggestion: Suggestion, *, editor: int | None, answer: str) -> None:
    """Refuse a suggestion with a word back. Raises DecidedError."""
    _decide(suggestion, SuggestionStatus.REFUSED, editor, answer)


def _decide(suggestion: Suggestion, status: SuggestionStatus, editor: int | None, answer: str) -> None:
    """Decide what is still open, and only that: of two editors at once one comes second."""
    decision = {"status": status, "answer": answer, "decided_by": editor, "decided_at": timezone.now()}
    if not Suggestion.objects.waiting().filter(pk=suggestion.pk).update(**decision):
        suggestion.refresh_from_db()
        raise DecidedError(
            _("%(name)s has decided this already: %(status)s.")
            % {"name": suggestion.decided_by or _("Somebody"), "status": suggestion.get_status_display()}
        )
    suggestion.refresh_from_db()


def _correct_gloss(suggestion: Suggestion, value: str) -> bool:
    if suggestion.concept and value:
        suggestion.concept.correct_gloss(value)
    return bool(suggestion.concept and value)


def _correct_reading(suggestion: Suggestion, value: str) -> bool:
    """Correct every term that is written so: of two concepts with one name both are read alike."""
    terms = (
        Term.objects.filter(language=Language.CHINESE, text=simplify(suggestion.text)) if value else Term.objects.none()
    )
    for term in terms:
        term.correct_reading(value)
    return bool(terms)


def _add_missing(suggestion: Suggestion, value: str) -> bool:
    if not value:
        raise ValidationError(_("Write the other name of the new term."))
    zh, en = (suggestion.text, value) if count_han(suggestion.text) else (value, suggestion.text)
    suggestion.concept = drafts.create(zh=zh, en=en, status=ConceptStatus.PUBLISHED)
    suggestion.save(update_fields=["concept"])
    return True


def _nothing(_suggestion: Suggestion, _value: str) -> bool:
    return False


# What is done at once; the rest is for an editor's own hand.
CORRECTIONS: Mapping[str, Callable[[Suggestion, str], bool]] = {
    SuggestionKind.GLOSS: _correct_gloss,
    SuggestionKind.READING: _correct_reading,
    SuggestionKind.MISSING: _add_missing,
}
