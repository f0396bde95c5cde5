"""Make ``zhtext/data/polyphones.npz`` from marked sentences, phrase tables and a word list.

Run ``python -m tools.train_polyphones --help`` in the project's root; ``zhtext/data/POLYPHONES.md`` says where the data
come from and under which licences. The features are those of :mod:`zhtext.polyphones` itself, so that training and
reading cannot differ. Besides what the service needs, this tool wants SciPy.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray

from tools import polyphone_lessons as lessons_of
from tools.polyphone_lessons import Lesson
from tools.polyphone_sources import (
    Example,
    Reviewed,
    Word,
    marks,
    read_cedict,
    read_examples,
    read_frequencies,
    read_phrase_examples,
    read_phrases,
    read_reviewed,
)
from tools.polyphone_tables import (
    Inventory,
    count_attested,
    find_hints,
    fix,
    make_lexicon,
    make_phrases,
    make_table,
)
from tools.polyphone_teacher import Teacher
from zhtext import polyphones
from zhtext.hashed import MARGIN, Bools, Floats, Hashes, Ints, Page, Table
from zhtext.polyphones import GRAMS, KINDS

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
# A context that only guesses and words show is kept when so many of them do.
LEAST_GUESSES = 3
# A lesson counts only if the readings that are known have at least such odds.
LEAST_ODDS = 0.3
# The columns of polyphones.context that are known of a word by itself: the word, the shape, its class.
KNOWN_ALONE = [len(GRAMS) + column for column in (0, 5, 11)]
FREEDOM = np.array([GRAM_FREEDOM[size] for size, _ in GRAMS] + WORD_FREEDOM)


class Observations(NamedTuple):
    """What the model sees of each example, as arrays of one length: character, contexts and the two hints."""

    characters: Ints
    contexts: Hashes
    by_word: Ints
    by_phrase: Ints


def observe(lessons: Sequence[Lesson], inventory: Inventory, lexicon: Table, phrases: Table) -> Observations:
    """Compute the features of the lessons with the very functions that read a page; a word alone has no hints."""
    parts = []
    for start in range(0, len(lessons), 2000):
        batch = lessons[start : start + 2000]
        page = Page("\n".join(lesson.text for lesson in batch))
        begins = np.cumsum([0] + [len(lesson.text) + 1 for lesson in batch])[:-1]
        offsets = begins + np.array([lesson.offset for lesson in batch])
        at = np.searchsorted(page.origin, offsets) + MARGIN
        words = polyphones.segment(page, lexicon)
        which = np.array([inventory.index[lesson.text[lesson.offset]] for lesson in batch])
        by_word, by_phrase = polyphones.hints(page, words, at, phrases)
        among = np.array([not lesson.alone for lesson in batch])
        parts.append(
            (which, polyphones.context(page, words, at), by_word % polyphones.FIXED * among, by_phrase * among)
        )
    return Observations(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def known_contexts(lessons: Sequence[Lesson]) -> Bools:
    """Tell which kinds of context each lesson shows: of a word alone, only what lies within it."""
    alone = np.array([lesson.alone for lesson in lessons])
    offsets = np.array([lesson.offset for lesson in lessons])
    rests = np.array([len(lesson.text) for lesson in lessons]) - offsets
    within = [(offsets + start >= 0) & (start + size <= rests) for size, start in GRAMS]
    known: Bools = np.zeros((len(lessons), KINDS), dtype=np.bool_)
    known[:, : len(GRAMS)] = np.stack(within, axis=1)
    known[:, KNOWN_ALONE] = True
    known[~alone] = True
    return known


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


def is_allowed(choices: Choices, inventory: Inventory) -> Bools:
    """Tell which choices there are: all that examples show, and the others where the word itself says so."""
    allowed: Bools = ~inventory.attested_only[choices.rows] | (choices.by_word == inventory.nth[choices.rows] + 1)
    return allowed


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
    matrix = scipy.sparse.coo_array(
        (np.full(lines.size, HINT_FREEDOM), (lines, columns)), shape=(rows.size, total * (1 + 2 * width))
    )
    return scipy.sparse.hstack([scipy.sparse.coo_array(shared * SHARED_FREEDOM), matrix], format="csr")


def context_features(
    seen: Observations, choices: Choices, inventory: Inventory, known: Bools, guessed: Bools
) -> tuple[Hashes, scipy.sparse.csr_array]:
    """Return the keys of all contexts of all readings but each character's first, and which line has which."""
    lines = np.flatnonzero(inventory.nth[choices.rows] > 0)
    of = choices.of[lines]
    shown = known[of]
    pairs = polyphones.pairs(seen.contexts[of], choices.rows[lines])[shown]
    keys, columns = np.unique(pairs, return_inverse=True)
    evidence = np.where(guessed[of][:, None], 1, LEAST_GUESSES)
    enough = np.bincount(columns, np.broadcast_to(evidence, shown.shape)[shown]) >= LEAST_GUESSES
    kept = enough[columns]
    values = np.broadcast_to(FREEDOM.astype(np.float32), shown.shape)[shown][kept]
    rows = np.repeat(lines, shown.sum(axis=1))[kept]
    shape = (choices.rows.size, int(enough.sum()))
    matrix = scipy.sparse.coo_array((values, (rows, (np.cumsum(enough) - 1)[columns[kept]])), shape=shape)
    return keys[enough], matrix.tocsr()


def find_targets(lessons: Sequence[Lesson], choices: Choices, inventory: Inventory) -> tuple[Floats, Floats]:
    """Return the odds of each line, together 1, and what each lesson counts; nothing if its readings are unknown."""
    names = np.array([reading for readings in inventory.readings.values() for reading in readings])
    pairs = zip(choices.of.tolist(), names[choices.rows].tolist(), strict=True)
    odds = np.array([lessons[number].odds.get(reading, 0.0) for number, reading in pairs])
    totals = np.bincount(choices.of, odds, minlength=len(lessons))
    weights = np.array([lesson.weight for lesson in lessons]) * (totals >= LEAST_ODDS)
    return odds / np.maximum(totals, LEAST_ODDS)[choices.of], weights


def fit(features: scipy.sparse.csr_array, of: Ints, targets: Floats, weights: Floats) -> Floats:
    """Fit one conditional logistic regression to all lessons at once, and return a weight per feature.

    ``of`` says to which lesson each line belongs, ``targets`` the odds of its reading, ``weights`` what it counts.
    """
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    features = features.astype(np.float32)
    transposed = features.T.tocsr()
    counts = weights[of]
    wanted = transposed @ (targets * counts).astype(np.float32)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scores = (features @ parameters.astype(np.float32)).astype(np.float64)
        scores -= np.maximum.reduceat(scores, starts)[of]
        odds = np.exp(scores)
        totals = np.add.reduceat(odds, starts)[of]
        missed = -(counts * targets * (scores - np.log(totals))).sum()
        slope = transposed @ (counts * odds / totals).astype(np.float32) - wanted + DECAY * parameters
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
    priors: NDArray[np.float16] = scores.reshape(-1, width, width).astype(np.float16)
    return priors


def train(
    marked: Sequence[Example],
    reviewed: Reviewed,
    phrases: Sequence[Example],
    sources: Sequence[dict[str, Word]],
    frequencies: dict[str, tuple[int, str]],
) -> dict[str, Any]:
    """Return the arrays of the model file. The phrases teach of the characters and readings that sentences show."""
    extra = lessons_of.teach(Teacher(), marked, reviewed, sources, frequencies)
    shown = {text[offset] for text, offset, _ in [*marked, *reviewed.examples]}
    taught = [phrase for phrase in phrases if phrase.text[phrase.offset] in shown]
    lessons = lessons_of.from_marked(marked, [*reviewed.examples, *taught]) + extra
    words = [word for source in sources for word in source.values()]
    attested = count_attested(words, reviewed.fixed.values())
    guesses = [lesson for lesson in extra if lesson.guessed]
    inventory = Inventory([*marked, *reviewed.examples], attested, lessons_of.taught(guesses))
    lexicon = make_lexicon(
        {word.text for word in words} - reviewed.borders,
        {word: row for word, row in frequencies.items() if word not in reviewed.borders},
    )
    hints = make_phrases(fix(find_hints(sources, inventory), reviewed.fixed, inventory))
    priors, keys, weights = learn(lessons, inventory, lexicon, hints)
    return pack(inventory, {"lexicon": lexicon, "phrases": hints}, priors, keys, weights)


def learn(
    lessons: Sequence[Lesson], inventory: Inventory, lexicon: Table, phrases: Table
) -> tuple[NDArray[np.float16], Hashes, Floats]:
    """Return what readings score before their context is seen, and the keys and the weights of contexts."""
    seen = observe(lessons, inventory, lexicon, phrases)
    choices = list_choices(seen, inventory)
    before = prior_features(choices, inventory)
    guessed = np.array([lesson.guessed or lesson.alone for lesson in lessons])
    keys, after = context_features(seen, choices, inventory, known_contexts(lessons), guessed)
    targets, weights = find_targets(lessons, choices, inventory)
    found = fit(scipy.sparse.hstack([before, after], format="csr"), choices.of, targets, weights)
    priors, kept = tabulate_priors(found[: before.shape[1]], inventory), found[before.shape[1] :]
    return priors, keys, kept * after.max(axis=0).toarray().ravel()


def pack(
    inventory: Inventory, tables: dict[str, Table], priors: NDArray[np.float16], keys: Hashes, weights: Floats
) -> dict[str, Any]:
    """Return the model as named arrays, the weights in 8 bits."""
    scale = float(np.quantile(np.abs(weights), 0.9999)) / 127
    kept = np.flatnonzero(np.abs(weights) >= LEAST_WEIGHT)
    rounded = np.clip(np.round(weights[kept] / scale), -127, 127).astype(np.int8)
    tables = {**tables, "weights": make_table(keys[kept], rounded)}
    arrays: dict[str, Any] = {
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
    parser.add_argument("--phrases", type=Path, default=Path(__file__).with_name("polyphone_phrases.txt"))
    parser.add_argument("--output", type=Path, default=polyphones.DATA)
    options = parser.parse_args()
    examples = [example for stem in options.examples for example in read_examples(stem)]
    sources = [read_cedict(options.cedict), read_phrases()]
    reviewed, phrases = read_reviewed(options.reviewed), read_phrase_examples(options.phrases)
    arrays = train(examples, reviewed, phrases, sources, read_frequencies(options.frequencies))
    np.savez_compressed(options.output, **arrays)
    print(f"{options.output}: {options.output.stat().st_size} bytes from {len(examples)} examples")


if __name__ == "__main__":
    main()
