"""Cut a long text into chapters, each a page of its own: no page costs more than one of a short text.

A chapter begins at a heading where there is one near, else at a paragraph. Places stay code points of the whole text.
"""

from dataclasses import dataclass

from reader.documents import Body
from reader.models import Block, BlockKind

# Up to so many code points a text is one page.
LONGEST_PAGE = 100_000
# A heading begins a chapter when the one before it has this many; without a heading it ends at the larger number.
AT_HEADING, AT_PARAGRAPH = 20_000, 40_000
# A last chapter shorter than this belongs to the one before it.
SHORTEST = 8_000


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a text: its number from 1, its blocks ``[first, stop)``, and its span."""

    number: int
    first: int
    stop: int
    start: int
    end: int


def cut(body: Body) -> tuple[Chapter, ...]:
    """Cut a text into chapters that cover it; a short text is one."""
    if not body.blocks:
        return ()
    firsts = _firsts(body) if len(body.text) > LONGEST_PAGE else [0]
    stops = [*firsts[1:], len(body.blocks)]
    return tuple(
        Chapter(number, first, stop, body.blocks[first].start, body.blocks[stop - 1].end)
        for number, (first, stop) in enumerate(zip(firsts, stops, strict=True), 1)
    )


def _firsts(body: Body) -> list[int]:
    """Give the places among the blocks at which chapters begin."""
    firsts = [0]
    for index, block in enumerate(body.blocks):
        length = block.start - body.blocks[firsts[-1]].start
        if length >= (AT_HEADING if block.kind == BlockKind.HEADING else AT_PARAGRAPH):
            firsts.append(index)
    if len(firsts) > 1 and len(body.text) - body.blocks[firsts[-1]].start < SHORTEST:
        firsts.pop()
    return firsts


def part(body: Body, chapter: Chapter) -> Body:
    """Give a chapter as a text by itself: its blocks keep their numbers, their places are counted from its start."""
    if (chapter.first, chapter.stop) == (0, len(body.blocks)):
        return body
    blocks = tuple(_moved(block, chapter.start) for block in body.blocks[chapter.first : chapter.stop])
    return Body(body.text[chapter.start : chapter.end], blocks)


def _moved(block: Block, start: int) -> Block:
    return Block(
        number=block.number, kind=block.kind, speaker=block.speaker, start=block.start - start, end=block.end - start
    )
