"""Make ``zhtext/data/polyphones.npz`` from marked sentences, phrase tables and a word list.

Run ``python tools/train_polyphones.py --help``; ``zhtext/data/POLYPHONES.md`` says where the data come from and under
which licences. The features are those of :mod:`zhtext.polyphones` itself, so that training and reading cannot differ.
Besides what the service needs, this tool wants SciPy.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray
from pypinyin.contrib.tone_convert import to_tone, to_tone3
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from zhtext import polyphones
from zhtext.polyphones import GRAMS, KINDS, LONGEST_WORD, MARGIN, Floats, Hashes, Ints, Page, Table

HAN = re.compile("[\u3400-\u9fff]+")
CEDICT_LINE = re.compile(r"\S+ (\S+) \[([^\]]*)\] /(.*)/")
MARK = "\u2581"
WORD_CLASSES = "nvadrmqpcufyitsbjlzkheog"
# A word that the list lacks counts as seen this often.
RARE = 3
# Words of the frequency list that CC-CEDICT lacks are taken from this frequency on.
FREQUENT = 20
# A reading without an example is known all the same when so many dictionary words have it; it needs the word's hint.
ATTESTED = 3
ROUNDS = 100
DECAY = 0.25
# How freely the weights of a kind may grow: what the word says more than what the n-grams around say.
SHARED_FREEDOM = 2.0
HINT_FREEDOM = 3.0
GRAM_FREEDOM = {1: 0.35, 2: 0.35, 3: 0.28, 4: 0.21}
# In the order of polyphones.context: the word; its neighbours, alone and with it; its shape; classes; words further on.
WORD_FREEDOM = [3.0, 0.5, 0.5, 0.9, 0.9, 0.5, *[0.65] * 6, *[0.5] * 4]
# Weights below this change no decision that is not a coin's toss.
LEAST_WEIGHT = 0.03
# What a reviewed example counts.
REVIEWED_WEIGHT = 3.0
FREEDOM = np.array([GRAM_FREEDOM[size] for size, _ in GRAMS] + WORD_FREEDOM)


class Example(NamedTuple):
    """A sentence, the offset of one polyphone in it, and its reading with a tone digit: zhong4, lv4, de5."""

    text: str
    offset: int
    reading: str


class Word(NamedTuple):
    """A dictionary word and its possible readings."""

    text: str
    readings: frozenset[tuple[str, ...]]


def digits(reading: str) -> str:
    """Write a syllable with a tone digit, ü as v, 5 for the neutral tone: lǜ → lv4, lu:4 → lv4, de → de5."""
    plain = to_tone3(reading.lower().replace("u:", "v"), v_to_u=False, neutral_tone_with_five=True)
    return plain if plain[-1:].isdigit() else plain + "5"


def marks(reading: str) -> str:
    """Write a syllable with a tone mark: lv4 → lǜ, de5 → de."""
    return to_tone(reading.replace("v", "ü")) if reading[-1] != "5" else reading[:-1].replace("v", "ü")


def read_examples(stem: Path) -> list[Example]:
    """Read ``stem.sent`` and ``stem.lb``: a sentence a line with the polyphone between two U+2581, and its reading."""
    sentences = stem.with_suffix(".sent").read_text(encoding="utf8").split("\n")
    labels = stem.with_suffix(".lb").read_text(encoding="utf8").split()
    return [
        Example(sentence.replace(MARK, ""), sentence.index(MARK), digits(label))
        for sentence, label in zip(sentences, labels)
    ]


class Reviewed(NamedTuple):
    """What ``polyphones_reviewed.txt`` says: examples, words that are always read so, and what is no word."""

    examples: list[Example]
    fixed: dict[str, Word]
    borders: frozenset[str]


def read_reviewed(path: Path) -> Reviewed:
    """Read the reviewed list; its head explains the lines."""
    lines = path.read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    marked = [(text, digits(reading)) for text, reading in rows if "[" in text]
    return Reviewed(
        [Example(text.replace("[", "").replace("]", ""), text.index("["), reading) for text, reading in marked],
        {
            text: Word(text, frozenset({tuple(map(digits, reading.split()))}))
            for text, reading in rows
            if text != "-" and "[" not in text
        },
        frozenset(word for mark, word in rows if mark == "-"),
    )


def read_cedict(path: Path) -> dict[str, Word]:
    """Read the simplified headwords of CC-CEDICT that are all Han, with all their readings but those of names."""
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in path.read_text(encoding="utf8").splitlines():
        match = CEDICT_LINE.match(line)
        if match and HAN.fullmatch(match[1]) and len(match[2].split()) == len(match[1]):
            found[match[1]].add(tuple(digits(syllable) for syllable in match[2].split()))
    return {text: Word(text, frozenset(readings)) for text, readings in found.items()}


def read_phrases() -> dict[str, Word]:
    """Return pypinyin's phrases, each with the reading that pypinyin gives first."""
    return {
        text: Word(text, frozenset({tuple(digits(syllables[0]) for syllables in readings)}))
        for text, readings in phrases_dict.items()
        if HAN.fullmatch(text) and len(text) == len(readings)
    }


def read_frequencies(path: Path) -> dict[str, tuple[int, str]]:
    """Read a list of words in jieba's format: word, frequency, word class."""
    rows = (line.split(" ") for line in path.read_text(encoding="utf8").splitlines())
    return {word: (int(frequency), kind[:1]) for word, frequency, kind in rows if HAN.fullmatch(word)}


def hash_words(words: Sequence[str]) -> tuple[Page, Ints, Ints]:
    """Return a page that holds all words, and where each begins and ends."""
    lengths = np.array([len(word) for word in words])
    starts = MARGIN + np.cumsum(lengths + 1) - lengths - 1
    return Page("\n".join(words)), starts, starts + lengths


def make_table(keys: Hashes, values: NDArray[np.generic]) -> Table:
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
    values = [cost | (1 + WORD_CLASSES.find(kind or "?") << 8) for cost, (_, kind) in zip(costs, known)]
    return make_table(polyphones.mix(page.hashes(starts, stops)), np.array(values, np.uint16))


class Inventory:
    """The polyphones and their readings; each reading of each character has a row of its own.

    The readings that the examples show come first, the most frequent as the first, then those that only words attest.
    """

    def __init__(self, examples: Iterable[Example], attested: Counter[tuple[str, str]]) -> None:
        shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text, offset, reading in examples:
            shown[text[offset]][reading] += 1
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


def count_attested(words: Iterable[Word]) -> Counter[tuple[str, str]]:
    """Count how many words of one certain reading attest each full-toned reading of each character."""
    return Counter(
        pair
        for word in words
        if len(word.text) > 1 and len(word.readings) == 1
        for readings in word.readings
        for pair in zip(word.text, readings)
        if pair[1][-1] != "5"
    )


def fix(hints: dict[tuple[str, int], int], fixed: dict[str, Word], inventory: Inventory) -> dict[tuple[str, int], int]:
    """Return the hints with those of the fixed words made certain, also inside longer words."""
    longer = {text for text, _ in hints if any(word in text for word in fixed)} | set(fixed)
    certain = {}
    for word in fixed.values():
        (syllables,) = word.readings
        for offset, character in enumerate(word.text):
            if syllables[offset] in inventory.readings.get(character, []):
                number = 1 + inventory.readings[character].index(syllables[offset])
                certain |= {
                    (text, text.index(word.text) + offset): polyphones.FIXED + number
                    for text in longer
                    if word.text in text
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
    keys = polyphones.within(page.hashes(starts, stops), np.array([offset for _, offset in hints]))
    return make_table(keys, np.array(list(hints.values()), np.uint8))


class Observations(NamedTuple):
    """What the model sees of each example, as arrays of one length: character, contexts and the two hints."""

    characters: Ints
    contexts: Hashes
    by_word: Ints
    by_phrase: Ints


def observe(examples: Sequence[Example], inventory: Inventory, lexicon: Table, phrases: Table) -> Observations:
    """Compute the features of the examples with the very functions that read a page."""
    parts = []
    for start in range(0, len(examples), 2000):
        batch = examples[start : start + 2000]
        page = Page("\n".join(example.text for example in batch))
        begins = np.cumsum([0] + [len(example.text) + 1 for example in batch])[:-1]
        offsets = begins + np.array([example.offset for example in batch])
        at = np.searchsorted(page.origin, offsets) + MARGIN
        words = polyphones.segment(page, lexicon)
        which = np.array([inventory.index[example.text[example.offset]] for example in batch])
        by_word, by_phrase = polyphones.hints(page, words, at, phrases)
        parts.append((which, polyphones.context(page, words, at), by_word % polyphones.FIXED, by_phrase))
    return Observations(*(np.concatenate(column) for column in zip(*parts)))


class Choices(NamedTuple):
    """One line per possible reading of each example: whose, its row in the inventory, and its two hints."""

    of: Ints
    rows: Ints
    by_word: Ints
    by_phrase: Ints


def list_choices(seen: Observations, inventory: Inventory) -> Choices:
    """List the readings among which each example decides; one that only words attest wants its word."""
    counts = inventory.counts[seen.characters]
    of = np.repeat(np.arange(counts.size), counts)
    rows = inventory.first[seen.characters[of]] + np.arange(of.size) - np.repeat(np.cumsum(counts) - counts, counts)
    choices = Choices(of, rows, seen.by_word[of], seen.by_phrase[of])
    allowed = is_allowed(choices, inventory)
    return Choices(*(column[allowed] for column in choices))


def is_allowed(choices: Choices, inventory: Inventory) -> NDArray[np.bool_]:
    """Tell which choices there are: all that examples show, and the others where the word itself says so."""
    return ~inventory.attested_only[choices.rows] | (choices.by_word == inventory.nth[choices.rows] + 1)


def prior_features(choices: Choices, inventory: Inventory) -> scipy.sparse.csr_array:
    """Return the features that need no context: a reading's own bias, the hints, and what all characters share."""
    nth, rows = inventory.nth[choices.rows], choices.rows
    by_word, by_phrase = choices.by_word == nth + 1, choices.by_phrase == nth + 1
    usual, hinted = inventory.usual[rows], choices.by_phrase > 0
    shared = np.stack([by_word, by_phrase, by_word & by_phrase, usual & hinted, usual & ~hinted], axis=1)
    rest, width, total = nth > 0, int(inventory.counts.max()) + 1, inventory.nth.size
    own = [
        (rest, rows),
        (rest & (choices.by_word > 0), total + rows * width + choices.by_word),
        (rest & (choices.by_phrase > 0), total * (1 + width) + rows * width + choices.by_phrase),
    ]
    lines = np.concatenate([np.flatnonzero(mask) for mask, _ in own])
    columns = np.concatenate([column[mask] for mask, column in own])
    matrix = scipy.sparse.coo_array((np.full(lines.size, HINT_FREEDOM), (lines, columns)), shape=(rows.size, total * (1 + 2 * width)))
    return scipy.sparse.hstack([scipy.sparse.coo_array(shared * SHARED_FREEDOM), matrix], format="csr")


def context_features(
    seen: Observations, choices: Choices, inventory: Inventory
) -> tuple[Hashes, scipy.sparse.csr_array]:
    """Return the keys of all contexts of all readings but each character's first, and which line has which."""
    lines = np.flatnonzero(inventory.nth[choices.rows] > 0)
    pairs = polyphones.pairs(seen.contexts[choices.of[lines]], choices.rows[lines])
    keys, columns = np.unique(pairs.ravel(), return_inverse=True)
    values = np.tile(FREEDOM, lines.size)
    shape = (choices.rows.size, keys.size)
    return keys, scipy.sparse.coo_array((values, (np.repeat(lines, KINDS), columns)), shape=shape).tocsr()


def fit(features: scipy.sparse.csr_array, of: Ints, right: NDArray[np.bool_], weights: Floats) -> Floats:
    """Fit one conditional logistic regression to all examples at once, and return a weight per feature.

    ``of`` says to which example each line belongs, ``right`` which line is its reading, ``weights`` what it counts.
    """
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    transposed = features.T.tocsr()
    counts = weights[of]
    wanted = transposed @ (right * counts)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scores = features @ parameters
        scores -= np.maximum.reduceat(scores, starts)[of]
        odds = np.exp(scores)
        totals = np.add.reduceat(odds, starts)[of]
        missed = -(counts * (scores - np.log(totals)))[right].sum()
        slope = transposed @ (counts * odds / totals) - wanted + DECAY * parameters
        return float(missed + DECAY / 2 * parameters @ parameters), slope

    options = {"maxiter": ROUNDS, "maxcor": 10}
    found = scipy.optimize.minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x)


def tabulate_priors(weights: Floats, inventory: Inventory) -> NDArray[np.float16]:
    """Return what each reading scores before its context is seen: one entry per row, word's hint, phrase's hint."""
    width = int(inventory.counts.max()) + 1
    rows, by_word, by_phrase = (axis.ravel() for axis in np.indices((inventory.nth.size, width, width)))
    choices = Choices(np.zeros_like(rows), rows, by_word, by_phrase)
    scores = prior_features(choices, inventory) @ weights
    scores[~is_allowed(choices, inventory)] = -1000
    return scores.reshape(-1, width, width).astype(np.float16)


def train(
    marked: Sequence[Example],
    reviewed: Reviewed,
    sources: Sequence[dict[str, Word]],
    frequencies: dict[str, tuple[int, str]],
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the model file."""
    examples = [*marked, *reviewed.examples]
    weights = np.repeat([1.0, REVIEWED_WEIGHT], [len(marked), len(examples) - len(marked)])
    words = [word for source in sources for word in source.values()]
    always = Counter(
        {
            pair: ATTESTED
            for word in reviewed.fixed.values()
            for readings in word.readings
            for pair in zip(word.text, readings)
        }
    )
    inventory = Inventory(examples, count_attested(words) + always)
    lexicon = make_lexicon(
        {word.text for word in words} - reviewed.borders,
        {word: row for word, row in frequencies.items() if word not in reviewed.borders},
    )
    phrases = make_phrases(fix(find_hints(sources, inventory), reviewed.fixed, inventory))
    seen = observe(examples, inventory, lexicon, phrases)
    choices = list_choices(seen, inventory)
    before = prior_features(choices, inventory)
    keys, after = context_features(seen, choices, inventory)
    readings = [inventory.readings[text[offset]].index(reading) for text, offset, reading in examples]
    right = inventory.nth[choices.rows] == np.array(readings)[choices.of]
    found = fit(scipy.sparse.hstack([before, after], format="csr"), choices.of, right, weights)
    priors, kept = tabulate_priors(found[: before.shape[1]], inventory), found[before.shape[1] :]
    return pack(
        inventory,
        {"lexicon": lexicon, "phrases": phrases},
        priors,
        keys,
        kept * _freedom(seen, choices, inventory, keys),
    )


def _freedom(seen: Observations, choices: Choices, inventory: Inventory, keys: Hashes) -> Floats:
    """Return the value with which each context went into the fit."""
    lines = np.flatnonzero(inventory.nth[choices.rows] > 0)
    pairs = polyphones.pairs(seen.contexts[choices.of[lines]], choices.rows[lines])
    values = np.zeros(keys.size)
    values[np.searchsorted(keys, pairs)] = FREEDOM
    return values


def pack(
    inventory: Inventory, tables: dict[str, Table], priors: NDArray[np.float16], keys: Hashes, weights: Floats
) -> dict[str, NDArray[np.generic]]:
    """Return the model as named arrays, the weights in 8 bits."""
    scale = float(np.quantile(np.abs(weights), 0.9999)) / 127
    kept = np.flatnonzero(np.abs(weights) >= LEAST_WEIGHT)
    rounded = np.clip(np.round(weights[kept] / scale), -127, 127).astype(np.int8)
    tables = {**tables, "weights": make_table(keys[kept], rounded)}
    arrays: dict[str, NDArray[np.generic]] = {
        "characters": np.array([ord(character) for character in inventory.readings], np.uint32),
        "counts": inventory.counts.astype(np.uint8),
        "readings": np.array([marks(reading) for readings in inventory.readings.values() for reading in readings]),
        "priors": priors,
        "scale": np.array(scale, np.float32),
    }
    for name, table in tables.items():
        arrays |= {f"{name}_stamps": table.stamps, f"{name}_values": table.values}
    return arrays


def main() -> None:
    """Read the command line, train, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", nargs="+", type=Path, help="marked sentences: STEM for STEM.sent and STEM.lb")
    parser.add_argument("--cedict", required=True, type=Path, help="CC-CEDICT as cedict_ts.u8")
    parser.add_argument(
        "--frequencies", required=True, type=Path, help="words, frequencies and classes: jieba's dict.txt"
    )
    parser.add_argument("--reviewed", type=Path, default=Path(__file__).with_name("polyphones_reviewed.txt"))
    parser.add_argument("--output", type=Path, default=polyphones.DATA)
    options = parser.parse_args()
    examples = [example for stem in options.examples for example in read_examples(stem)]
    sources = [read_cedict(options.cedict), read_phrases()]
    arrays = train(examples, read_reviewed(options.reviewed), sources, read_frequencies(options.frequencies))
    np.savez_compressed(options.output, **arrays)
    print(f"{options.output}: {options.output.stat().st_size} bytes from {len(examples)} examples")


if __name__ == "__main__":
    main()
