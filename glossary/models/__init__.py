"""Concepts with their terms and relations, and the dictionary."""

from glossary.models.choices import ConceptStatus, Language, RelationKind, TermKind, TermStatus
from glossary.models.concept import Concept, ConceptQuerySet, Edition, Source, SubjectField
from glossary.models.dictionary import DictionaryLoad, Entry
from glossary.models.importing import Import, ImportStatus
from glossary.models.relation import Relation, RelationQuerySet
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
    "Relation",
    "RelationKind",
    "RelationQuerySet",
    "Source",
    "SubjectField",
    "Term",
    "TermKind",
    "TermQuerySet",
    "TermStatus",
]
