"""What the tests of the engine set up once."""

import pytest

from zhtext.frequencies import frequencies
from zhtext.segment import Segmenter
from zhtext.wordlist import Word, WordList


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """Give a segmenter that knows the words of the frequency list."""
    return Segmenter(WordList.build(Word(word, count) for word, count in frequencies().items()))
