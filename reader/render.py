"""Write the HTML of a document's blocks.

Two forms: the base page has plain text with a link for each term and is complete without JavaScript; the ruby page,
for readers without JavaScript, has a reading above every word. Templates are six times slower for runs of tokens.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from glossary.lexicon import Lexicon
from reader.layers import Layers, runs_of
from reader.models import Block, BlockKind
from zhtext.characters import HAN_RUN
from zhtext.script import Script

# Raise it whenever the markup or the layer changes: pages are addressed by it.
VERSION = 2
CHARACTERS_PER_UNIT = 20
MOST_UNITS = 40
# Chromium breaks no line between two rubies unless it is told that it may; behind an opening mark it may not.
BREAKS_AFTER = re.compile(r"[^\s“‘「『（《〈【\[(]")
OPENS_WITH_VOWEL = re.compile(r"^[aāáǎàoōóǒòeēéěè]")


def join_syllables(syllables: Sequence[str]) -> str:
    """Write the reading of a word in one, with the apostrophe before a, o, e (GB/T 16159—2012, 5.6).

    >>> join_syllables(["xī", "ān"])
    "xī'ān"
    """
    return "".join(("'" if at and OPENS_WITH_VOWEL.match(s) else "") + s for at, s in enumerate(syllables))


def ruby(shown: str, runs: Sequence[Sequence[str]]) -> str:
    """Write a word with its reading above each run of Han characters in it.

    >>> ruby("AB测试", [["cè", "shì"]])
    'AB<ruby>测试<rt>cèshì</rt></ruby>'
    """
    remaining = iter(runs)
    pieces: list[str] = []
    start = 0
    for run in HAN_RUN.finditer(shown):
        reading = join_syllables(next(remaining, ()))
        pieces.append(escape(shown[start : run.start()]))
        pieces.append(f"<ruby>{run[0]}<rt>{reading}</rt></ruby>" if reading else run[0])
        start = run.end()
    return "".join(pieces) + escape(shown[start:])


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a paragraph that is shown word by word."""

    text: str
    shown: str
    reading: str
    is_word: bool
    is_term: bool


def block_words(layers: Layers, script: Script) -> Iterator[Word]:
    """Give the tokens of a paragraph, each with what it is looked up by, how it is shown, and its reading."""
    for token, shown in zip(layers.tokens, layers.set_in_print(script), strict=True):
        is_term = token.start in layers.matches_by_start
        runs = runs_of(shown) if layers.own_form(token, script) else layers.runs(token)
        yield Word(
            text=layers.text[token.start : token.end],
            shown=shown,
            reading=" ".join(map(join_syllables, runs)),
            is_word=is_term or HAN_RUN.search(shown) is not None,
            is_term=is_term,
        )


class BlockRenderer:
    """Writes the blocks of one document in one view."""

    def __init__(self, layers: Layers, lexicon: Lexicon, slug: str, script: Script, *, pinyin: bool) -> None:
        """Take the laid text and the view; ``slug`` is the document's, for the link of each paragraph."""
        self._layers, self._lexicon, self._slug = layers, lexicon, slug
        self._script, self._pinyin = script, pinyin
        self._shown = layers.set_in_print(script)
        self._starts = [token.start for token in layers.tokens]
        self._links: dict[tuple[int, ...], str] = {}

    def document(self, blocks: Sequence[Block]) -> str:
        """Write all blocks, in order, each speaker's name before the first block of a turn."""
        pieces = []
        speaker = ""
        for block in blocks:
            if block.speaker and block.speaker != speaker:
                pieces.append(f'<p class="speaker label">{escape(block.speaker)}</p>\n')
            speaker = block.speaker
            pieces.append(self.block(block))
        return "".join(pieces)

    def block(self, block: Block) -> str:
        """Write one block: its number, where it begins, an estimate of its height, its text, and its own page."""
        tag = "h2" if block.kind == BlockKind.HEADING else "p"
        units = min(MOST_UNITS, 1 + (block.end - block.start) // CHARACTERS_PER_UNIT)
        url = reverse("reader:block", args=[self._slug, block.number])
        title = _("Paragraph %(number)d: its words, and a note") % {"number": block.number + 1}
        mark = f'<a class="mark" href="{url}" aria-label="{escape(title)}"></a>'
        head = f'<{tag} class="block {block.kind} u{units}" id="b{block.number}" data-start="{block.start}">'
        return f"{head}{self.inside(block)}{mark}</{tag}>\n"

    def inside(self, block: Block) -> str:
        """Write the text of one block."""
        first, last = bisect_left(self._starts, block.start), bisect_left(self._starts, block.end)
        return "".join(self._pieces(first, last))

    def _pieces(self, first: int, last: int) -> Iterator[str]:
        matches = self._layers.matches_by_start
        for index in range(first, last):
            token = self._layers.tokens[index]
            match = matches.get(token.start)
            word = self._word(index)
            yield f"{self._link(match.terms)}{word}</a>" if match else word

    def _word(self, index: int) -> str:
        shown = self._shown[index]
        if not self._pinyin or not HAN_RUN.search(shown):
            return escape(shown)
        token = self._layers.tokens[index]
        own = self._layers.own_form(token, self._script)
        word = ruby(shown, runs_of(own) if own else self._layers.runs(token))
        return f"<wbr>{word}" if BREAKS_AFTER.match(self._layers.text, token.start - 1) and token.start else word

    def _link(self, terms: tuple[int, ...]) -> str:
        if terms not in self._links:
            concept = self._lexicon.concepts_of(terms)[0]
            self._links[terms] = f'<a class="term" href="{concept.get_absolute_url()}">'
        return self._links[terms]
