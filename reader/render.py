"""Write the HTML of a document's blocks.

Two forms: the base page has plain text with a link for each term and is complete without JavaScript; the ruby page,
for readers without JavaScript, has a reading above every word. Templates are six times slower for runs of tokens.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.lexicon import Lexicon
from reader.layers import Layers, runs_of
from reader.models import Block, BlockKind
from reader.ruby import join_syllables
from reader.ruby import write as write_ruby
from reader.style import PLAIN, Style
from zhtext.characters import HAN_RUN
from zhtext.script import Script

# Raise it whenever the markup or the layer changes: pages are addressed by it.
VERSION = 4
CHARACTERS_PER_UNIT = 20
MOST_UNITS = 40
BLOCKS_KEPT = 16_384
# Stands for the key of a concept in an address.
NAME = "-key-"
# Chromium breaks no line between two rubies unless it is told that it may; behind an opening mark it may not.
BREAKS_AFTER = re.compile(r"[^\s“‘「『（《〈【\[(]")


def ruby(shown: str, runs: Sequence[Sequence[str]], style: str = "") -> str:
    """Write a word with its reading above each run of Han characters in it.

    >>> ruby("AB测试", [["cè", "shì"]])
    'AB<ruby>测试<rt>cèshì</rt></ruby>'
    """
    remaining = iter(runs)
    pieces: list[str] = []
    start = 0
    for run in HAN_RUN.finditer(shown):
        syllables = next(remaining, ())
        pieces.append(escape(shown[start : run.start()]))
        pieces.append(write_ruby(run[0], syllables, style) if any(syllables) else run[0])
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
    breaks: bool = False


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
            breaks=_breaks_before(layers, token.start),
        )


def _breaks_before(layers: Layers, start: int) -> bool:
    """Tell whether a line may end before a code point."""
    return start > 0 and BREAKS_AFTER.match(layers.text, start - 1) is not None


class Piece(NamedTuple):
    """A stretch of a block: its text as shown, the address it links to, its readings, and whether a line may break."""

    text: str
    link: str = ""
    runs: tuple[tuple[str, ...], ...] = ()
    breaks: bool = False
    style: str = ""


@lru_cache(maxsize=BLOCKS_KEPT)
def write(pieces: tuple[Piece, ...]) -> str:
    """Write a block. What went into it is its address, so after an edit only blocks that change are written anew."""
    return "".join(map(_write_piece, pieces))


def _write_piece(piece: Piece) -> str:
    word = ruby(piece.text, piece.runs, piece.style) if piece.runs else escape(piece.text)
    word = f"<wbr>{word}" if piece.breaks else word
    return f'<a class="term" href="{piece.link}">{word}</a>' if piece.link else word


class BlockRenderer:
    """Writes the blocks of one document in one view."""

    def __init__(
        self,
        layers: Layers,
        lexicon: Lexicon,
        slug: str,
        script: Script,
        *,
        pinyin: bool,
        base: int = 0,
        style: Style = PLAIN,
    ) -> None:
        """Take the laid text and the view; ``slug`` is the document's, for the link of each paragraph.

        ``base`` is where the laid text begins in the document.
        """
        self._base = base
        self._layers, self._lexicon = layers, lexicon
        self._script, self._pinyin = script, pinyin
        self._style = style
        self._shown = style.quoted(layers.set_in_print(script))
        self._starts = [token.start for token in layers.tokens]
        self._links: dict[tuple[int, ...], str] = {}
        # A text has hundreds of blocks and terms, and finding one address takes as long as writing ten blocks.
        self._concept = reverse("glossary:concept-detail", args=[NAME])
        self._block = reverse("reader:block", args=[slug, 0]).removesuffix("0/")
        self._mark = _("Paragraph %(number)d: its words, and a note")

    def document(self, blocks: Sequence[Block]) -> str:
        """Write all blocks, in order, each speaker's name before the first block of a turn."""
        pieces = []
        speaker = ""
        for block in blocks:
            if block.speaker and block.speaker != speaker:
                pieces.append(f'<p class="speaker label">{escape(block.speaker)}</p>\n')
            speaker = block.speaker
            pieces.append(self.block(block))
        return self._style.marked("".join(pieces))

    def block(self, block: Block) -> str:
        """Write one block: its number, where it begins, an estimate of its height, its text, and its own page."""
        tag = "h2" if block.kind == BlockKind.HEADING else "p"
        units = min(MOST_UNITS, 1 + (block.end - block.start) // CHARACTERS_PER_UNIT)
        title = self._mark % {"number": block.number + 1}
        mark = f'<a class="mark" href="{self._block}{block.number}/" aria-label="{escape(title)}"></a>'
        head = (
            f'<{tag} class="block {block.kind} u{units}" id="b{block.number}" data-start="{block.start + self._base}">'
        )
        return f"{head}{self.inside(block)}{mark}</{tag}>\n"

    def inside(self, block: Block) -> str:
        """Write the text of one block."""
        first, last = bisect_left(self._starts, block.start), bisect_left(self._starts, block.end)
        return write(tuple(self._pieces(first, last)))

    def _pieces(self, first: int, last: int) -> Iterator[Piece]:
        """Yield what stands in a row of tokens: each term, and what is between two, in one or word by word."""
        matches = self._layers.matches_by_start
        at = first
        for index in range(first, last):
            match = matches.get(self._starts[index])
            if match:
                yield from self._between(at, index)
                yield self._piece(index, self._link(match.terms))
                at = index + 1
        yield from self._between(at, last)

    def _between(self, first: int, last: int) -> Iterator[Piece]:
        if self._pinyin:
            yield from (self._piece(index) for index in range(first, last))
        elif first < last:
            yield Piece("".join(self._shown[first:last]))

    def _piece(self, index: int, link: str = "") -> Piece:
        shown, token = self._shown[index], self._layers.tokens[index]
        if not self._pinyin or not HAN_RUN.search(shown):
            return Piece(shown, link)
        own = self._layers.own_form(token, self._script)
        runs = runs_of(own) if own else self._layers.runs(token)
        return Piece(shown, link, tuple(map(tuple, runs)), _breaks_before(self._layers, token.start), self._style.ruby)

    def _link(self, terms: tuple[int, ...]) -> str:
        if terms not in self._links:
            self._links[terms] = self._concept.replace(NAME, self._lexicon.key_of(terms))
        return self._links[terms]
