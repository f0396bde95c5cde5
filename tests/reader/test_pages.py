"""A reading page is composed once, is the same for everybody, and is never stale."""

import gzip
import json
from typing import Any

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary import edition
from glossary.models import Term
from reader.models import Document, Note
from reader.preferences import COOKIE
from tests import small

pytestmark = pytest.mark.django_db
PAGE = "/documents/size/"
LAYER = "/documents/size/layer.json"


def text_of(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        # Plainly.
        ("", ['lang="zh-Hans"', "缩放定律</a>", 'data-pinyin="off"']),
        # Any view can be linked.
        (
            "?script=hant&pinyin=on",
            ['lang="zh-Hant"', "<ruby>縮放定律<rt>suōfàngdìnglǜ</rt></ruby>", 'data-pinyin="on"'],
        ),
        ("?script=hant-tw", ['lang="zh-Hant-TW"', "AI代理</a>", "規模與推理</h1>"]),
        ("?script=hant-hk", ['lang="zh-Hant-HK"', "智能代理人</a>"]),
        ("?pinyin=on", ['lang="zh-Hans"', "<rt>chóngcǎiyàng</rt>"]),
        # What is not known is not asked for.
        ("?script=klingon", ['lang="zh-Hans"']),
    ],
)
def test_a_page_is_shown_as_its_address_asks(client: Client, document: Document, query: str, shown: list[str]) -> None:
    page = text_of(client, PAGE + query).replace("<wbr>", "")
    assert [part for part in shown if part not in page] == []


def test_a_view_is_remembered_for_the_next_page(client: Client, document: Document) -> None:
    client.get(f"{PAGE}?script=hant&pinyin=on")
    assert client.cookies[COOKIE].value == "script=hant&pinyin=on"
    assert "Cookie" in client.get(PAGE)["Vary"]
    page = text_of(client, PAGE)
    assert 'lang="zh-Hant"' in page
    assert "<rt>" in page
    assert "<rt>" not in text_of(client, f"{PAGE}?pinyin=off")
    assert 'lang="zh-Hant"' in text_of(client, PAGE)


def test_with_the_pages_script_one_page_serves_every_view(client: Client, document: Document) -> None:
    plain = text_of(client, f"{PAGE}?base")
    client.cookies[COOKIE] = "js=1&script=hant&pinyin=on"
    assert text_of(client, PAGE) == plain
    assert text_of(client, f"{PAGE}?script=hant-tw") == plain


def test_guest_and_reader_get_the_same_bytes(
    as_charlie: Client, as_alice: Client, as_editor: Client, note: Note
) -> None:
    for address in (PAGE, f"{PAGE}?script=hant&pinyin=on", LAYER):
        answers = [browser.get(address) for browser in (as_charlie, as_alice, as_editor)]
        assert len({answer.content for answer in answers}) == 1
        assert len({answer["ETag"] for answer in answers}) == 1
        assert b"alice" not in answers[1].content
        assert "csrftoken" not in answers[1].cookies


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?script=hant-tw&pinyin=on", LAYER])
@pytest.mark.parametrize("who", ["as_charlie", "as_alice"])
def test_a_warm_page_asks_one_query(
    address: str,
    who: str,
    document: Document,
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser: Client = request.getfixturevalue(who)
    etag = browser.get(address)["ETag"]
    with django_assert_max_num_queries(1):
        assert browser.get(address).status_code == 200
    with django_assert_max_num_queries(1):
        assert browser.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", [PAGE, LAYER])
@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}'])
def test_what_the_browser_has_is_not_sent_again(client: Client, document: Document, address: str, known: str) -> None:
    etag = client.get(address)["ETag"]
    answer = client.get(address, headers={"If-None-Match": known.format(etag)})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert {name.strip() for name in answer["Vary"].split(",")} >= {"Accept-Encoding"}


def rename_a_term() -> None:
    Term.objects.filter(text="智能体").update(text="模型")
    edition.advance()


def give_another_title() -> None:
    document = Document.objects.get(slug="size")
    document.title = "别的题目"
    document.save()


def change_the_text() -> None:
    small.build_document(small.DOCUMENT.replace("自然规律", "数学定理"))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (rename_a_term, '<a class="term" href="/glossary/agent/">模型</a>'),
        (give_another_title, "别的题目"),
        (change_the_text, "数学定理"),
    ],
)
def test_whatever_changes_shows_on_the_very_next_load(
    client: Client, document: Document, change: Any, shown: str
) -> None:
    etag = client.get(PAGE)["ETag"]
    assert shown not in text_of(client, PAGE)
    change()
    assert shown in text_of(client, PAGE, **{"If-None-Match": etag})


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        # The best the browser takes; a browser that says it takes none of it gets none.
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("", None),
        ("identity", None),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip;q=0", None),
    ],
)
@pytest.mark.parametrize("address", [PAGE, LAYER])
def test_a_page_is_sent_in_an_encoding_the_browser_takes(
    client: Client, document: Document, address: str, accepted: str, encoding: str | None
) -> None:
    plain = client.get(address).content
    answer = client.get(address, headers={"Accept-Encoding": accepted})
    assert answer.get("Content-Encoding") == encoding
    decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding or "", bytes)
    assert decode(answer.content) == plain


def test_the_layer_is_json_for_the_pages_script(client: Client, document: Document) -> None:
    answer = client.get(LAYER)
    layer = json.loads(answer.content)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert len(layer["blocks"]) == 6
    assert set(layer["labels"]) == {"规模与推理", "规模的力量", "训练之后", "测试"}


@pytest.mark.parametrize("address", ["/documents/none/", "/documents/none/layer.json", "/documents/none/dropped/"])
def test_a_text_that_is_not_there_is_404(client: Client, document: Document, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_document_whose_text_is_missing_is_404(client: Client, document: Document) -> None:
    document.revisions.all().delete()
    assert client.get(PAGE).status_code == 404


def test_what_a_title_holds_is_text_and_no_markup(client: Client, document: Document) -> None:
    Document.objects.update(title="<script>alert(1)</script>", summary='"><img src=x>', author="<b>某人</b>")
    for address in (PAGE, "/", "/documents/size/paragraphs/1/", "/documents/size/dropped/"):
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>" not in page
