"""Every view says who may ask, every change is a POST, and every answer carries the headers that protect."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern

from reader.models import Document, Note
from tests.reader.test_privacy import addresses, patterns

pytestmark = pytest.mark.django_db
POLICIES = {"public", "signed-in", "editor", "token"}
# Those that change something.
CHANGES = {
    *("note-add", "note-edit", "note-delete", "note-restore", "position", "put-back"),
    *("note-attach", "note-undo-attach", "pending-discard", "pending-restore"),
    *("notes-change", "notes-undo", "tag-change", "document-edit"),
    *("token-add", "token-revoke", "account-delete"),
    *("note-import", "note-import-confirm", "note-import-discard"),
    *("concept-new", "concept-edit", "choice-make", "choice-undo", "concept-revert"),
    *("suggest", "suggestion-accept", "suggestion-refuse"),
    *("candidate-accept", "candidate-merge", "candidate-reject", "candidate-undo", "rejection-put-back"),
    *("group-make", "group-join", "group-change", "group-renew", "group-rename", "group-leave", "group-close"),
    *("group-remove", "link-new", "link-edit", "link-revoke"),
    *("replies", "reply-edit", "reply-delete", "reply-restore"),
    *("import-add", "import-confirm", "import-again", "import-undo", "import-discard"),
}
# A form that is read, too.
FORMS = {"account-delete", "document-edit", "note-import", "note-edit", "suggest", "concept-new", "concept-edit"}
FORMS |= {"group-join", "link-new", "link-edit", "replies", "reply-edit"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "policy", "none")


def test_every_view_declares_its_policy() -> None:
    found = patterns()
    assert len(found) >= 20
    assert [route for route, pattern in found if policy(pattern) not in POLICIES] == []


def test_the_walk_would_find_a_view_without_a_policy() -> None:
    assert policy(URLPattern(patterns()[0][1].pattern, lambda request: None)) == "none"


def test_who_is_not_public_asks_for_an_account(as_charlie: Client, note: Note, document: Document) -> None:
    for address, (_route, pattern) in zip(addresses(document, note), patterns(), strict=True):
        for answer in (as_charlie.get(address), as_charlie.post(address)):
            if policy(pattern) == "public":
                assert answer.status_code != 302, address
            elif policy(pattern) == "token":
                assert answer.status_code == 401, address
            else:
                assert answer.status_code in (302, 405), address
                assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/"), address


def test_every_change_is_a_post(as_editor: Client, as_alice: Client, note: Note, document: Document) -> None:
    before = list(Note.objects.values())
    for address, (_route, pattern) in zip(addresses(document, note), patterns(), strict=True):
        for browser in (as_editor, as_alice):
            if policy(pattern) == "token":
                # Its changes have methods of their own, but a browser's cookie counts for nothing.
                answers = [getattr(browser, method)(address) for method in ("get", "post", "put", "delete")]
                assert [answer.status_code for answer in answers] == [401] * 4, address
                continue
            if pattern.name in CHANGES - FORMS:
                assert browser.get(address).status_code in (403, 405), address
            elif pattern.name not in CHANGES:
                assert browser.post(address).status_code in (403, 405), address
            assert browser.put(address).status_code in (403, 404, 405), address
            assert browser.delete(address).status_code in (403, 404, 405), address
    assert list(Note.objects.values()) == before
    assert document.revisions.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/", "/about/", "/account/", "/me.json",
        "/glossary/", "/glossary/scaling-law/", "/glossary/scaling-law/concordance/", "/terms/",
        "/look-up/", "/look-up/?q=推理", "/look-up/card/?q=推理",
        "/changes/", "/changes/feed.xml", "/changes/scaling-law/",
        "/documents/size/", "/documents/size/?script=hant&pinyin=on", "/documents/size/layer.json",
        "/documents/size/paragraphs/1/", "/documents/size/dropped/", "/documents/size/notes.json",
        "/documents/size/terms/", "/documents/size/print/", "/documents/size/cards.json",
        "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/",
        "/no/such/page/",
    ],
)  # fmt: skip
def test_every_public_page_carries_the_headers_that_protect(client: Client, document: Document, address: str) -> None:
    answer = client.get(address)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert "camera=()" in answer["Permissions-Policy"]
    policies = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";") if part)
    assert policies["default-src"] == "'none'"
    assert policies["script-src"] == policies["style-src"] == policies["connect-src"] == "'self'"
    assert policies["frame-ancestors"] == policies["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    ["/", "/about/", "/account/", "/glossary/", "/glossary/scaling-law/", "/look-up/?q=推理", "/documents/size/",
     "/glossary/scaling-law/concordance/", "/terms/",
     "/documents/size/?script=hant&pinyin=on", "/documents/size/paragraphs/1/", "/notes/",
     "/documents/size/terms/", "/documents/size/print/", "/changes/", "/changes/scaling-law/",
     "/groups/", "/links/", "/links/new/", "/links/new/?document=size", "/replies/", "/notes/{note}/replies/",
     "/notes/?q=x&from=x", "/notes/tags/", "/notes/inbox/",
     "/suggest/?text=推理", "/suggestions/", "/notes/import/", "/account/tokens/", "/account/delete/",
     "/accounts/password/change/"],
)  # fmt: skip
def test_no_page_holds_what_the_policy_forbids(as_alice: Client, note: Note, address: str) -> None:
    page = as_alice.get(address.format(note=note.pk)).content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", re.sub(r">[^<]*<", "><", page))


def test_what_the_browser_has_already_is_protected_too(client: Client, document: Document) -> None:
    etag = client.get("/documents/size/")["ETag"]
    answer = client.get("/documents/size/", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert {name: answer[name] for name in HEADERS} == HEADERS


def test_a_guest_who_only_reads_gets_no_cookie(as_charlie: Client, document: Document) -> None:
    for address in ("/", "/about/", "/documents/size/", "/documents/size/layer.json", "/glossary/", "/look-up/?q=推理",
                    "/changes/", "/changes/feed.xml", "/changes/scaling-law/"):  # fmt: skip
        as_charlie.get(address)
    assert not as_charlie.cookies
