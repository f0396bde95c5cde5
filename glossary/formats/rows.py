"""What every format reads into and writes from: one row, one concept."""

from collections.abc import Iterable
from dataclasses import dataclass


class BadFileError(ValueError):
    """A file that cannot be read: every problem with its line number."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# The status of a term in a format that does not tell deprecated terms from forbidden ones.
AVOIDED = "avoided"
# Whether texts mark the terms of a concept; where nothing is said, they stay as they are.
MARKED = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One designation as a file gives it; what the file does not say is None and stays as it is in the glossary."""

    language: str
    text: str
    status: str = "admitted"
    kind: str | None = None
    reading: str | None = None
    hant: str | None = None
    hant_tw: str | None = None
    hant_hk: str | None = None
    annotate: bool | None = None


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """One concept as a file gives it; a field the file does not have is None and stays as it is in the glossary."""

    line: int
    key: str
    terms: tuple[TermRow, ...]
    subject: str | None = None
    status: str | None = None
    definition_zh: str | None = None
    definition_en: str | None = None
    source: str | None = None
    # The keys of the concepts to which the concept has a relation.
    broader: tuple[str, ...] | None = None
    related: tuple[str, ...] | None = None
    see_also: tuple[str, ...] | None = None
    # The format holds neither keys nor all of a concept: what it does not say stays, also terms.
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: the number of the glossary's revision, and the address of the site that sends it.

    The site is given as ``https://example.org``; it is empty where nobody can be asked for the file.
    """

    edition: int = 0
    site: str = ""


def each_once(terms: Iterable[TermRow]) -> list[TermRow]:
    """Drop a designation that is given twice; the first, which may be the preferred one, stays."""
    first: dict[tuple[str, str], TermRow] = {}
    for term in terms:
        first.setdefault((term.language, term.text), term)
    return list(first.values())
