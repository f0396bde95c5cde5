"""Glossaries as TBX-Basic (ISO 30042:2019, version 3, DCA style); version 2 (martif) is read as well.

One conceptEntry a concept, its id made of the key. Terms keep their status and type; forms of other regions stand in a
langSec of their own and point to the term they belong to. What TBX-Basic has no field for — readings, the status of a
concept, whether texts mark a term — stands in notes, as ``reading: suō fàng``. Relations are cross-references.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from lxml import etree

from glossary.formats import crossreferences
from glossary.formats.csv import slug
from glossary.formats.rows import MARKED, BadFileError, ConceptRow, TermRow
from zhtext.characters import count_han, normalise
from zhtext.pinyin import split_reading
from zhtext.script import simplify

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ID_PREFIX = "concept-"
# A term that ISO 30042 calls superseded should no longer be used; one that it calls deprecated must not be.
STATUSES = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "admitted",
    "supersededTerm-admn-sts": "deprecated",
    "deprecatedTerm-admn-sts": "forbidden",
}
KINDS = {"fullForm": "full-form", "abbreviation": "abbreviation", "acronym": "abbreviation", "variant": "variant"}
STATUS_NAMES = {status: name for name, status in STATUSES.items()}
# Of two names for one kind the first is written.
KIND_NAMES = {kind: name for name, kind in reversed(KINDS.items())}
# The regional forms of a Chinese term, by the language of the section in which they stand.
FORMS = {"hant": "zh-Hant", "hant_tw": "zh-Hant-TW", "hant_hk": "zh-Hant-HK"}
REGIONS = {"zh-hant": "hant", "zh-hant-tw": "hant_tw", "zh-tw": "hant_tw", "zh-hant-hk": "hant_hk", "zh-hk": "hant_hk"}
NOTE = re.compile(r"(reading|status|marked): (.*)", re.DOTALL)
LEVELS = ("conceptEntry", "termEntry")
SECTIONS = ("langSec", "langSet")
TERMS = ("termSec", "tig", "ntig")

# lxml has no type hints.
Element = Any


def read(content: bytes) -> list[ConceptRow]:
    """Read a file into rows; languages other than Chinese and English are passed over.

    Raises BadFileError with every problem found and its line number.
    """
    # No network, no entities of the file's own, no document type: nothing but what stands in the file.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise BadFileError([f"Line {line}, column {column}: this is no XML ({error.msg})."]) from error
    entries = [element for element in root.iter() if _name(element) in LEVELS]
    if not entries:
        raise BadFileError([f"Line 1: there is no conceptEntry and no termEntry; the file is a {_name(root)}."])
    problems: list[str] = []
    rows: list[tuple[Element, ConceptRow]] = []
    for entry in entries:
        with _noting(problems, entry):
            rows.append((entry, _row(entry)))
    # References may point ahead: they are read once the concepts of all entries are known.
    keys = {name: key for entry, row in rows for name, key in crossreferences.names(entry, row.key).items()}
    related: list[ConceptRow] = []
    for entry, row in rows:
        with _noting(problems, entry):
            relations: dict[str, Any] = dict(crossreferences.read(entry, keys, ID_PREFIX))
            related.append(replace(row, **relations))
    if problems:
        raise BadFileError(problems)
    return related


@contextmanager
def _noting(problems: list[str], entry: Element) -> Iterator[None]:
    """Note what is wrong with an entry, and go on."""
    try:
        yield
    except ValueError as error:
        problems.append(f"Line {entry.sourceline}: {error}")


def _name(element: Element) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _row(entry: Element) -> ConceptRow:
    notes = dict(_notes(entry))
    terms = tuple(_terms(entry))
    if not terms:
        raise ValueError("the entry has no term in Chinese or English.")
    return ConceptRow(
        line=entry.sourceline or 0,
        key=_key(entry, terms),
        terms=terms,
        subject=slug(_said(entry, "descrip", "subjectField")) or None,
        status=notes.get("status"),
        definition_zh=_definition(entry, "zh"),
        definition_en=_definition(entry, "en"),
        source=_said(entry, "admin", "source") or None,
    )


def _key(entry: Element, terms: Iterable[TermRow]) -> str:
    """Give the key that our own files name; of a foreign file, whose ids mean nothing here, the English term's."""
    own = str(entry.get("id", ""))
    if own.startswith(ID_PREFIX):
        return own.removeprefix(ID_PREFIX)
    english = [term.text for term in terms if term.language == "en"]
    key = slug(english[0]) if english else slug(own)
    if not key:
        raise ValueError("the entry has neither an English term nor an id to make a key from.")
    return key


def _own(element: Element, names: Iterable[str]) -> Iterator[Element]:
    """Give what stands in an element, directly or in a group, but in no section or term below it."""
    for child in element:
        name = _name(child)
        if name in names:
            yield child
        elif name.endswith("Grp"):
            yield from _own(child, names)


def _said(element: Element, name: str, kind: str) -> str:
    found = (_text(child) for child in _own(element, [name]) if child.get("type") == kind)
    return next(found, "")


def _text(element: Element) -> str:
    return normalise(" ".join("".join(element.itertext()).split()))


def _notes(element: Element) -> Iterator[tuple[str, str]]:
    for note in _own(element, ["note"]):
        found = NOTE.fullmatch(_text(note))
        if found:
            yield found[1], found[2]


def _language(section: Element) -> str:
    return (section.get(LANG) or section.get("lang") or "").casefold()


def _definition(entry: Element, language: str) -> str | None:
    """Give the definition in a language; one that stands above all languages is told by its characters."""
    sections = (section for section in _own(entry, SECTIONS) if _language(section).startswith(language))
    found = next(filter(None, (_said(section, "descrip", "definition") for section in sections)), None)
    above = _said(entry, "descrip", "definition")
    return found or (above if above and bool(count_han(above)) == (language == "zh") else None)


def _terms(entry: Element) -> Iterator[TermRow]:
    """Give the terms of an entry; a traditional one that belongs to no other is read in simplified characters."""
    forms = _regional(entry)
    found = [(section, term) for section in _own(entry, SECTIONS) for term in _own(section, TERMS)]
    for section, term in found:
        language = _language(section)
        text = _text(_term(term))
        if language in REGIONS:
            if not _target(term):
                yield _term_row(term, "zh", simplify(text), {REGIONS[language]: text})
        elif language.startswith(("zh", "cmn")):
            # A Latin name in a Chinese section (GPU) is what English texts say, too.
            own = forms.get(term.get("id", ""), {})
            yield _term_row(term, "zh" if count_han(text) else "en", text, own)
        elif language.startswith("en"):
            yield _term_row(term, "en", text, {})


def _regional(entry: Element) -> dict[str, dict[str, str]]:
    """Give the regional forms of the terms that they point to, by the ids of those."""
    forms: dict[str, dict[str, str]] = {}
    for section in _own(entry, SECTIONS):
        for term in _own(section, TERMS):
            target = _target(term)
            if target and _language(section) in REGIONS:
                forms.setdefault(target, {})[REGIONS[_language(section)]] = _text(_term(term))
    return forms


def _target(term: Element) -> str:
    found = (ref.get("target", "") for ref in _own(term, ["ref"]) if ref.get("type") == "crossReference")
    return next(found, "")


def _term(section: Element) -> Element:
    found = next(_own(section, ["term"]), None)
    if found is None or not _text(found):
        raise ValueError(f"a term of the entry is empty (line {section.sourceline}).")
    return found


def _term_row(section: Element, language: str, text: str, forms: dict[str, str]) -> TermRow:
    status = _said(section, "termNote", "administrativeStatus")
    if status and status not in STATUSES:
        raise ValueError(f"the status “{status}” is not known. Known are {', '.join(STATUSES)}.")
    notes = dict(_notes(section))
    reading = {"reading": " ".join(split_reading(notes["reading"]))} if "reading" in notes else {}
    marked = notes.get("marked")
    if marked and marked not in MARKED:
        raise ValueError(f"the note marked says “{marked}”: write yes or no (line {section.sourceline}).")
    kind = KINDS.get(_said(section, "termNote", "termType"))
    return TermRow(
        language, text, STATUSES.get(status, "admitted"), kind, annotate=MARKED.get(marked or ""), **reading, **forms
    )


def write(rows: Iterable[ConceptRow]) -> str:
    """Write rows as TBX; read back, they say the same but for line numbers."""
    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", LANG: "en"}, nsmap={None: NAMESPACE})
    described = _put(_put(root, "tbxHeader"), "fileDesc")
    _put(_put(described, "titleStmt"), "title", "Zhujie 注解")
    _put(_put(described, "sourceDesc"), "p", "The glossary of Zhujie.")
    body = _put(_put(root, "text"), "body")
    for row in rows:
        _entry(body, row)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode", pretty_print=True)}'


def _put(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _entry(body: Element, row: ConceptRow) -> None:
    entry = _put(body, "conceptEntry", id=f"{ID_PREFIX}{row.key}")
    if row.subject:
        _put(entry, "descrip", row.subject, type="subjectField")
    if row.source:
        _put(entry, "admin", row.source, type="source")
    if row.status:
        _put(entry, "note", f"status: {row.status}")
    for key, said in crossreferences.of(row):
        _put(entry, "ref", said, type="crossReference", target=f"{ID_PREFIX}{key}")
    ids = {id(term): f"{ID_PREFIX}{row.key}-{number}" for number, term in enumerate(row.terms, 1)}
    for language, definition, tag in (("zh", row.definition_zh, "zh-Hans"), ("en", row.definition_en, "en")):
        terms = [term for term in row.terms if term.language == language]
        if terms or definition:
            section = _section(entry, tag)
            if definition:
                _put(section, "descrip", definition, type="definition")
            for term in terms:
                _write_term(section, term, ids[id(term)])
    for field, tag in FORMS.items():
        having = [(term, getattr(term, field)) for term in row.terms if getattr(term, field)]
        if having:
            section = _section(entry, tag)
            for term, form in having:
                written = _put(section, "termSec")
                _put(written, "term", form)
                _put(written, "ref", term.text, type="crossReference", target=ids[id(term)])


def _section(entry: Element, tag: str) -> Element:
    section = _put(entry, "langSec")
    section.set(LANG, tag)
    return section


def _write_term(section: Element, term: TermRow, own_id: str) -> None:
    written = _put(section, "termSec", id=own_id)
    _put(written, "term", term.text)
    _put(written, "termNote", STATUS_NAMES.get(term.status, "supersededTerm-admn-sts"), type="administrativeStatus")
    if term.kind:
        _put(written, "termNote", KIND_NAMES[term.kind], type="termType")
    if term.reading:
        _put(written, "note", f"reading: {term.reading}")
    if term.annotate is False:
        _put(written, "note", "marked: no")
