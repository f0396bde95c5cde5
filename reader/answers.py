"""What views share: who asks and what is asked for, and how it is answered, to a script or to a plain form."""

from typing import TypeGuard

from django.core.validators import slug_re
from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from reader.models import User

# Of digits that every database takes for a number.
LONGEST_NUMBER = 18


class SignedInRequest(HttpRequest):
    """A request by a reader who is signed in, as the policy of the view sees to."""

    user: User


def is_signed_in(request: HttpRequest) -> TypeGuard[SignedInRequest]:
    """Tell whether a reader is signed in, where the policy of the view leaves that open."""
    return request.user.is_authenticated


def signed_out(typed: str) -> JsonResponse:
    """Tell a script that its reader is signed out, and give back what was typed."""
    told_so = {"error": _("You are signed out. Sign in, then try again."), "body": typed}
    return JsonResponse(told_so, status=401)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which takes JSON."""
    return "application/json" in request.headers.get("Accept", "")


def first_error(form: Form) -> str:
    """Give the first thing that is wrong with a form, or nothing."""
    return next((str(message) for errors in form.errors.values() for message in errors), "")


def shared_token(request: HttpRequest) -> str:
    """Give the secret of the link by which a visitor came, as the address or a form says it; nothing without one."""
    said = request.POST.get("shared") or request.GET.get("shared", "")
    return said if slug_re.fullmatch(said) else ""


def number_in(typed: object) -> int | None:
    """Give the number that an address or a form says; None where it says none, or one that no database holds.

    >>> number_in("0042"), number_in("４２"), number_in("-1"), number_in("9" * 30), number_in(None)
    (42, None, None, None, None)
    """
    digits = str(typed)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None


def site_of(request: HttpRequest) -> str:
    """Give the address under which the service is asked, without a slash behind it."""
    return request.build_absolute_uri("/").rstrip("/")
