"""Files of notes are read in whatever way the standard lets others write; what is wrong is said by its item."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from reader.models import Document, Note, NoteStatus, User
from reader.note_formats.reading import LARGEST, MOST_ITEMS
from reader.note_formats.rows import BadFileError
from tests.reader.note_files import come, exported, foreign, selector

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Line 1: this is not JSON."),
        (b"\xff\xfe", "not UTF-8 text"),
        (b"{\n]", "Line 2: this is not JSON."),
        (b"[" * 100_000, "not JSON that can be read"),
        (b'{"a": 1}', "The file holds no annotations"),
        (b'"x"', "The file holds no annotations."),
        (b'{"type": "AnnotationCollection", "first": "http://x/?page=0"}', "fetch the pages"),
        (b'[{"type": "Person"}]', "Item 1: This is no Web Annotation."),
        (b'[{"type": "Annotation"}]', "Item 1: It needs one target"),
        (b'[{"type": "Annotation", "target": ["a", "b"]}]', "Item 1: It needs one target"),
        (b'[{"type": "Annotation", "target": {"selector": []}}]', "does not say which text"),
        (b'[{"type": "Annotation", "target": "x", "created": "soon"}]', "Item 1: “soon” is no date and time."),
        (b'[{"type": "Annotation", "target": "x", "created": "0001-01-01T00:00+14:00"}]', "is no date and time."),
        (b'[{"type": "Annotation", "target": "x", "id": "\\u0000"}]', "Item 1: It holds a character that cannot be"),
        (b'{"rows": [{"id": "a", "text": "\\ud800"}]}', "Item 1: It holds a character that cannot be stored."),
        (b'{"rows": [], "export_userid": "\\u0000"}', "It holds a character that cannot be stored."),
        (b'{"rows": [{"id": "a"}, {"text": 1}]}', "Item 2: This is no annotation of Hypothesis."),
        (b'{"rows": [{"id": "a", "text": 1}]}', "Item 1: “text” should be a text."),
        (b'{"rows": [{"id": "a"}, {"id": "a"}]}', "Item 2 is the same annotation as item 1."),
        (json.dumps({"rows": [{"id": "a", "text": "长" * 10_001}]}).encode(), "Item 1: A note can have 10000"),
        (json.dumps({"rows": [{"id": "a", "tags": ["t" * 41]}]}).encode(), "Item 1: A tag can have 40"),
        (json.dumps({"rows": [{}] * (MOST_ITEMS + 1)}).encode(), "A file can have 5000 annotations"),
        (b" " * (LARGEST + 1), "larger than 5 MB"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    alice: User, document: Document, content: bytes, problem: str
) -> None:
    with pytest.raises(BadFileError) as caught:
        come(alice, content)
    assert problem in "\n".join(caught.value.problems)
    assert not Note.objects.exists()


def test_all_problems_are_told_at_once(alice: User, document: Document) -> None:
    good = foreign("a", selector("机械可解释性研究"))
    with pytest.raises(BadFileError) as caught:
        come(alice, exported(good, foreign("b", text=1), foreign("c", created="x")))
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["Item 2", "Item 3"]


@pytest.mark.parametrize(
    ("said", "body", "tags"),
    [
        # What the standard lets others write.
        ({"bodyValue": "plain"}, "plain", []),
        ({"body": "http://example.org/comment"}, "<http://example.org/comment>", []),
        ({"body": {"type": "TextualBody", "value": "one"}}, "one", []),
        ({"body": [{"value": "a"}, {"value": "b"}, {"value": "t", "purpose": "tagging"}]}, "a\n\nb", ["t"]),
        ({"body": {"type": "Choice", "items": [{"value": "de"}, {"value": "en"}]}}, "de", []),
        (
            {"body": {"type": "SpecificResource", "source": "http://example.org/a.mp3"}},
            "<http://example.org/a.mp3>",
            [],
        ),
        ({"body": {"value": "t", "purpose": ["tagging"]}}, "", ["t"]),
        ({}, "", []),
    ],
)
def test_other_annotations_of_the_standard_are_read(
    alice: User, document: Document, said: dict[str, Any], body: str, tags: list[str]
) -> None:
    target = {"source": "http://x/documents/size/", "selector": selector("机械可解释性研究")}
    come(alice, json.dumps({"type": "Annotation", "target": target} | said).encode())
    kept = Note.objects.get()
    assert (kept.body, [tag.name for tag in kept.tags.all()], kept.status) == (body, tags, NoteStatus.PLACED)


@pytest.mark.parametrize(
    ("said", "uuid"),
    [
        ({"id": "urn:uuid:0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"}, UUID("0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11")),
        ({"id": "https://z.example/annotations/0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11/"}, UUID(int=0)),
        ({"id": "http://a", "canonical": "urn:uuid:0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"}, UUID(int=0)),
    ],
)
def test_our_own_names_are_known_again(alice: User, document: Document, said: dict[str, str], uuid: UUID) -> None:
    target = {"source": "/documents/size/", "selector": selector("机械可解释性研究")}
    come(alice, json.dumps({"type": "Annotation", "target": target} | said).encode())
    assert Note.objects.get().uuid == (uuid if uuid.int else UUID("0b9f2b1e-8f0e-4c55-9d1c-2b8c3a1f0e11"))


def test_a_note_without_a_name_is_known_by_what_it_says(alice: User, document: Document) -> None:
    target = {"source": "/documents/size/", "selector": {"type": "X", "refinedBy": selector("机械可解释性研究")}}
    file = json.dumps({"type": "Annotation", "target": target, "bodyValue": str(uuid4())}).encode()
    assert [str(come(alice, file)) for _time in range(2)] == ["1 new", "1 known already"]
