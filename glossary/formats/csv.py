"""Glossaries as CSV: UTF-8 (with or without BOM) or GB18030, a header, one concept a line, columns in any order.

The least file has the columns ``zh_hans`` and ``en``. Cells that a spreadsheet would run as a formula are made
harmless on the way out with an apostrophe, and get it taken off on the way in.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from glossary.formats.rows import AVOIDED, MARKED, BadFileError, ConceptRow, TermRow
from zhtext.characters import count_han, normalise
from zhtext.pinyin import split_reading

COLUMNS = (
    "key zh_hans en pinyin zh_hant zh_tw zh_hk variants abbreviations avoid subject "
    "definition_zh definition_en status source marked broader related see_also"
).split()
REQUIRED = ("zh_hans", "en")
# A spreadsheet takes a cell that begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"^'*[=+\-@＝＋－＠\t\r\n]")
# Status and kind of the terms in a column; it does not say whether a variant is a full form.
LISTS: dict[str, tuple[str, str | None]] = {
    "variants": ("admitted", None),
    "abbreviations": ("admitted", "abbreviation"),
    "avoid": (AVOIDED, None),
}
# Between the terms of a list; one that has a bar in it has a backslash before that.
BAR = re.compile(r"(?<!\\)\|")
# Before a term in a list: it is English, though it has Han characters in it.
ENGLISH = "en:"
# The keys of other concepts, parted as terms are; an empty cell says that there is none.
RELATIONS = ("broader", "related", "see_also")


def decode(content: bytes) -> str:
    """Decode a file as UTF-8, with or without BOM, else as GB18030. Raises BadFileError where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return normalise(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        except ValueError as error:
            raise BadFileError([str(error)]) from error
    raise BadFileError(["The file is neither UTF-8 nor GB18030 text."])


def read(content: bytes) -> list[ConceptRow]:
    """Read a file into rows. Raises BadFileError with every problem found and its line number."""
    reader = csv.DictReader(io.StringIO(decode(content), newline=""), strict=True)
    problems: list[str] = []
    rows: list[ConceptRow] = []
    try:
        _check_header(reader.fieldnames)
        for cells in reader:
            problems.extend(_problems(reader.line_num, cells))
            if any((value or "") and not isinstance(value, list) for value in cells.values()):
                rows.append(_row(reader.line_num, {name: _harmed(value) for name, value in cells.items() if name}))
    except csv.Error as error:
        problems.append(f"Line {reader.line_num + 1}: the quoting is broken ({error}).")
    if problems:
        raise BadFileError(problems)
    return rows


def _check_header(names: Iterable[str] | None) -> None:
    found = list(names or ())
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        reads = ", ".join(found) or "nothing"
        raise BadFileError([f"Line 1: the column {' and '.join(missing)} is missing; the header reads {reads}."])
    unknown = [name for name in found if name not in COLUMNS]
    if unknown:
        raise BadFileError([f"Line 1: the column “{unknown[0]}” is not known. Known are {', '.join(COLUMNS)}."])
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        raise BadFileError([f"Line 1: the column “{twice[0]}” stands there twice."])


def _problems(line: int, cells: dict[str, str | None]) -> Iterator[str]:
    if None in cells:
        yield f"Line {line}: it has more cells than the header has columns."
    elif any(value is None for value in cells.values()):
        yield f"Line {line}: it has fewer cells than the header has columns."
    elif any(cells.values()):
        yield from (f"Line {line}: the column {name} is empty." for name in REQUIRED if not (cells[name] or "").strip())
        marked = _harmed(cells.get("marked"))
        if marked and marked not in MARKED:
            yield f"Line {line}: the column marked says “{marked}”: write yes, no or nothing."


def _harmed(value: str | None) -> str:
    """Take off the apostrophe that made a cell harmless."""
    value = (value or "").strip()
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def _row(line: int, cells: dict[str, str]) -> ConceptRow:
    return ConceptRow(
        line=line,
        key=cells.get("key") or slug(cells["en"]),
        terms=tuple(_terms(cells)),
        subject=cells.get("subject"),
        status=cells.get("status") or None,
        definition_zh=cells.get("definition_zh"),
        definition_en=cells.get("definition_en"),
        source=cells.get("source"),
        **_relations(cells),
    )


def _relations(cells: dict[str, str]) -> dict[str, Any]:
    return {name: tuple(dict.fromkeys(_parts(cells[name]))) for name in RELATIONS if name in cells}


def _parts(cell: str) -> Iterator[str]:
    return filter(None, (part.strip().replace("\\|", "|") for part in BAR.split(cell)))


def slug(english: str) -> str:
    """Make a key from an English term: small letters and digits with single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", english.casefold()).strip("-")


def _terms(cells: dict[str, str]) -> Iterator[TermRow]:
    forms = {"hant": "zh_hant", "hant_tw": "zh_tw", "hant_hk": "zh_hk", "reading": "pinyin"}
    given = {name: cells[column] for name, column in forms.items() if column in cells}
    if "reading" in given:
        given["reading"] = " ".join(split_reading(given["reading"]))
    marked = MARKED.get(cells.get("marked", ""))
    language = "zh" if count_han(cells["zh_hans"]) else "en"
    yield TermRow(language, cells["zh_hans"], "preferred", annotate=marked, **given)
    if cells["en"] != cells["zh_hans"]:
        # Of two English names (GPU, graphics processing unit) the first is preferred.
        yield TermRow("en", cells["en"], "preferred" if language == "zh" else "admitted", annotate=marked)
    for column, (status, kind) in LISTS.items():
        for text in _parts(cells.get(column, "")):
            english = text.startswith(ENGLISH) or not count_han(text)
            yield TermRow("en" if english else "zh", text.removeprefix(ENGLISH), status, kind, annotate=marked)


def write(rows: Iterable[ConceptRow]) -> str:
    """Write rows as CSV text; read back, they say the same but for line numbers and what the columns cannot hold."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in _cells(row).items()} for row in rows)
    return out.getvalue()


def harmless(value: str) -> str:
    """Keep a spreadsheet from running a cell as a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{value}" if FORMULA.match(value) else value


def _cells(row: ConceptRow) -> dict[str, str]:
    chinese, english = _preferred(row, "zh"), _preferred(row, "en")
    first = chinese or english
    rest = [term for term in row.terms if term not in (chinese, english)]
    lists = {column: "|".join(_named(term) for term in rest if _column(term) == column) for column in LISTS}
    return {
        "key": row.key,
        "zh_hans": first.text if first else "",
        "en": english.text if english else (first.text if first else ""),
        "pinyin": (chinese.reading if chinese else None) or "",
        "zh_hant": (chinese.hant if chinese else None) or "",
        "zh_tw": (chinese.hant_tw if chinese else None) or "",
        "zh_hk": (chinese.hant_hk if chinese else None) or "",
        **lists,
        "subject": row.subject or "",
        "definition_zh": row.definition_zh or "",
        "definition_en": row.definition_en or "",
        "status": row.status or "",
        "source": row.source or "",
        "marked": "no" if row.terms and not any(term.annotate is not False for term in row.terms) else "",
        **{name: "|".join(getattr(row, name) or ()) for name in RELATIONS},
    }


def _named(term: TermRow) -> str:
    text = term.text.replace("|", "\\|")
    return f"{ENGLISH}{text}" if term.language == "en" and count_han(text) else text


def _preferred(row: ConceptRow, language: str) -> TermRow | None:
    return next((term for term in row.terms if term.language == language and term.status == "preferred"), None)


def _column(term: TermRow) -> str:
    if term.status in ("deprecated", "forbidden", AVOIDED):
        return "avoid"
    return "abbreviations" if term.kind == "abbreviation" else "variants"
