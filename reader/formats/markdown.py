"""Markdown with front matter: the form of the texts that ship with the service.

Between two lines of ``---`` stand ``key: value`` pairs; then ``## `` headings and paragraphs parted by blank lines.
"""

import re
from datetime import date

from reader.formats.decoding import decode
from reader.ingest import Incoming
from zhtext.characters import HAN_RANGES, normalise
from zhtext.clean import BlockKind, CleanBlock, CleanText, find_speakers, join_names, split_turn

SUFFIXES = (".md", ".markdown")
FRONT_MATTER = re.compile(r"\A---\n(?P<pairs>.*?)\n---\n", re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+")
# Lines of Han characters are joined without a blank, words with one.
WIDE = rf"[{HAN_RANGES}\u3000-\u303f\uff00-\uffef“”‘’…—]"
WIDE_BREAK = re.compile(rf"(?<={WIDE})\n|\n(?={WIDE})")
KNOWN = ("title", "summary", "level", "topic", "author", "published", "licence", "position", "slug")


def read(content: bytes, name: str) -> Incoming:
    """Read Markdown. Raises ValueError with the line number for a bad front matter."""
    source = normalise(decode(content))
    front = FRONT_MATTER.match(source)
    if source.startswith("---\n") and not front:
        raise ValueError("Line 1: the front matter has no end: a line of three hyphens is missing.")
    pairs = _pairs(front["pairs"]) if front else {}
    blocks = tuple(_blocks(source[front.end() if front else 0 :]))
    if not blocks:
        raise ValueError("The text is empty.")
    published = date.fromisoformat(pairs["published"]) if "published" in pairs else None
    title = pairs.get("title") or blocks[0].text[:60]
    text = CleanText(title, blocks, author=pairs.get("author", ""), published=published)
    details: dict[str, str | int] = {
        "summary": pairs.get("summary", ""),
        "licence": pairs.get("licence", ""),
        "level": int(pairs.get("level", 0)),
        "position": int(pairs.get("position", 0)),
        "origin": name,
    }
    return Incoming(text=text, source=source, slug=pairs.get("slug", ""), details=details)


def _pairs(lines: str) -> dict[str, str]:
    pairs = {}
    for number, line in enumerate(lines.splitlines(), 2):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in KNOWN:
            raise ValueError(f"Line {number}: “{line}” is not one of {', '.join(KNOWN)}, a colon and a value.")
        pairs[key.strip()] = value.strip()
        problem = _problem(key.strip(), value.strip())
        if problem:
            raise ValueError(f"Line {number}: “{value.strip()}” is {problem}")
    return pairs


def _problem(key: str, value: str) -> str:
    """Say what is wrong with the value of a key; nothing where it can be used."""
    if key == "level" and value not in ("1", "2", "3"):
        return "no level: write 1, 2 or 3."
    if key == "position" and not re.fullmatch("[0-9]{1,4}", value):
        return "no number of at most four digits."
    if key == "published":
        try:
            date.fromisoformat(value)
        except ValueError:
            return "no date: write 2026-05-04."
    return ""


def _join_lines(paragraph: str) -> str:
    lines = "\n".join(line.strip() for line in paragraph.strip().split("\n"))
    return WIDE_BREAK.sub("", lines).replace("\n", " ")


def _blocks(body: str) -> list[CleanBlock]:
    paragraphs = [_join_lines(paragraph) for paragraph in re.split(r"\n\s*\n", body) if paragraph.strip()]
    speakers = find_speakers(paragraphs)
    paragraphs = join_names(paragraphs, speakers)
    blocks = []
    speaker = ""
    for paragraph in paragraphs:
        name, said = split_turn(paragraph, speakers, speaker)
        if HEADING.match(paragraph):
            speaker = ""
            blocks.append(CleanBlock(BlockKind.HEADING, HEADING.sub("", paragraph)))
        else:
            speaker = name or speaker
            blocks.append(CleanBlock(BlockKind.TURN if speaker else BlockKind.PARAGRAPH, said, speaker))
    return blocks
