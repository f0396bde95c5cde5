"""How a reader wants pages shown: by the address first, then by the cookie, else plainly."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from django.http import HttpRequest, HttpResponse

from zhtext.script import Script

COOKIE = "view"
COOKIE_AGE = 365 * 24 * 3600
PINYIN = ("off", "on")


@dataclass(frozen=True, slots=True)
class View:
    """Script and pinyin of a page; ``scripted`` says that JavaScript does the showing, so that one page serves all."""

    script: Script = Script.HANS
    pinyin: bool = False
    scripted: bool = False

    def query(self) -> str:
        """Give the view as the query of an address."""
        return urlencode({"script": self.script.value, "pinyin": PINYIN[self.pinyin]})


def view_of(request: HttpRequest, source: Script) -> View:
    """Read the view a request asks for; by default the document's own script, no pinyin."""
    kept = {name: values[-1] for name, values in parse_qs(request.COOKIES.get(COOKIE, "")[:200]).items()}
    asked = {name: request.GET[name] for name in ("script", "pinyin", "js") if name in request.GET}
    wanted = kept | asked
    return View(
        script=_script(wanted.get("script", ""), source),
        pinyin=wanted.get("pinyin") == "on",
        scripted=wanted.get("js") == "1",
    )


def _script(value: str, source: Script) -> Script:
    try:
        return Script(value)
    except ValueError:
        return source


def remember(request: HttpRequest, response: HttpResponse, view: View) -> None:
    """Keep a view that an address asked for, so that the next page is shown in the same way."""
    if {"script", "pinyin"} & set(request.GET) and not view.scripted:
        response.set_cookie(COOKIE, view.query(), max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure())
