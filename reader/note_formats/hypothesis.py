"""Read what Hypothesis exports: the client's file ``{"annotations": […]}``, or an answer of its API ``{"rows": […]}``.

Its offsets count UTF-16 units of whatever the page's DOM held, so only its quotes are taken. Replies name the
annotations they answer, the one on the passage first.
"""

from collections import Counter
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from reader.note_formats import said
from reader.note_formats.rows import IncomingNote
from reader.note_formats.said import BadItemError


def items_of(data: Any) -> list[Any] | None:
    """Give the annotations of a file, if it is one of Hypothesis."""
    found = data.get("rows", data.get("annotations")) if isinstance(data, dict) and "type" not in data else None
    return found if isinstance(found, list) else None


def owner_of(data: dict[str, Any]) -> str:
    """Tell whose file it is: as it says itself, else who wrote most of it."""
    exported_by = said.strings(data.get("export_userid"))
    writers = Counter(user for row in said.objects(items_of(data)) for user in said.strings(row.get("user")))
    return exported_by[0] if exported_by else next((user for user, _times in writers.most_common(1)), "")


def read(item: int, row: Any, owner: str = "") -> IncomingNote:
    """Read an annotation. Raises BadItemError, in words."""
    if not isinstance(row, dict) or not said.text(row, "id"):
        raise BadItemError(_("This is no annotation of Hypothesis."))
    target: dict[str, Any] = next(said.objects(row.get("target")), {})
    user = said.text(row, "user")
    return IncomingNote(
        item=item,
        uuid=named(row["id"]),
        via=(_address(row["id"]),),
        source=said.text(row, "uri") or said.text(target, "source"),
        passage=said.quoted(said.objects(target.get("selector"))),
        body=said.text(row, "text"),
        tags=None if row.get("tags") is None else tuple(tag for tag in said.strings(row["tags"]) if tag.strip()),
        created=said.moment(row, "created"),
        modified=said.moment(row, "updated"),
        author="" if user == owner else _name(user),
        answers=tuple(named(name) for name in said.strings(row.get("references"))),
    )


def named(name: str) -> UUID:
    """Give the uuid of an annotation of Hypothesis; the same one always."""
    return uuid5(NAMESPACE_URL, _address(name))


def _address(name: str) -> str:
    return f"https://hypothes.is/a/{name}"


def _name(user: str) -> str:
    """Give the name in an account.

    >>> _name("acct:bob@hypothes.is")
    'bob'
    """
    return user.removeprefix("acct:").partition("@")[0]
