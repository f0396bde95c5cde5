"""Concepts with their terms and relations, the dictionary, and what readers and editors say of both."""

from glossary.models.choices import (
    ConceptStatus,
    Language,
    RelationKind,
    SuggestionKind,
    SuggestionStatus,
    TermKind,
    TermStatus,
)
from glossary.models.concept import Concept, ConceptQuerySet, Edition, Source, SubjectField
from glossary.models.dictionary import DictionaryLoad, Entry
from glossary.models.importing import Import, ImportStatus
from glossary.models.relation import Relation, RelationQuerySet
from glossary.models.review import Rejection, Suggestion, SuggestionQuerySet
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
    "Rejection",
    "Relation",
    "RelationKind",
    "RelationQuerySet",
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
