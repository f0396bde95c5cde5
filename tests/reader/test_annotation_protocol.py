"""A program that knows nothing of this service but the W3C Web Annotation Protocol works with a reader's notes.

Each test quotes what the protocol demands: https://www.w3.org/TR/annotation-protocol/. Its containers have a file of
their own, and so has what changes annotations.
"""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from reader import notes, tokens
from reader.models import Document, Note, User
from tests.reader.note_files import rewrite
from tests.reader.programs import CONTEXT, HOME, TEXT, TYPE, Program, annotation

pytestmark = pytest.mark.django_db


def test_a_story(program: Program, document: Document, alice: User) -> None:
    """It finds the container empty, writes, reads, changes and deletes an annotation, and its reader undoes that."""
    assert program.get()["total"] == 0
    made = program.ask("POST", data=annotation(value="first"))
    address = made["Location"]
    assert [item["id"] for item in program.get(program.get()["first"])["items"]] == [address]
    read = program.ask("GET", address)
    state = json.loads(read.content)
    state["body"][0]["value"] = "second"
    changed = program.ask("PUT", address, state, If_Match=read["ETag"])
    assert json.loads(changed.content)["body"][0]["value"] == "second"
    assert program.ask("DELETE", address, If_Match=read["ETag"]).status_code == 412
    assert program.ask("DELETE", address, If_Match=changed["ETag"]).status_code == 204
    assert (program.get()["total"], program.ask("GET", address).status_code) == (0, 410)
    notes.restore(Note.objects.get(user=alice))
    assert program.get(address)["body"][0]["value"] == "second"


def test_annotations_support_get_head_and_options_and_say_so(program: Program, note: Note) -> None:
    address = f"{HOME}{note.uuid}/"
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = program.ask(method, address)
        assert answer.status_code == 200
        assert answer["Allow"] == "GET, HEAD, OPTIONS, PUT, DELETE"


def test_annotations_come_as_json_ld_with_a_tag_a_type_and_vary(program: Program, note: Note) -> None:
    answer = program.ask("GET", f"{HOME}{note.uuid}/", Accept=TYPE)
    assert answer["Content-Type"] == TYPE
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer["ETag"])
    assert '<http://www.w3.org/ns/ldp#Resource>; rel="type"' in answer["Link"]
    assert "Accept" in answer["Vary"]
    told = json.loads(answer.content)
    assert (told["@context"], told["type"], told["id"]) == (CONTEXT, "Annotation", f"{HOME}{note.uuid}/")
    assert (told["canonical"], told["target"]["source"]) == (note.uuid.urn, TEXT)


def test_who_has_an_annotation_already_gets_304(program: Program, note: Note) -> None:
    address = f"{HOME}{note.uuid}/"
    etag = program.ask("GET", address)["ETag"]
    assert program.ask("GET", address, If_None_Match=etag).status_code == 304
    notes.edit(note, version=1, body="other", group=None)
    assert program.ask("GET", address, If_None_Match=etag).status_code == 200


def test_a_text_that_changes_changes_the_tag(program: Program, note: Note) -> None:
    address = f"{HOME}{note.uuid}/"
    etag = program.ask("GET", address)["ETag"]
    rewrite(note.document, lambda text: text.replace("机械可解释性研究", "别的事"))
    answer = program.ask("GET", address)
    assert answer["ETag"] != etag
    assert json.loads(answer.content)["schema:creativeWorkStatus"] in ("orphaned", "proposed")


@pytest.mark.parametrize(
    ("status", "data", "headers"),
    [
        (400, b"{", {}),
        (400, b"[" * 100_000, {}),
        (400, annotation(target="http://www.example.com/index.html"), {}),
        (400, annotation(target=TEXT), {}),
        (400, annotation(canonical="http://mine.example/"), {}),
        (400, annotation(created="soon"), {}),
        (400, annotation(value="\x00"), {}),
        (400, annotation(value="长" * 10_001), {}),
        (400, annotation(target=[TEXT, TEXT]), {}),
        (400, annotation(motivation="replying", target=f"{HOME}{uuid4()}/"), {}),
        (413, b" " * 200_001, {}),
        (413, b" " * 3_000_000, {}),
        (415, b"[]", {}),
        (415, {"type": "Person"}, {}),
        (415, annotation() | {"@context": "http://other.example/"}, {}),
        (415, annotation(), {"Content_Type": "text/turtle"}),
        (406, annotation(), {"Accept": "text/turtle"}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    program: Program, document: Document, status: int, data: Any, headers: dict[str, str]
) -> None:
    answer = program.ask("POST", HOME, data, **headers)
    assert answer.status_code == status
    assert json.loads(answer.content)["error"].endswith((".", "…", "jsonld"))
    assert "ldp#BasicContainer" in answer["Link"]
    # What is said of an error is no state that could be sent back as seen.
    assert "ETag" not in answer
    assert not Note.objects.exists()


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "POST"])
def test_other_methods_are_not_allowed(program: Program, note: Note, method: str) -> None:
    answer = program.ask(method, f"{HOME}{note.uuid}/", annotation())
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, PUT, DELETE")


def test_who_takes_json_or_anything_gets_json_ld(program: Program, note: Note) -> None:
    for accept in (TYPE, "application/ld+json", "application/json", "*/*", "text/html, */*;q=0.1"):
        assert program.ask("GET", Accept=accept)["Content-Type"] == TYPE


@pytest.mark.parametrize("secret", ["", "zhujie_wrong", "x y"])
def test_without_a_token_there_is_nothing(note: Note, secret: str) -> None:
    stranger = Program(secret)
    for method, address in (
        ("GET", HOME),
        ("POST", HOME),
        ("GET", f"{HOME}{note.uuid}/"),
        ("DELETE", f"{HOME}{uuid4()}/"),
    ):
        answer = stranger.ask(method, address)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith('Bearer realm="Zhujie"')
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_cookie_counts_for_nothing(as_alice: Browser, note: Note) -> None:
    assert as_alice.get("/annotations/").status_code == 401
    assert as_alice.get("/annotations/", headers={"Authorization": "Basic YTpi"}).status_code == 401


def test_a_program_gets_at_nothing_of_others(bob: User, note: Note) -> None:
    stranger = Program(tokens.create(bob, "his")[1])
    address = f"{HOME}{note.uuid}/"
    assert stranger.get()["total"] == 0
    assert stranger.ask("GET", address).status_code == 404
    assert stranger.ask("DELETE", address, If_Match="*").status_code == 404
    assert stranger.ask("PUT", address, annotation(), If_Match="*").status_code == 404
    note.refresh_from_db()
    assert (note.deleted, note.version) == (None, 1)


def test_a_token_that_can_only_read_writes_nothing(alice: User, note: Note) -> None:
    reading = Program(tokens.create(alice, "shelf", read_only=True)[1])
    assert reading.get()["total"] == 1
    for method, address in (("POST", HOME), ("PUT", f"{HOME}{note.uuid}/"), ("DELETE", f"{HOME}{note.uuid}/")):
        assert reading.ask(method, address, annotation(), If_Match="*").status_code == 403
    assert list(Note.objects.values_list("body", "deleted")) == [(note.body, None)]


def test_a_page_of_another_site_may_ask_before_it_asks(note: Note) -> None:
    for address, allowed in (
        (HOME, "GET, HEAD, OPTIONS, POST"),
        (f"{HOME}{uuid4()}/", "GET, HEAD, OPTIONS, PUT, DELETE"),
    ):
        answer = Program().ask("OPTIONS", address, Origin="https://app.example", Access_Control_Request_Method="PUT")
        assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (200, allowed)
        assert {"Authorization", "If-Match", "Prefer"} <= set(answer["Access-Control-Allow-Headers"].split(", "))
        assert (answer["Access-Control-Allow-Origin"], answer.content) == ("*", b"")
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies
