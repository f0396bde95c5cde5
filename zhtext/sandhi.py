"""Tones as they are spoken: 一, 不 and the third tone changed by what follows them.

The readings of ``zhtext.pinyin`` are citation tones; this lays the changes over them for a reader who asks. Rules of
一 and 不: 黄伯荣、廖序东《现代汉语》, 音变; 普通话水平测试实施纲要. The third tone changes inside a group of syllables
spoken in one: Y. R. Chao, A Grammar of Spoken Chinese (1968), 1.3; M. Y. Chen, Tone Sandhi (2000), ch. 9.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from zhtext.characters import HAN_RUN
from zhtext.spans import HasSpan, Span
from zhtext.tones import NEUTRAL, change, tone

YI, BU = "yī", "bù"
DIGITS = "〇零一二三四五六七八九十"
# 一 is first or part of a number behind 第一, 初一, 二十一, 九九一; but not in 最初一次 and 千万一定.
NUMBERED = re.compile(f"第|(?<![最当起年月])初|[{DIGITS}百千亿]|(?<!^千)(?<![^{DIGITS}百千]千)万")
# 一 before them is "the first", not "one": 一月 is January, 一楼 the first floor.
ORDINAL = re.compile("一(?:月|号|楼|级|年级|等奖|审|战|期)|(?<=月)一日")
# 一 is a digit before another, and before the point of 一点五; but not in 一点一点.
DIGIT = re.compile(f"一(?:点(?!一点))?[{DIGITS}]")
# Behind them 一 counts what follows, also at the end of a word: 这一|点, 进一|步.
COUNTING = frozenset("这那哪每某另任同前后上下头有进换")
# Not a verb said twice as in 看一看.
COUNTED_OUT = re.compile(f"一.[{DIGITS}]")
# A neutral tone that comes from the fourth asks for yí and bú, as the fourth does.
FROM_FOURTH = frozenset("个是去")
# A neutral tone that comes from the third still changes the third before it in these: 手里 shóu li, 想起 xiáng qi.
FROM_THIRD = frozenset("里起")
KIN = frozenset("姐奶姥嫂婶宝")
FROM_THIRD_WORDS = frozenset({"小姐", "打点"})
# 不 in the middle of a word of three is neutral (看不见, 差不多), but not behind an adverb (并不是) or number (四不像).
BEFORE_PLAIN_BU = frozenset(f"并决绝也才再而若都从毫却就还仍总永皆均岂何所本既尚未又更最很这那{DIGITS}")
DIRECTION = re.compile(".不.(?:来|去)")
LONGEST_PART = 4


def speak(
    text: str,
    syllables: Sequence[str | None],
    words: Sequence[HasSpan],
    is_word: Callable[[str], bool] = lambda word: False,
) -> list[str | None]:
    """Change the tones of a text that was read: for each code point its syllable as it is spoken.

    ``text`` is in simplified characters, ``words`` are its words in order; ``is_word`` tells whether a part of a word
    is a word itself, which decides between 展览|馆 zhánlánguǎn and 小|老虎 xiǎoláohǔ.

    >>> speak("不一样", ["bù", "yī", "yàng"], [Span(0, 3)])
    ['bù', 'yí', 'yàng']
    """
    spoken = list(syllables)
    for phrase in _phrases(text, words):
        for word in reversed(phrase):
            for offset in range(word.end - 1, word.start - 1, -1):
                _speak_yi_bu(text, spoken, word, offset)
        for word in phrase:
            _raise_all(text, spoken, _inside(text, spoken, word, is_word))
        _raise_all(text, spoken, _groups(phrase, spoken))
    return spoken


def _phrases(text: str, words: Sequence[HasSpan]) -> Iterator[list[Span]]:
    """Give the words of each run of Han characters, without a break between them."""
    phrase: list[Span] = []
    for word in words:
        for run in HAN_RUN.finditer(text, word.start, word.end):
            if phrase and phrase[-1].end != run.start():
                yield phrase
                phrase = []
            phrase.append(Span(run.start(), run.end()))
    if phrase:
        yield phrase


def _speak_yi_bu(text: str, spoken: list[str | None], word: Span, offset: int) -> None:
    """Change 一 or 不 at an offset; what stands behind it has been changed already."""
    if spoken[offset] not in (YI, BU) or text[offset] not in "一不":
        return
    after = text[offset + 1 : offset + 2]
    behind = spoken[offset + 1] if after else None
    doubled = behind is not None and _is_between_twins(text, offset)
    if text[offset] == "不":
        neutral = doubled or _is_complement(text, word, offset)
        spoken[offset] = "bu" if neutral else _before(BU, after, behind)
    elif doubled and not NUMBERED.match(text, offset - 1) and not COUNTED_OUT.match(text, offset):
        spoken[offset] = "yi"
    elif not _keeps_yi(text, word, offset):
        spoken[offset] = _before(YI, after, behind)


def _is_between_twins(text: str, offset: int) -> bool:
    """Tell whether the same character stands before and behind, as in 看一看 and 是不是, but not in 一天一天."""
    if not 0 < offset < len(text) - 1 or text[offset - 1] != text[offset + 1]:
        return False
    return offset == 1 or text[offset - 2] != text[offset]


def _before(syllable: str, after: str, behind: str | None) -> str:
    """Give 一 or 不 its tone before a syllable: the second before a fourth, else the fourth; its own before nothing."""
    if behind is None:
        return syllable
    return change(syllable, 2 if tone(behind) == 4 or (tone(behind) == NEUTRAL and after in FROM_FOURTH) else 4)


def _is_complement(text: str, word: Span, offset: int) -> bool:
    """Tell whether 不 stands inside a verb and its complement: 看不见, 差不多, 看不出来."""
    written = text[word.start : word.end]
    if offset != word.start + 1 or written[0] in BEFORE_PLAIN_BU:
        return False
    return len(written) == 3 or DIRECTION.fullmatch(written) is not None


def _keeps_yi(text: str, word: Span, offset: int) -> bool:
    """Tell whether 一 keeps its first tone: in ordinals, numbers and dates, and at the end of a word."""
    counting = offset > 0 and text[offset - 1] in COUNTING
    if (offset and NUMBERED.match(text, offset - 1)) or DIGIT.match(text, offset):
        return True
    return not counting and (offset == word.end - 1 > word.start or ORDINAL.match(text, offset) is not None)


def _raise_all(text: str, spoken: list[str | None], pairs: Iterable[int]) -> None:
    for second in pairs:
        _raise_third(text, spoken, second)


def _inside(text: str, spoken: Sequence[str | None], word: Span, is_word: Callable[[str], bool]) -> Iterator[int]:
    """Give the pairs inside a word, by their second syllables: those of its parts before those between them."""
    if word.end - word.start <= 2:
        yield from range(word.start + 1, word.end)
        return
    parts = list(_parts(text, word, is_word))
    for part in parts:
        yield from _inside(text, spoken, part, is_word)
    yield from _groups(parts, spoken)


def _parts(text: str, word: Span, is_word: Callable[[str], bool]) -> Iterator[Span]:
    """Cut a word into the words inside it, the longest first from the left, else into characters."""
    start = word.start
    longest = min(LONGEST_PART, word.end - word.start - 1)
    while start < word.end:
        ends = range(min(word.end, start + longest), start + 1, -1)
        end = next((end for end in ends if is_word(text[start:end])), start + 1)
        yield Span(start, end)
        start = end


def _groups(units: Sequence[Span], spoken: Sequence[str | None]) -> Iterator[int]:
    """Pair single syllables from left to right; one left over leans on the unit behind it, at the end on that before.

    A neutral syllable leans on the unit before it and ends a row of singles.
    """
    single = [_is_single(unit, spoken) for unit in units]
    index = 0
    while index < len(units):
        last = index == len(units) - 1
        if single[index] and not last:
            yield units[index + 1].start
        elif index and units[index].end - units[index].start == 1:
            yield units[index].start
        index += 2 if not last and single[index] and single[index + 1] else 1


def _is_single(unit: Span, spoken: Sequence[str | None]) -> bool:
    return unit.end - unit.start == 1 and tone(spoken[unit.start] or "") != NEUTRAL


def _raise_third(text: str, spoken: list[str | None], second: int) -> None:
    """Give a third tone before another the second tone; the r of 哪儿 is no syllable of its own."""
    at = second - 2 if spoken[second - 1] == "r" and second > 1 else second - 1
    first, behind = spoken[at], spoken[second]
    if first and behind and tone(first) == 3 and (tone(behind) == 3 or _was_third(text, behind, second)):
        spoken[at] = change(first, 2)


def _was_third(text: str, syllable: str, offset: int) -> bool:
    """Tell whether a neutral tone comes from a third that still works: 手里, 想想, but not 姐姐."""
    if tone(syllable) != NEUTRAL:
        return False
    first, second = text[offset - 1], text[offset]
    return second in FROM_THIRD or first + second in FROM_THIRD_WORDS or (first == second and first not in KIN)
