"""A note's Markdown becomes HTML that does nothing but show."""

from html.parser import HTMLParser

import pytest

from reader.markdown import ATTRIBUTES, SCHEMES, TAGS, to_html


class Elements(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        # What a reader writes in a margin.
        ("**好** *很*", "<p><strong>好</strong> <em>很</em></p>\n"),
        ("一\n二", "<p>一<br>\n二</p>\n"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ("> 引", "<blockquote>\n<p>引</p>\n</blockquote>\n"),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
        ("~~旧~~", "<p><s>旧</s></p>\n"),
        ("|a|\n|-|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"),
        # A link goes out without telling where from.
        (
            "[纸](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">纸</a></p>\n',
        ),
        # Raw HTML is text.
        ("<b>好</b>", "<p>&lt;b&gt;好&lt;/b&gt;</p>\n"),
        # Nothing.
        ("", ""),
        # The largest headings are those of the page.
        ("# 大", "大\n"),
        ("### 小", "<h3>小</h3>\n"),
    ],
)  # fmt: skip
def test_markdown_is_shown(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    "payload",
    [
        # Raw HTML is text.
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<p style='position:fixed'>x</p>",
        "<style>*{display:none}</style>",
        "<form action=/notes/1/delete/ method=post><button>x</button></form>",
        "<a href='javascript:alert(1)' onclick=alert(1)>x</a>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        "<!--><script>alert(1)</script>-->",
        "<base href=https://evil.example/>",
        # Links go to where people read, and nowhere else.
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        # Not to the site itself either: an address of ours does things.
        "[x](/accounts/logout/)",
        "[x](//evil.example)",
        "[x]: javascript:alert(1)\n\n[x]",
        # Pictures tell their server who reads.
        "![x](https://evil.example/pixel.png)",
        "![x](data:image/svg+xml;base64,PHN2Zy8+)",
        "![x](x \"onerror=alert(1)\")",
        # Quotes do not break out of an attribute, nor a fence out of its language.
        '[x](https://example.org "a\\" onmouseover=alert(1) b=\\"")',
        '[x](https://example.org/"onmouseover=alert(1))',
        '```"onmouseover="alert(1)\nx\n```',
        "`<script>alert(1)</script>`",
        "    <script>alert(1)</script>",
        "|<script>|\n|-|\n|<img src=x>|",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)  # fmt: skip
def test_a_hostile_note_does_nothing(payload: str) -> None:
    for tag, attributes in Elements(to_html(payload)).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}
        assert (attributes.get("href") or "https:").partition(":")[0] in SCHEMES


def test_deep_nesting_ends_somewhere() -> None:
    assert len(to_html("> " * 5_000 + "x")) < 100_000
