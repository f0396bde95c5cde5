"""Read a file of notes, whichever of the two kinds it is: Web Annotations, or what Hypothesis exports."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from reader.note_formats import annotation, hypothesis, said
from reader.note_formats.rows import BadFileError, IncomingNote
from reader.note_formats.said import BadItemError

LARGEST = 5 * 1024 * 1024
MOST_ITEMS = 5_000


def read(content: bytes) -> list[IncomingNote]:
    """Read a file. Raises BadFileError with all that is wrong, by the numbers of the items."""
    data = _parsed(content)
    try:
        rows = hypothesis.items_of(data)
        if rows is not None:
            return _read_each(rows, partial(hypothesis.read, owner=hypothesis.owner_of(data)))
        return _read_each(_annotations(data), annotation.read)
    except BadItemError as error:
        # What stands around the items is read before their numbers are known.
        raise BadFileError([str(error)]) from error


def _parsed(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise BadFileError([_("The file is larger than 5 MB. Cut it in parts.")])
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFileError([_("The file is not UTF-8 text.")]) from error
    except json.JSONDecodeError as error:
        raise BadFileError([_("Line %(line)d: this is not JSON.") % {"line": error.lineno}]) from error
    except (RecursionError, ValueError) as error:
        raise BadFileError([_("This is not JSON that can be read.")]) from error


def _annotations(data: Any) -> Sequence[Any]:
    """Give the annotations of a collection, of a page, of a list, or the one there is."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        raise BadFileError([_("The file holds no annotations.")])
    if "Annotation" in said.kinds(data):
        return [data]
    pages = [
        page for page in (data, data.get("first")) if isinstance(page, dict) and isinstance(page.get("items"), list)
    ]
    if pages:
        return [item for page in pages for item in page["items"]]
    if data.get("total") == 0:
        return []
    raise BadFileError([_("The file holds no annotations; of a collection, fetch the pages with their items.")])


def _read_each(items: Sequence[Any], read_one: Callable[[int, Any], IncomingNote]) -> list[IncomingNote]:
    if len(items) > MOST_ITEMS:
        few = {"most": MOST_ITEMS, "have": len(items)}
        raise BadFileError([_("A file can have %(most)d annotations; this one has %(have)d.") % few])
    found, problems = [], []
    for number, item in enumerate(items, 1):
        try:
            found.append(read_one(number, item))
        except BadItemError as error:
            problems.append(_("Item %(number)d: %(problem)s") % {"number": number, "problem": error})
    if problems:
        raise BadFileError(problems)
    return found
