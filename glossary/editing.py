"""Write a concept with its terms, its history and the glossary's next revision: one transaction."""

from typing import Any

from django.db import transaction

from glossary import edition
from glossary.formats.headwords import LONGEST_KEY, key_of
from glossary.models import Concept, ConceptStatus, Language, SubjectField, Term, TermStatus
from zhtext.characters import count_han
from zhtext.pinyin import plain_letters, read
from zhtext.script import simplify

# What a concept is called in its address when it has no name that letters could be made of.
NAMELESS = "concept"


def begun(text: str) -> tuple[Concept, list[dict[str, str]]]:
    """Begin a concept that is met as a word of a text: with the subject last chosen, and a row for each language."""
    text = simplify(text)
    by_hand = Concept.history.filter(history_user__isnull=False)
    last = by_hand.order_by("-history_id").values_list("subject", flat=True).first()
    subject = SubjectField.objects.filter(pk=last).first() or SubjectField.objects.first()
    language = Language.CHINESE if count_han(text) else Language.ENGLISH
    rows = [{"text": text, "language": language.value, "status": TermStatus.PREFERRED.value}]
    other = Language.ENGLISH if language is Language.CHINESE else Language.CHINESE
    rows.append({"text": "", "language": other.value, "status": TermStatus.PREFERRED.value})
    return Concept(subject=subject, status=ConceptStatus.PUBLISHED), rows


@transaction.atomic
def save(concept_form: Any, *formsets: Any) -> Concept:
    """Save the checked forms of a concept, its terms and its sources; a new concept gets a key from its name."""
    concept: Concept = concept_form.save(commit=False)
    if not concept.key:
        concept.key = free_key([form.instance for form in formsets[0].forms if form.instance.text])
    concept.save()
    for formset in formsets:
        formset.instance = concept
        formset.save()
    edition.advance()
    return concept


def free_key(terms: list[Term]) -> str:
    """Make a key that no concept has, from the preferred English name or else from the pinyin of the Chinese one."""
    ranked = sorted(terms, key=lambda term: (term.language != Language.ENGLISH, *term.rank))
    names = (key_of(_letters(term.text)) for term in ranked)
    key = next(filter(None, names), NAMELESS)
    taken = set(Concept.objects.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key[: LONGEST_KEY - 5]}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(name for name in numbered if name not in taken)


def _letters(text: str) -> str:
    """Spell a name in plain Latin letters."""
    parts = (f" {syllable} " if syllable else mark for mark, syllable in zip(text, read(text), strict=True))
    return plain_letters("".join(parts)).replace("ü", "v")
