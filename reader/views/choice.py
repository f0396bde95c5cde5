"""Where editors choose which concept a word means in a text."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from glossary.models import Concept
from reader import choices
from reader.answers import SignedInRequest
from reader.forms import ChoiceForm
from reader.models import Choice, Document

PERMISSION = "glossary.change_term"


@policies.editor(PERMISSION)
@require_safe
def choice_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was chosen in a text, each to be undone."""
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    made = document.choices.select_related("concept", "user").prefetch_related("concept__terms")
    return render(request, "reader/choice_list.html", {"document": document, "choices": made})


@policies.editor(PERMISSION)
@require_POST
def make(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose what the word at a place means, or that it is not marked, there or throughout the text."""
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(map(str, next(iter(form.errors.values()))))}, status=400)
    data = form.cleaned_data
    concept = get_object_or_404(Concept, key=data["concept"]) if data["concept"] else None
    place = data["start"], data["end"]
    try:
        made = choices.make(
            user=request.user,
            document=document,
            revision=data["revision"],
            place=place,
            concept=concept,
            throughout=data["throughout"],
        )
    except choices.BadChoiceError as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"id": made.pk})


@policies.editor(PERMISSION)
@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a choice back."""
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    choices.undo(get_object_or_404(Choice, document=document, pk=pk))
    return redirect("reader:choices", slug)
