"""Load what ships with the service: subject fields, glossary, relations, documents; again and again without harm."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from glossary import edition
from glossary.formats import csv as glossary_csv
from glossary.formats.rows import ConceptRow
from glossary.models import SubjectField
from glossary.transfer import Report, import_rows
from reader.formats import markdown
from reader.ingest import Added, add_document


def load_subjects(folder: Path) -> None:
    """Load the subject fields with their names, which stand on cards."""
    before = list(SubjectField.objects.values())
    with (folder / "subjects.csv").open(encoding="utf8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file)):
            names = {"name_zh": row["name_zh"], "name_en": row["name_en"], "position": position}
            SubjectField.objects.update_or_create(slug=row["slug"], defaults=names)
    if list(SubjectField.objects.values()) != before:
        edition.advance()


def load_glossary(folder: Path) -> Report:
    """Load the concepts of all glossary files. Raises BadFileError with line numbers."""
    parts = (import_rows(glossary_csv.read(path.read_bytes())) for path in sorted((folder / "glossary").glob("*.csv")))
    return sum(parts, start=Report())


def load_relations(folder: Path) -> Report:
    """Load the relations between concepts of all files. Raises BadFileError with line numbers."""
    with (folder / "relations.csv").open(encoding="utf8", newline="") as file:
        lines = list(csv.DictReader(file))
    # A partial row adds to a concept, and takes none of its terms away.
    return import_rows([_relations(number, cells) for number, cells in enumerate(lines, 2)])


def _relations(line: int, cells: dict[str, str]) -> ConceptRow:
    broader, related, see_also = (
        tuple(filter(None, cells[name].split("|"))) for name in ("broader", "related", "see_also")
    )
    key = cells["key"]
    return ConceptRow(line, key, (), broader=broader, related=related, see_also=see_also, partial=True)


def load_documents(folder: Path) -> list[Added]:
    """Load the documents; the file's name is their address."""
    return [_load_document(path) for path in sorted((folder / "documents").glob("*.md"))]


def _load_document(path: Path) -> Added:
    incoming = markdown.read(path.read_bytes(), path.name)
    return add_document(replace(incoming, slug=path.stem))


Step = Callable[[Path], object]
STEPS: dict[str, Step] = {
    "subject fields": load_subjects,
    "glossary": load_glossary,
    "relations": load_relations,
    "documents": load_documents,
}


@transaction.atomic
def load(folder: Path, *, progress: Callable[[str], None] = lambda step: None) -> None:
    """Load everything in one transaction; ``progress`` is told each step as it begins."""
    for name, step in STEPS.items():
        progress(name)
        step(folder)
