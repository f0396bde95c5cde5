"""Pages of the concepts and their files; all public, the same for every reader."""

import itertools
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from glossary import browse, charts, concordance, downloads, edition, history, policies, usage
from glossary.cards import ConceptCard, concept_card
from glossary.formats import FORMATS, yomitan
from glossary.formats.rows import Origin
from glossary.forms import ConceptFilterForm
from glossary.models import Concept, Term
from glossary.release import state
from glossary.usage import Use

# Concepts that share so many characters are near each other; so many are shown.
SHARED, MOST_NEAR = 2, 8
# A glossary of some hundred concepts is one page; one of a hundred thousand would be one of 23 MB.
ON_A_PAGE = 1_000


@policies.public
@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    """List the concepts, by subject and by what is searched for, under the first letter of their pinyin."""
    form = ConceptFilterForm(request.GET)
    form.is_valid()
    subject = form.cleaned_data.get("subject")
    rows = browse.rows(form.cleaned_data.get("q", ""), subject.slug if subject else "")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    groups = [(letter, list(group)) for letter, group in itertools.groupby(page, key=lambda row: row.letter)]
    letters = browse.letters(rows, ON_A_PAGE)
    context = {"form": form, "groups": groups, "letters": letters, "page": page, "formats": FORMATS}
    return render(request, "glossary/concept_list.html", context)


@policies.public
@require_safe
@gzip_page
@condition(etag_func=state)
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
@condition(etag_func=state)
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
@condition(etag_func=state)
def concept_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one concept: its definitions, terms, sources, and where it occurs."""
    concepts = Concept.objects.published().select_related("subject").prefetch_related("terms", "sources")
    concept = get_object_or_404(concepts, key=key)
    shown = concept_card(concept)
    places = [(found, concordance.lines(found)) for found in shown.found]
    context = {
        "card": shown,
        "concept": concept,
        "places": places,
        "uses": _uses(shown),
        "changed": history.last_changed(concept.pk),
        "neighbours": _neighbours(concept, shown),
    }
    return render(request, "glossary/concept_detail.html", context)


def _uses(shown: ConceptCard) -> list[tuple[Use, charts.Bar]]:
    """Give the designations that texts use, each with a bar as long as it is often."""
    uses = usage.index().of(shown.concept.pk)
    most = max((use.total for use in uses), default=0)
    return [(use, charts.bar(use.term.text, [(use.role, use.term.text, use.total)], most)) for use in uses]


def _neighbours(concept: Concept, shown: ConceptCard) -> Iterable[Concept]:
    """Give other concepts of the subject whose terms share characters with this one, but those shown as related."""
    characters = set(concept.preferred("zh"))
    named = [concept.pk, *(other.pk for group in shown.related for other in group.concepts)]
    terms = Term.objects.filter(language="zh", status="preferred", concept__subject=concept.subject_id)
    anywhere = reduce(or_, (Q(text__contains=character) for character in characters), Q(pk__in=()))
    rows = terms.filter(anywhere).exclude(concept__in=named).order_by("concept__key").values_list("concept", "text")
    near = [pk for pk, text in rows.iterator() if len(characters.intersection(text)) >= SHARED][:MOST_NEAR]
    return Concept.objects.published().filter(pk__in=near).prefetch_related("terms")
