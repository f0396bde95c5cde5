"""Write a concept with its terms, its history and the glossary's next revision: one transaction."""

from operator import attrgetter
from typing import Any

from django.db import transaction

from glossary import edition
from glossary.drafts import key_for
from glossary.models import Concept, ConceptStatus, Language, SubjectField, TermStatus
from zhtext.characters import count_han
from zhtext.script import simplify


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
        written = sorted((form.instance for form in formsets[0].forms if form.instance.text), key=attrgetter("rank"))
        zh, en = (next((t.text for t in written if t.language == language), "") for language in ("zh", "en"))
        concept.key = key_for(zh, en)
    concept.save()
    for formset in formsets:
        formset.instance = concept
        formset.save()
    edition.advance()
    return concept
