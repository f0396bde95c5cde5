"""Pages of any word; all public, the same for every reader."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from glossary import policies
from glossary.cards import card as make_card
from glossary.forms import LookUpForm
from glossary.models import DictionaryLoad
from glossary.release import state


@policies.public
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Show a page with everything known of a word; without a word, a place to type one."""
    form = LookUpForm(request.GET or None)
    found = make_card(form.cleaned_data["q"]) if form.is_valid() else None
    context = {"form": form, "card": found, "dictionary": DictionaryLoad.objects.order_by("pk").last()}
    return render(request, "glossary/look_up.html", context)


@policies.public
@require_safe
@condition(etag_func=state)
def card(request: HttpRequest) -> HttpResponse:
    """Give the card of a word as a fragment, for the page's script."""
    form = LookUpForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest("A word of at most 80 characters is needed: ?q=…")
    response = render(request, "glossary/_card.html", {"card": make_card(form.cleaned_data["q"])})
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
