"""Readings that a human reviewed: few words, each with its reason beside it in ``data/readings.tsv``."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "readings.tsv"


@cache
def reviewed_readings() -> dict[str, tuple[str, ...]]:
    """Give the reviewed words, each with its tone-marked syllables."""
    rows = (line.split("\t") for line in FILE.read_text("utf8").splitlines() if line and not line.startswith("#"))
    return {word: tuple(reading.split()) for word, reading, _why in rows}
