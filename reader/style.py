"""How a page without scripts sets its text: the kind of ruby, the quotation marks, and which terms are marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reader.preferences import View
from zhtext import quotation
from zhtext.script import Script

TERM = re.compile(r'<a class="term" href="([^"]+)"')
QUOTES = {"corner": quotation.to_corner, "curly": quotation.to_curly}


@dataclass(frozen=True, slots=True)
class Style:
    """The style of one view of a text; by default everything as it is written."""

    ruby: str = ""
    quotes: str = ""
    first_mentions: bool = False

    def quoted(self, forms: Sequence[str]) -> list[str]:
        """Give the tokens of a text with the quotation marks of the style."""
        if not self.quotes:
            return list(forms)
        text = QUOTES[self.quotes]("".join(forms))
        return [text[start:end] for start, end in pairwise((0, *accumulate(map(len, forms))))]

    def marked(self, html: str) -> str:
        """Tell the first mention of each concept from the others, where only they are to be marked."""
        return "".join(_tell_first(html)) if self.first_mentions else html


PLAIN = Style()


def style_of(view: View, source: Script) -> Style:
    """Give the style of a view; a text in its own script keeps its quotation marks unless the reader chose some."""
    by_script = "corner" if view.script.is_traditional else "curly"
    quotes = {"auto": "" if view.script is source else by_script}.get(view.quotes, view.quotes)
    words = ["zhuyin"] if view.reading == "zhuyin" else []
    words += ["tones"] if view.tones != "none" else []
    return Style(" ".join(words) if view.pinyin else "", quotes, view.marks == "first")


def _tell_first(html: str) -> Iterator[str]:
    seen: set[str] = set()
    last = 0
    for term in TERM.finditer(html):
        yield html[last : term.start()]
        yield term[0] if term[1] in seen else term[0].replace('"term"', '"term first"')
        seen.add(term[1])
        last = term.end()
    yield html[last:]
