"""Where the reader is in a text: told by the page's script as they read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from glossary import policies
from reader import positions
from reader.forms import PositionForm
from reader.models import Document


@policies.signed_in
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Remember where the reader is; nobody waits for the answer."""
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    form = PositionForm(request.POST)
    if not form.is_valid() or not request.user.is_authenticated:
        return HttpResponse(status=400)
    try:
        positions.keep(user=request.user, document=document, **form.cleaned_data)
    except positions.BadPositionError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)
