"""Ask g2pM, a network trained on sentences that are not at hand, how it reads polyphones.

Its answers are odds, and serve as examples where marked sentences are few: ``pip install g2pM``, Apache-2.0.
"""

import importlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.polyphone_sources import digits

Floats = NDArray[np.float32]
Place = tuple[str, int]
Odds = dict[str, float]
BEGIN, END, UNKNOWN = "시", "끝", "<UNK>"
# Texts of one length are read together, this many at once.
TOGETHER = 400
# A word is shown in each of these, so that its reading does not depend on one neighbour.
FRAMES = ("“{}”", "他的{}，", "在{}中，", "，{}的", "是{}。")


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)))


class Teacher:
    """The network: a bidirectional LSTM over characters, then two layers, here for many texts at once."""

    def __init__(self) -> None:
        package = importlib.import_module("g2pM").G2pM()
        self.index: dict[str, int] = package.char2idx
        self.names = [digits(package.idx2class[number]) for number in range(len(package.idx2class))]
        numbers = {name: number for number, name in package.idx2class.items()}
        self.readings = {
            character: [numbers[reading] for reading in dict.fromkeys(readings) if reading in numbers]
            for character, readings in package.cedict.items()
            if len(readings) > 1
        }
        self.package: Any = package

    def ask(self, places: Sequence[Place]) -> dict[Place, Odds]:
        """Return the odds of each reading at each place, a text and an offset; no answer for other characters."""
        wanted: defaultdict[str, list[int]] = defaultdict(list)
        for text, offset in places:
            if self.readings.get(text[offset]):
                wanted[text].append(offset)
        answers: dict[Place, Odds] = {}
        for texts in _batches(sorted(wanted, key=lambda text: (len(text), text))):
            asked = [(row, offset) for row, text in enumerate(texts) for offset in wanted[text]]
            for (row, offset), scores in zip(asked, self._scores(texts, np.array(asked)), strict=True):
                answers[texts[row], offset] = self._odds(texts[row][offset], scores)
        return answers

    def ask_words(self, places: Sequence[Place]) -> dict[Place, Odds]:
        """Return the odds at each place in words, the mean over all frames."""
        totals: dict[Place, Odds] = {}
        for frame in FRAMES:
            before = frame.index("{")
            framed = {(frame.format(text), before + offset): (text, offset) for text, offset in places}
            for place, odds in self.ask(list(framed)).items():
                total = totals.setdefault(framed[place], dict.fromkeys(odds, 0.0))
                for reading, share in odds.items():
                    total[reading] += share / len(FRAMES)
        return totals

    def _odds(self, character: str, scores: Floats) -> Odds:
        numbers = self.readings[character]
        shares = np.exp(scores[numbers] - scores[numbers].max())
        return dict(zip((self.names[number] for number in numbers), (shares / shares.sum()).tolist(), strict=True))

    def _scores(self, texts: Sequence[str], asked: NDArray[Any]) -> Floats:
        """Return the scores of all readings at the places asked for: rows and offsets in texts of one length."""
        codes = [[self.index.get(character, self.index[UNKNOWN]) for character in text] for text in texts]
        padded = np.pad(np.array(codes), ((0, 0), (1, 1)), constant_values=self.index[BEGIN])
        padded[:, -1] = self.index[END]
        inputs = self.package.embeddings[padded].astype(np.float32)
        states = np.concatenate([self._run(inputs, ""), self._run(inputs[:, ::-1], "_reverse")[:, ::-1]], axis=2)
        hidden = states[asked[:, 0], asked[:, 1] + 1] @ self.package.hidden_weight_l0.T + self.package.hidden_bias_l0
        return np.asarray(np.maximum(hidden, 0) @ self.package.hidden_weight_l1.T + self.package.hidden_bias_l1)

    def _run(self, inputs: Floats, way: str) -> Floats:
        """Run the LSTM of one direction over all texts, a step a character."""
        into, again, bias_in, bias_again = (
            getattr(self.package, name + way).astype(np.float32)
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        width = again.shape[1]
        fed = inputs @ into.T + (bias_in + bias_again)
        states = np.zeros((inputs.shape[0], inputs.shape[1] + 1, width), np.float32)
        cell = np.zeros((inputs.shape[0], width), np.float32)
        for step in range(inputs.shape[1]):
            gates = fed[:, step] + states[:, step - 1] @ again.T
            enter, forget, fresh, leave = np.split(gates, 4, axis=1)
            cell = _sigmoid(forget) * cell + _sigmoid(enter) * np.tanh(fresh)
            states[:, step] = _sigmoid(leave) * np.tanh(cell)
        return states[:, :-1]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Return texts, sorted by length, in batches of one length each."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == TOGETHER or len(text) != len(batch[0])):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch
