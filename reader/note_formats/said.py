"""Read what a foreign JSON object says, and say in words what is wrong with it; nothing is taken for granted."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from reader.note_formats.rows import Quoted
from zhtext.characters import REFUSED


class BadItemError(ValueError):
    """An item of a file that cannot be read, in words."""


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Give the objects of a value that may be one, a list of some, or none."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def strings(value: Any) -> list[str]:
    """Give the strings of a value that may be one, a list of some, or none."""
    return [_storable(each) for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _storable(value: str) -> str:
    if REFUSED.search(value):
        raise BadItemError(_("It holds a character that cannot be stored."))
    return value


def text(data: dict[str, Any], name: str) -> str:
    """Give a text, its lines ended by line feeds; empty where nothing is said. Raises BadItemError for no text."""
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadItemError(_("“%(name)s” should be a text.") % {"name": name})
    return _storable(value).replace("\r\n", "\n").replace("\r", "\n")


def moment(data: dict[str, Any], name: str) -> datetime | None:
    """Give a moment, in UTC where no zone is said. Raises BadItemError where it is none."""
    value = text(data, name)
    if not value:
        return None
    try:
        read = datetime.fromisoformat(value)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadItemError(_("“%(value)s” is no date and time.") % {"value": value[:40]}) from error


def number(data: dict[str, Any], name: str) -> int | None:
    """Give a whole number from 0, if there is one that a database can hold."""
    value = data.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_number else None


def quoted(selectors: Iterable[dict[str, Any]]) -> Quoted:
    """Give the words of the first TextQuoteSelector, if there is one."""
    quote = next((one for one in selectors if "TextQuoteSelector" in kinds(one)), {})
    return Quoted(text(quote, "exact"), text(quote, "prefix"), text(quote, "suffix"))


def kinds(data: dict[str, Any]) -> list[str]:
    """Give the types of an object."""
    return strings(data.get("type", data.get("@type")))
