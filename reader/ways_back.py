"""Where a reader goes on after a change: back to the page they came from, with a way to undo."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from reader import aside
from reader.answers import SignedInRequest

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
    """Keep how the last change of many notes is undone, for as long as the session lasts; gives its number."""
    number, name = request.session.get(LAST_CHANGE, (0, ""))
    aside.drop(name)
    # The steps may hold all that many notes said before: too much for the session itself.
    name = aside.put(request.user.pk, steps, seconds=request.session.get_expiry_age())
    request.session[LAST_CHANGE] = number + 1, name
    return int(number) + 1


def take_change(request: SignedInRequest, number: int) -> Any:
    """Take the steps that undo a change, which can be gone once; none where another change came after."""
    kept, name = request.session.get(LAST_CHANGE, (0, ""))
    steps = aside.get(request.user.pk, name) if kept == number else None
    if steps is None:
        return ()
    aside.drop(name)
    request.session[LAST_CHANGE] = kept, ""
    return steps
