"""How texts are shown, for readers without JavaScript: the settings as a page, and the style sheet they ask for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from glossary import policies
from reader import looks, preferences


@policies.public
@require_safe
@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings; keep those that the address names, and go back to where the reader came from."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("reader:library")
    if not preferences.asked(request):
        context = {"wanted": preferences.kept(request), "next": target}
        return render(request, "reader/settings_edit.html", context)
    response = HttpResponseRedirect(target)
    preferences.keep(request, response)
    return response


@policies.public
@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """Give the style sheet of a reader's own size, typeface and theme; the pages themselves are the same for all."""
    response = HttpResponse(looks.stylesheet(preferences.kept(request)), content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ("Cookie",))
    return response
