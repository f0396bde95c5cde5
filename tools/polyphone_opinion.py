"""Make ``zhtext/data/opinion.npz``: the network of g2pM, in 16 bits, as far as the polyphone model asks it.

python -m tools.polyphone_opinion G2PL/train

It is asked about the characters that the model reads, that have no neutral tone, which the network does not write, and
that the named set of marked sentences does not show.
Besides what the service needs, this tool wants g2pM.
"""

import argparse
import importlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.polyphone_sources import digits, marks, read_examples
from zhtext import opinion, polyphones

UNKNOWN, BEGIN, END = "<UNK>", "시", "끝"
WAYS = ("", "_reverse")


def _gates(weights: NDArray[Any]) -> NDArray[Any]:
    """Put the gates in the order enter, forget, leave, memory; halve what goes into the first three."""
    enter, forget, memory, leave = np.split(weights, 4)
    return np.concatenate([enter / 2, forget / 2, leave / 2, memory])


def _network(package: Any) -> dict[str, NDArray[Any]]:
    """Return what both ways take in of a letter and hand on."""
    into, again, bias_in, bias_again = (
        np.stack([_gates(getattr(package, name + way)) for way in WAYS])
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    return {"into": into.swapaxes(1, 2), "again": again.swapaxes(1, 2), "bias": bias_in + bias_again}


def choose(known: set[str]) -> tuple[set[str], set[str]]:
    """Return the characters that the network is asked about, and the readings that the model knows."""
    with np.load(polyphones.DATA) as model:
        characters, counts, readings = (model[name].tolist() for name in ("characters", "counts", "readings"))
    of = np.repeat(list(map(chr, characters)), counts).tolist()
    neutral = {character for character, reading in zip(of, readings, strict=True) if reading.isascii()}
    return set(of) - known - neutral, set(readings)


def collect(package: Any, asked: set[str], known: set[str]) -> dict[str, Any]:
    """Return the arrays of the file: who is asked about, what letters are seen, which known readings are scored."""
    letters = sorted(letter for letter in package.char2idx if len(letter) == 1 and letter not in (BEGIN, END))
    rows = [package.char2idx[letter] for letter in (*letters, UNKNOWN, BEGIN, END)]
    names = {marks(digits(name)): number for number, name in package.idx2class.items()}
    readings = {name: number for name, number in names.items() if name in known}
    out = list(readings.values())
    weights = {
        **_network(package),
        "embedding": package.embeddings[rows],
        "hidden": package.hidden_weight_l0.T,
        "hidden_bias": package.hidden_bias_l0,
        "out": package.hidden_weight_l1[out],
        "out_bias": package.hidden_bias_l1[out],
    }
    return {
        "asked": np.array(sorted(map(ord, asked)), np.uint32),
        "readings": np.array(list(readings)),
        "letters": np.array(list(map(ord, letters)), np.uint32),
        **{name: array.astype(np.float16) for name, array in weights.items()},
    }


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("known", nargs="+", type=Path, help="sentences marked for the characters that need no opinion")
    parser.add_argument("--output", type=Path, default=opinion.DATA)
    options = parser.parse_args()
    known = {example.text[example.offset] for stem in options.known for example in read_examples(stem)}
    asked, readings = choose(known)
    arrays = collect(importlib.import_module("g2pM").G2pM(), asked, readings)
    np.savez(options.output, **arrays)
    print(f"{options.output}: {options.output.stat().st_size} bytes, asked about {len(asked)} characters")


if __name__ == "__main__":
    main()
