"""Where a note stands, as its author says: put on another passage, or where it is proposed to stand; and put back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from reader import anchoring, ways_back
from reader import inbox as waiting_notes
from reader.answers import SignedInRequest, first_error, wants_json
from reader.forms import PlaceForm, WordsForm
from reader.markdown import to_html
from reader.models import Note
from reader.note_answers import told_one

ON_A_PAGE = 50


@policies.signed_in
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """List the reader's notes that have lost their place, each with the place that is proposed for it."""
    own = Note.objects.own(request.user).without_place()
    lost = own.select_related("document").order_by("document", "start", "pk")
    page = Paginator(lost, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = waiting_notes.waiting(request.user, page)
    context = {"page": page, "shown": [(one, to_html(one.note.body)) for one in shown]}
    return render(request, "reader/note_inbox.html", context)


@policies.signed_in
@require_safe
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a note's author find the words it shall stand on, without JavaScript."""
    note = get_object_or_404(waiting_notes.place_of(request.user, pk))
    blocks = note.document.revisions.get(number=note.document.revision).blocks.all()
    form = WordsForm(blocks, request.GET if "words" in request.GET else None)
    found = waiting_notes.find(note.document, **form.cleaned_data) if form.is_valid() else None
    next_page = ways_back.asked_next(request)
    context = {"note": note, "form": form, "found": found, "document": note.document, "next": next_page}
    return render(request, "reader/note_place.html", context)


@policies.signed_in
@require_POST
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a note on the passage its author has selected, or on the one that was proposed when they looked."""

    def place(note: Note) -> Note:
        form = PlaceForm(request.POST)
        if not form.is_valid():
            raise anchoring.BadPlaceError(first_error(form))
        return anchoring.attach(note, **form.cleaned_data)

    return _placed(request, pk, place)


@policies.signed_in
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a note back to where it stood before its author put it elsewhere."""
    return _placed(request, pk, anchoring.undo_attach, _("The note is where it was before."), can_undo=False)


def _placed(
    request: SignedInRequest, pk: int, place: Callable[[Note], Note], said: str = "", *, can_undo: bool = True
) -> HttpResponse:
    note = get_object_or_404(waiting_notes.place_of(request.user, pk))
    try:
        note = place(note)
    except anchoring.BadPlaceError as error:
        if wants_json(request):
            return JsonResponse({"error": str(error)}, status=400)
        messages.error(request, str(error))
        return ways_back.go_back(request, "reader:notes")
    if wants_json(request):
        return JsonResponse(told_one(note))
    undo = ways_back.undo_tag(request, reverse("reader:note-undo-attach", args=[pk]))
    messages.success(request, said or _("The note has its place."), extra_tags=undo if can_undo else "")
    return ways_back.go_back(request, "reader:notes")
