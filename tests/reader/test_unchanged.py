"""What was read of an unchanged database is not asked for again; whatever has written to it, it is."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary import edition
from glossary.models import Term
from reader import unchanged
from reader.models import Document
from tests import small

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite tells without a query."),
]
ADDRESSES = ["/documents/size/", "/documents/size/?script=hant-tw&pinyin=on", "/documents/size/layer.json"]


class Asked:
    """Counts how often something is read anew."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


class OneAtATime:
    """What Django's connection is to the module: opened when it is needed, and again when it was closed."""

    vendor = "sqlite"
    in_atomic_block = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None

    def ensure_connection(self) -> None:
        self.connection = self.connection or sqlite3.connect(self.path)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def elsewhere(change: Callable[[], object]) -> None:
    """Change something by way of another connection, that of another thread."""

    def run() -> None:
        try:
            change()
        finally:
            # Django leaves the connection to a database in memory open.
            connection.connection.close()

    with ThreadPoolExecutor(1) as executor:
        executor.submit(run).result()


def here(change: Callable[[], object]) -> None:
    """Change something by way of this thread's connection."""
    change()


def give_another_title() -> None:
    Document.objects.filter(slug="size").update(title="别的题目", modified="2030-01-01T00:00:00Z")


def rename_a_term() -> None:
    Term.objects.filter(text="智能体").update(text="模型")
    edition.advance()


def change_the_text() -> None:
    small.build_document(small.DOCUMENT.replace("自然规律", "数学定理"))


def withdraw() -> None:
    Document.objects.filter(slug="size").delete()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_guests_second_view_asks_nothing(
    client: Client, document: Document, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_nor_does_a_signed_in_readers(
    as_alice: Client, document: Document, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(address)
    with django_assert_max_num_queries(3):
        assert as_alice.get(address).status_code == 200


@pytest.mark.parametrize("way", [here, elsewhere])
@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (give_another_title, "别的题目"),
        (rename_a_term, '<a class="term" href="/glossary/agent/">模型</a>'),
        (change_the_text, "数学定理"),
    ],
)
def test_a_change_is_seen_at_once(
    client: Client,
    document: Document,
    change: Callable[[], None],
    shown: str,
    way: Callable[[Callable[[], None]], None],
) -> None:
    etag = client.get(ADDRESSES[0])["ETag"]
    assert shown not in client.get(ADDRESSES[0]).content.decode()
    way(change)
    answer = client.get(ADDRESSES[0], headers={"If-None-Match": etag})
    assert (answer.status_code, shown in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("way", [here, elsewhere])
def test_a_document_that_is_withdrawn_is_gone_at_once(
    client: Client, document: Document, way: Callable[[Callable[[], None]], None]
) -> None:
    assert [client.get(address).status_code for address in ADDRESSES] == [200] * 3
    way(withdraw)
    assert [client.get(address).status_code for address in ADDRESSES] == [404] * 3


def test_a_document_that_comes_is_found_at_once(client: Client) -> None:
    assert client.get(ADDRESSES[0]).status_code == 404
    small.build_document()
    assert client.get(ADDRESSES[0]).status_code == 200


def test_each_key_is_read_once_and_again_after_a_change() -> None:
    first, second = Asked(), Asked()
    assert [unchanged.read("a", first), unchanged.read("b", second), unchanged.read("a", first)] == [1, 1, 1]
    edition.advance()
    assert (unchanged.read("a", first), unchanged.read("b", second)) == (2, 2)
    elsewhere(edition.advance)
    assert (unchanged.read("a", first), unchanged.read("b", second)) == (3, 3)


def test_nothing_is_nothing_new() -> None:
    asked: list[None] = []
    for _time in range(2):
        unchanged.read("none", lambda: asked.append(None))
    assert len(asked) == 1


def test_inside_a_transaction_everything_is_read_anew() -> None:
    asked = Asked()
    unchanged.read("a", asked)
    with transaction.atomic():
        assert [unchanged.read("a", asked), unchanged.read("a", asked)] == [2, 3]
    assert unchanged.read("a", asked) == 1


def test_what_a_transaction_took_back_was_never_kept() -> None:
    edition.advance()
    before = unchanged.read("number", edition.current)
    with transaction.atomic():
        edition.advance()
        assert unchanged.read("number", edition.current) == before + 1
        transaction.set_rollback(True)
    assert unchanged.read("number", edition.current) == before


def test_no_more_is_kept_than_there_is_room_for() -> None:
    asked = [Asked() for _number in range(unchanged.MOST + 1)]
    for number, one in enumerate(asked):
        unchanged.read(number, one)
    unchanged.read(0, asked[0])
    unchanged.read(unchanged.MOST, asked[unchanged.MOST])
    assert (asked[0].times, asked[unchanged.MOST].times) == (2, 1)


def test_another_database_is_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked()
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert [unchanged.read("a", asked) for _time in range(3)] == [1, 2, 3]


@pytest.fixture
def one(tmp_path: Path) -> Iterator[OneAtATime]:
    """A database in a file, as the service has it, whose connection can be closed and opened again."""
    usual = connections[DEFAULT_DB_ALIAS]
    instead: Any = OneAtATime(tmp_path / "one.sqlite3")
    connections[DEFAULT_DB_ALIAS] = instead
    yield instead
    connections[DEFAULT_DB_ALIAS] = usual
    instead.close()


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_change_by_another_process_is_seen_at_once(one: OneAtATime, mode: str) -> None:
    asked = Asked()
    with closing(sqlite3.connect(one.path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("CREATE TABLE numbers (number INTEGER)")
        for number in range(1, 4):
            other.execute("INSERT INTO numbers VALUES (?)", [number])
            assert [unchanged.read("a", asked), unchanged.read("a", asked)] == [number, number]


def test_a_connection_that_is_opened_anew_knows_nothing(one: OneAtATime) -> None:
    # Each may lie where the last one lay in memory, and begins to count where that one began.
    asked, seen = Asked(), []
    for _time in range(5):
        seen += [unchanged.read("a", asked), unchanged.read("a", asked)]
        one.close()
    assert seen == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
