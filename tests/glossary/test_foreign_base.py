"""A term base of thousands of rows that others wrote, CC-CEDICT's own, comes in cleanly and goes out again."""

from itertools import islice

import pytest

from glossary import cedict
from glossary.formats import FORMATS, READERS
from glossary.formats.rows import Origin
from glossary.models import Concept, Term
from glossary.transfer import export_rows, import_rows

pytestmark = pytest.mark.django_db
ROWS = 2_000


@pytest.fixture
def foreign() -> bytes:
    """Thousands of lines from the middle of the dictionary as it is installed."""
    file = cedict.installed_file()
    assert file is not None
    with file.open(encoding="utf8") as lines:
        return "".join(islice((line for line in lines if not line.startswith("#")), 40_000, 40_000 + ROWS)).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_thousands_of_rows_come_in_once(foreign: bytes, encoding: str) -> None:
    rows = READERS["cedict"](foreign.decode().encode(encoding))
    assert len(rows) > ROWS // 2
    assert len(import_rows(rows).created) == len(rows)
    counts = Concept.objects.count(), Term.objects.count()
    again = import_rows(READERS["cedict"](foreign))
    assert (len(again.unchanged), len(again.created), len(again.changed)) == (len(rows), 0, 0)
    assert (Concept.objects.count(), Term.objects.count()) == counts


@pytest.mark.parametrize("name", ["csv", "tbx"])
def test_they_go_out_and_come_back_as_they_are(foreign: bytes, name: str) -> None:
    import_rows(READERS["cedict"](foreign))
    before = list(export_rows())
    written = FORMATS[name].write(iter(before), Origin(1, ""))
    back = READERS[name](written)
    assert not (report := import_rows(back)).created + report.changed
    assert len(report.unchanged) == len(before)
