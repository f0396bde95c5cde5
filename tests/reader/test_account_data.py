"""A reader takes everything along, and leaves without a trace; what is everybody's stays."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from glossary.models import Concept, Rejection, Suggestion, Term
from reader import notes, replies, sharing, tokens
from reader.models import (
    Choice,
    Document,
    FormerAnchor,
    Membership,
    Note,
    ReadingGroup,
    ReadingPosition,
    Reply,
    SharedLink,
    User,
)
from tests import small

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "zhuangzi-the-reader", "a butterfly dreaming"


@pytest.fixture
def zhuangzi(document: Document, bob: User) -> User:
    """A reader with something of everything, whose name stands nowhere else."""
    user = User.objects.create_user(NAME, f"{NAME}@mail.example", PASSWORD)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined]  # allauth's
    text = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", "她的私事")
    small.build_document(text, owner=user, public=False)
    small.build_document(text.replace("slug: hers", "slug: shared"), owner=user)
    write_notes(user, document, bob)
    use_glossary(user, document)
    tokens.create(user, "my phone")
    place = {"revision": 1, "offset": 3, "furthest": 5, "length": 9, "updated": timezone.now()}
    ReadingPosition.objects.create(user=user, document=document, **place)
    return user


def write_notes(user: User, document: Document, bob: User) -> None:
    """Let a reader and Bob share a group, and answer each other."""
    group = ReadingGroup.objects.create(name="butterflies", owner=user)
    Membership.objects.create(group=group, user=user, name="Z.")
    Membership.objects.create(group=group, user=bob, name="B.")
    place: dict[str, Any] = {"document": document, "revision": 1, "start": 0, "end": 4}
    own = notes.add(user=user, body="am I?", tags=["dream"], group=group, **place)
    theirs = notes.add(user=bob, body="you are", group=group, **place)
    Reply.objects.create(note=theirs, user=user, group=group, name="Z.", body="so I am")
    Reply.objects.create(note=own, user=bob, group=group, name="B.", body="who knows")
    notes.delete(notes.add(user=user, body="deleted thought", **place))
    former = {"revision": 1, "start": 1, "end": 2, "quote": "模", "status": "placed", "reason": "attached"}
    FormerAnchor.objects.create(note=own, **former)
    SharedLink.objects.create(user=user, document=document, name="Z.").notes.add(own)


def use_glossary(user: User, document: Document) -> None:
    """Let a reader keep the glossary, as editors do."""
    Suggestion.objects.create(user=user, kind="gloss", text="推理", comment="hm")
    Suggestion.objects.create(user=User.objects.get(username="bob"), kind="gloss", text="x", decided_by=user)
    Rejection.objects.create(key="k", surface="s", user=user)
    Choice.objects.create(document=document, word="推理", revision=1, user=user)
    document.revisions.update(created_by=user)
    concept = Concept.objects.get(key="scaling-law")
    concept._history_user = user  # type: ignore[attr-defined]  # simple_history's
    concept.definition_en = "changed by the reader"
    concept.save()
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=user, action_flag=CHANGE, object_repr="something")
    admin = User.objects.create_superuser("admin")
    about = {"content_type": kind, "object_id": str(user.pk), "object_repr": user.username}
    LogEntry.objects.create(user=admin, action_flag=CHANGE, **about)


@pytest.fixture
def browser(zhuangzi: User) -> Client:
    """The reader's browser."""
    client = Client()
    client.force_login(zhuangzi)
    return client


@pytest.fixture
def folder(browser: Client) -> zipfile.ZipFile:
    """What the reader gets."""
    answer = browser.get("/account/export/")
    assert answer["Content-Disposition"] == f'attachment; filename="zhujie-{NAME}.zip"'
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def told(folder: zipfile.ZipFile, name: str) -> Any:
    return json.loads(folder.read(f"{name}.json"))


def test_a_readme_says_what_every_file_is(folder: zipfile.ZipFile) -> None:
    assert folder.testzip() is None
    readme = folder.read("README.txt").decode()
    top = {name.partition("/")[0] for name in folder.namelist()} - {"README.txt"}
    assert [name for name in top if name.removeprefix("deleted-").partition(".")[0] not in readme] == []
    assert {"notes.jsonld", "notes.md", "notes.csv", "deleted-notes.jsonld", "replies.json", "documents"} <= top


def test_its_words_are_in_the_language_of_the_reader(browser: Client, translated: None) -> None:
    readme = zipfile.ZipFile(io.BytesIO(browser.get("/account/export/").getvalue())).read("README.txt").decode()
    lines = [line for line in readme.splitlines() if line]
    assert [line for line in lines if not line.endswith("»")] == []
    assert lines[0].startswith(f"«This is all that Zhujie keeps of {NAME}, as of ")


def test_notes_come_as_files_those_that_can_be_brought_back_by_themselves(folder: zipfile.ZipFile) -> None:
    kept, gone = (json.loads(folder.read(f"{name}notes.jsonld")) for name in ("", "deleted-"))
    bodies = [[item["body"][0]["value"] for item in file["first"]["items"]] for file in (kept, gone)]
    assert bodies == [["am I?"], ["deleted thought"]]
    assert "am I?" in folder.read("notes.md").decode()
    assert "you are" not in folder.read("notes.csv").decode()


def test_of_notes_that_are_shown_no_more_only_ones_own_words_come(as_bob: Client, bob: User, note: Note) -> None:
    group = sharing.make_group(owner=note.user, name="class", own_name="Alice", members_share=True, allows_replies=True)
    sharing.join(invitation=group.invitation, user=bob, name="Bob")
    shared = notes.edit(note, version=1, body="x", group=group)
    replies.say(shared, bob, body="said once")
    notes.edit(shared, version=2, body="x", group=None)
    content = as_bob.get("/account/export/").getvalue()
    kept = zipfile.ZipFile(io.BytesIO(content)).read("replies.json").decode()
    assert "said once" in kept
    assert "机械" not in kept


def test_everything_else_comes_as_json(folder: zipfile.ZipFile) -> None:
    account = told(folder, "account")
    assert (account["username"], account["mail_addresses"][0]["email"]) == (NAME, f"{NAME}@mail.example")
    replies = told(folder, "replies")
    assert [replies[way][0]["body"] for way in ("written", "received")] == ["so I am", "who knows"]
    assert told(folder, "groups")["owned"][0]["name"] == "butterflies"
    assert len(told(folder, "links")[0]["notes"]) == 1
    assert told(folder, "positions")[0]["offset"] == 3
    assert told(folder, "suggestions")[0]["comment"] == "hm"
    assert told(folder, "glossary-edits")[0]["name"] == "scaling-law"
    assert told(folder, "choices")[0]["word"] == "推理"
    assert told(folder, "former-places")[0]["quote"] == "模"
    assert told(folder, "tokens")[0]["name"] == "my phone"


def test_own_texts_come_with_their_sources(folder: zipfile.ZipFile) -> None:
    assert "title: 她的私事" in folder.read("documents/hers/1.source.txt").decode()
    assert folder.read("documents/hers/1.text.txt").decode().startswith("规模的力量")
    assert not any(name.startswith("documents/size") for name in folder.namelist())


def test_no_secret_of_anybody_is_in_it(folder: zipfile.ZipFile, zhuangzi: User) -> None:
    everything = b"".join(folder.read(name) for name in folder.namelist()).decode()
    zhuangzi.refresh_from_db()
    for secret in (zhuangzi.password, zhuangzi.access_tokens.get().digest):
        assert secret not in everything


def rows() -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Give every row of the database."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model, row


def test_an_account_goes_without_a_trace(browser: Client, zhuangzi: User) -> None:
    pk, names = zhuangzi.pk, (NAME, "so I am", "am I?", "deleted thought", "Z.", "她的私事")
    relations = [field for field in User._meta.get_fields(include_hidden=True) if field.one_to_many]
    fields = {(relation.related_model, relation.field.attname) for relation in relations}  # type: ignore[union-attr]
    before = [row for model, row in rows() if any(row.get(name) == pk for of, name in fields if of is model)]
    assert len(before) >= 18
    page = browser.post("/account/delete/", {"password": PASSWORD}).content.decode()
    assert "Your account is deleted" in page
    shown = small.DOCUMENT
    for model, row in rows():
        assert not [name for of, name in fields if of is model and row.get(name) == pk], model
        told_row = str(row).replace(shown, "")
        kept = [name for name in names if name in told_row]
        # The text that everybody may read is still there.
        assert kept in ([], ["她的私事"]) and (not kept or model._meta.label in ("reader.Document", "reader.Revision"))
    assert not User.objects.filter(pk=pk).exists()
    assert browser.get("/account/export/").status_code == 302


def test_what_is_everybodys_stays(browser: Client, bob: User, document: Document) -> None:
    others = Note.objects.get(user=bob)
    browser.post("/account/delete/", {"password": PASSWORD})
    assert not Document.objects.filter(slug="hers").exists()
    assert Document.objects.get(slug="shared").owner is None
    assert Concept.objects.get(key="scaling-law").definition_en == "changed by the reader"
    assert Term.objects.filter(concept__key="scaling-law").exists()
    others.refresh_from_db()
    assert (others.body, others.group) == ("you are", None)
    assert Suggestion.objects.get().decided_by is None


def test_browsers_elsewhere_are_signed_out_and_forgotten(browser: Client, zhuangzi: User, as_bob: Client) -> None:
    phone = Client()
    phone.force_login(zhuangzi)
    browser.post("/account/delete/", {"password": PASSWORD})
    assert phone.get("/notes/").status_code == 302
    assert Session.objects.count() == 1
    assert as_bob.get("/notes/").status_code == 200


@pytest.mark.parametrize(("password", "words"), [("wrong", "This is not your password."), ("", "Give your password.")])
def test_an_account_goes_only_with_its_password(browser: Client, zhuangzi: User, password: str, words: str) -> None:
    answer = browser.post("/account/delete/", {"password": password})
    assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert User.objects.filter(pk=zhuangzi.pk).exists()


def test_nobody_tries_passwords_without_end(browser: Client) -> None:
    tried = [browser.post("/account/delete/", {"password": "wrong"}).status_code for _turn in range(11)]
    assert tried == [400] * 10 + [429]


def test_the_page_says_what_goes_and_what_stays(browser: Client) -> None:
    page = browser.get("/account/delete/").content.decode()
    for words in ("1 note, with the replies to it", "1 text that only you can read", "1 group that is yours"):
        assert words in page
    assert "what became part of the glossary" in page


def test_the_account_leads_to_all_of_this(as_alice: Client) -> None:
    page = as_alice.get("/account/").content.decode()
    for address in ("/account/export/", "/account/delete/", "/account/tokens/", "/notes/import/"):
        assert f'href="{address}"' in page
