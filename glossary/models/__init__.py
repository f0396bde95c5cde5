"""Concepts and their terms, and the dictionary."""

from glossary.models.choices import ConceptStatus, Language, TermKind, TermStatus
from glossary.models.concept import Concept, ConceptQuerySet, Edition, Source, SubjectField
from glossary.models.dictionary import DictionaryLoad, Entry
from glossary.models.importing import Import, ImportStatus
from glossary.models.term import Term, TermQuerySet

__all__ = [
    "Concept",
    "ConceptQuerySet",
    "ConceptStatus",
    "DictionaryLoad",
    "Edition",
    "Entry",
    "Import",
    "ImportStatus",
    "Language",
    "Source",
    "SubjectField",
    "Term",
    "TermKind",
    "TermQuerySet",
    "TermStatus",
]
