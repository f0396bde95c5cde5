"""A foreign program writes, changes and deletes annotations.

Each test quotes what chapter 5 of the protocol demands: https://www.w3.org/TR/annotation-protocol/.
"""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from reader.models import Document, Note, NoteStatus, User
from reader.note_export import export
from tests.reader.note_files import rewrite
from tests.reader.programs import HOME, TEXT, Program, annotation, target

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("said", "via"),
    [
        # "If the Annotation has an IRI in the id property, then it SHOULD be copied to the via property."
        ({"id": "http://mine.example/1"}, "http://mine.example/1"),
        ({"id": "urn:x:1", "via": "http://older.example/"}, ["urn:x:1", "http://older.example/"]),
        ({"canonical": f"urn:uuid:{UUID(int=7)}", "id": "http://mine.example/1"}, "http://mine.example/1"),
        # Names of our own are kept as such.
        ({"id": f"urn:uuid:{UUID(int=7)}"}, None),
        ({}, None),
    ],
)
def test_the_name_it_has_elsewhere_is_kept_and_given_back(
    program: Program, document: Document, alice: User, said: dict[str, Any], via: Any
) -> None:
    address = program.ask("POST", data=annotation(**said))["Location"]
    told = program.get(address)
    assert (told["id"], told.get("via")) == (address, via)
    file = json.loads(export(alice, Note.objects.all(), "jsonld", site=""))
    assert file["first"]["items"][0].get("via") == via


def test_a_change_names_it_as_writing_it_does(program: Program, document: Document) -> None:
    made = program.ask("POST", data=annotation())
    state, first = json.loads(made.content), "http://mine.example/1"
    for via, status in ((["urn:x:" + "x" * 4_000], 400), ([first, first, state["id"], ""], 200)):
        assert program.ask("PUT", made["Location"], state | {"via": via}, If_Match="*").status_code == status
    assert Note.objects.get().via == [first]


def test_the_name_it_has_elsewhere_stays_as_it_is(program: Program, document: Document) -> None:
    """Servers SHOULD reject update requests that modify the values of via, if they have been already set."""
    made = program.ask("POST", data=annotation())
    first, other = "http://mine.example/1", "http://mine.example/2"
    state = json.loads(made.content) | {"via": first}
    assert json.loads(program.ask("PUT", made["Location"], state, If_Match="*").content)["via"] == first
    assert program.ask("PUT", made["Location"], state | {"via": other}, If_Match="*").status_code == 409
    del state["via"]
    assert json.loads(program.ask("PUT", made["Location"], state, If_Match="*").content)["via"] == first


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (
            "http://www.example.com/index.html",
            "The target “http://www.example.com/index.html” is no text that you can read here: name one by its page, "
            "as …/documents/NAME/.",
        ),
        (f"{HOME}{UUID(int=7)}/", "A reply to an annotation cannot be written here: annotations are about texts."),
    ],
)
def test_a_target_that_is_no_text_is_refused_in_words(
    program: Program, document: Document, target: str, words: str
) -> None:
    kind = "replying" if target.startswith(HOME) else "commenting"
    answer = program.ask("POST", data=annotation(target=target, motivation=kind))
    assert (answer.status_code, json.loads(answer.content)) == (400, {"error": words})


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


def test_characters_that_javascript_counts_twice(program: Program, document: Document) -> None:
    rewrite(document, lambda text: "𠮷😀" + text)
    told = json.loads(program.ask("POST", data=annotation(value="𠮷")).content)
    place = told["target"]["selector"][1]
    assert document.revisions.get(number=2).text[place["start"] : place["end"]] == "机械可解释性研究"
    assert told["body"][0]["value"] == "𠮷"
