"""Who the reader is."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from glossary import policies
from reader.models import Note


@policies.public
@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's account, or the ways to get one."""
    lost = Note.objects.own(request.user).without_place().count()
    return render(request, "reader/account.html", {"lost": lost})


@policies.public
@require_safe
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """Tell the page's script who reads: pages themselves are the same for all. Guests get no cookie."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"name": None})
    return JsonResponse({"name": user.get_username(), "token": get_token(request), "staff": user.is_staff})
