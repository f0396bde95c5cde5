"""Make what the polyphone model looks up: words with their costs, readings by phrase, and which readings there are."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypinyin.pinyin_dict import pinyin_dict

from tools.polyphone_sources import Example, Word, digits
from zhtext.hashed import MARGIN, Hashes, Ints, Page, Table, mix
from zhtext.polyphones import FIXED, LONGEST_WORD, within

WORD_CLASSES = "nvadrmqpcufyitsbjlzkheog"
# A word that the list lacks counts as seen this often.
RARE = 3
# Words of the frequency list that CC-CEDICT lacks are taken from this frequency on.
FREQUENT = 20
# A reading without an example is known all the same when so many dictionary words have it; it needs the word's hint.
ATTESTED = 3


def hash_words(words: Sequence[str]) -> tuple[Page, Ints, Ints]:
    """Return a page that holds all words, and where each begins and ends."""
    lengths = np.array([len(word) for word in words])
    starts = MARGIN + np.cumsum(lengths + 1) - lengths - 1
    return Page("\n".join(words)), starts, starts + lengths


def make_table(keys: Hashes, values: NDArray[Any]) -> Table:
    """Lay keys and values into a table at most 47 % full, moving keys to their other slot where both are taken.

    Raises ValueError in the rare case that this fails.
    """
    bits = math.ceil(math.log2(keys.size / 0.47))
    table = Table(np.zeros(1 << bits, np.uint16), np.zeros(1 << bits, values.dtype))
    first, second, stamps = table.slots(keys)
    slots = np.stack([first, second], axis=1).tolist()
    owners = [-1] * (1 << bits)
    for key in range(len(slots)):
        _settle(key, slots, owners)
    taken = np.array(owners)
    used = np.flatnonzero(taken >= 0)
    table.stamps[used], table.values[used] = stamps[taken[used]], values[taken[used]]
    return table


def _settle(key: int, slots: list[list[int]], owners: list[int]) -> None:
    """Put a key into one of its slots; who is driven out moves to the other of theirs."""
    slot = slots[key][0] if owners[slots[key][0]] < 0 else slots[key][1]
    for _ in range(500):
        owners[slot], key = key, owners[slot]
        if key < 0:
            return
        slot = slots[key][slots[key][0] == slot]
    raise ValueError("the table is too small for its keys")


def make_lexicon(words: Iterable[str], frequencies: dict[str, tuple[int, str]]) -> Table:
    """Make the table of words for segmentation: cost in eighths of a nat in the low byte, class in the high one."""
    chosen = sorted(
        {word for word in words if len(word) <= LONGEST_WORD}
        | {word for word, (count, _) in frequencies.items() if count >= FREQUENT and len(word) <= 4}
    )
    total = sum(count for count, _ in frequencies.values())
    page, starts, stops = hash_words(chosen)
    known = [frequencies.get(word, (RARE, "")) for word in chosen]
    costs = [min(249, max(1, round(8 * math.log(total / max(count, 1))))) for count, _ in known]
    values = [cost | (1 + WORD_CLASSES.find(kind or "?") << 8) for cost, (_, kind) in zip(costs, known, strict=True)]
    return make_table(mix(page.hashes(starts, stops)), np.array(values, np.uint16))


class Inventory:
    """The polyphones and their readings; each reading of each character has a row of its own.

    The readings that the examples show come first, the most frequent as the first, then those that a teacher taught,
    then those that only words attest.
    """

    def __init__(
        self,
        examples: Iterable[Example],
        attested: Counter[tuple[str, str]],
        taught: Iterable[tuple[str, str]] = (),
    ) -> None:
        shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text, offset, reading in examples:
            shown[text[offset]][reading] += 1
        for character, reading in taught:
            shown[character].setdefault(reading, 0)
        self.readings = {
            character: [reading for reading, _ in shown[character].most_common()] for character in sorted(shown)
        }
        self.shown = [len(readings) for readings in self.readings.values()]
        for (character, reading), count in sorted(attested.items()):
            if count >= ATTESTED and character in shown and reading not in shown[character]:
                self.readings[character].append(reading)
        self.index = {character: number for number, character in enumerate(self.readings)}
        self.counts = np.array([len(readings) for readings in self.readings.values()])
        self.first = np.concatenate(([0], np.cumsum(self.counts)))
        self.nth = np.concatenate([np.arange(count) for count in self.counts])
        self.attested_only = self.nth >= np.repeat(self.shown, self.counts)
        self.usual = np.concatenate(
            [
                [reading == self._usual(character) for reading in readings]
                for character, readings in self.readings.items()
            ]
        )

    def _usual(self, character: str) -> str:
        """Return the reading that pypinyin takes for the character by itself."""
        return digits(pinyin_dict[ord(character)].split(",")[0])


def count_attested(words: Iterable[Word], fixed: Iterable[Word]) -> Counter[tuple[str, str]]:
    """Count how many words of one certain reading attest each full-toned reading; a fixed word attests its own."""
    certain = [word for word in words if len(word.text) > 1 and len(word.readings) == 1]
    counts = Counter(pair for word in certain for pair in _pairs(word) if pair[1][-1] != "5")
    return counts + Counter({pair: ATTESTED for word in fixed for pair in _pairs(word)})


def _pairs(word: Word) -> Iterable[tuple[str, str]]:
    """Return each character of a word of one reading with its syllable."""
    (syllables,) = word.readings
    return zip(word.text, syllables, strict=True)


def fix(hints: dict[tuple[str, int], int], fixed: dict[str, Word], inventory: Inventory) -> dict[tuple[str, int], int]:
    """Return the hints with those of the fixed words made certain, also inside longer words."""
    longer = {text for text, _ in hints if any(word in text for word in fixed)} | set(fixed)
    certain: dict[tuple[str, int], int] = {}
    for word in fixed.values():
        (syllables,) = word.readings
        for offset, character in enumerate(word.text):
            if syllables[offset] in inventory.readings.get(character, []):
                number = 1 + inventory.readings[character].index(syllables[offset])
                certain |= {
                    (text, text.index(word.text) + offset): FIXED + number for text in longer if word.text in text
                }
    return hints | certain


def find_hints(sources: Sequence[dict[str, Word]], inventory: Inventory) -> dict[tuple[str, int], int]:
    """Return which reading (from 1) each polyphone has in each word: that of the first source that is certain of it.

    Where a source that holds the word is uncertain, the word gives no hint.
    """
    hints: dict[tuple[str, int], int] = {}
    for text in {text: None for source in sources for text in source if 1 < len(text) <= LONGEST_WORD}:
        word = next(source[text] for source in sources if text in source)
        for offset, character in enumerate(text):
            readings = {reading[offset] for reading in word.readings}
            known = inventory.readings.get(character, [])
            if len(readings) == 1 and readings <= set(known):
                hints[text, offset] = 1 + known.index(readings.pop())
    return hints


def make_phrases(hints: dict[tuple[str, int], int]) -> Table:
    """Make the table of hints: which reading a character has at an offset in a phrase."""
    page, starts, stops = hash_words([text for text, _ in hints])
    keys = within(page.hashes(starts, stops), np.array([offset for _, offset in hints]))
    return make_table(keys, np.array(list(hints.values()), np.uint8))
