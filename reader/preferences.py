"""How a reader wants pages shown: by the address first, then by the cookie, else plainly.

Every setting stands in one table, from which the panel is drawn; what the table does not allow is not heard. The page's
script keeps the same cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qs, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from zhtext.script import Script

COOKIE = "view"
COOKIE_AGE = 365 * 24 * 3600
LONGEST_COOKIE = 400


@dataclass(frozen=True)
class Choice:
    """A setting with a few values, the default first; ``native`` says that their names are Chinese."""

    name: str
    label: StrOrPromise
    options: tuple[tuple[str, StrOrPromise], ...]
    native: bool = False
    # Values that only the page's script can show.
    scripted: frozenset[str] = frozenset()

    @cached_property
    def values(self) -> frozenset[str]:
        """Give all values that are allowed."""
        return frozenset(value for value, _label in self.options)

    @property
    def default(self) -> str:
        """Give the value that holds where nothing is said; of the script, each text's own."""
        return "" if self.name == "script" else self.options[0][0]

    def allows(self, value: str) -> bool:
        """Tell whether a value is one of them."""
        return value in self.values


@dataclass(frozen=True)
class Measure:
    """A setting along a scale of whole numbers."""

    name: str
    label: StrOrPromise
    lowest: int
    highest: int
    step: int
    default: str

    def allows(self, value: str) -> bool:
        """Tell whether a value is on the scale."""
        return value in {str(number) for number in range(self.lowest, self.highest + 1, self.step)}


PINYIN = Choice(
    "pinyin",
    _("Readings"),
    (("off", _("None")), ("unknown", _("New words")), ("on", _("All words"))),
    scripted=frozenset({"unknown"}),
)
READING = Choice("reading", _("Written as"), (("pinyin", "Pīnyīn"), ("zhuyin", "ㄓㄨˋ ㄧㄣ")), native=True)
TONES = Choice(
    "tones",
    _("Tone colours"),
    (("none", _("None")), ("pleco", "Pleco"), ("zhongwen", "Zhongwen"), ("hanping", "Hanping")),
)
SCRIPT = Choice(
    "script",
    _("Script"),
    (("hans", "简体"), ("hant-tw", "臺灣"), ("hant-hk", "香港"), ("hant", "繁體")),
    native=True,
)
MARKS = Choice("marks", _("Marked terms"), (("all", _("All")), ("first", _("First mention")), ("none", _("None"))))
QUOTES = Choice("quotes", _("Quotation marks"), (("auto", _("By script")), ("curly", "“ ”"), ("corner", "「 」")))
FACE = Choice("face", _("Typeface"), (("song", "宋体"), ("hei", "黑体"), ("kai", "楷体")), native=True)
JUSTIFY = Choice("justify", _("Line ends"), (("on", _("Even")), ("off", _("Ragged"))))
THEME = Choice(
    "theme",
    _("Theme"),
    (("auto", _("Auto")), ("light", _("Light")), ("dark", _("Dark")), ("sepia", _("Sepia"))),
    scripted=frozenset({"sepia"}),
)
SIZE = Measure("size", _("Text size"), 80, 180, 10, "100")
WIDTH = Measure("width", _("Line width"), 20, 60, 2, "36")
LEADING = Measure("leading", _("Line spacing"), 14, 26, 1, "19")

SHOWN = (SCRIPT, PINYIN, READING, TONES, MARKS, QUOTES)
LOOKS = (SIZE, WIDTH, LEADING, FACE, JUSTIFY, THEME)
SETTINGS: dict[str, Choice | Measure] = {setting.name: setting for setting in (*SHOWN, *LOOKS)}


@dataclass(frozen=True, slots=True)
class View:
    """What a text shows; ``scripted`` says that JavaScript does the showing, so that one page serves all."""

    script: Script = Script.HANS
    pinyin: bool = False
    scripted: bool = False
    reading: str = READING.default
    tones: str = TONES.default
    marks: str = MARKS.default
    quotes: str = QUOTES.default

    def query(self) -> str:
        """Give the view as the query of an address: script and pinyin, and what else is not the default."""
        rest = {choice.name: getattr(self, choice.name) for choice in (READING, TONES, MARKS, QUOTES)}
        special = {name: value for name, value in rest.items() if value != SETTINGS[name].default}
        return urlencode({"script": self.script.value, "pinyin": "on" if self.pinyin else "off", **special})


def kept(request: HttpRequest) -> dict[str, str]:
    """Give the settings that the reader's cookie holds."""
    return _held(request.COOKIES.get(COOKIE, ""))


def asked(request: HttpRequest) -> dict[str, str]:
    """Give the settings that an address names."""
    return _allowed(request.GET.dict())


def _held(cookie: str) -> dict[str, str]:
    values = parse_qs(cookie if len(cookie) <= LONGEST_COOKIE else "")
    return _allowed({name: found[-1] for name, found in values.items()})


def _allowed(values: Mapping[str, str]) -> dict[str, str]:
    """Leave out what the table of settings does not know; ``js`` is the word of the page's script about itself."""
    known = {name: value for name, value in values.items() if name in SETTINGS and SETTINGS[name].allows(value)}
    return known | ({"js": values["js"]} if values.get("js") in {"0", "1"} else {})


def view_of(request: HttpRequest, source: Script) -> View:
    """Read the view a request asks for; by default the document's own script, no pinyin."""
    return _view(request.COOKIES.get(COOKIE, ""), request.META.get("QUERY_STRING", ""), source)


@lru_cache(maxsize=1_024)
def _view(cookie: str, query: str, source: Script) -> View:
    """Read a view; most readers want one of a few, and a page from memory is not to wait for it."""
    wanted = _held(cookie) | _allowed(QueryDict(query).dict())
    return View(
        script=Script(wanted.get("script", source)),
        # Which words are new to the reader only the page's script knows.
        pinyin=wanted.get("pinyin", "off") != "off",
        scripted=wanted.get("js") == "1",
        **{choice.name: wanted.get(choice.name, choice.default) for choice in (READING, TONES, MARKS, QUOTES)},
    )


def remember(request: HttpRequest, response: HttpResponse, view: View) -> None:
    """Keep what an address asked for, so that the next page is shown so, too; its looks are each reader's own."""
    shown = {choice.name: value for choice in SHOWN if (value := asked(request).get(choice.name))}
    if shown and not view.scripted:
        _write(request, response, kept(request) | {"js": "0"} | shown)


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Write the cookie anew: what it held, and over it all that the address names."""
    _write(request, response, kept(request) | asked(request))


def _write(request: HttpRequest, response: HttpResponse, wanted: Mapping[str, str]) -> None:
    value = urlencode({name: wanted[name] for name in (*SETTINGS, "js") if wanted.get(name, "0") != "0"})
    response.set_cookie(COOKIE, value, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure())
