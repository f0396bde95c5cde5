"""All that is a reader's, in one ZIP: notes as files, the rest as JSON, texts as they came and as they are read."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from glossary.models import Concept, Relation, Source, Suggestion, Term
from reader import note_export
from reader.models import Choice, Document, FormerAnchor, Note, Reply, Revision, User
from reader.note_formats import FORMATS

NOTE_FORMATS = ("jsonld", "markdown", "csv")
# Every file of the ZIP, and what its reader finds in it.
FILES = {
    "notes.jsonld": _("your notes as W3C Web Annotations: to bring in again, here or elsewhere"),
    "notes.md, notes.csv": _("the same to read, and for spreadsheets"),
    "deleted-notes.…": _("notes you have deleted that could still be brought back"),
    "former-places.json": _("where notes stood before their text was changed, or before you put them elsewhere"),
    "replies.json": _("what you replied to notes, and what was replied to yours"),
    "groups.json": _("groups you own, and those you are in"),
    "links.json": _("the unlisted addresses under which you show notes"),
    "positions.json": _("where you are in which text"),
    "suggestions.json": _("what you suggested for the glossary, and what was answered"),
    "glossary-edits.json": _("when you changed what in the glossary"),
    "choices.json": _("which concepts you chose for words of texts"),
    "tokens.json": _("the tokens of your programs; only their names, for the secrets are not kept"),
    "account.json": _("who you are here"),
    "documents/": _("your own texts, each revision as it came (source) and as it is read (text)"),
}


def write(user: User, out: IO[bytes], *, site: str) -> None:
    """Write the ZIP; one file of it after the other, so that a long text does not lie in memory with all others."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("README.txt", _readme(user))
        for name, content in chain(_notes(user, site), _facts(user), _documents(user)):
            folder.writestr(name, content)


def _readme(user: User) -> str:
    """Say what the files are, in the language of whoever asks for them."""
    date = f"{timezone.now():%Y-%m-%d}"
    head = gettext("This is all that Zhujie keeps of %(name)s, as of %(date)s.") % {
        "name": user.get_username(),
        "date": date,
    }
    foot = gettext(
        "All files are UTF-8. Dates are in UTC. Places are counted in characters (Unicode code points) of the revision "
        "they name."
    )
    return "\n".join([head, "", *(f"{name:<22}{what}" for name, what in FILES.items()), "", foot, ""])


def _notes(user: User, site: str) -> Iterator[tuple[str, str]]:
    own = Note.objects.written_by(user)
    for prefix, notes in (("", own.filter(deleted=None)), ("deleted-", own.exclude(deleted=None))):
        for name in NOTE_FORMATS if notes or not prefix else ():
            ending = FORMATS[name].file.rpartition(".")[2]
            yield f"{prefix}notes.{ending}", note_export.export(user, notes, name, site=site).decode()


def _facts(user: User) -> Iterator[tuple[str, str]]:
    for name, read in FACTS.items():
        yield f"{name}.json", _json(read(user))


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"


def _documents(user: User) -> Iterator[tuple[str, str]]:
    for document in Document.objects.filter(owner=user).order_by("pk"):
        folder = f"documents/{document.slug}"
        told = Document.objects.filter(pk=document.pk).values(
            "title", "summary", "author", "origin", "licence", "public"
        )
        yield f"{folder}/document.json", _json(told[0])
        for revision in Revision.objects.filter(document=document).order_by("number").iterator(chunk_size=1):
            yield f"{folder}/{revision.number}.source.txt", revision.source
            yield f"{folder}/{revision.number}.text.txt", revision.text


def _values(rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(rows.values(*names))


def _account(user: User) -> dict[str, Any]:
    names = ("username", "first_name", "last_name", "email", "date_joined", "last_login")
    addresses = user.emailaddress_set.values("email", "verified", "primary")  # type: ignore[attr-defined]  # allauth's
    return {
        **{name: getattr(user, name) for name in names},
        "mail_addresses": list(addresses),
        "roles": list(user.groups.values_list("name", flat=True)),
    }


def _replies(user: User) -> dict[str, Any]:
    said = ("name", "body", "created", "deleted")
    names = ("note__document__title", "note__quote", *said)
    seen = Q(note__in=Note.objects.visible_to(user))
    written = Reply.objects.filter(user=user)
    received = Reply.objects.filter(note__user=user, deleted=None).exclude(user=user)
    return {
        "written": _values(written.filter(seen), *names),
        # On notes that are not shown to them any more.
        "written_elsewhere": _values(written.exclude(seen), *said),
        "received": _values(received, *names),
    }


def _groups(user: User) -> dict[str, Any]:
    owned = user.owned_groups.all()
    return {
        "owned": _values(owned, "name", "invitation", "members_share", "allows_replies", "created"),
        "memberships": _values(user.memberships.all(), "group__name", "name", "joined"),
    }


def _links(user: User) -> list[dict[str, Any]]:
    names = ("document__title", "token", "name", "allows_replies", "created")
    return [
        {name: value for name, value in told.items() if name != "pk"}
        | {"notes": list(Note.objects.filter(shared_links=told["pk"]).values_list("uuid", flat=True))}
        for told in user.shared_links.values("pk", *names)
    ]


def _edits(user: User) -> list[dict[str, Any]]:
    """Tell when a reader changed what in the glossary, the oldest first."""
    models: tuple[type[Model], ...] = (Concept, Term, Relation, Source)
    found = [edit for model in models for edit in _edits_of(model, user)]
    return sorted(found, key=lambda edit: edit["when"])


def _edits_of(model: type[Model], user: User) -> Iterator[dict[str, Any]]:
    kinds = {"+": "added", "~": "changed", "-": "deleted"}
    histories = model.history.filter(history_user=user)  # type: ignore[attr-defined]  # simple_history's
    for row in histories.iterator(chunk_size=500):
        yield {
            "when": row.history_date,
            "what": model.__name__,
            "name": str(row.instance),
            "how": kinds[row.history_type],
        }


PLACE = ("revision", "start", "end")
FACTS: Mapping[str, Callable[[User], Any]] = {
    "account": _account,
    "tokens": lambda user: _values(user.access_tokens.all(), "name", "read_only", "created", "used"),
    "former-places": lambda user: _values(
        FormerAnchor.objects.filter(note__user=user), "note__uuid", *PLACE, "quote", "status", "reason", "ended"
    ),
    "replies": _replies,
    "groups": _groups,
    "links": _links,
    "positions": lambda user: _values(
        user.reading_positions.all(), "document__title", "revision", "offset", "furthest", "length", "updated"
    ),
    "suggestions": lambda user: _values(
        Suggestion.objects.filter(user=user),
        *("kind", "text", "proposal", "comment", "title", "url", "start", "end", "sentence"),
        *("status", "answer", "created", "decided_at"),
    ),
    "glossary-edits": _edits,
    "choices": lambda user: _values(
        Choice.objects.filter(user=user), "document__title", "word", "concept__key", *PLACE, "made"
    ),
}
