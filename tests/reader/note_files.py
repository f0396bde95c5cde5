"""Files of notes as others write them, and how they come in."""

import json
from typing import Any

from reader.ingest import add_revision
from reader.models import Document, User
from reader.note_arrivals import Report
from reader.note_formats.reading import read
from reader.note_import import bring_in
from zhtext.clean import BlockKind, CleanBlock, CleanText


def selector(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def foreign(name: str, *selectors: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Give an annotation as the client of Hypothesis exports it."""
    # Positions as it counts them: in whatever the page's DOM held.
    place = {"type": "TextPositionSelector", "start": 2, "end": 5}
    range_ = {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]"}
    told = {
        "id": name,
        "uri": "http://127.0.0.1:8000/documents/size/?pinyin=on",
        "user": "acct:me@hypothes.is",
        "created": "2024-03-01T10:00:00.123456+00:00",
        "updated": "2024-03-02T10:00:00.000000+00:00",
        "text": "",
        "tags": [],
        "target": [{"selector": [range_, place, *selectors]}] if selectors else [{"source": "…"}],
    }
    return told | said


def exported(*rows: dict[str, Any]) -> bytes:
    told = {"export_date": "2024-05-01", "export_userid": "acct:me@hypothes.is", "annotations": rows}
    return json.dumps(told).encode()


def come(user: User, content: bytes, **how: Any) -> Report:
    return bring_in(user, read(content), **how)


def rewrite(document: Document, change: Any) -> None:
    """Give a text a new revision."""
    text = change(document.revisions.get(number=document.revision).text)
    block = CleanBlock(BlockKind.PARAGRAPH, text.replace("\n", ""))
    add_revision(document, CleanText("大小", (block,)), source=text)
