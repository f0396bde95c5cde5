"""Where editors write concepts: beside a text as a panel, or on a page of its own, with the same forms."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from glossary import editing, policies
from glossary.forms import ProposeForm, problems
from glossary.models import Concept, Term
from glossary.proposals import glosses, propose
from glossary.term_forms import ConceptPanelForm, SourceForms, term_forms

# Nothing was saved, and the form says why.
REFUSED = 422


@policies.editor("glossary.change_term")
@require_safe
def proposal(request: HttpRequest) -> HttpResponse:
    """Propose reading, traditional forms and glosses for a term that is being typed, and say what it would do."""
    form = ProposeForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(problems(form))}, status=400)
    concept = Concept.objects.filter(key=form.cleaned_data["concept"]).first()
    return JsonResponse(propose(form.cleaned_data["text"], concept=concept.pk if concept else None).as_json())


@policies.editor("glossary.add_concept")
@require_http_methods(["GET", "HEAD", "POST"])
def concept_new(request: HttpRequest) -> HttpResponse:
    """Write a new concept, begun with the word that was chosen."""
    form = ProposeForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    concept, rows = editing.begun(text)
    return _answer(request, concept, rows, glosses(text) if text else [])


@policies.editor("glossary.change_concept")
@require_http_methods(["GET", "HEAD", "POST"])
def concept_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a concept, its terms and its sources."""
    return _answer(request, get_object_or_404(Concept, key=key), [], [])


def _answer(request: HttpRequest, concept: Concept, rows: list[dict[str, str]], names: list[str]) -> HttpResponse:
    """Show the form, or save it; to look at it asks for no lock."""
    if request.method != "POST":
        return _edit(request, concept, rows, names)
    with transaction.atomic():
        return _edit(request, concept, rows, names)


def _edit(request: HttpRequest, concept: Concept, rows: list[dict[str, str]], names: list[str]) -> HttpResponse:
    data, terms = request.POST or None, Term.objects.ranked()
    form = ConceptPanelForm(data, instance=concept)
    formset = term_forms(len(rows) or 1)(data, instance=concept, queryset=terms, initial=None if data else rows)
    sources = SourceForms(data, instance=concept)
    checked = [part.is_valid() for part in (form, formset, sources)] if data else [False]
    if all(checked) and "check" not in request.POST:
        return _saved(request, editing.save(form, formset, sources))
    context = {"form": form, "terms": formset, "sources": sources, "concept": concept, "glosses": names}
    context |= {"next": request.POST.get("next", request.GET.get("next", "")), "checked": "check" in request.POST}
    part = "part" in request.GET
    template = "glossary/_concept_form.html" if part else "glossary/concept_edit.html"
    return render(request, template, context, status=REFUSED if data and not all(checked) else None)


def _saved(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Tell the page's script what was saved, or lead back to where the editor came from."""
    if "part" in request.GET:
        return JsonResponse({"key": concept.key, "url": concept.get_absolute_url()})
    back = request.POST.get("next", "")
    local = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if local else concept.get_absolute_url())
