"""Where a term that begins or ends with a letter or digit stands by itself: AI, not in maintain; scaling laws.

Edges are looked at in the source, where no space, hyphen, width or case has been squeezed.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from zhtext.characters import is_han
from zhtext.fold import Folded, fold
from zhtext.spans import Span

# The plurals of English: policies, losses, models.
PLURAL_Y = re.compile("(?<=[b-df-hj-np-tv-xz])y$")
PLURAL = re.compile("(?:(?<=[sxz])|(?<=ch)|(?<=sh))es|s")


def spellings(key: str) -> list[str]:
    """Give a search key and, where it ends so, its plural in -ies; the other plurals are seen in the text."""
    return [key, PLURAL_Y.sub("ies", key)] if PLURAL_Y.search(key) else [key]


def latin_span(text: str, folded: Folded, first: int, last: int) -> Span | None:
    """Give the source span of a hit in the key, its plural ending included; None where it is part of a longer word.

    AI is not in maintain, nor in x.ai, and GPT-3 is not in GPT-3.5; edges are looked at in the source, where nothing
    is squeezed.
    """
    start, end = folded.origins[first], folded.origins[last - 1] + 1
    if start and _is_latin(text[start]) and _continues(text, start):
        return None
    if _is_letter(text[end - 1]) and _is_letter(text[end : end + 1]):
        plural = PLURAL.match(fold(text[max(start, end - 2) : end + 2]), min(2, end - start))
        if not plural or _is_latin(text[end + len(plural[0]) : end + len(plural[0]) + 1]):
            return None
        end += len(plural[0])
    if _is_latin(text[end - 1]) and _goes_on(text[end - 1], text[end : end + 2]):
        return None
    return Span(start, end)


def _continues(text: str, start: int) -> bool:
    """Tell whether a letter or digit goes on what stands before it."""
    before = text[start - 1]
    if not _is_letter(text[start]):
        return _is_latin(before) or before == "."
    return _is_letter(before) or (before in ".@" and text[start].islower() and start > 1 and _is_latin(text[start - 2]))


def _goes_on(last: str, following: str) -> bool:
    """Tell whether a number or a name goes on behind its last letter or digit: GPT-3|.5, ai|.py, ai|@example.org."""
    mark, after = following[:1], following[1:]
    if last.isdigit() and (_is_latin(mark) or (mark == "." and after.isdigit())):
        return True
    return (mark == "." and after.isascii() and after.islower()) or (mark == "@" and _is_latin(after))


def _is_letter(character: str) -> bool:
    return character.isalpha() and not is_han(character)


def _is_latin(character: str) -> bool:
    return character.isalnum() and not is_han(character)


def bridges_words(text: str, origins: Sequence[int]) -> bool:
    """Tell whether white space between two letters was squeezed out: in "plan A I made" there is no AI."""
    return any(
        any(map(str.isspace, text[here + 1 : there])) and _is_letter(text[here]) and _is_letter(text[there])
        for here, there in pairwise(origins)
    )
