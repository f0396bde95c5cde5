"""Notes as W3C Web Annotations, in JSON-LD: https://www.w3.org/TR/annotation-model/.

All terms are of the standard's own context. What it has no term for is said in words of schema.org, whose prefix is
part of that context: the number of a revision as ``schema:version`` of the target's state, and that a note has lost its
place as ``schema:creativeWorkStatus``. The colour is a class of an embedded stylesheet.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from reader.note_formats.rows import NoteRow

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VERSION, STATUS = "schema:version", "schema:creativeWorkStatus"
# The same as on the page in the light theme.
COLOURS = {"yellow": "#ffe08a", "green": "#b9e3a8", "blue": "#aad4f5", "red": "#f6b5ab", "violet": "#d6bdf0"}


def write(rows: Iterable[NoteRow], author: str) -> str:
    """Write notes as one AnnotationCollection with a single page."""
    items = [annotation(row) for row in rows]
    name = uuid5(NAMESPACE_URL, f"{author} {' '.join(item['id'] for item in items)}").urn
    page = {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": _("Notes of %(name)s") % {"name": author},
        "creator": _person(author),
        "total": len(items),
        # A page has at least one annotation.
        **({"first": page, "last": page["id"]} if items else {}),
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def annotation(row: NoteRow, address: str = "") -> dict[str, Any]:
    """Give a note as an Annotation; without an address it is known by its uuid."""
    told: dict[str, Any] = {
        "id": address or row.uuid.urn,
        "type": "Annotation",
        "motivation": "commenting" if row.body else "highlighting",
        "creator": _person(row.author),
        "created": _moment(row.created),
        "modified": _moment(row.modified),
        "stylesheet": _stylesheet(row.colour),
        "body": [*_comment(row), *map(_tag, row.tags)],
        "target": _target(row),
    }
    if address:
        told["canonical"] = row.uuid.urn
    if row.via:
        told["via"] = row.via[0] if len(row.via) == 1 else list(row.via)
    if row.status != "placed":
        told[STATUS] = row.status
    return told


def _person(name: str) -> dict[str, str]:
    return {"type": "Person", "name": name}


def _moment(moment: datetime) -> str:
    """Write a moment as the standard wants it, in UTC."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _stylesheet(colour: str) -> dict[str, str]:
    return {"type": "CssStylesheet", "value": f".{colour} {{ background-color: {COLOURS[colour]}; }}"}


def _comment(row: NoteRow) -> list[dict[str, str]]:
    body = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": row.body}
    return [body] if row.body else []


def _tag(name: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": name}


def _target(row: NoteRow) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": row.source, "styleClass": row.colour}
    quote = {"type": "TextQuoteSelector", "exact": row.quote, "prefix": row.prefix, "suffix": row.suffix}
    target["selector"] = [quote] if row.quote else []
    if row.revision:
        target["selector"].append({"type": "TextPositionSelector", "start": row.start, "end": row.end})
        target["state"] = {"type": "TimeState", VERSION: row.revision}
        if row.revised:
            target["state"]["sourceDate"] = _moment(row.revised)
    return target
