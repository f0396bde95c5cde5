"""What guests typed waits in their session until they have signed in: the newest of each kind, for an hour.

It waits in that browser alone, for whoever signs in there first, as nobody can tell who typed it; who signs in there
after somebody else has signed out does not find it.
"""

from secrets import token_urlsafe
from time import time
from typing import Any

from django.http import HttpRequest

# So many of a kind are kept, and so long, in seconds.
MOST = 20
LONGEST = 60 * 60
# What a form says to mean the one thing that waits which it shows.
FIELD = "waiting"
# The session's name for new notes.
NOTES = "pending-notes"

Typed = dict[str, Any]


def keep(request: HttpRequest, kind: str, **typed: Any) -> None:
    """Let what was typed wait; the same typed twice waits once, and the oldest of too many goes."""
    others = [one for one in _fresh(request, kind) if not _says(one, typed)]
    whole = {**typed, "key": token_urlsafe(8), "since": time()}
    request.session[kind] = [*others, whole][-MOST:]


def all_of(request: HttpRequest, kind: str) -> list[Typed]:
    """Give what waits, the oldest first; not what was discarded."""
    return [one for one in _fresh(request, kind) if not one.get("discarded")]


def _fresh(request: HttpRequest, kind: str) -> list[Typed]:
    kept = request.session.get(kind, ())
    return [one for one in kept if isinstance(one, dict) and one.get("since", 0) > time() - LONGEST]


def newest(request: HttpRequest, kind: str, **where: Any) -> Typed:
    """Give what was typed last at some place; nothing where nothing waits there."""
    return next((one for one in reversed(all_of(request, kind)) if _says(one, where)), {})


def drop(request: HttpRequest, kind: str, **typed: Any) -> None:
    """Let go what is kept now: the very thing that was typed, or the one that the form came from."""
    if kind in request.session:
        key, kept = request.POST.get(FIELD, ""), _fresh(request, kind)
        request.session[kind] = [one for one in kept if one["key"] != key and not _says(one, typed)]


def discard(request: HttpRequest, kind: str, key: str, typed: Typed) -> bool:
    """Let what waits be seen no more, as it was typed by then; tells whether there is such a thing."""
    return _change(request, kind, key, typed | {"discarded": True})


def restore(request: HttpRequest, kind: str, key: str) -> bool:
    """Let what was discarded be seen again; tells whether there is such a thing."""
    return _change(request, kind, key, {"discarded": False})


def _change(request: HttpRequest, kind: str, key: str, changed: Typed) -> bool:
    kept = _fresh(request, kind)
    if any(one["key"] == key for one in kept):
        request.session[kind] = [one | changed if one["key"] == key else one for one in kept]
        return True
    return False


def _says(one: Typed, typed: Typed) -> bool:
    return all(_plain(one.get(name)) == _plain(value) for name, value in typed.items())


def _plain(value: Any) -> Any:
    """Browsers send line ends as two characters."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
