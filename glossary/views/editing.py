"""What helps editors while they write."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from glossary import policies
from glossary.forms import ProposeForm
from glossary.proposals import propose as make_proposal


@policies.editor("glossary.change_term")
@require_safe
def propose(request: HttpRequest) -> HttpResponse:
    """Propose reading and traditional forms for a term that is being typed, and count where it occurs."""
    form = ProposeForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(map(str, form.errors.get("text", [])))}, status=400)
    return JsonResponse(make_proposal(form.cleaned_data["text"]).as_json())
