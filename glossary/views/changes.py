"""What has changed in the glossary: for everybody to read; editors see who it was, and take it back."""

import re
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_POST, require_safe

from glossary import changelog, edition, policies
from glossary.changelog import Entry
from glossary.history import changes, find, public_changes
from glossary.release import state
from glossary.reverting import CannotRevertError, revert

SHOWN = 50
# The newest changes of one concept are shown; the histories keep all.
SHOWN_OF_ONE = 200
PERMISSION = "glossary.change_concept"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _edits(request: HttpRequest) -> bool:
    return request.user.has_perm(PERMISSION)


@policies.public
@require_safe
@cache_control(private=True, max_age=0)
def change_list(request: HttpRequest) -> HttpResponse:
    """List the last changes, by day; only editors are told who made them."""
    is_editor = _edits(request)
    found = changelog.entries(edition.current(), everything=is_editor)
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    return render(request, "glossary/change_list.html", {"page": page, "is_editor": is_editor})


@policies.public
@require_safe
@cache_control(private=True, max_age=0)
def concept_changes(request: HttpRequest, key: str) -> HttpResponse:
    """Show the changes of one concept, the newest first; only editors see what was written while it was a draft."""
    is_editor = _edits(request)
    found = find(key, everything=is_editor)
    if found is None:
        raise Http404
    shown = (changes if is_editor else public_changes)(found.pk)[:SHOWN_OF_ONE]
    context = {"concept": found.concept, "key": key, "changes": shown, "is_editor": is_editor}
    return render(request, "glossary/concept_changes.html", context)


@require_POST
@policies.editor(PERMISSION)
def concept_revert(request: HttpRequest, key: str) -> HttpResponse:
    """Put a concept back to the state before or after a change."""
    found = find(key, everything=True)
    if found is None:
        raise Http404
    try:
        moment = datetime.fromisoformat(request.POST.get("moment", ""))
        before = request.POST.get("side") == "before"
        changed = revert(found.pk, moment=moment, before=before, user=policies.user_of(request))
    except CannotRevertError as error:
        messages.error(request, str(error))
    except ValueError as error:
        raise Http404 from error
    else:
        said = _("The concept is as it was then.") if changed else _("The concept is like that already.")
        messages.success(request, said)
    after = find(key, everything=True, pk=found.pk)
    return redirect("glossary:concept-changes", after.key if after else key)


class _ChangesFeed(Feed[Entry, Any]):
    """The last changes that readers may see, as a feed."""

    feed_type = Atom1Feed
    link = "/changes/"

    def title(self) -> str:
        """Name the feed."""
        return _("Changes of the glossary · Zhujie 注解")

    def subtitle(self) -> str:
        """Say what the feed tells."""
        return _("Concepts of artificial intelligence in Chinese and English: what is new and what has changed.")

    def items(self) -> list[Entry]:
        """Give the last changes."""
        return list(changelog.entries(edition.current(), everything=False)[:SHOWN])

    def item_title(self, item: Any) -> str:
        """Say in a line what changed; XML holds no control characters."""
        return CONTROLS.sub("", str(item))

    def item_description(self, item: Any) -> str:
        """Say no more than the title does; the page has the details."""
        return self.item_title(item)

    def item_link(self, item: Entry) -> str:
        """Lead to the page that tells more."""
        return item.url

    def item_guid(self, item: Entry) -> str:
        """Name the change for good: a concept that changes again is a new one."""
        return f"tag:zhujie,2026:{item.when.isoformat()}:{item.key or item.kind}"

    def item_updateddate(self, item: Entry) -> datetime:
        """Say when it was."""
        return item.when

    item_pubdate = item_updateddate


_feed = _ChangesFeed()


@policies.public
@require_safe
@condition(etag_func=state)
def feed(request: HttpRequest) -> HttpResponseBase:
    """Send the last changes as an Atom feed."""
    response = _feed(request)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
