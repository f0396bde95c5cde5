"""The source of a text that somebody sent when their session had ended: it lies aside until they have signed in.

Only what comes out of a form that was given to somebody who may edit the text is kept, and only they get it back, in
a browser that has sent one: the form holds a stamp that says to whom it was given. Of one author's sources of one text
the last alone is kept, wherever it was sent, so that not even they can fill a disk; who signs in next sees nothing.
"""

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from reader import aside, waiting
from reader.document_editing import LONGEST_SOURCE

# The session's name for sources that wait until their author has signed in.
PENDING = "pending-sources"
# The form's name for the stamp.
FIELD = "stamp"
SALT = "reader.unsaved"
# So many seconds a form may have been open.
LONGEST_OPEN = 30 * 24 * 60 * 60


def stamp(user: int, slug: str) -> str:
    """Say to whom the form of a text is given, so that nobody else can say it."""
    return signing.dumps([user, slug], salt=SALT)


def _author(request: HttpRequest, slug: str) -> int | None:
    """Give to whom the form was given that was sent; None where that cannot be told."""
    try:
        user, about = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=LONGEST_OPEN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(user) if about == slug else None


def _name(author: int, slug: str) -> str:
    """Give under which name an author's source of a text lies aside; nobody else can make it up."""
    return salted_hmac(SALT, f"{author} {slug}").hexdigest()


def keep(request: HttpRequest, slug: str) -> bool:
    """Let the source that a guest sent wait for its author; tells whether it can, which it cannot if it is too long."""
    source, author = request.POST.get("source", "").replace("\r\n", "\n"), _author(request, slug)
    if author is None or len(source) > LONGEST_SOURCE:
        return False
    revision = request.POST.get("revision", "")[:10] or "1"
    aside.put(author, {"source": source, "revision": revision}, _name(author, slug))
    waiting.keep(request, PENDING, slug=slug, author=author)
    return True


def newest(request: HttpRequest, slug: str) -> waiting.Typed:
    """Give the last source of a text that waits for who asks, as the form takes it; nothing where none does."""
    found = waiting.newest(request, PENDING, slug=slug, author=request.user.pk)
    typed = aside.get(found["author"], _name(found["author"], slug)) if found else None
    return {} if typed is None else {**typed, "key": found["key"]}


def drop(request: HttpRequest) -> None:
    """Let go all sources of its text that wait for its author, if the form came from one that waited."""
    found = waiting.newest(request, PENDING, key=request.POST.get(waiting.FIELD, ""))
    if found:
        aside.drop(_name(found["author"], found["slug"]))
        waiting.drop(request, PENDING, slug=found["slug"], author=found["author"])
