"""Write a note's Markdown as HTML that is safe to show.

Parsed without raw HTML and without pictures, then held against a short list of tags: two locks on one door.
"""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}}
# A page with thousands of notes asks for the same ones again and again; long ones are rare, and would fill the memory.
KEPT = 4_096
LONGEST_KEPT = 1_000
SCHEMES = {"https", "mailto"}

_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable("image")


def to_html(markdown: str) -> str:
    """Write Markdown as sanitised HTML.

    >>> to_html("**好** <script>")
    '<p><strong>好</strong> &lt;script&gt;</p>\\n'
    """
    return _kept(markdown) if len(markdown) <= LONGEST_KEPT else _write(markdown)


def _write(markdown: str) -> str:
    return clean(_parser.render(markdown))


def clean(html: str) -> str:
    """Keep of HTML what is on the list; cleaning what is clean changes nothing."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


_kept = lru_cache(KEPT)(_write)
