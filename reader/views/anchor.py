"""Where a note stands, as its author says: put on another passage, or where it is proposed to stand; and put back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from glossary import policies
from reader import anchoring
from reader.answers import first_error, wants_json
from reader.forms import PlaceForm
from reader.models import Note
from reader.note_answers import told_one


@policies.signed_in
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a note on the passage its author has selected."""

    def place(note: Note) -> Note:
        form = PlaceForm(request.POST)
        if not form.is_valid():
            raise anchoring.BadPlaceError(first_error(form))
        return anchoring.attach(note, **form.cleaned_data)

    return _placed(request, pk, place)


@policies.signed_in
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a note where it is proposed to stand."""
    return _placed(request, pk, anchoring.confirm)


@policies.signed_in
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a note back to where it stood before its author put it elsewhere."""
    return _placed(request, pk, anchoring.undo_attach)


def _placed(request: HttpRequest, pk: int, place: Callable[[Note], Note]) -> HttpResponse:
    note = get_object_or_404(Note.objects.visible_to(request.user).written_by(request.user), pk=pk)
    try:
        note = place(note)
    except anchoring.BadPlaceError as error:
        if wants_json(request):
            return JsonResponse({"error": str(error)}, status=400)
        messages.error(request, str(error))
        return redirect("reader:notes")
    if wants_json(request):
        return JsonResponse(told_one(note))
    messages.success(
        request, _("The note has its place."), extra_tags=f"undo:{reverse('reader:note-undo-attach', args=[pk])}"
    )
    return redirect("reader:notes")
