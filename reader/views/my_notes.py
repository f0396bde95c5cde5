"""My notes: searched, told apart, changed many at once; and my tags."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from reader import note_changes, note_facets, note_search, ways_back
from reader.answers import SignedInRequest, number_in
from reader.markdown import to_html
from reader.models import Colour, Note, NoteQuerySet
from reader.note_changes import Change
from reader.note_formats import FORMATS
from reader.note_search import NEWEST, SearchForm
from reader.notes import BadNoteError

ON_A_PAGE = 100


@policies.signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """List the reader's notes that are asked for, with ways to narrow them."""
    form = SearchForm(request.GET)
    found = note_search.search(request.user, request.GET)
    rows = note_facets.rows(found)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    offered = note_facets.facets(found, rows, request.GET)
    context = {
        "form": form,
        "page": page,
        "shown": _shown([row.pk for row in page]),
        "facets": offered,
        "chosen": note_facets.chosen(form, offered, request.GET),
        "query": note_facets.without(request.GET),
        "newest": request.GET.get("order") == NEWEST,
        "waiting": Note.objects.own(request.user).without_place().count(),
        "one_text": form.is_valid() and form.cleaned_data["document"],
        "colours": Colour.choices,
        "formats": FORMATS,
    }
    return render(request, "reader/note_list.html", context)


def _shown(pks: list[int]) -> list[tuple[Note, str]]:
    """Give the notes of a page in their order, with what they say as HTML; two queries."""
    known = Note.objects.filter(pk__in=pks).select_related("document", "group").prefetch_related("tags").in_bulk()
    return [(known[pk], to_html(known[pk].body)) for pk in pks if pk in known]


@policies.signed_in
@require_POST
def change(request: SignedInRequest) -> HttpResponse:
    """Change the notes that are ticked, or all that were found, at once."""
    chosen = _chosen(request)
    tag, colour = request.POST.get("tag", ""), request.POST.get("colour", "")
    ways: dict[str, Callable[[], Change]] = {
        "add-tag": lambda: note_changes.add_tag(chosen, tag),
        "remove-tag": lambda: note_changes.remove_tag(chosen, tag),
        "colour": lambda: note_changes.set_colour(chosen, colour),
        "delete": lambda: note_changes.delete(chosen),
    }
    way = ways.get(request.POST.get("change", ""))
    if way is None or not chosen.exists():
        messages.error(request, _("Tick some notes first, then say what to do with them."))
    elif request.POST.get("all") and request.POST.get("count") != str(chosen.count()):
        messages.error(request, _("Other notes are found by now than the page showed. Nothing is changed: look again."))
    else:
        _make(request, way)
    return ways_back.go_back(request, "reader:notes")


def _chosen(request: SignedInRequest) -> NoteQuerySet:
    if request.POST.get("all"):
        return note_search.search(request.user, request.GET)
    ticked = map(number_in, request.POST.getlist("note"))
    return Note.objects.own(request.user).filter(pk__in=[pk for pk in ticked if pk is not None])


def _make(request: SignedInRequest, way: Callable[[], Change]) -> None:
    """Make a change, and say what became of it."""
    try:
        made = way()
    except BadNoteError as error:
        messages.error(request, str(error))
        return
    if made.refused:
        messages.error(request, _("%(count)d notes have as many tags as a note can have.") % {"count": made.refused})
    if not made.changed:
        messages.info(request, _("There was nothing to change."))
        return
    said = ngettext("%(count)d note is changed.", "%(count)d notes are changed.", made.changed)
    if made.back[0][0] == "restore":
        said = ngettext("%(count)d note is deleted.", "%(count)d notes are deleted.", made.changed)
    number = ways_back.keep_change(request, made.back)
    address = reverse("reader:notes-undo", args=[number])
    messages.success(request, said % {"count": made.changed}, extra_tags=ways_back.undo_tag(request, address))


@policies.signed_in
@require_POST
def undo(request: SignedInRequest, number: int) -> HttpResponse:
    """Undo the last change of many notes."""
    if ways_back.take_back(request, number, note_changes.undo):
        messages.success(request, _("It is as it was before."))
    else:
        messages.error(request, _("This can no longer be undone."))
    return ways_back.go_back(request, "reader:notes")


@policies.signed_in
@require_safe
def tags(request: SignedInRequest) -> HttpResponse:
    """List the reader's tags, each to be renamed or removed."""
    return _tag_page(request, {})


@policies.signed_in
@require_POST
def tag_change(request: SignedInRequest) -> HttpResponse:
    """Rename a tag, which merges it with another of that name, or remove it from all notes."""
    old, new = request.POST.get("tag", ""), request.POST.get("name", "")
    try:
        note_changes.one_tag(old if request.POST.get("change") == "remove" else new)
    except BadNoteError as error:
        messages.error(request, str(error))
        return _tag_page(request, {"bad": old, "typed": new}, status=400)
    if request.POST.get("change") == "remove":
        _make(request, lambda: note_changes.remove_tag(Note.objects.own(request.user), old))
    else:
        _make(request, lambda: note_changes.rename_tag(Note.objects.own(request.user), old, new))
    return redirect("reader:tags")


def _tag_page(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    counted = note_changes.tag_counts(Note.objects.own(request.user))
    return render(request, "reader/tag_list.html", {"tags": counted, **context}, status=status)
