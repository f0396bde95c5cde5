"""How a page is shown: the address says it first, then the cookie, else plainly."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from reader.preferences import COOKIE, View, remember, view_of
from zhtext.script import Script


@pytest.mark.parametrize(
    ("query", "cookie", "view"),
    [
        # Nothing said: the text's own script, no pinyin.
        ("", "", View()),
        # The address.
        ("?script=hant&pinyin=on", "", View(Script.HANT, pinyin=True)),
        ("?script=hant-tw", "", View(Script.HANT_TW)),
        ("?pinyin=on", "", View(pinyin=True)),
        # The cookie, and the address before the cookie.
        ("", "script=hant-hk&pinyin=on", View(Script.HANT_HK, pinyin=True)),
        ("?pinyin=off", "script=hant-hk&pinyin=on", View(Script.HANT_HK)),
        ("?script=hans", "script=hant-hk&pinyin=on", View(Script.HANS, pinyin=True)),
        # The page's script says that it shows by itself.
        ("", "js=1", View(scripted=True)),
        # What is not known is not asked for.
        ("?script=klingon&pinyin=maybe", "", View()),
        ("", "\x00=;%%%&script=", View()),
        ("", "script=hant&" * 1000, View()),
    ],
)
def test_a_request_asks_for_a_view(query: str, cookie: str, view: View) -> None:
    request = RequestFactory().get(f"/{query}")
    request.COOKIES[COOKIE] = cookie
    assert view_of(request, Script.HANS) == view


def test_a_traditional_text_is_shown_as_it_is() -> None:
    assert view_of(RequestFactory().get("/"), Script.HANT).script is Script.HANT


@pytest.mark.parametrize(
    ("query", "scripted", "kept"),
    [
        ("?script=hant&pinyin=on", False, "script=hant&pinyin=on"),
        # What nobody asked for is not kept, and the page's script keeps its own cookie.
        ("", False, ""),
        ("?script=hant", True, ""),
    ],
)
def test_what_an_address_asked_for_is_remembered(query: str, scripted: bool, kept: str) -> None:
    request, response = RequestFactory().get(f"/{query}"), HttpResponse()
    remember(request, response, View(Script.HANT, pinyin=True, scripted=scripted))
    assert (response.cookies[COOKIE].value if COOKIE in response.cookies else "") == kept
    assert all(cookie["samesite"] == "Lax" for cookie in response.cookies.values())


def test_a_view_makes_the_query_of_its_own_address() -> None:
    view = View(Script.HANT_TW, pinyin=True)
    assert view.query() == "script=hant-tw&pinyin=on"
    assert view_of(RequestFactory().get(f"/?{view.query()}"), Script.HANS) == view
