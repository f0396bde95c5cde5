"""The container of a reader's annotations, and its pages, as a foreign program finds them.

Each test quotes what chapter 4 of the protocol demands: https://www.w3.org/TR/annotation-protocol/.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from reader import annotation_pages, notes
from reader.models import Document, Note, User
from tests.reader.programs import CONTEXT, HOME, TEXT, TYPE, Program

pytestmark = pytest.mark.django_db
PREFER = 'return=representation;include="http://www.w3.org/ns/{}"'


@pytest.fixture
def many(alice: User, document: Document, monkeypatch: pytest.MonkeyPatch) -> list[Note]:
    """Five notes of Alice's, in pages of two."""
    monkeypatch.setattr(annotation_pages, "PAGE_SIZE", 2)
    place = {"revision": 1, "body": ""}
    return [notes.add(user=alice, document=document, start=at, end=at + 2, **place) for at in range(5)]  # type: ignore[arg-type]


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
        # "It MUST respond with a response containing an AnnotationPage as the value of first."
        ("oa#PreferContainedIRIs", "?iris=1", str),
        ("oa#PreferContainedDescriptions", "?iris=0", dict),
        # No preference: the full descriptions, "or it MAY provide links".
        ("", "?iris=0", dict),
        # "The response MUST NOT embed the first page", while "linked pages SHOULD follow" the other preference.
        ("ldp#PreferMinimalContainer", "", dict),
        ("ldp#PreferMinimalContainer http://www.w3.org/ns/oa#PreferContainedIRIs", "?iris=1", str),
        ("oa#PreferContainedIRIs http://www.w3.org/ns/ldp#PreferMinimalContainer", "?iris=1", str),
    ],
)
def test_a_client_says_how_much_it_wants(program: Program, note: Note, preference: str, query: str, item: type) -> None:
    answer = program.ask("GET", Prefer=PREFER.format(preference)) if preference else program.ask("GET")
    told = json.loads(answer.content)
    assert (told["id"], answer["Content-Location"]) == (HOME + query, HOME + query)
    assert "items" not in told
    assert answer.get("Preference-Applied", "") == ("return=representation" if preference else "")
    embedded = isinstance(told["first"], dict)
    assert embedded == ("Contained" in preference and "Minimal" not in preference)
    first = told["first"] if embedded else program.get(told["first"])
    assert [type(each) for each in first["items"]] == [item]


def test_a_page_that_comes_along_is_the_page_at_its_address(program: Program, many: list[Note]) -> None:
    told = program.get(Prefer=PREFER.format("oa#PreferContainedDescriptions"))
    page = program.get(told["first"]["id"])
    assert page.pop("partOf")["id"] == told["first"].pop("partOf") == told["id"]
    assert page == {"@context": CONTEXT} | told["first"]


@pytest.mark.parametrize("preference", ["oa#PreferContainedIRIs", "oa#PreferContainedDescriptions"])
def test_pages_in_sequence_hold_all_in_order(program: Program, many: list[Note], preference: str) -> None:
    container = program.get(program.get(Prefer=PREFER.format(preference))["id"])
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


@pytest.mark.parametrize("headers", [{}, {"Prefer": PREFER.format("oa#PreferContainedIRIs")}])
def test_an_empty_container_names_no_page(program: Program, document: Document, headers: dict[str, str]) -> None:
    container = program.get(**headers)
    assert (container["total"], "first" in container, "last" in container) == (0, False, False)
    # Who asks for one all the same is told that nothing is there.
    assert program.get(f"{HOME}?page=0")["items"] == []


def test_the_annotations_on_one_text_can_be_had(program: Program, many: list[Note]) -> None:
    on_it = program.get(f"{HOME}?target={TEXT}")
    assert (on_it["total"], "target=" in on_it["first"]) == (5, True)
    assert len(program.get(on_it["first"])["items"]) == 2
    assert program.get(f"{HOME}?target=http://else.example/")["total"] == 0


def test_a_page_costs_few_queries(
    program: Program, many: list[Note], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    program.get()
    with django_assert_max_num_queries(6):
        program.get(f"{HOME}?page=0")
