"""What is made of all public texts by the glossary: made when asked for, kept until either changes."""

from collections.abc import Callable
from typing import Generic, TypeVar

from glossary import corpus, lexicon
from glossary.lexicon import Lexicon

Made = TypeVar("Made")


class Latest(Generic[Made]):
    """The last of what was made, with the state of glossary and texts it was made in."""

    def __init__(self, make: Callable[[Lexicon], Made]) -> None:
        """Take what makes it from the glossary at one revision."""
        self._make = make
        self._kept: dict[tuple[int, str], Made] = {}

    def get(self) -> Made:
        """Give it; two small queries while nothing has changed."""
        current = lexicon.current()
        state = (current.edition, corpus.version())
        made = self._kept.get(state)
        if made is None:
            made = self._make(current)
            self._kept = {state: made}
        return made

    def forget(self) -> None:
        """Forget it; tests begin so."""
        self._kept = {}
