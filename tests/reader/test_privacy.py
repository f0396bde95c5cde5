"""Alice owns a note and a private text; for Bob, who is signed in, and Charlie, a guest, neither exists."""

import io
import re
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from glossary.models import Concept, DictionaryLoad, Term
from reader import notes
from reader.models import Document, Note, User
from tests import small

pytestmark = pytest.mark.django_db
SECRETS = ("secret thought", "秘密", "她的私事")


@pytest.fixture
def hers(alice: User, document: Document) -> Document:
    """A text that only Alice may read, with a title, terms and words of its own."""
    text = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", "她的私事")
    return small.build_document(text, owner=alice, public=False)


@pytest.fixture
def note_on_hers(alice: User, hers: Document) -> Note:
    """A note of Alice's on her own text."""
    return notes.add(user=alice, document=hers, revision=1, start=0, end=2, body="secret thought")


@pytest.fixture
def strangers(as_bob: Client, as_charlie: Client) -> tuple[Client, Client]:
    """Those to whom nothing of Alice's is shown: Bob and Charlie."""
    return as_bob, as_charlie


def patterns(prefix: str = "", resolver: URLResolver | None = None) -> list[tuple[str, URLPattern]]:
    """Give every address of the site but those of allauth and the admin, with its pattern."""
    found: list[tuple[str, URLPattern]] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += patterns(route, pattern) if not route.startswith(("admin/", "accounts/")) else []
        else:
            found.append((route, pattern))
    return found


def addresses(document: Document, note: Note) -> list[str]:
    """Give every address of the site, those that name a document or a note with the ones given."""
    values = {"slug": document.slug, "number": 2, "pk": note.pk, "key": "scaling-law", "name": "csv"}
    values |= {"token": "none", "uuid": note.uuid}
    found = []
    for route, pattern in patterns():
        wanted = re.findall(r"<\w+:(\w+)>", route)
        space = pattern.callback.__module__.partition(".")[0]
        found.append(reverse(f"{space}:{pattern.name}", kwargs={name: values[name] for name in wanted}))
    return found


def tell(answer: HttpResponse) -> str:
    """Give all that an answer says, also what is in a folder that it sends."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        folder = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(folder.read(name) for name in folder.namelist())
    return f"{content.decode()} {answer.headers}"


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
@pytest.mark.parametrize("who", ["as_bob", "as_charlie"])
def test_no_address_tells_a_stranger_anything(
    who: str, method: str, note: Note, note_on_hers: Note, request: pytest.FixtureRequest
) -> None:
    stranger: Client = request.getfixturevalue(who)
    body = {"body": "overwritten", "revision": 1, "start": 0, "end": 2, "first": 1, "last": 1, "q": "缩放定律"}
    before = list(Note.objects.order_by("pk").values())
    hers = note_on_hers.document
    for address in (*addresses(hers, note_on_hers), *addresses(note.document, note)):
        for headers in ({}, {"Accept": "application/json"}):
            answer = getattr(stranger, method)(address, body if method in ("get", "post") else None, headers=headers)
            assert [secret for secret in SECRETS if secret in tell(answer)] == [], address
    stranger_notes = Note.objects.exclude(user__username="alice")
    assert list(Note.objects.filter(user__username="alice").order_by("pk").values()) == before
    assert not stranger_notes.filter(document=hers).exists()


@pytest.mark.parametrize(
    ("method", "address", "statuses"),
    [
        # Her note: for Bob it does not exist, Charlie is asked to sign in.
        ("get", "/notes/{note}/", (404, 302)),
        ("post", "/notes/{note}/", (404, 302)),
        ("post", "/notes/{note}/delete/", (404, 302)),
        ("post", "/notes/{note}/restore/", (404, 302)),
        # Lists have nobody's notes but one's own.
        ("get", "/notes/", (200, 302)),
        ("get", "/documents/size/notes.json", (200, 200)),
        ("get", "/documents/size/paragraphs/2/", (200, 200)),
        # Her private text, in every shape.
        ("get", "/documents/hers/", (404, 404)),
        ("get", "/documents/hers/?script=hant&pinyin=on", (404, 404)),
        ("get", "/documents/hers/layer.json", (404, 404)),
        ("get", "/documents/hers/paragraphs/1/", (404, 404)),
        ("get", "/documents/hers/dropped/", (404, 404)),
        ("get", "/documents/hers/notes.json", (404, 404)),
        ("post", "/documents/hers/notes/", (404, 404)),
        ("post", "/documents/hers/dropped/put-back/", (404, 302)),
    ],
)
@pytest.mark.usefixtures("hers")
def test_what_is_alices_does_not_exist_for_others(
    method: str, address: str, statuses: tuple[int, int], strangers: tuple[Client, Client], note: Note
) -> None:
    body = {"body": "overwritten", "revision": "1", "start": "0", "end": "2"}
    for stranger, status in zip(strangers, statuses, strict=True):
        answer = getattr(stranger, method)(address.format(note=note.pk), body)
        assert answer.status_code == status
        assert status != 302 or answer["Location"].startswith("/accounts/login/?next=")
    note.refresh_from_db()
    assert (note.body, note.deleted) == ("**秘密** secret thought", None)


def test_alice_herself_reads_what_is_hers(as_alice: Client, note_on_hers: Note) -> None:
    for address in ("", "layer.json", "paragraphs/0/", "dropped/", "notes.json"):
        assert as_alice.get(f"/documents/hers/{address}").status_code == 200
    assert "她的私事" in as_alice.get("/documents/hers/").content.decode()
    assert "secret thought" in as_alice.get("/documents/hers/notes.json").content.decode()


def test_what_alice_has_read_is_in_no_cache_for_others(as_alice: Client, as_bob: Client, hers: Document) -> None:
    etag = as_alice.get("/documents/hers/")["ETag"]
    assert as_bob.get("/documents/hers/", headers={"If-None-Match": etag}).status_code == 404
    assert "private" in as_alice.get("/documents/hers/")["Cache-Control"]


def test_her_text_is_on_no_shelf_and_in_no_concordance(as_bob: Client, hers: Document, document: Document) -> None:
    Term.objects.filter(text="后训练").update(text="她的私事")
    assert hers.title not in as_bob.get("/").content.decode()
    concept = Concept.objects.get(key="mechanistic-interpretability")
    page = as_bob.get(concept.get_absolute_url()).content.decode()
    assert "1 place in the texts" in page
    assert "/documents/hers/" not in page


def test_a_guest_has_no_notes_and_gets_no_cookie(as_charlie: Client, note: Note) -> None:
    told = as_charlie.get("/documents/size/notes.json")
    assert told.json() == {
        "name": None,
        "token": None,
        "revision": 1,
        "notes": [],
        "groups": [],
        "position": None,
        "edits": None,
    }
    assert not told.cookies


def test_deleted_notes_are_nobodys_but_their_authors(as_bob: Client, as_alice: Client, note: Note) -> None:
    notes.delete(note)
    assert as_bob.post(f"/notes/{note.pk}/restore/").status_code == 404
    assert as_alice.post(f"/notes/{note.pk}/restore/").status_code == 302


def test_an_editor_does_not_read_notes_either(as_editor: Client, note: Note) -> None:
    assert as_editor.get(f"/notes/{note.pk}/").status_code == 404
    assert "secret thought" not in as_editor.get("/documents/size/notes.json").content.decode()
    assert "note" not in as_editor.get("/admin/").content.decode().casefold().split('id="content"')[-1]


def test_a_number_beyond_all_numbers_is_404(as_alice: Client, note: Note, dictionary: DictionaryLoad) -> None:
    for number in (0, 10**18, 10**40):
        assert as_alice.get(f"/notes/{number}/").status_code == 404
        assert as_alice.post(f"/notes/{number}/restore/").status_code == 404
