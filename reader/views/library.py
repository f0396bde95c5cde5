"""The library, and the pages of a document."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from glossary import lexicon, policies
from glossary.models import Concept, DictionaryLoad
from reader import choices, documents, foretold, ingest, pages, positions, preferences, shelves, term_pages, unchanged
from reader.answers import SignedInRequest
from reader.layers import lay
from reader.markdown import to_html
from reader.models import Document, Note, NoteStatus, Revision, SourceScript
from reader.render import block_words
from reader.terms import Order


@policies.public
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show what there is to read, the easiest first."""
    places = positions.by_document(request.user)
    context = {
        "shelves": [
            (shelf, [(item, places.get(item.document.pk)) for item in shelf.items])
            for shelf in shelves.public_shelves()
        ],
        "reading": positions.unfinished(places.values()),
        "concept_count": Concept.objects.published().count(),
    }
    response = render(request, "reader/library.html", context)
    if places:
        patch_cache_control(response, private=True, no_store=True)
    return response


@policies.public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the service is made of, and whom to thank for it."""
    return render(request, "reader/about.html", {"dictionary": DictionaryLoad.objects.order_by("pk").last()})


def _document(request: HttpRequest, slug: str) -> Document:
    """Find a document, without a query where the database has not changed. Only private ones ask for the user."""
    found = unchanged.read(
        ("document", slug), lambda: documents.with_edition(Document.objects.filter(slug=slug)).first()
    )
    if found is None or not (found.public or found.owner == request.user):
        raise Http404
    return found


def _edition(document: Document) -> int:
    return getattr(document, "edition", None) or 0


@policies.public
@require_safe
def document(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """Show a document to read, or a chapter of a long one; the same bytes for every reader of one view."""
    found = _document(request, slug)
    view = preferences.view_of(request, SourceScript(found.source_script).script)
    if "base" in request.GET:
        view = preferences.View(view.script, scripted=True)
    response = pages.answer(request, pages.document_page(found, _edition(found), view, number), vary=("Cookie",))
    preferences.remember(request, response, view)
    if "shared" in request.GET:
        # The address holds the secret of a link.
        response["X-Robots-Tag"] = "noindex"
    return response


@policies.public
@require_safe
def layer(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """Give the annotation layer of a document, or of a chapter of a long one, to the page's script."""
    found = _document(request, slug)
    return pages.answer(request, pages.layer_page(found, _edition(found), number))


@policies.public
@require_safe
def cards(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """Give the cards of the terms of a page to its script, all at once, so that none has to be waited for."""
    found = _document(request, slug)
    return pages.answer(request, term_pages.cards_page(found, _edition(found), number))


@policies.public
@require_safe
def terms(request: HttpRequest, slug: str, number: int = 0) -> HttpResponse:
    """List the terms of a document or a chapter, by pinyin, first mention or frequency, each with its places."""
    found = _document(request, slug)
    view = preferences.view_of(request, SourceScript(found.source_script).script)
    asked = request.GET.get("order", "")
    order = Order(asked) if asked in Order.values else Order.PINYIN
    page = term_pages.list_page(found, _edition(found), view.script, order, number)
    return pages.answer(request, page, vary=("Cookie",))


@policies.public
@require_safe
def to_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a document as it goes on paper: the text in the reader's view, its glossary behind it."""
    found = _document(request, slug)
    view = preferences.view_of(request, SourceScript(found.source_script).script)
    return pages.answer(request, term_pages.print_page(found, _edition(found), view), vary=("Cookie",))


@policies.public
@require_safe
@never_cache
def block(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one paragraph with every word a link, the reader's notes on it, and a form for one: without JavaScript."""
    found = _document(request, slug)
    body = documents.body(found)
    shown = next((candidate for candidate in body.blocks if candidate.number == number), None)
    if shown is None:
        raise Http404
    source = SourceScript(found.source_script).script
    current, text, made = lexicon.current(_edition(found)), body.text[shown.start : shown.end], choices.of(found.pk)
    layers = lay(
        text, current, source, chosen=lambda matches: made.apply(matches, text, current.concept_of, shown.start)
    )
    view = preferences.view_of(request, source)
    own = Note.objects.visible_to(request.user).filter(document=found, start__lt=shown.end, end__gt=shown.start)
    # An orphan's place is one in an earlier text.
    own = own.filter(status=NoteStatus.PLACED)
    context = {
        "document": found,
        # Not "block": templates use that name themselves.
        "paragraph": shown,
        "view": view,
        "words": list(block_words(layers, view.script)),
        "notes": [(note, to_html(note.body)) for note in own],
    }
    return render(request, "reader/block_detail.html", context)


def _current_revision(document: Document) -> Revision:
    return get_object_or_404(Revision, document=document, number=document.revision)


@policies.public
@require_safe
def dropped(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what cleaning took away from a document's source, by rule, and how to put it back."""
    found = _document(request, slug)
    revision = _current_revision(found)
    context = {"document": found, "dropped": revision.dropped, "may_edit": found.may_be_edited_by(request.user)}
    return render(request, "reader/document_dropped.html", context)


@policies.signed_in
@require_POST
def put_back(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put dropped lines of the source back into the text, as it was when they were seen."""
    found = _document(request, slug)
    if not found.may_be_edited_by(request.user):
        raise Http404
    if request.POST.get("revision") != str(found.revision):
        return _look_again(request, slug)
    part = _dropped_part(request, found)
    lines = range(part["first"], part["last"] + 1)
    effect = foretold.to(request.user, found, ingest.with_lines_put_back(found, lines))
    if effect.is_felt and not request.POST.get("sure"):
        return render(request, "reader/document_put_back.html", {"document": found, "part": part, "effect": effect})
    try:
        ingest.put_back(found, lines, revision=found.revision, author=request.user)
    except ingest.StaleError:
        return _look_again(request, slug)
    messages.success(request, _("The lines are part of the text again."))
    return redirect("reader:dropped", slug=slug)


def _dropped_part(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Find the part of the source that is meant by its lines, which count in one revision only."""
    asked = [request.POST.get(name, "") for name in ("first", "last")]
    parts: list[dict[str, Any]] = _current_revision(document).dropped
    part = next((part for part in parts if [str(part["first"]), str(part["last"])] == asked), None)
    if part is None:
        raise Http404
    return part


def _look_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that lines are not put back, as others may stand in their place by now."""
    messages.error(
        request, _("The text has changed since you saw this. Nothing is put back: here is what is left out.")
    )
    return redirect("reader:dropped", slug=slug)
