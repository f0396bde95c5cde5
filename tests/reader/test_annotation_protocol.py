"""A program that knows nothing of this service but the W3C Web Annotation Protocol works with a reader's notes.

Each test quotes what the protocol demands: https://www.w3.org/TR/annotation-protocol/.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from reader import annotation_pages, notes, tokens
from reader.models import Document, Note, NoteStatus, User
from tests.reader.test_note_import import rewrite

pytestmark = pytest.mark.django_db
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TYPE = f'application/ld+json; profile="{CONTEXT}"'
PREFER = 'return=representation;include="http://www.w3.org/ns/{}"'
HOME = "http://testserver/annotations/"
TEXT = "http://testserver/documents/size/"


class Program:
    """A foreign client: it has the address of a container, a token, and the protocol."""

    def __init__(self, secret: str = "") -> None:
        self.browser = Browser(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, address: str = HOME, data: Any = None, **headers: str) -> Any:
        sent = {"Content-Type": TYPE} if data is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
        told = self.headers | sent | named
        return self.browser.generic(method, address, body, told.get("Content-Type", ""), headers=told)

    def get(self, address: str = HOME, **headers: str) -> Any:
        return json.loads(self.ask("GET", address, **headers).content)


def target(exact: str, source: str = TEXT) -> dict[str, Any]:
    """Give a passage as a foreign client writes it."""
    return {"source": source, "selector": {"type": "TextQuoteSelector", "exact": exact}}


def annotation(exact: str = "机械可解释性研究", value: str = "I like this!", **said: Any) -> dict[str, Any]:
    """Give an annotation as a foreign client writes it."""
    return {
        "@context": CONTEXT,
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": value, "format": "text/plain"},
        "target": target(exact),
    } | said


@pytest.fixture
def program(alice: User) -> Program:
    """A program with a token of Alice's."""
    return Program(tokens.create(alice, "reader app")[1])


@pytest.fixture
def many(alice: User, document: Document, monkeypatch: pytest.MonkeyPatch) -> list[Note]:
    """Five notes of Alice's, in pages of two."""
    monkeypatch.setattr(annotation_pages, "PAGE_SIZE", 2)
    place = {"revision": 1, "body": ""}
    return [notes.add(user=alice, document=document, start=at, end=at + 2, **place) for at in range(5)]  # type: ignore[arg-type]


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


# 3. Annotation Retrieval


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


# 4. Annotation Containers


def test_a_container_ends_in_a_slash_and_its_annotations_lie_below(program: Program, note: Note) -> None:
    [item] = program.get(program.get()["first"])["items"]
    assert re.fullmatch(re.escape(program.get()["id"].partition("?")[0]) + r"[^/]+/", item["id"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_container_says_what_it_is_and_can(program: Program, document: Document, method: str) -> None:
    answer = program.ask(method)
    assert answer.status_code == 200
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer["Accept-Post"] == TYPE
    assert '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"' in answer["Link"]
    assert '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"' in answer["Link"]
    assert answer["ETag"].startswith('"')
    assert {"Accept", "Prefer"} <= set(answer["Vary"].split(", "))


def test_a_container_is_described_in_json_ld_also_where_nothing_is_asked_for(program: Program, note: Note) -> None:
    answer = program.ask("GET")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == TYPE
    assert told["@context"] == [CONTEXT, "http://www.w3.org/ns/ldp.jsonld"]
    assert told["type"] == ["BasicContainer", "AnnotationCollection"]
    assert told["total"] == 1
    assert answer["Content-Location"] == told["id"]


@pytest.mark.parametrize(
    ("preference", "query", "item"),
    [
        ("oa#PreferContainedIRIs", "?iris=1", str),
        ("oa#PreferContainedDescriptions", "?iris=0", dict),
        # No preference: the full descriptions.
        ("", "?iris=0", dict),
        ("ldp#PreferMinimalContainer", "", dict),
        ("ldp#PreferMinimalContainer http://www.w3.org/ns/oa#PreferContainedIRIs", "", dict),
    ],
)
def test_a_client_says_how_much_it_wants(program: Program, note: Note, preference: str, query: str, item: type) -> None:
    answer = program.ask("GET", Prefer=PREFER.format(preference)) if preference else program.ask("GET")
    told = json.loads(answer.content)
    assert (told["id"], answer["Content-Location"]) == (HOME + query, HOME + query)
    assert "items" not in told
    assert answer.get("Preference-Applied", "") == ("return=representation" if preference else "")
    assert [type(each) for each in program.get(told["first"])["items"]] == [item]


@pytest.mark.parametrize("preference", ["oa#PreferContainedIRIs", "oa#PreferContainedDescriptions"])
def test_pages_in_sequence_hold_all_in_order(program: Program, many: list[Note], preference: str) -> None:
    container = program.get(Prefer=PREFER.format(preference))
    pages: list[dict[str, Any]] = []
    address, before = container["first"], None
    while address:
        page = program.get(address)
        assert (page["id"], page["type"], page.get("prev")) == (address, "AnnotationPage", before)
        assert page["partOf"]["id"] == container["id"]
        assert page["startIndex"] == len([item for each in pages for item in each["items"]])
        pages.append(page)
        before, address = address, page.get("next")
    assert (before, container["total"], len(pages)) == (container["last"], 5, 3)
    items = [item if isinstance(item, str) else item["id"] for page in pages for item in page["items"]]
    assert items == [f"{HOME}{note.uuid}/" for note in many]


def test_a_page_is_no_container(program: Program, many: list[Note]) -> None:
    answer = program.ask("GET", program.get()["first"])
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    for page in ("3", "-1", "x", "9" * 40):
        assert program.ask("GET", f"{HOME}?page={page}").status_code == 404


def test_an_empty_container_has_an_empty_page(program: Program, document: Document) -> None:
    container = program.get()
    assert container["first"] == container["last"]
    assert program.get(container["first"])["items"] == []


def test_the_annotations_on_one_text_can_be_had(program: Program, many: list[Note]) -> None:
    on_it = program.get(f"{HOME}?target={TEXT}")
    assert (on_it["total"], "target=" in on_it["first"]) == (5, True)
    assert len(program.get(on_it["first"])["items"]) == 2
    assert program.get(f"{HOME}?target=http://else.example/")["total"] == 0


# 5. Creation, Updating and Deletion


def test_creating_answers_201_with_the_address_and_the_annotation(program: Program, document: Document) -> None:
    answer = program.ask("POST", data=annotation(canonical=(name := uuid4().urn), id="http://mine.example/1"))
    told = json.loads(answer.content)
    assert answer.status_code == 201
    assert answer["Location"] == told["id"] == HOME + name.removeprefix("urn:uuid:") + "/"
    assert told["canonical"] == name
    assert '<http://www.w3.org/ns/ldp#Resource>; rel="type"' in answer["Link"]
    assert {"Accept", "Prefer"} <= set(answer["Vary"].split(", "))
    assert answer["ETag"] == program.ask("GET", told["id"])["ETag"]
    assert Note.objects.get().quote == "机械可解释性研究"


def test_what_is_written_stands_at_its_words(program: Program, document: Document) -> None:
    told = json.loads(program.ask("POST", data=annotation("后训练开始")).content)
    quote, place = told["target"]["selector"]
    text = document.revisions.get().text
    assert text[place["start"] : place["end"]] == quote["exact"] == "后训练开始"
    assert quote["suffix"].startswith("；我们")


def test_a_passage_by_place_alone_needs_the_revision(program: Program, document: Document) -> None:
    place = {"type": "TextPositionSelector", "start": 0, "end": 4}
    passage: dict[str, Any] = {"source": TEXT, "selector": place}
    assert program.ask("POST", data=annotation(target=passage)).status_code == 400
    passage["state"] = {"type": "TimeState", "schema:version": 1}
    assert program.ask("POST", data=annotation(target=passage)).status_code == 201
    assert Note.objects.get().quote == document.revisions.get().text[:4]


def test_words_that_stand_nowhere_are_kept_without_a_place(program: Program, document: Document) -> None:
    told = json.loads(program.ask("POST", data=annotation("火星上的猫")).content)
    assert told["schema:creativeWorkStatus"] == "orphaned"
    assert [selector["type"] for selector in told["target"]["selector"]] == ["TextQuoteSelector"]


def test_the_same_annotation_is_not_written_twice(program: Program, document: Document) -> None:
    sent = annotation(canonical=uuid4().urn)
    address = program.ask("POST", data=sent)["Location"]
    assert program.ask("POST", data=sent).status_code == 409
    program.ask("DELETE", address, If_Match="*")
    assert program.ask("POST", data=sent).status_code == 410
    assert Note.objects.count() == 1


def test_what_has_no_name_is_another_one_each_time(program: Program, document: Document) -> None:
    answers = [program.ask("POST", data=annotation()) for _turn in range(2)]
    program.ask("DELETE", answers[0]["Location"], If_Match="*")
    answers.append(program.ask("POST", data=annotation()))
    assert [answer.status_code for answer in answers] == [201] * 3
    assert Note.objects.filter(deleted=None).count() == 2


@pytest.mark.parametrize("depth", range(700, 1000, 20))
def test_what_is_nested_too_deep_is_refused_in_words(program: Program, document: Document, depth: int) -> None:
    deep = json.dumps(annotation(x="DEEP")).replace('"DEEP"', "[" * depth + "]" * depth)
    assert program.ask("POST", data=deep.encode()).status_code in (201, 400)


@pytest.mark.parametrize(
    ("change", "quote", "body"),
    [
        ({"target": target("后训练开始")}, "后训练开始", "I like this!"),
        ({"body": [{"value": "other"}]}, "机械可解释性研究", "other"),
        ({"body": []}, "机械可解释性研究", ""),
    ],
)  # fmt: skip
def test_put_replaces_the_whole_state(
    program: Program, document: Document, change: dict[str, Any], quote: str, body: str
) -> None:
    made = program.ask("POST", data=annotation())
    answer = program.ask("PUT", made["Location"], json.loads(made.content) | change, If_Match=made["ETag"])
    told = json.loads(answer.content)
    assert (answer.status_code, answer["ETag"] != made["ETag"]) == (200, True)
    assert told["target"]["selector"][0]["exact"] == quote
    assert "".join(each["value"] for each in told["body"]) == body
    kept = Note.objects.get()
    assert (kept.quote, kept.body, kept.status) == (quote, body, NoteStatus.PLACED)


def test_what_is_put_back_as_it_was_changes_nothing(program: Program, note: Note) -> None:
    read = program.ask("GET", f"{HOME}{note.uuid}/")
    answer = program.ask("PUT", f"{HOME}{note.uuid}/", json.loads(read.content), If_Match=read["ETag"])
    assert (answer.status_code, answer["ETag"]) == (200, read["ETag"])
    assert Note.objects.get().version == 1


def test_two_programs_do_not_overwrite_each_other(program: Program, note: Note) -> None:
    address = f"{HOME}{note.uuid}/"
    state, etag = program.get(address), program.ask("GET", address)["ETag"]
    assert program.ask("PUT", address, state | {"body": [{"value": "one"}]}, If_Match=etag).status_code == 200
    lost = program.ask("PUT", address, state | {"body": [{"value": "two"}]}, If_Match=f'"x", {etag}')
    assert (lost.status_code, Note.objects.get().body) == (412, "one")
    assert program.ask("PUT", address, state).status_code == 428
    assert program.ask("DELETE", address).status_code == 428
    assert program.ask("DELETE", address, If_Match=f"W/{etag}").status_code == 412


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"target": target("机械可解释性研究", "http://else.example/")}, 409),
        ({"canonical": "urn:uuid:0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"}, 409),
        ({"canonical": "http://mine.example/"}, 400),
        ({"target": target("火星上的猫")}, 400),
        ({"target": TEXT}, 400),
        ({"body": "x" * 10_001}, 400),
    ],
)
def test_a_state_that_cannot_be_is_refused(program: Program, note: Note, change: dict[str, Any], status: int) -> None:
    read = program.ask("GET", f"{HOME}{note.uuid}/")
    answer = program.ask("PUT", f"{HOME}{note.uuid}/", json.loads(read.content) | change, If_Match=read["ETag"])
    assert (answer.status_code, "error" in json.loads(answer.content)) == (status, True)
    assert Note.objects.filter(pk=note.pk, body=note.body, version=1, quote=note.quote).exists()


def test_delete_answers_204_and_the_annotation_is_in_the_container_no_more(program: Program, note: Note) -> None:
    answer = program.ask("DELETE", f"{HOME}{note.uuid}/", If_Match="*")
    assert (answer.status_code, answer.content) == (204, b"")
    assert program.get()["total"] == 0
    note.refresh_from_db()
    assert note.deleted is not None


# 6. Error Conditions


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
    # "All HTTP header requirements from section 4 MUST be adhered to."
    assert "ldp#BasicContainer" in answer["Link"]
    assert answer["ETag"]
    assert not Note.objects.exists()


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "POST"])
def test_other_methods_are_not_allowed(program: Program, note: Note, method: str) -> None:
    answer = program.ask(method, f"{HOME}{note.uuid}/", annotation())
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, PUT, DELETE")


def test_who_takes_json_or_anything_gets_json_ld(program: Program, note: Note) -> None:
    for accept in (TYPE, "application/ld+json", "application/json", "*/*", "text/html, */*;q=0.1"):
        assert program.ask("GET", Accept=accept)["Content-Type"] == TYPE


# Who may ask


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


def test_a_page_costs_few_queries(
    program: Program, many: list[Note], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    program.get()
    with django_assert_max_num_queries(6):
        program.get(f"{HOME}?page=0")


def test_characters_that_javascript_counts_twice(program: Program, document: Document) -> None:
    rewrite(document, lambda text: "𠮷😀" + text)
    told = json.loads(program.ask("POST", data=annotation(value="𠮷")).content)
    place = told["target"]["selector"][1]
    assert document.revisions.get(number=2).text[place["start"] : place["end"]] == "机械可解释性研究"
    assert told["body"][0]["value"] == "𠮷"
