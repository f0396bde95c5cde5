"""The texts in which terms are looked for; whoever keeps texts registers here, for the glossary knows no reader."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from glossary.choices import Choices
from zhtext.script import Script
from zhtext.spans import Span

PublicTexts = Callable[[], Iterable["Text"]]
Version = Callable[[], str]
NO_CHOICES = Choices()
Noted = Callable[[str, Sequence[Span]], int]


@dataclass(frozen=True, slots=True)
class Text:
    """One public text: what it is called, where it is read, where its blocks begin (sorted code points), its script.

    ``choices`` are what editors chose for its words.
    """

    title: str
    url: str
    text: str
    starts: tuple[int, ...] = (0,)
    script: Script = Script.HANS
    choices: Choices = NO_CHOICES

    def place(self, offset: int) -> str:
        """Give the address of the block that holds a code point."""
        return f"{self.url}#b{bisect_right(self.starts, offset) - 1}"


def _no_notes(_url: str, _spans: Sequence[Span]) -> int:
    return 0


_texts: PublicTexts = tuple
_version: Version = str
_noted: Noted = _no_notes


def register(texts: PublicTexts, version: Version, noted: Noted) -> None:
    """Name the functions that give all public texts, a word that changes whenever any of them does, and notes on them.

    ``noted`` counts the notes of all readers that stand on spans of the text at an address.
    """
    global _texts, _version, _noted
    _texts, _version, _noted = texts, version, noted


def noted(url: str, spans: Sequence[Span]) -> int:
    """Count the notes of all readers that stand on spans of the text at an address; nothing else is told of them."""
    return _noted(url, spans)


def version() -> str:
    """Give a word that changes whenever a public text does; one query."""
    return _version()


def texts() -> Iterable[Text]:
    """Give all public texts."""
    return _texts()
