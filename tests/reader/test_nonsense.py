"""No address falls over nonsense, whatever the database: what it cannot hold is refused, or finds nothing."""

import pytest
from django.test import Client

from reader.models import Document, Note
from tests.reader.test_privacy import addresses

pytestmark = pytest.mark.django_db
NAMES = (
    "page q tag document term colour status from to order note target iris next sent shared body name group tags uuid "
    "revision start end version modified change value paragraph words restore moment side sure token zh en text kind "
    "proposal comment concept key subject letter script sort offset first last lines source notes allows_replies"
).split()


@pytest.mark.parametrize("value", ["\x00", "9" * 30, str(2**31), "-1", "', ''", "𠮷" * 400])
def test_nonsense_is_refused_or_finds_nothing(
    as_editor: Client, as_alice: Client, document: Document, note: Note, value: str
) -> None:
    sent = dict.fromkeys(NAMES, value)
    for address in addresses(document, note):
        for ask in (as_alice.get, as_alice.post, as_editor.get, as_editor.post):
            answer = ask(address, sent)
            answer.getvalue()
            assert answer.status_code < 500, address


@pytest.mark.parametrize("pk", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_none(as_alice: Client, document: Document, note: Note, pk: int) -> None:
    note.pk = pk
    for address in addresses(document, note):
        if str(pk) in address:
            assert as_alice.get(address).status_code in (403, 404, 405), address
