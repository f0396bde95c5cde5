"""What a table of contents is made of: the headings of a text, or the questions of a dialogue that has none."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reader.documents import Body
from reader.models import Block, BlockKind
from zhtext.sentences import sentences

ASKS = re.compile(r"[？?][”’」』）)\"]*\s*$")
# Fewer questions need no table, more are none.
FEWEST_QUESTIONS, MOST_QUESTIONS = 3, 80
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: the block it leads to, where that begins, and what it says."""

    number: int
    start: int
    text: str


def entries(body: Body) -> list[Entry]:
    """List the headings of a text; for a dialogue without any, what its interviewer asks."""
    headings = [_entry(body, block) for block in body.blocks if block.kind == BlockKind.HEADING]
    return headings or _questions(body)


def _entry(body: Body, block: Block) -> Entry:
    return Entry(block.number, block.start, body.text[block.start : block.end])


def _questions(body: Body) -> list[Entry]:
    """Give the first question in each turn of whoever asks most."""
    asked = [(block, question) for block in _turns(body) if (question := _question(body.text[block.start : block.end]))]
    speakers = Counter(block.speaker for block, _question in asked)
    [interviewer] = [speaker for speaker, _count in speakers.most_common(1)] or [""]
    found = [Entry(block.number, block.start, text) for block, text in asked if block.speaker == interviewer]
    return found if FEWEST_QUESTIONS <= len(found) <= MOST_QUESTIONS else []


def _turns(body: Body) -> Iterator[Block]:
    """Give the first block of each turn."""
    speaker = ""
    for block in body.blocks:
        if block.speaker and block.speaker != speaker:
            yield block
        speaker = block.speaker


def _question(text: str) -> str:
    """Give the first sentence that asks, if it is short enough for a line."""
    found = (text[sentence.start : sentence.end].strip() for sentence in sentences(text))
    return next((sentence for sentence in found if ASKS.search(sentence) and len(sentence) <= LONGEST), "")
