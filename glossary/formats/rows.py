"""What every format reads into and writes from: one row, one concept."""

from dataclasses import dataclass


class BadFileError(ValueError):
    """A file that cannot be read: every problem with its line number."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class TermRow:
    """One designation as a file gives it."""

    language: str
    text: str
    status: str = "admitted"
    kind: str = "full-form"
    reading: str = ""
    hant: str = ""
    hant_tw: str = ""
    hant_hk: str = ""


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
