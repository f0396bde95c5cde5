"""What is told beforehand of a new text's effect on notes: exactly of one's own, of those of others only roughly.

Notes are private, and a number tells where they are: whoever sees it fall when one word less is deleted knows that a
note stands there. So of others it is told how many readers, not notes, would lose something; only from five readers
on, in coarse steps; and never whether notes move along, as that tells on which side of a change they stand. Whether
there are four such readers or none, the same is said.

That hinders guessing, and does not make it impossible: whoever commands four more accounts, or tries many edits of a
text that many have noted, can still narrow a place down. An author who shall see what an edit does cannot see nothing.
"""

from collections import Counter
from dataclasses import dataclass, field

from reader import anchoring
from reader.anchoring import Effect
from reader.models import Document, User

# At least so many readers are told of, and the largest of these that there are.
STEPS = (5, 10, 20, 50, 100, 200, 500, 1_000)


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a new text would do to notes, as somebody may know it; 0 other readers are fewer than the first step."""

    own: Effect = field(default_factory=Effect)
    # How many other readers, at least, have notes that keep their place, stand on changed words, or lose their place.
    keeping: int = 0
    reworded: int = 0
    losing: int = 0

    @property
    def is_felt(self) -> bool:
        """Tell whether it should be asked before it is done."""
        return self.own.is_felt or bool(self.reworded or self.losing)


def to(user: User, document: Document, text: str) -> Foretold:
    """Tell somebody what a new text would do to the notes on a document, without changing anything."""
    effects = anchoring.effects(document, text)
    own = effects.pop(user.pk, Effect())
    readers: Counter[str] = Counter()
    for effect in effects.values():
        readers["keeping"] += bool(effect.unmoved or effect.moved or effect.back)
        readers["reworded"] += bool(effect.reworded)
        readers["losing"] += bool(effect.lost)
    return Foretold(own, **{name: _roughly(count) for name, count in readers.items()})


def _roughly(count: int) -> int:
    return max((step for step in STEPS if step <= count), default=0)
