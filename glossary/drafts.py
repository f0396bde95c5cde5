"""Make concepts out of names that texts and readers offer, give concepts further names, and take both back."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from glossary import edition, history
from glossary.cards import spell
from glossary.incoming import GENERAL
from glossary.models import Concept, Language, SubjectField, Term, TermKind, TermStatus
from glossary.models.term import check_english_name
from glossary.naming import first_free
from glossary.writing import dependents
from zhtext.characters import count_han
from zhtext.pinyin import plain_letters
from zhtext.script import simplify

LONGEST_KEY = 70


@transaction.atomic
def create(*, zh: str, en: str, status: str, subject: SubjectField | None = None) -> Concept:
    """Create a concept with its preferred names, one of which may be empty.

    Raises ValidationError in human words, also where the glossary has a concept of these names already.
    """
    check_english_name(en)
    names = [(language, text) for language, text in ((Language.CHINESE, simplify(zh)), (Language.ENGLISH, en)) if text]
    if not names:
        raise ValidationError(_("Write at least one name."))
    same = Concept.objects.all()
    for language, text in names:
        same = same.filter(terms__language=language, terms__text=text)
    if there := same.first():
        raise ValidationError(_("The glossary has this concept already: %(key)s.") % {"key": there.key})
    concept = Concept(key=key_for(zh, en), status=status, subject=subject or general())
    concept.full_clean()
    concept.save()
    for language, text in names:
        _name(concept, language, text, TermStatus.PREFERRED, TermKind.FULL_FORM)
    edition.advance()
    return concept


def _name(concept: Concept, language: Language, text: str, status: TermStatus, kind: TermKind) -> Term:
    term = Term(concept=concept, language=language, text=text, status=status, kind=kind)
    term.full_clean()
    term.save()
    return term


def general() -> SubjectField:
    """Give the subject of what nobody has sorted yet."""
    names = {"name_zh": GENERAL, "name_en": GENERAL.capitalize()}
    return SubjectField.objects.get_or_create(slug=GENERAL, defaults=names)[0]


def key_for(zh: str, en: str) -> str:
    """Give a key that no concept has yet: after the English name, else after the pinyin."""
    wanted = slugify(en.replace("_", " ")) or slugify(plain_letters(spell(simplify(zh))).replace("ü", "v"))
    base = wanted[:LONGEST_KEY].strip("-_") or "concept"
    taken = set(Concept.objects.filter(key__startswith=base).values_list("key", flat=True))
    return first_free(base, taken)


@transaction.atomic
def admit(concept: Concept, names: Iterable[str]) -> list[Term]:
    """Give a concept further names as admitted variants; those that it has are left alone.

    Raises ValidationError in human words where there is nothing to add.
    """
    there = {term.text for term in concept.terms.all()}
    new = [text for name in names if (text := simplify(name)) and text not in there]
    if not new:
        raise ValidationError(_("%(key)s has this name already.") % {"key": concept.key})
    languages = [Language.CHINESE if count_han(text) else Language.ENGLISH for text in new]
    pairs = zip(languages, new, strict=True)
    terms = [_name(concept, language, text, TermStatus.ADMITTED, TermKind.VARIANT) for language, text in pairs]
    edition.advance()
    return terms


@transaction.atomic
def take_back_concept(pk: int, version: str) -> bool:
    """Delete a concept that is still of the version in which it was made; tells whether it could be.

    One that somebody has worked on since, that anything else names, or that is gone, is left alone.
    """
    concept = Concept.objects.filter(pk=pk).first()
    if concept is None or history.version(concept) != version or _is_named(concept):
        return False
    concept.delete()
    edition.advance()
    return True


def _is_named(concept: Concept) -> bool:
    """Tell whether a row of any table names a concept, but for its own terms; histories only tell of it."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: concept}).exists()
        for relation in dependents(Concept)
        if relation.related_model is not Term
    )


@transaction.atomic
def take_back_terms(keys: Iterable[int]) -> bool:
    """Delete names that were just given, those that still are as they were."""
    kept = [term for term in Term.objects.filter(pk__in=list(keys)) if term.history.count() == 1]
    for term in kept:
        term.delete()
    if kept:
        edition.advance()
    return bool(kept)
