"""Give a second opinion on polyphones where the model is unsure: a small network reads the letters around them.

The network is that of g2pM, a bidirectional LSTM over characters; ``data/POLYPHONES.md`` tells more. It was taught by
sentences that the model has not seen, but writes no neutral tones, and for the characters that the model knows best it
follows other conventions: so it is asked about the others only. All places of a page are asked about at one stroke.
"""

from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhtext.hashed import BREAK, Bools, Codes, Ints, Page

DATA = Path(__file__).with_name("data") / "opinion.npz"

# The network looks at so many characters on either side.
REACH = 8
# So many places are read together: products of larger matrices would be shared out to threads, and wait for them.
TOGETHER = 64
# What keeps an input from entering the network's memory.
SHUT = -60

Floats = NDArray[np.float32]


class Opinion:
    """The network: what it takes in of each character, hands on from one to the next, and makes of it in the end."""

    def __init__(self, path: Path = DATA) -> None:
        with np.load(path) as data:
            arrays = {name: data[name] for name in data.files}
        self.asked: Codes = arrays["asked"]
        self.readings: list[str] = arrays["readings"].tolist()
        # In order; behind them come the inputs for any other character, for the begin and for the end of the text.
        self.letters: Codes = arrays["letters"]
        self._weights: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if array.dtype == np.float16
        }

    @cached_property
    def _inputs(self) -> Floats:
        """What each input adds to the gates, one table for the way forth and one for the way back.

        The last input is none: it leaves the memory empty.
        """
        weights = self._weights
        inputs: Floats = weights["embedding"] @ weights["into"] + weights["bias"][:, None]
        nothing = np.zeros_like(inputs[:, :1])
        nothing[..., : nothing.shape[-1] // 4] = SHUT
        return np.concatenate([inputs, nothing], axis=1)

    def score(self, page: Page, at: Ints, readings: Ints) -> Floats:
        """Score the readings (numbers, a row a position) at each position; those of one character can be compared."""
        slices = [slice(start, start + TOGETHER) for start in range(0, at.size, TOGETHER)]
        return np.concatenate([self._score(page, at[part], readings[part]) for part in slices])

    def _score(self, page: Page, at: Ints, readings: Ints) -> Floats:
        steps = np.arange(REACH, -1, -1)
        places = np.stack([at[:, None] - steps, at[:, None] + steps])
        weights, memory = self._weights, self._run(self._look(page, places))
        hidden = np.maximum(memory @ weights["hidden"] + weights["hidden_bias"], 0)
        scores: Floats = np.einsum("nh,nrh->nr", hidden, weights["out"][readings]) + weights["out_bias"][readings]
        return scores

    def _look(self, page: Page, places: Ints) -> Ints:
        """Return the input at each place: both ways lead to a position from the edge of its line, or from far off."""
        found = np.searchsorted(self.letters, page.letters[places]).clip(max=self.letters.size - 1)
        inputs = np.where(self.letters[found] == page.letters[places], found, self.letters.size)
        beyond: Bools = np.logical_or.accumulate((page.codes[places] == BREAK)[..., ::-1], axis=-1)[..., ::-1]
        inputs[beyond] = self.letters.size + 3
        edge = beyond & ~np.roll(beyond, -1, axis=-1)
        return np.where(edge, self.letters.size + np.array([1, 2])[:, None, None], inputs)

    def _run(self, inputs: Ints) -> Floats:
        """Walk both ways at once, and return what is remembered at their ends, side by side."""
        again = self._weights["again"]
        size = again.shape[1]
        cell = np.zeros((*inputs.shape[:2], size), np.float32)
        state = cell.copy()
        for entering in self._inputs[[[0], [1]], inputs.transpose(2, 0, 1)]:
            gates = np.add(entering, state @ again, out=entering)
            # All gates are tanh here: the weights of those that are sigmoid are halved, σ(x) = (tanh(x/2) + 1) / 2.
            np.tanh(gates, out=gates)
            sigmoid = gates[..., : 3 * size]
            sigmoid += 1
            sigmoid *= 0.5
            cell *= gates[..., size : 2 * size]
            cell += gates[..., :size] * gates[..., 3 * size :]
            state = gates[..., 2 * size : 3 * size] * np.tanh(cell)
        return np.concatenate(list(state), axis=1)


@lru_cache(maxsize=1)
def load() -> Opinion:
    """Return the network that ships, read from its file once per process."""
    return Opinion()
