"""A verb of one syllable said twice, 听听 tīng ting: the second one is neutral, as in 看看, which the dictionary has.

The rule is that of 黄伯荣、廖序东《现代汉语》, on the neutral tone. Adjectives (慢慢) and measures (天天) keep their
tones: only verbs that are often said twice are meant here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from zhtext.pinyin import FixedReading, plain_letters, read
from zhtext.spans import HasSpan

VERBS = "听想试说走问读写练找等坐聊玩用笑尝查算摸逛歇讲学比动翻瞧谈看改猜擦洗躲催劝夸帮见认考补挑教"
TWICE = re.compile(f"([{VERBS}])(?=\\1)")


def doubles(text: str, words: Sequence[HasSpan]) -> Iterator[FixedReading]:
    """Give the reading of the second of two verbs that are the same, each a word by itself; text is simplified.

    >>> from zhtext.spans import Span
    >>> list(doubles("听听", [Span(0, 1), Span(1, 2)]))
    [FixedReading(start=1, syllables=('ting',))]
    """
    starts: list[int] = []
    for found in TWICE.finditer(text):
        starts = starts or [word.start for word in words]
        at = bisect_left(starts, found.start())
        if starts[at : at + 2] == [found.start(), found.end()] and words[at + 1].end == found.end() + 1:
            yield FixedReading(found.end(), (_neutral(found[1]),))


@cache
def _neutral(verb: str) -> str:
    return plain_letters(read(verb)[0] or "")
