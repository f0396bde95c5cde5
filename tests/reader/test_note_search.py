"""A reader finds their notes again: by words in either script, tag, text, term, colour, state and date."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader import note_changes, note_facets, notes
from reader.models import Colour, Document, Note, Tag, User
from reader.note_search import search
from tests import small

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
OTHER = "---\ntitle: 第二篇\nslug: second\nposition: 900\n---\n\n後訓練也要算力，智能体会推理。\n"


@pytest.fixture
def write(alice: User, document: Document) -> Write:
    """Give a way to write a note of Alice's on words of a text."""

    def write(words: str, body: str = "", *, text: Document = document, user: User = alice, **said: object) -> Note:
        revision = text.revisions.get(number=text.revision)
        start = revision.text.index(words)
        place = {"revision": revision.number, "start": start, "end": start + len(words)}
        return notes.add(user=user, document=text, body=body, **place, **said)  # type: ignore[arg-type]

    return write


@pytest.fixture
def several(write: Write, bob: User) -> None:
    """Notes of Alice's, each by its body; and one of Bob's that has everything."""
    second = small.build_document(OTHER)
    write("机械可解释性研究", "one", colour=Colour.RED, tags=["缩放", "AI"])
    write("後訓練", "two: 为什么要训练？", text=second, tags=["ａｉ"])
    write("推理需要重采样", "three", tags=["to read"])
    lost = write("缩放定律说明", "four ＳＣＡＬＥ")
    Note.objects.filter(pk=lost.pk).update(status="orphaned", created=datetime(2026, 3, 31, 23, 59, tzinfo=UTC))
    write("后训练", "Bob's one two three four", user=bob, colour=Colour.RED, tags=["AI", "缩放"])


def firsts(user: User, query: str) -> list[str]:
    """Give the notes that are found by the first word of each."""
    return [note.body.split()[0].strip(":") for note in search(user, QueryDict(query))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["four", "one", "three", "two"]),
        # Words of passage, note and tags, in either script, whatever their case and width; all of them.
        ("q=后训练", ["two"]), ("q=後訓練", ["two"]), ("q=訓練", ["two"]), ("q=可解釋性", ["one"]),
        ("q=scale", ["four"]), ("q=READ", ["three"]), ("q=three+ONE", []), ("q=one+可解释", ["one"]), ("q=100%25", []),
        ("q=++", ["four", "one", "three", "two"]),
        # A tag in whatever spelling.
        ("tag=ai", ["one", "two"]), ("tag=縮放", ["one"]), ("tag=nobody", []), ("tag=to+read", ["three"]),
        # A text, and a term that the passage touches, also one nested in another.
        ("document=second", ["two"]), ("document=nowhere", []), ("term=post-training", ["two"]),
        ("term=interpretability", ["one"]), ("term=reasoning", ["three"]), ("term=inference", ["three"]),
        ("term=scaling-law", ["four"]), ("term=nothing", []),
        # Colour, state and date; the last day is whole.
        ("colour=red", ["one"]), ("status=lost", ["four"]), ("status=placed", ["one", "three", "two"]),
        ("to=2026-03-31", ["four"]), ("to=2026-03-30", []), ("from=2026-04-01", ["one", "three", "two"]),
        # All together, in the order asked for.
        ("q=为什么&tag=AI&document=second&colour=yellow&status=placed", ["two"]), ("colour=red&document=second", []),
        ("order=newest", ["three", "two", "one", "four"]),
        # What is asked wrongly finds nothing.
        ("colour=mauve", []), ("from=x", []), ("from=2026-05-01&to=2026-04-01", []), ("q=a%00", []), ("order=x", []),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("several")
def test_notes_are_found(alice: User, query: str, found: list[str]) -> None:
    assert firsts(alice, query) == found


def test_a_passage_beside_a_term_is_not_on_it(alice: User, write: Write) -> None:
    write("说明：参数", "beside")
    write("律说", "across its end")
    assert firsts(alice, "term=scaling-law") == ["across"]


@pytest.mark.usefixtures("several")
def test_facets_count_what_was_found_and_lead_on(alice: User) -> None:
    found = search(alice, QueryDict("tag=ai"))
    facets = note_facets.facets(found, note_facets.rows(found), QueryDict("tag=ai&page=3"))
    options = {facet.name: {option.value: (option.count, option.url) for option in facet.options} for facet in facets}
    assert options["document"] == {"size": (1, "?tag=ai&document=size"), "second": (1, "?tag=ai&document=second")}
    assert options["colour"]["red"] == (1, "?tag=ai&colour=red")
    assert options["term"]["post-training"] == (1, "?tag=ai&term=post-training")
    assert options["tag"] == {"AI": (2, "?"), "缩放": (1, "?tag=%E7%BC%A9%E6%94%BE")}


@pytest.mark.usefixtures("several")
def test_the_page_says_what_is_found_and_the_way_out(as_alice: Client) -> None:
    page = as_alice.get("/notes/?q=训练&tag=AI").content.decode()
    for shown in (
        "1 note",
        "two: 为什么要训练？",
        'href="?tag=AI"',
        'name="tag" value="AI"',
        "/notes/export/csv?q=",
        "yellow",
    ):
        assert shown in page
    assert "Bob" not in page
    assert "No note of yours is like that." in as_alice.get("/notes/?q=nowhere").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=x", "From: Enter a valid date."),
        ("colour=mauve", "Colour: Select a valid choice."),
        ("from=2026-05-01&to=2026-04-01", "To: This date is before the first one."),
        ("document=a b", "Text: Enter a valid"),
    ],
)
@pytest.mark.usefixtures("several")
def test_what_is_asked_wrongly_is_said_and_kept(as_alice: Client, query: str, words: str) -> None:
    page = as_alice.get(f"/notes/?q=kept&{query}").content.decode()
    assert words in page
    assert 'value="kept"' in page
    assert "Nothing is looked for until this is put right." in page


def count_queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", ["", "?q=模型&tag=ai&term=scaling-law", "?page=2"])
def test_many_notes_cost_as_many_queries_as_few(as_alice: Client, alice: User, write: Write, query: str) -> None:
    first = write("缩放定律说明：参数越多，模型越强", "many", tags=["ai"])
    # The glossary is read once in a process.
    count_queries(as_alice, f"/notes/{query}")
    few = count_queries(as_alice, f"/notes/{query}")
    copies = [
        Note(user=alice, document=first.document, revision=1, start=0, end=4, quote=first.quote) for _ in range(250)
    ]
    Tag.objects.bulk_create(Tag(note=note, name="ai") for note in Note.objects.bulk_create(copies))
    assert count_queries(as_alice, f"/notes/{query}") <= few <= 14


def test_a_long_list_is_parted_into_pages(as_alice: Client, alice: User, document: Document) -> None:
    Note.objects.bulk_create(
        Note(user=alice, document=document, revision=1, start=0, end=4, quote="缩放定律", body=f"n{at}.")
        for at in range(130)
    )
    first, second = (as_alice.get(f"/notes/?colour=yellow&page={number}").content.decode() for number in (1, 2))
    assert ("n0." in first, "n129." in first, "n129." in second) == (True, False, True)
    assert "?colour=yellow&amp;page=2" in first
    assert "130 notes" in second


def test_tags_are_counted_whatever_their_spelling(alice: User, several: None) -> None:
    counted = note_changes.tag_counts(Note.objects.written_by(alice))
    assert [(tag.name.casefold(), tag.count) for tag in counted] == [("ai", 2), ("to read", 1), ("缩放", 1)]


@pytest.mark.parametrize("query", ["to=9999-12-31", "from=0001-01-01", "from=9999-12-31", "to=0001-01-01"])
def test_the_first_and_the_last_day_of_all_can_be_asked_for(as_alice: Client, note: Note, query: str) -> None:
    found = "secret thought" in as_alice.get(f"/notes/?{query}").content.decode()
    assert found == (query in ("to=9999-12-31", "from=0001-01-01"))
