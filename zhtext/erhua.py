"""儿 behind a word that the dictionary lacks: the suffix r, as in 词儿 cír, or a child, as in 早产儿 zǎochǎn'ér.

What the dictionary has (哪儿 nǎr, 女儿 nǚ'ér) is read by it. A 儿 that was cut off as a word of its own is the suffix,
which is far more common, unless what stands before it speaks of a child, owns or counts one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from zhtext.characters import is_han
from zhtext.pinyin import FixedReading
from zhtext.spans import HasSpan

SUFFIX = "r"
# 患儿, 胎儿, 脑瘫儿; 我儿, 一儿一女.
OF_CHILDREN = frozenset("婴幼孤弃宠健男女妻少童侄孙徒娇乳胎患产生养育抱瘫症闭疾能血浪运大氏皇")
OWNED_OR_COUNTED = frozenset("我你您他她吾其有无没一二两三几为的")
WHOLE = OF_CHILDREN | OWNED_OR_COUNTED


def suffixes(text: str, words: Sequence[HasSpan]) -> Iterator[FixedReading]:
    """Give the readings of 儿 as a suffix, where it is a word by itself directly behind another; text is simplified.

    >>> from zhtext.spans import Span
    >>> list(suffixes("词儿", [Span(0, 1), Span(1, 2)]))
    [FixedReading(start=1, syllables=('r',))]
    """
    if "儿" not in text:
        return
    starts = [word.start for word in words]
    for found in re.finditer("(?<=.)儿", text):
        at = bisect_left(starts, found.start())
        if at == 0 or at == len(words) or words[at].start != found.start() or words[at].end != found.end():
            continue
        last = text[found.start() - 1]
        if words[at - 1].end == found.start() and is_han(last) and last not in WHOLE:
            yield FixedReading(found.start(), (SUFFIX,))
