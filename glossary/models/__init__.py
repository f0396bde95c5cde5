"""Concepts and their terms, the dictionary, and what readers and editors say of both."""

from glossary.models.choices import (
    ConceptStatus,
    Language,
    SuggestionKind,
    SuggestionStatus,
    TermKind,
    TermStatus,
)
from glossary.models.concept import Concept, ConceptQuerySet, Edition, Source, SubjectField
from glossary.models.dictionary import DictionaryLoad, Entry
from glossary.models.review import Rejection, Suggestion, SuggestionQuerySet
from glossary.models.term import Term, TermQuerySet

__all__ = [
    "Concept",
    "ConceptQuerySet",
    "ConceptStatus",
    "DictionaryLoad",
    "Edition",
    "Entry",
    "Language",
    "Rejection",
    "Source",
    "SubjectField",
    "Suggestion",
    "SuggestionKind",
    "SuggestionQuerySet",
    "SuggestionStatus",
    "Term",
    "TermKind",
    "TermQuerySet",
    "TermStatus",
]
