"""The glossary as a dictionary for Yomitan, which explains words on any page of the web: a zip of JSON files.

After Yomitan's schemas of format 3 (``ext/data/schemas`` of yomidevs/yomitan). Each form of each designation has a row;
all rows of a concept say the same and share one sequence number, by which Yomitan can show them as one entry. Yomitan
asks the address of the index whether the revision has grown, and then fetches the dictionary anew by itself.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator

from django.urls import reverse

from glossary.formats.headwords import SHOWN, spelled, taught
from glossary.formats.rows import ConceptRow, Origin, TermRow
from zhtext.script import Script, convert, simplify

TITLE = "Zhujie 注解"
# Goes up when the files are written otherwise, so that readers get them although the glossary has not changed.
LAYOUT = 1
# The most rows that a file of them may have.
BANK = 10_000
SCORES = {"preferred": 2, "admitted": 1}
SCORE_AVOIDED = -1
AVOID = "avoid"
# What a tag says, after its name: its category, which gives it a colour, its place, its words, and its score.
TAGS: dict[str, tuple[str, int, str, int]] = {
    "abbreviation": ("expression", 1, "an abbreviation", 0),
    "variant": ("expression", 1, "another name", 0),
    AVOID: ("archaism", 2, "a name that should not be used", 0),
}

Content = str | list["Content"] | dict[str, "Content"]


def write(rows: Iterable[ConceptRow], origin: Origin) -> bytes:
    """Write the dictionary; the same rows of the same origin are the same bytes at any time."""
    rows = list(rows)
    entries = [entry for number, row in enumerate(rows, 1) for entry in _entries(number, row, origin)]
    files: dict[str, object] = {"index.json": index(origin), "tag_bank_1.json": list(_tags(rows))}
    for number, start in enumerate(range(0, len(entries), BANK), 1):
        files[f"term_bank_{number}.json"] = entries[start : start + BANK]
    return _zipped(files)


def _zipped(files: dict[str, object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            # Made by hand, it is dated 1980, and not now.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return out.getvalue()


def index(origin: Origin) -> dict[str, object]:
    """Say what the dictionary is and, where a site can be asked, whether there is a newer one.

    Revisions of as many numbers, parted by dots, are compared by the numbers; any others as text, where 9 is after 10.
    """
    described: dict[str, object] = {
        "title": TITLE,
        "revision": f"{LAYOUT}.{origin.edition}",
        "format": 3,
        "sequenced": True,
        "description": "Terms of artificial intelligence in Chinese and English, with definitions in both.",
        "attribution": f"{TITLE}, CC BY 4.0",
        "sourceLanguage": "zh",
        "targetLanguage": "en",
    }
    if not origin.site:
        # The schema knows no dictionary that says it cannot be updated: it says nothing.
        return described
    return described | {
        "url": origin.site + reverse("glossary:concept-list"),
        "isUpdatable": True,
        "indexUrl": origin.site + reverse("glossary:yomitan-index"),
        "downloadUrl": origin.site + reverse("glossary:download", args=["yomitan"]),
    }


def _tags(rows: Iterable[ConceptRow]) -> Iterator[list[object]]:
    for name, said in TAGS.items():
        yield [name, *said]
    for subject in sorted({row.subject for row in rows if row.subject}):
        yield [subject, "partOfSpeech", 0, f"subject: {subject.replace('-', ' ')}", 0]


def _entries(number: int, row: ConceptRow, origin: Origin) -> Iterator[list[object]]:
    """Give the rows of a concept; a form that two of its terms share goes to the better one."""
    glossary = [{"type": "structured-content", "content": _content(row, origin)}]
    given = set()
    for term in sorted(row.terms, key=_score, reverse=True):
        for form, reading in _forms(term):
            if form not in given:
                yield [form, reading, row.subject or "", "", _score(term), glossary, number, " ".join(_tag(term))]
            given.add(form)


def _score(term: TermRow) -> int:
    return SCORES.get(term.status, SCORE_AVOIDED)


def _tag(term: TermRow) -> Iterator[str]:
    if term.kind in TAGS:
        yield term.kind
    if term.status not in SHOWN:
        yield AVOID


def _forms(term: TermRow) -> Iterator[tuple[str, str]]:
    """Give a term in all scripts, each form once, with its reading; another word of a region has another reading."""
    own = {
        Script.HANT: term.hant,
        Script.HANT_TW: term.hant_tw or term.hant,
        Script.HANT_HK: term.hant_hk or term.hant,
    }
    written = [form or convert(term.text, script) for script, form in own.items()] if term.language == "zh" else []
    for form in dict.fromkeys([term.text, *written]):
        simplified = simplify(form)
        spoken = term if term.text in (form, simplified) else TermRow(term.language, simplified)
        yield form, spelled(spoken) if term.language == "zh" else ""


def _content(row: ConceptRow, origin: Origin) -> Content:
    """Say what a concept is: its names, definitions and other designations, and where to read on."""
    chinese, english = taught(row, "zh"), taught(row, "en")
    lines = [
        _line("", _names([*chinese[:1], *english[:1]])),
        _definition(row.definition_zh, "zh-Hans"),
        _definition(row.definition_en, "en"),
        _line("Also: ", _names([*chinese[1:], *english[1:]])),
        _line("Taiwan: ", [("zh-TW", term.hant_tw) for term in chinese if term.hant_tw]),
        _line("Hong Kong: ", [("zh-HK", term.hant_hk) for term in chinese if term.hant_hk]),
        _line("To be avoided: ", _names([term for term in row.terms if term.status not in SHOWN])),
        _link(row, origin),
    ]
    return [line for line in lines if line]


def _names(terms: list[TermRow]) -> list[tuple[str, str]]:
    return [("zh-Hans" if term.language == "zh" else term.language, term.text) for term in terms]


def _line(label: str, names: list[tuple[str, str]]) -> Content:
    """Give names, each in its language, as a line with a label; nothing where there are none."""
    parts: list[Content] = [label] if label else []
    for number, (language, name) in enumerate(names):
        parts += [", "] if number else []
        parts.append({"tag": "span", "lang": language, "content": name})
    return {"tag": "div", "content": parts} if names else ""


def _definition(text: str | None, language: str) -> Content:
    return {"tag": "div", "lang": language, "content": text} if text else ""


def _link(row: ConceptRow, origin: Origin) -> Content:
    address = origin.site + reverse("glossary:concept-detail", args=[row.key])
    return {"tag": "div", "content": {"tag": "a", "href": address, "content": TITLE}} if origin.site else ""
