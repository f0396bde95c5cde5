"""Which text a note from elsewhere is about: the one at its address, the one that came from there, or a chosen one."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from reader.models import Document, User
from reader.note_formats.rows import BadFileError, IncomingNote

ADDRESS = re.compile(r"/documents/([-\w]+)/")
# So many items are named of those about a text that is not here.
MOST_NAMED = 10


class Shelf:
    """The texts a reader may read, by where notes say that they are."""

    def __init__(self, user: User, chosen: Document | None = None) -> None:
        """Take the text that is meant wherever an address leads to none."""
        self._visible = Document.objects.visible_to(user)
        self._chosen = chosen
        self._found: dict[str, Document | None] = {}
        self._origins: dict[str, Document] | None = None

    def find(self, source: str) -> Document | None:
        """Give the text at an address."""
        if source not in self._found:
            self._found[source] = self._at(source) or self._from(source) or self._chosen
        return self._found[source]

    def _at(self, source: str) -> Document | None:
        """Give the text whose page an address is, wherever the service ran when the note was written."""
        match = ADDRESS.search(unquote(_parts(source)[1]))
        return self._visible.filter(slug=match[1]).first() if match else None

    def _from(self, source: str) -> Document | None:
        """Give the text that was brought in from an address."""
        if self._origins is None:
            having = self._visible.filter(origin__contains="://")
            self._origins = {_normal(document.origin): document for document in having}
        return self._origins.get(_normal(source)) if source else None


def _parts(source: str) -> tuple[str, str, str]:
    """Cut an address into host, path and query; what is none has only a path."""
    try:
        parts = urlsplit(source)
        return (parts.hostname or "").removeprefix("www."), parts.path, parts.query
    except ValueError:
        return "", source, ""


def _normal(source: str) -> str:
    """Give what two addresses of one page have in common.

    >>> _normal("https://www.example.org/a/#b") == _normal("http://example.org/a")
    True
    """
    host, path, query = _parts(source.strip())
    return f"{host}{path.rstrip('/')}?{query}"


def check_found(shelf: Shelf, items: Iterable[IncomingNote]) -> None:
    """Refuse items about texts that are not here. Raises BadFileError with each such text and its items."""
    missing: dict[str, list[int]] = {}
    for item in items:
        if shelf.find(item.source) is None:
            missing.setdefault(item.source, []).append(item.item)
    if missing:
        raise BadFileError([_missing(source, numbers) for source, numbers in missing.items()])


def _missing(source: str, numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:MOST_NAMED])) + (" …" if len(numbers) > MOST_NAMED else "")
    said = {"source": source or "–", "items": named}
    return _("The text “%(source)s” is not here (items %(items)s): choose the text, or leave such notes out.") % said
