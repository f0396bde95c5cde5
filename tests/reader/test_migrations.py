"""What readers wrote before the tables changed is as good as what they write after."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrated(to: str) -> Any:
    """Bring the tables of the reading room to a state, and give the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate([("reader", to)])
    return executor.loader.project_state([("reader", to)]).apps


@pytest.fixture
def _back_to_today(transactional_db: None) -> Iterator[None]:
    """Leave the tables as all other tests want them."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.usefixtures("_back_to_today")
def test_notes_of_old_get_numbers_of_their_own_and_orphans_the_text_they_stood_in() -> None:
    apps = migrated("0003_choice")
    alice = apps.get_model("reader", "User").objects.create(username="alice")
    document = apps.get_model("reader", "Document").objects.create(slug="x", title="x", revision=2)
    for number, words in enumerate(("甲乙丙丁戊己", "别的"), 1):
        document.revisions.create(number=number, text=words, source_digest=str(number))
    document.notes.create(user=alice, revision=2, start=2, end=5, quote="丙丁戊", status="orphaned")
    document.notes.create(user=alice, revision=2, start=0, end=1, quote="别")
    kept = migrated("0004_notes").get_model("reader", "Note").objects.order_by("pk")
    assert list(kept.values_list("revision", "status")) == [(1, "orphaned"), (2, "placed")]
    assert len(set(kept.values_list("uuid", flat=True))) == 2
