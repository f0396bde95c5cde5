"""Where a reader goes on after a change: back to the page they came from, with a way to undo."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

# The session's name for the last change of many notes: its number, and the steps that lead back.
LAST_CHANGE = "last-change-of-notes"


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


def keep_change(request: HttpRequest, steps: Any) -> int:
    """Keep how the last change of many notes is undone; gives its number."""
    number = int(request.session.get(LAST_CHANGE, (0, ()))[0]) + 1
    request.session[LAST_CHANGE] = number, steps
    return number


def take_change(request: HttpRequest, number: int) -> Any:
    """Take the steps that undo a change, which can be gone once; none where another change came after."""
    kept, steps = request.session.get(LAST_CHANGE, (0, ()))
    if kept != number:
        return ()
    request.session[LAST_CHANGE] = kept, ()
    return steps
