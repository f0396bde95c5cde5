"""The editors' door: what waits for them, and the queue of what readers suggest."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glossary import policies, suggestions
from glossary.forms import problems
from glossary.models import Concept, ConceptStatus, Rejection, Suggestion, SuggestionStatus
from glossary.review_forms import DecisionForm, QueueForm

GROUPS_ON_A_PAGE = 25
MOST_DRAFTS = 30


@policies.editor("glossary.view_suggestion")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what there is to do for those who keep the glossary."""
    context = {
        "waiting": Suggestion.objects.waiting().count(),
        "rejected": Rejection.objects.count(),
        "published": Concept.objects.published().count(),
        "drafts": _drafts() if request.user.has_perm("glossary.change_concept") else [],
        "suggested": Concept.objects.filter(status=ConceptStatus.SUGGESTED).count(),
    }
    return render(request, "glossary/editing.html", context)


def _drafts() -> QuerySet[Concept]:
    """Give the concepts that wait to be published, the newest first; a list to begin with."""
    return (
        Concept.objects.filter(status=ConceptStatus.SUGGESTED).prefetch_related("terms").order_by("-pk")[:MOST_DRAFTS]
    )


@policies.editor("glossary.view_suggestion")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what readers suggest, the oldest first, the same word's together."""
    return _queue(request, request.GET.dict())


def _queue(
    request: HttpRequest, asked: dict[str, str], failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    form = QueueForm(asked)
    form.is_valid()
    chosen, kind = form.cleaned_data.get("status") or SuggestionStatus.OPEN, form.cleaned_data.get("kind")
    found = Suggestion.objects.select_related("user", "concept", "decided_by").order_by("pk")
    found = found if chosen == "all" else found.filter(status=chosen)
    found = found.filter(kind=kind) if kind else found
    page = Paginator(suggestions.grouped(found), GROUPS_ON_A_PAGE).get_page(asked.get("page"))
    context = {"form": form, "page": page, "chosen": chosen, "kind": kind or "", "failed": failed}
    return render(request, "glossary/suggestion_list.html", context, status=status)


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to the part of the queue where the decision was made."""
    where = {name: request.POST[name] for name in ("status", "kind", "page") if request.POST.get(name)}
    return redirect(f"{reverse('glossary:suggestions')}?{urlencode(where)}")


def _again(request: HttpRequest, pk: int, said: list[str], status: int = 400) -> HttpResponse:
    """Show the queue again with what is wrong; what was typed stands in its place."""
    failed = {"pk": pk, "data": request.POST, "errors": said}
    return _queue(request, request.POST.dict(), failed, status)


@policies.editor("glossary.change_concept")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a suggestion, as it is or amended: accepted once, corrected everywhere."""
    found, form = get_object_or_404(Suggestion, pk=pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, problems(form))
    try:
        corrected = suggestions.accept(found, editor=request.user.pk, **form.cleaned_data)
    except ValidationError as error:
        return _again(request, pk, error.messages)
    except suggestions.DecidedError as error:
        messages.error(request, str(error))
        return _back(request)
    messages.success(request, _("Accepted, and corrected everywhere.") if corrected else _by_hand(found))
    return _back(request)


def _by_hand(suggestion: Suggestion) -> str:
    """Say that an editor's own hand is needed, and where."""
    concept = suggestion.concept
    place = (
        reverse("glossary:concept-edit", args=[concept.key])
        if concept
        else reverse("glossary:concept-new") + "?" + urlencode({"text": suggestion.text})
    )
    said = _("Accepted. Nothing could be corrected by itself:")
    return format_html('{} <a href="{}">{}</a>', said, place, _("open the concept"))


@policies.editor("glossary.change_concept")
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a suggestion with a word back to the reader."""
    found, form = get_object_or_404(Suggestion, pk=pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, problems(form))
    if not form.cleaned_data["answer"]:
        return _again(request, pk, [_("Write the reader a word on why.")])
    try:
        suggestions.refuse(found, editor=request.user.pk, answer=form.cleaned_data["answer"])
    except suggestions.DecidedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Refused; the reader sees your answer."))
    return _back(request)
