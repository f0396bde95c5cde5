"""Pages of how texts use the glossary: concordances and the index of terms for all, coverage for editors."""

import itertools

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_safe

from glossary import browse, concordance, coverage, lines, policies, usage
from glossary.cards import first_chinese
from glossary.forms import ConceptFilterForm, ConcordanceForm, CoverageForm
from glossary.models import Concept
from glossary.release import state
from zhtext.script import Script

PER_PAGE = 200
MOST_UNUSED = 200
FEWEST = 20


@policies.public
@require_safe
@condition(etag_func=state)
def concept_concordance(request: HttpRequest, key: str) -> HttpResponse:
    """Show all places of a concept in all public texts, each in a line with the keyword in the middle."""
    concept = get_object_or_404(Concept.objects.published().prefetch_related("terms"), key=key)
    form = ConcordanceForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    order = lines.Order(chosen.get("sort") or lines.Order.DOCUMENT)
    script = Script(chosen["script"]) if chosen.get("script") else None
    page = Paginator(lines.places(concept.pk, order), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "concept": concept,
        "chinese": first_chinese(concept),
        "form": form,
        "orders": lines.Order,
        "order": order,
        "scripts": lines.SCRIPTS,
        "script": script.value if script else "",
        "page": page,
        "lines": lines.lines(concept.pk, list(page.object_list), script),
        "texts": len(concordance.occurrences(concept.pk)),
        "uses": usage.index().of(concept.pk),
    }
    return render(request, "glossary/concept_concordance.html", context)


@policies.public
@require_safe
@condition(etag_func=state)
def term_index(request: HttpRequest) -> HttpResponse:
    """List every concept that stands in some public text, with these texts and how often it stands in each."""
    form = ConceptFilterForm(request.GET)
    form.is_valid()
    subject = form.cleaned_data.get("subject")
    places = concordance.index()
    found = browse.occurring(form.cleaned_data.get("q", ""), subject.slug if subject else "")
    rows = [(row, places[row.pk]) for row in found if row.pk in places]
    groups = [(letter, list(group)) for letter, group in itertools.groupby(rows, key=lambda row: row[0].letter)]
    return render(request, "glossary/term_index.html", {"form": form, "groups": groups, "count": len(rows)})


@policies.editor("glossary.change_concept")
@require_safe
def coverage_report(request: HttpRequest) -> HttpResponse:
    """Show editors how texts write the concepts, which concepts nobody uses, and which texts use few."""
    form = CoverageForm(request.GET)
    form.is_valid()
    sorting = coverage.Sorting(form.cleaned_data.get("sort") or coverage.Sorting.DRIFT)
    counted, published = usage.index().uses, Concept.objects.published()
    concepts = list(published.filter(pk__in=counted).select_related("subject").prefetch_related("terms"))
    unused = published.exclude(pk__in=counted)
    context = {
        "form": form,
        "rows": coverage.rows(concepts, sorting),
        "sorting": sorting,
        "sortings": coverage.Sorting,
        "roles": coverage.ROLES,
        "bars": coverage.overall(counted),
        "used": len(concepts),
        "unused": unused.prefetch_related("terms")[:MOST_UNUSED],
        "unused_count": unused.count(),
        "densities": coverage.densities()[:FEWEST],
    }
    return render(request, "glossary/coverage.html", context)
