"""What the page's script, and pages, are told of replies."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from reader.markdown import to_html
from reader.models import Note, Reply, SharedLink, User


def of_note(note: Note, viewer: User | AnonymousUser, link_token: str = "") -> list[dict[str, Any]]:
    """Give the replies to a note that a viewer may see."""
    visible = Reply.objects.visible_to(viewer, link_token).filter(note=note)
    return [told(reply, viewer) for reply in visible.select_related("note", "group", "link")]


def told(reply: Reply, viewer: User | AnonymousUser) -> dict[str, Any]:
    """Give a reply as pages show it; where it was said, and by which link, only the note's author needs to know."""
    is_authors = reply.note.user_id == viewer.pk
    where = reply.group.name if reply.group else _("by a link") if reply.link else ""
    return {
        "id": reply.pk,
        "name": reply.name,
        "mine": reply.user_id == viewer.pk,
        "by_author": reply.user_id == reply.note.user_id,
        "may_delete": is_authors or reply.user_id == viewer.pk,
        "html": to_html(reply.body),
        "body": reply.body,
        "created": reply.created,
        "modified": reply.modified.isoformat(),
        "where": where if is_authors else "",
        "shared": reply.link.token if reply.link and is_authors else "",
        "url": reverse("reader:reply-edit", args=[reply.pk]),
    }


def under_link(link: SharedLink, viewer: User | AnonymousUser) -> dict[int, list[dict[str, Any]]]:
    """Give the replies said under a link, by the number of their note."""
    visible = Reply.objects.visible_to(viewer, link.token).filter(link=link).select_related("note", "group", "link")
    found: dict[int, list[dict[str, Any]]] = {}
    for reply in visible:
        found.setdefault(reply.note_id, []).append(told(reply, viewer))
    return found
