"""Candidates of the texts: looked through, accepted, rejected, merged into what there is, and each undone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glossary import candidate_rows, candidates, drafts, history, policies
from glossary.forms import problems
from glossary.models import ConceptStatus, Rejection, SubjectField
from glossary.review_forms import CandidateForm, MergeForm

ON_A_PAGE = 25
# How long a decision can be undone from the page that tells of it.
UNDO_SECONDS = 3_600
SALT = "candidate"


@policies.editor("glossary.view_rejection")
@require_safe
def candidate_list(request: HttpRequest) -> HttpResponse:
    """Rank what may be terms in all public texts, or in one of them."""
    return _page(request, request.GET.dict())


def _page(
    request: HttpRequest, asked: dict[str, str], failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    chosen = asked.get("text", "")
    pages = Paginator(candidates.rows(chosen), ON_A_PAGE)
    page = pages.get_page(asked.get("page"))
    context = {
        "page": page,
        "rows": candidate_rows.shown(list(page)),
        "chosen": chosen,
        "texts": sorted((text for text, _found in candidates.harvested().texts), key=lambda text: text.title),
        "concepts": candidate_rows.concept_choices(),
        "subjects": SubjectField.objects.all(),
        "failed": failed,
    }
    return render(request, "glossary/candidate_list.html", context, status=status)


def _again(request: HttpRequest, form: CandidateForm | MergeForm, error: ValidationError | None = None) -> HttpResponse:
    """Show the list again with what is wrong; what was typed stands in its row."""
    said = error.messages if error else problems(form)
    failed = {"data": request.POST, "errors": said, "merging": isinstance(form, MergeForm)}
    return _page(request, request.POST.dict(), failed, status=400)


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to the part of the list where the decision was made."""
    where = {name: request.POST[name] for name in ("text", "page") if request.POST.get(name)}
    return redirect(f"{reverse('glossary:candidates')}?{urlencode(where)}")


def _done(request: HttpRequest, text: str, needs: str, **undo: object) -> HttpResponse:
    """Tell what was done, with the way to undo it, and the permission that undoing needs."""
    token = signing.dumps(undo | {"user": request.user.pk, "needs": needs}, salt=SALT)
    messages.success(request, text, extra_tags=f"take-back {token}")
    return _back(request)


@policies.editor("glossary.propose_concept")
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Make a concept of a candidate: a suggested one, or a published one where an editor wants it so."""
    form = CandidateForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    names, publish = form.cleaned_data, form.cleaned_data["publish"]
    if publish and not request.user.has_perm("glossary.change_concept"):
        raise PermissionDenied
    status = ConceptStatus.PUBLISHED if publish else ConceptStatus.SUGGESTED
    try:
        made = drafts.create(zh=names["zh"], en=names["en"], status=status, subject=names["subject"])
    except ValidationError as error:
        return _again(request, form, error)
    text = _("%(name)s is published.") if publish else _("%(name)s waits as a suggested concept.")
    needs = "glossary.change_concept" if publish else "glossary.propose_concept"
    return _done(request, text % {"name": made.preferred_zh}, needs, concept=made.pk, version=history.version(made))


@policies.editor("glossary.change_concept")
@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Make a candidate another name of a concept that there is."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    concept, names = form.cleaned_data["into"], [form.cleaned_data["zh"], form.cleaned_data["en"]]
    try:
        terms = drafts.admit(concept, names)
    except ValidationError as error:
        return _again(request, form, error)
    said = {"name": ", ".join(term.text for term in terms), "concept": concept.preferred_zh}
    text = _("%(name)s is a name of %(concept)s now.") % said
    return _done(request, text, "glossary.change_concept", terms=[term.pk for term in terms])


@policies.editor("glossary.add_rejection")
@require_POST
def reject(request: HttpRequest) -> HttpResponse:
    """Remember that a candidate is no term."""
    surface = (request.POST.get("zh") or request.POST.get("en", ""))[: candidates.LONGEST_KEY].replace("\0", "")
    key = candidates.key_of(surface)
    if not any(map(str.isalnum, key)):
        raise Http404
    made, new = Rejection.objects.get_or_create(key=key, defaults={"surface": surface, "user_id": request.user.pk})
    if not new:
        # Who rejected it first can undo it; nobody undoes that with a token of their own.
        messages.info(request, _("%(name)s was rejected already.") % {"name": surface})
        return _back(request)
    text = _("%(name)s is not offered again.") % {"name": surface}
    return _done(request, text, "glossary.delete_rejection", rejection=made.pk)


@policies.editor("glossary.propose_concept")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo one's own decision of a moment ago, with the rights that one has now."""
    try:
        done = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    if done["user"] != request.user.pk or not request.user.has_perm(done["needs"]):
        raise PermissionDenied
    if "concept" in done:
        undone = drafts.take_back_concept(done["concept"], done["version"])
    elif "terms" in done:
        undone = drafts.take_back_terms(done["terms"])
    else:
        undone = bool(Rejection.objects.filter(pk=done["rejection"]).delete()[0])
    if undone:
        messages.success(request, _("Undone."))
    else:
        messages.error(request, _("Somebody has worked on it since; nothing was undone."))
    return _back(request)


@policies.editor("glossary.view_rejection")
@require_safe
def rejection_list(request: HttpRequest) -> HttpResponse:
    """List what was rejected, the last first."""
    page = Paginator(Rejection.objects.select_related("user"), 100).get_page(request.GET.get("page"))
    return render(request, "glossary/rejection_list.html", {"page": page})


@policies.editor("glossary.delete_rejection")
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a rejected candidate again."""
    rejection = get_object_or_404(Rejection, pk=pk)
    rejection.delete()
    messages.success(request, _("%(name)s is a candidate again.") % {"name": rejection.surface})
    return redirect("glossary:rejections")
