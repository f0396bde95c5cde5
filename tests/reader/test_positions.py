"""Where a reader is in a text is kept, follows the text when it changes, and is nobody else's business."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader import positions
from reader.models import Document, ReadingPosition, User
from tests import small

pytestmark = pytest.mark.django_db
KEEP = "/documents/size/position/"
TOLD = "/documents/size/notes.json"
REVISED = small.DOCUMENT.replace("## 规模的力量", "## 规模的力量\n\n这一段是后来才加上的，讲的是另外一件事情。")


def at(document: Document, words: str) -> int:
    """Give the place of words in a document's text as it is now."""
    return document.revisions.get(number=document.revision).text.index(words)


@pytest.fixture
def length(document: Document) -> int:
    """How long the text is."""
    return len(document.revisions.get().text)


def test_a_place_is_kept_and_told(as_alice: Client, document: Document, length: int) -> None:
    assert as_alice.post(KEEP, {"revision": 1, "offset": 20}).status_code == 204
    told = as_alice.get(TOLD).json()["position"]
    assert told["when"] > 1_700_000_000_000
    assert told | {"when": 0} == {"revision": 1, "offset": 20, "length": length, "when": 0}


def test_the_last_device_wins_and_the_furthest_place_only_grows(as_alice: Client, document: Document) -> None:
    for offset in (20, 60, 5):
        as_alice.post(KEEP, {"revision": 1, "offset": offset})
    place = ReadingPosition.objects.get()
    assert (place.offset, place.furthest) == (5, 60)


@pytest.mark.parametrize(
    ("data", "status", "kept"),
    [
        # What lies behind the end is the end.
        ({"revision": 1, "offset": 1_000_000}, 204, True),
        ({"revision": 1, "offset": 0}, 204, True),
        # No such revision, no such place, nothing at all.
        ({"revision": 2, "offset": 1}, 400, False),
        ({"revision": 0, "offset": 1}, 400, False),
        ({"revision": 1, "offset": -1}, 400, False),
        ({"revision": 1, "offset": 10**40}, 400, False),
        ({"revision": 1, "offset": "x"}, 400, False),
        ({}, 400, False),
    ],
)
def test_only_a_place_in_the_text_is_kept(
    as_alice: Client, length: int, data: dict[str, Any], status: int, kept: bool
) -> None:
    assert as_alice.post(KEEP, data).status_code == status
    assert ReadingPosition.objects.filter(offset__lte=length).exists() is kept


def test_a_place_is_its_readers_alone(
    as_alice: Client, as_bob: Client, as_charlie: Client, as_editor: Client, document: Document
) -> None:
    as_alice.post(KEEP, {"revision": 1, "offset": 42})
    for other in (as_bob, as_charlie, as_editor):
        assert other.get(TOLD).json().get("position") is None
        assert 'Continue reading</h2>\n  <ul class="reading-on-items">\n  </ul>' in other.get("/").content.decode()
    assert "position" not in as_editor.get("/admin/").content.decode().split('id="content"')[-1]
    as_bob.post(KEEP, {"revision": 1, "offset": 7})
    assert ReadingPosition.objects.get(user__username="alice").offset == 42
    answer = as_charlie.post(KEEP, {"revision": 1, "offset": 7})
    assert (answer.status_code, ReadingPosition.objects.count()) == (302, 2)


def test_in_a_text_that_one_may_not_read_there_is_no_place(as_bob: Client, alice: User, bob: User) -> None:
    text = small.DOCUMENT.replace("slug: size", "slug: hers")
    hers = small.build_document(text, owner=alice, public=False)
    assert as_bob.post("/documents/hers/position/", {"revision": 1, "offset": 3}).status_code == 404
    # Once it was public, and Bob began to read it.
    positions.keep(user=bob, document=hers, revision=1, offset=30)
    assert positions.by_document(bob) == {}
    assert hers.title not in as_bob.get("/").content.decode()


def test_a_post_needs_the_readers_token(alice: User, document: Document) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    token = browser.get(TOLD).json()["token"]
    place = {"revision": 1, "offset": 9}
    assert browser.post(KEEP, place).status_code == 403
    # A beacon has no headers of its own: the token is in its body.
    assert browser.post(KEEP, place | {"csrfmiddlewaretoken": token}).status_code == 204


def test_a_new_revision_takes_the_places_along(as_alice: Client, document: Document) -> None:
    as_alice.post(KEEP, {"revision": 1, "offset": at(document, "越强")})
    document = small.build_document(REVISED)
    place = ReadingPosition.objects.get()
    assert (place.revision, place.offset) == (2, at(document, "越强"))
    assert place.length == len(document.revisions.get(number=2).text)


def test_a_page_that_shows_the_old_text_tells_a_place_in_the_new_one(as_alice: Client, document: Document) -> None:
    old = at(document, "收集数据")
    document = small.build_document(REVISED)
    assert as_alice.post(KEEP, {"revision": 1, "offset": old}).status_code == 204
    assert ReadingPosition.objects.get().offset == at(document, "收集数据")


@pytest.mark.parametrize(
    ("offset", "new", "carried"),
    [
        # The beginning stays the beginning, the end the end.
        (0, "前言在此，不妨一读。" + "春天到了花开了。夏天来了雨多了。", 0),
        (16, "前言在此，不妨一读。" + "春天到了花开了。夏天来了雨多了。", 26),
        # A place moves with its sentence.
        (10, "前言在此，不妨一读。" + "春天到了花开了。夏天来了雨多了。", 20),
        # A sentence that is gone: the place is in the one before it, at its end.
        (10, "春天到了花开了。", 8),
        # Nothing is left: as far as before.
        (8, "完全不同的另一篇短文", 5),
    ],
)
def test_places_are_carried_by_their_sentences(offset: int, new: str, carried: int) -> None:
    assert positions.carry("春天到了花开了。夏天来了雨多了。", new, [offset]) == [carried]


def test_whoever_goes_takes_their_places_along(as_alice: Client, alice: User, bob: User, document: Document) -> None:
    as_alice.post(KEEP, {"revision": 1, "offset": 9})
    positions.keep(user=bob, document=document, revision=1, offset=9)
    alice.delete()
    assert ReadingPosition.objects.get().user == bob
    document.delete()
    assert not ReadingPosition.objects.exists()


def test_keeping_a_place_again_is_one_write(
    as_alice: Client, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.post(KEEP, {"revision": 1, "offset": 9})
    # Session, reader, document, and the write.
    with django_assert_num_queries(4):
        as_alice.post(KEEP, {"revision": 1, "offset": 30})


def test_the_library_says_how_far_one_is_and_what_to_go_on_with(
    as_alice: Client, document: Document, length: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert '<section class="reading-on" aria-labelledby="reading-on" hidden>' in as_alice.get("/").content.decode()
    as_alice.post(KEEP, {"revision": 1, "offset": length // 2})
    # Session, reader, positions with their documents, and what a guest's library asks.
    with django_assert_max_num_queries(6):
        answer = as_alice.get("/")
    page = answer.content.decode()
    assert page.count("49 %") + page.count("50 %") == 2
    assert 'href="/documents/size/#resume"' in page
    assert "no-store" in answer["Cache-Control"]
    as_alice.post(KEEP, {"revision": 1, "offset": length})
    page = as_alice.get("/").content.decode()
    assert "#resume" not in page
    assert 'data-end="read">read</span>' in page


def test_what_has_been_read_and_begun_again_is_finished_until_one_reads_on(alice: User, document: Document) -> None:
    place = ReadingPosition(user=alice, document=document, revision=1, offset=0, furthest=100, length=100)
    assert place.is_finished
    place.offset = 30
    assert not place.is_finished
    assert (place.percent, str(place)) == (30, "规模与推理 · 30 %")


@pytest.mark.parametrize("wrong", [{"offset": 11}, {"furthest": 101}, {"length": 0, "offset": 0, "furthest": 0}])
def test_the_database_refuses_a_place_outside_the_text(alice: User, document: Document, wrong: dict[str, int]) -> None:
    place = {"revision": 1, "offset": 5, "furthest": 10, "length": 100} | wrong
    position = ReadingPosition(user=alice, document=document, updated=document.added, **place)
    with pytest.raises(IntegrityError), transaction.atomic():
        position.save()


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_taken_back() -> None:
    name = ReadingPosition._meta.db_table
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate([("reader", "0001_initial")])
    assert name not in connection.introspection.table_names()
    MigrationExecutor(connection).migrate(latest)
    assert name in connection.introspection.table_names()
    assert import_module("reader.migrations.0002_reading_position")
    assert apps.get_model("reader", "ReadingPosition")
