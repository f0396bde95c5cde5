"""Tokens are shown once, kept as digests, listed with their last use, and revoked."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reader import tokens
from reader.models import AccessToken, User

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_kept_as_a_digest(as_alice: Client) -> None:
    page = as_alice.post("/account/tokens/add/", {"name": "phone"}, follow=True).content.decode()
    found = re.search(r'value="(zhujie_[\w-]{43})"', page)
    assert found
    token = tokens.find(found[1])
    assert token and (token.name, token.read_only, token.user.username) == ("phone", False, "alice")
    assert found[1] not in as_alice.get("/account/tokens/").content.decode()
    assert found[1] not in str(AccessToken.objects.values())
    assert "http://testserver/annotations/" in page


def test_the_page_that_shows_it_can_be_loaded_again_and_makes_no_other(as_alice: Client) -> None:
    answer = as_alice.post("/account/tokens/add/", {"name": "phone"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/tokens/")
    shown = as_alice.get("/account/tokens/")
    assert ("zhujie_" in shown.content.decode(), "no-store" in shown["Cache-Control"]) == (True, True)
    assert "zhujie_" not in as_alice.get("/account/tokens/").content.decode()
    assert AccessToken.objects.count() == 1


def test_who_uses_the_browser_next_is_not_shown_it(as_alice: Client, bob: User) -> None:
    as_alice.post("/account/tokens/add/", {"name": "phone"})
    kept = as_alice.cookies["new-token"]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == ("/account/tokens/", True, "Strict")
    as_alice.force_login(bob)
    assert "zhujie_" not in as_alice.get("/account/tokens/").content.decode()


def test_a_token_is_revoked_by_whose_it_is(as_alice: Client, as_bob: Client, alice: User) -> None:
    token, secret = tokens.create(alice, "phone")
    assert as_bob.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert "phone" not in as_bob.get("/account/tokens/").content.decode()
    page = as_alice.post(f"/account/tokens/{token.pk}/revoke/", follow=True).content.decode()
    assert "“phone” is revoked." in page
    assert "You have no tokens." in page
    assert tokens.find(secret) is None


def test_its_use_is_noted_once_a_minute(alice: User, as_alice: Client) -> None:
    token, secret = tokens.create(alice, "phone", read_only=True)
    assert "never used" in as_alice.get("/account/tokens/").content.decode()
    for before, noted in ((None, True), (timedelta(seconds=50), False), (timedelta(seconds=70), True)):
        then = timezone.now() - before if before else None
        AccessToken.objects.filter(pk=token.pk).update(used=then)
        tokens.find(secret)
        token.refresh_from_db()
        assert (token.used != then) == noted
    assert "last used" in as_alice.get("/account/tokens/").content.decode()


def test_who_may_not_sign_in_has_no_token(alice: User) -> None:
    _token, secret = tokens.create(alice, "phone")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert tokens.find(secret) is None
    assert tokens.find("\udcff") is None


def test_a_form_that_says_too_little_or_a_token_too_many_is_refused(as_alice: Client, alice: User) -> None:
    answer = as_alice.post("/account/tokens/add/", {"name": ""})
    assert (answer.status_code, "Say what it is for." in answer.content.decode()) == (400, True)
    for number in range(tokens.MOST):
        tokens.create(alice, str(number))
    answer = as_alice.post("/account/tokens/add/", {"name": "more"})
    assert (answer.status_code, "Revoke one first." in answer.content.decode()) == (400, True)
