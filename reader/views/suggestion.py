"""Something wrong? What readers suggest to the editors, and what became of it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from glossary import policies, suggestions
from glossary.models import Suggestion
from glossary.review_forms import SuggestionForm
from reader import suggesting, waiting
from reader.answers import is_signed_in
from reader.forms import PlaceForm
from reader.models import Document

# The session's name for suggestions that wait until their author has signed in.
PENDING = "pending-suggestions"
FIELDS = ("kind", "proposal", "comment")
WHERE = ("document", "revision", "start", "end")
# Of what a guest typed, so much of each field is kept.
LONGEST = 1_000


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with a word, on a page that shows its sentence."""
    asked = request.POST if request.method == "POST" else request.GET
    if not is_signed_in(request):
        return _ask_to_sign_in(request, asked)
    place, data = _place(request, asked), asked.dict()
    if place:
        data["text"] = _word(place)
    if request.method != "POST":
        return _form(request, SuggestionForm(initial=data | _waiting(request, asked)), place)
    form = SuggestionForm(data)
    if not form.is_valid():
        return _form(request, form, place)
    try:
        made = suggestions.add(user=request.user.pk, place=place, **form.cleaned_data)
    except suggestions.TooManyError as error:
        form.add_error(None, str(error))
        return _form(request, form, place)
    waiting.drop(request, PENDING, at=_at(asked), typed=_typed(asked))
    return redirect(f"{reverse('reader:suggestions')}?sent={made.pk}")


def _waiting(request: HttpRequest, asked: QueryDict) -> dict[str, str]:
    """Give what a guest typed about this very word before signing in."""
    found = waiting.newest(request, PENDING, at=_at(asked))
    return {**found.get("typed", {}), waiting.FIELD: found.get("key", "")}


def _typed(asked: QueryDict) -> dict[str, str]:
    return {name: asked.get(name, "").replace("\r\n", "\n")[:LONGEST] for name in FIELDS}


def _at(asked: QueryDict) -> dict[str, str]:
    """Give the word that is meant and where it stands."""
    return {name: str(asked[name]) for name in ("text", *WHERE) if asked.get(name)}


def _word(place: suggestions.Place) -> str:
    return place.sentence[place.offset : place.offset + place.end - place.start]


def _place(request: HttpRequest, asked: QueryDict) -> suggestions.Place | None:
    """Find the place that is asked for in a text that the reader may see; none where only a word is."""
    if not asked.get("document"):
        return None
    document = get_object_or_404(
        Document.objects.visible_to(request.user), slug=str(asked["document"]).replace("\0", "")
    )
    form = PlaceForm(asked)
    place = suggesting.place(document, **form.cleaned_data) if form.is_valid() else None
    if place is None:
        raise Http404
    return place


def _form(request: HttpRequest, form: SuggestionForm, place: suggestions.Place | None) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    where = {name: asked.get(name, "") for name in WHERE}
    key = form.initial.get(waiting.FIELD) or asked.get(waiting.FIELD, "")
    context: dict[str, Any] = {"form": form, "place": place, "where": where, "waiting": key}
    if place:
        context["parts"] = Suggestion(text=_word(place), sentence=place.sentence, offset=place.offset).marked
    return render(request, "reader/suggestion_add.html", context, status=400 if form.errors else 200)


def _ask_to_sign_in(request: HttpRequest, asked: QueryDict) -> HttpResponse:
    """Send a guest to sign in; what was typed waits in the session, for signing in makes the form's token void."""
    at = _at(asked)
    if request.method == "POST":
        waiting.keep(request, PENDING, at=at, typed=_typed(asked))
    here = f"{reverse('reader:suggest')}?{urlencode(at)}"
    return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")


@policies.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the reader's own suggestions, with what the editors answered."""
    own = list(Suggestion.objects.made_by(request.user.pk or 0).select_related("concept"))
    sent = next((one for one in own if str(one.pk) == request.GET.get("sent")), None)
    return render(request, "reader/suggestion_list.html", {"suggestions": own, "sent": sent})
