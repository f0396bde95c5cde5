"""When something is wrong, the page says so in human words, and gives nothing away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest
from django.test import Client

from reader import shelves
from reader.models import Document

pytestmark = pytest.mark.django_db


def raising(error: Exception) -> Callable[..., Any]:
    def raise_it(*args: object, **kwargs: object) -> None:
        raise error

    return raise_it


@pytest.mark.parametrize(
    ("who", "address", "status", "words"),
    [
        ("client", "/no/such/page/", 404, "There is no such page"),
        ("client", "/documents/none/", 404, "There is no such page"),
        ("as_bob", "/glossary/propose.json?text=推理", 403, "This is not yours to see"),
    ],
)
def test_a_page_that_cannot_be_seen_says_so(
    who: str, address: str, status: int, words: str, request: pytest.FixtureRequest
) -> None:
    answer = request.getfixturevalue(who).get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert 'href="/"' in page


def test_a_fault_of_ours_is_a_page_without_a_word_of_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "public_shelves", raising(ZeroDivisionError("/srv/secret/path")))
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("no route to db.internal"), InterfaceError("connection closed")])
def test_an_offline_database_is_a_page_that_says_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    monkeypatch.setattr(shelves, "public_shelves", raising(error))
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The database is away" in answer.content.decode()
    assert "db.internal" not in answer.content.decode()
    assert str(error) in caplog.text


@pytest.mark.parametrize("address", ["/", "/documents/size/", "/glossary/", "/look-up/?q=推理", "/notes/", "/me.json"])
@pytest.mark.parametrize("who", ["as_charlie", "as_alice"])
def test_with_no_query_answered_every_page_says_so_and_none_breaks(
    who: str, address: str, document: Document, request: pytest.FixtureRequest
) -> None:
    browser: Client = request.getfixturevalue(who)
    with connection.execute_wrapper(raising(OperationalError("away"))):
        answer = browser.get(address)
    asks_nothing = who == "as_charlie" and address in ("/notes/", "/me.json")
    assert answer.status_code == (200 if address == "/me.json" else 302) if asks_nothing else answer.status_code == 503


@pytest.mark.parametrize("address", ["/documents/size/notes/", "/notes/1/delete/"])
def test_a_form_from_elsewhere_is_refused_in_words(as_alice: Client, document: Document, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_alice.cookies
    answer = strict.post(address, {"body": "x"})
    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()


def test_these_tests_raise_what_they_say(rf: Any) -> None:
    request: HttpRequest = rf.get("/")
    with pytest.raises(OperationalError):
        raising(OperationalError("away"))(request)
