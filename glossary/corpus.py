"""The texts in which terms are looked for; whoever keeps texts registers here, for the glossary knows no reader."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhtext.script import Script

PublicTexts = Callable[[], Iterable["Text"]]
Version = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Text:
    """One public text: what it is called, where it is read, where its blocks begin (sorted code points), its script."""

    title: str
    url: str
    text: str
    starts: tuple[int, ...] = (0,)
    script: Script = Script.HANS

    def place(self, offset: int) -> str:
        """Give the address of the block that holds a code point."""
        return f"{self.url}#b{bisect_right(self.starts, offset) - 1}"


_texts: PublicTexts = tuple
_version: Version = str


def register(texts: PublicTexts, version: Version) -> None:
    """Name the functions that give all public texts, and a word that changes whenever any of them does."""
    global _texts, _version
    _texts, _version = texts, version


def version() -> str:
    """Give a word that changes whenever a public text does; one query."""
    return _version()


def texts() -> Iterable[Text]:
    """Give all public texts."""
    return _texts()
