"""Where a reader goes on after a change: back to the page they came from, with a way to undo."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from reader import aside
from reader.answers import SignedInRequest
from reader.models import User

# The session's name for the last change of many notes: its number, and where the steps lie that lead back.
LAST_CHANGE = "last-change"


def asked_next(request: HttpRequest) -> str:
    """Give the page on this site that is named to go on with; empty where none is."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


def go_back(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Go to the page that is named to go on with, or to another."""
    # Not by redirect(), which takes a single word for the name of a view.
    return HttpResponseRedirect(asked_next(request) or reverse(default))


def undo_tag(request: HttpRequest, address: str) -> str:
    """Give the mark that lets a message offer an undo, which leads back to the same page."""
    target = asked_next(request)
    return f"undo:{address}?{urlencode({'next': target})}" if target else f"undo:{address}"


def keep_change(request: SignedInRequest, steps: Any) -> int:
    """Keep for an hour how the last change of many notes is undone; gives its number."""
    number, name = request.session.get(LAST_CHANGE, (0, ""))
    aside.drop(name)
    # The steps may hold all that many notes said before: too much for the session itself.
    request.session[LAST_CHANGE] = number + 1, aside.put(request.user.pk, steps)
    return int(number) + 1


@transaction.atomic
def take_back(request: SignedInRequest, number: int, undo: Callable[[User, Any], int]) -> int:
    """Undo a change, which can be done once; gives what `undo` gives, nothing where another change came after.

    Where undoing fails, the way back stays.
    """
    # The same sent twice at once is done once.
    request.user.hold()
    kept, name = request.session.get(LAST_CHANGE, (0, ""))
    steps = aside.get(request.user.pk, name) if kept == number else None
    if steps is None:
        return 0
    aside.drop(name)
    return undo(request.user, steps)
