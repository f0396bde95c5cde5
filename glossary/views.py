"""Pages of the glossary and the dictionary; all public, the same for every reader."""

import itertools
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from glossary import browse, concordance, corpus, downloads, edition, policies
from glossary.cards import card as make_card
from glossary.cards import concept_card
from glossary.formats import FORMATS, yomitan
from glossary.formats.rows import Origin
from glossary.forms import ConceptFilterForm, LookUpForm, ProposeForm
from glossary.models import Concept, DictionaryLoad
from glossary.proposals import propose as make_proposal
from glossary.release import release


def _state(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """Name the state of everything a glossary page shows, for 304 answers."""
    return f'W/"{release()}-{edition.current()}-{corpus.version()}"'


@policies.public
@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    """List the concepts, by subject and by what is searched for, under the first letter of their pinyin."""
    form = ConceptFilterForm(request.GET)
    form.is_valid()
    subject = form.cleaned_data.get("subject")
    rows = browse.rows(form.cleaned_data.get("q", ""), subject.slug if subject else "")
    groups = [(letter, list(group)) for letter, group in itertools.groupby(rows, key=lambda row: row.letter)]
    context = {"form": form, "groups": groups, "count": len(rows), "formats": FORMATS}
    return render(request, "glossary/concept_list.html", context)


@policies.public
@require_safe
@gzip_page
@condition(etag_func=_state)
def download(request: HttpRequest, name: str) -> HttpResponse:
    """Send the published glossary as a file of a format; other tools may ask here for what is new."""
    if name not in FORMATS:
        raise Http404
    chosen = FORMATS[name]
    response = HttpResponse(downloads.written(name, _origin(request)), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{chosen.file}"'
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@policies.public
@require_safe
@condition(etag_func=_state)
def yomitan_index(request: HttpRequest) -> HttpResponse:
    """Say which revision of the dictionary there is, to those who have one and ask whether to fetch it anew."""
    response = JsonResponse(yomitan.index(_origin(request)), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _origin(request: HttpRequest) -> Origin:
    """Say which revision is asked for, and under which of the site's addresses."""
    return Origin(edition.current(), request.build_absolute_uri("/").removesuffix("/"))


@policies.public
@require_safe
@condition(etag_func=_state)
def concept_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one concept: its definitions, terms, sources, and where it occurs."""
    concepts = Concept.objects.published().select_related("subject").prefetch_related("terms", "sources")
    concept = get_object_or_404(concepts, key=key)
    shown = concept_card(concept)
    places = [(found, concordance.lines(found)) for found in shown.found]
    context = {"card": shown, "concept": concept, "places": places, "neighbours": _neighbours(concept)}
    return render(request, "glossary/concept_detail.html", context)


def _neighbours(concept: Concept) -> Iterable[Concept]:
    """Give other concepts of the subject whose terms share characters with this one."""
    text = concept.preferred("zh")
    others = Concept.objects.published().filter(subject=concept.subject_id).exclude(pk=concept.pk)
    shared = [other for other in others.prefetch_related("terms") if len(set(other.preferred("zh")) & set(text)) >= 2]
    return shared[:8]


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
@condition(etag_func=_state)
def card(request: HttpRequest) -> HttpResponse:
    """Give the card of a word as a fragment, for the page's script."""
    form = LookUpForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest("A word of at most 80 characters is needed: ?q=…")
    response = render(request, "glossary/_card.html", {"card": make_card(form.cleaned_data["q"])})
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@policies.editor("glossary.change_term")
@require_safe
def propose(request: HttpRequest) -> HttpResponse:
    """Propose reading and traditional forms for a term that is being typed, and count where it occurs."""
    form = ProposeForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(map(str, form.errors.get("text", [])))}, status=400)
    return JsonResponse(make_proposal(form.cleaned_data["text"]).as_json())
