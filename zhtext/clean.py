"""Turn a raw source (a scraped page, a subtitle script, plain text) into a title and blocks worth reading.

Everything a rule takes away is kept with the rule's name and its line numbers, so that a reader can look at it and
put it back: ``clean(source, keep={4, 5})`` runs the same rules but leaves lines 4 and 5 alone.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhtext import boilerplate
from zhtext.captions import is_caption_script, join_captions
from zhtext.characters import HAN_RANGES, normalise

TITLE_LENGTH = 40
HEADING_LENGTH = 40
FEWEST_TURNS = 3
OPENING_LINES = 12


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TURN = "turn"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class CleanBlock:
    """One block: its kind, its text, and for a dialogue turn who speaks."""

    kind: BlockKind
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """One stretch of the source that a rule took away: first and last line, counted from 1."""

    rule: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """A document as it is read: what its head says, its blocks, and what was dropped on the way."""

    title: str
    blocks: tuple[CleanBlock, ...]
    dropped: tuple[Dropped, ...] = ()
    author: str = ""
    place: str = ""
    published: date | None = None


# Half-width or full-width colon; a name is a few capitalised words or a few Han characters.
SPEAKER = re.compile(
    rf"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}|[{HAN_RANGES}·]{{2,8}})\s?[:：]\s*(?P<said>.*)", re.DOTALL
)
LABEL = re.compile(r"^(延伸资料|延伸阅读|参考资料|参考文献|图片来源|资料来源|来源|图|注)\s?[:：]")
ADDRESS = re.compile(r"https?://\S+$")
CLOSED = re.compile(r"[。！？!?,，;；:：、…~]$|[.。]”$")
BROKEN = re.compile(r"[,，、]$")
ANNOUNCED = re.compile(rf"今天.{{0,6}}(?:分享|介绍|聊|讲|说)(?:的是|一下|的就是)?(?P<topic>.{{4,{TITLE_LENGTH}}})")


def clean(source: str, keep: Collection[int] = ()) -> CleanText:
    """Clean a raw source by the named rules; lines whose number (from 1) stands in ``keep`` are never dropped.

    Raises ValueError for a text that cannot be stored (NUL, lone surrogates) or that holds nothing to read.
    """
    lines = normalise(source).removeprefix("\ufeff").split("\n")
    if not any(line.strip() for line in lines):
        raise ValueError("The text is empty.")
    text = "\n".join(lines)
    return _clean_captions(lines) if is_caption_script(text) else _clean_article(lines, keep)


def _clean_captions(lines: Sequence[str]) -> CleanText:
    paragraphs = join_captions(lines)
    opening = [line.strip() for line in lines if line.strip()][:OPENING_LINES]
    announced = next(filter(None, map(ANNOUNCED.search, opening)), None)
    title = announced["topic"] if announced else opening[0][:TITLE_LENGTH]
    return CleanText(title, tuple(CleanBlock(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs))


def _clean_article(lines: Sequence[str], keep: Collection[int]) -> CleanText:
    head = boilerplate.read_head(lines)
    rules = {number: rule for number, rule in boilerplate.find(lines, head).items() if number not in keep}
    kept = [line.strip() for number, line in enumerate(lines, 1) if number not in rules and line.strip()]
    blocks = tuple(_blocks(_join_broken(kept)))
    title = head.title or (blocks[0].text[:TITLE_LENGTH] if blocks else "")
    return CleanText(title, blocks, tuple(_dropped(lines, rules)), head.author, head.place, head.published)


def _dropped(lines: Sequence[str], rules: dict[int, str]) -> Iterator[Dropped]:
    """Gather neighbouring lines dropped by one rule; blank lines between them do not part them."""
    current: Dropped | None = None
    for number in sorted(rules):
        line, rule = lines[number - 1].strip(), rules[number]
        if not line:
            continue
        if current and current.rule == rule and not _parted(lines, rules, current.last, number):
            current = replace(current, last=number, text=f"{current.text}\n{line}")
        else:
            if current:
                yield current
            current = Dropped(rule, number, number, line)
    if current:
        yield current


def _parted(lines: Sequence[str], rules: dict[int, str], first: int, last: int) -> bool:
    """Tell whether a line that is kept or falls to another rule stands between two lines."""
    between = range(first + 1, last)
    return any(lines[number - 1].strip() and rules.get(number) != rules[last] for number in between)


def _join_broken(paragraphs: Sequence[str]) -> list[str]:
    """Close the gap that a picture tore into a paragraph: what ends with a comma goes on in the next one."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and BROKEN.search(joined[-1]) and not SPEAKER.match(paragraph):
            joined[-1] += paragraph
        else:
            joined.append(paragraph)
    return joined


def _blocks(paragraphs: Sequence[str]) -> Iterator[CleanBlock]:
    speakers = find_speakers(paragraphs)
    paragraphs = join_names(paragraphs, speakers)
    speaker = ""
    for index, paragraph in enumerate(paragraphs):
        name, said = split_turn(paragraph, speakers, speaker)
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        if name:
            speaker = name
            yield CleanBlock(BlockKind.TURN, said, speaker)
        elif _is_heading(paragraph, following):
            speaker = ""
            yield CleanBlock(BlockKind.HEADING, paragraph)
        elif LABEL.match(paragraph) or ADDRESS.match(paragraph) or ADDRESS.match(following):
            yield CleanBlock(BlockKind.CAPTION, paragraph)
        else:
            yield CleanBlock(BlockKind.TURN if speaker else BlockKind.PARAGRAPH, paragraph, speaker)


def find_speakers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Find who speaks in a dialogue: the names that stand before a colon at least three times."""
    names = [turn["name"] for turn in map(SPEAKER.match, paragraphs) if turn]
    return frozenset(name for name in names if names.count(name) >= FEWEST_TURNS)


def join_names(paragraphs: Sequence[str], speakers: frozenset[str]) -> list[str]:
    """Put a speaker's name that stands alone on its line before what is said below it.

    >>> join_names(["Ann:", "是的。"], frozenset({"Ann"}))
    ['Ann:是的。']
    """
    joined: list[str] = []
    for paragraph in paragraphs:
        name = SPEAKER.match(joined[-1]) if joined else None
        if name and not name["said"] and name["name"] in speakers and not SPEAKER.match(paragraph):
            joined[-1] += paragraph
        else:
            joined.append(paragraph)
    return joined


def split_turn(paragraph: str, speakers: frozenset[str], last: str) -> tuple[str, str]:
    """Part a dialogue turn into who speaks and what is said; the name is empty where the paragraph opens no turn.

    A turn whose colon is missing is one too, if the name runs straight into Han characters and another spoke before;
    a name behind which nothing is said opens none.

    >>> split_turn("Ann是的。", frozenset({"Ann", "Bob"}), "Bob")
    ('Ann', '是的。')
    """
    turn = SPEAKER.match(paragraph)
    if turn and turn["said"] and turn["name"] in speakers:
        return turn["name"], turn["said"]
    for name in sorted(speakers - {last}, key=len, reverse=True):
        if last and re.match(rf"{re.escape(name)}[{HAN_RANGES}]", paragraph):
            return name, paragraph.removeprefix(name)
    return "", paragraph


def _is_heading(paragraph: str, following: str) -> bool:
    """Tell a heading: short, no mark at its end, no label, no address, and something longer or a turn comes after."""
    if len(paragraph) > HEADING_LENGTH or CLOSED.search(paragraph) or LABEL.match(paragraph):
        return False
    if ADDRESS.search(paragraph) or not following:
        return False
    return len(following) > len(paragraph) and not ADDRESS.match(following)
