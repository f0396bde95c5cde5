"""What a single character is: Han or not, and whether a text may be stored at all.

The Han ranges are the blocks that Unicode 15 gives to CJK unified and compatibility ideographs (plus 〇 and the
iteration mark 々, which are written inside words), but for 丨, which is written today as a bar between words.
"""

import re
import unicodedata

HAN_RANGES = "\u3005\u3007\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HAN_RUN = re.compile(f"[{HAN_RANGES}]+")
REFUSED = re.compile("[\x00\ud800-\udfff]")


def is_han(character: str) -> bool:
    """Tell whether one character is a Han character."""
    return HAN_RUN.match(character) is not None


def count_han(text: str) -> int:
    """Count the Han characters of a text."""
    return sum(len(run) for run in HAN_RUN.findall(text))


def normalise(text: str) -> str:
    """Bring a text into the form in which it is stored: NFC, lines ended by a line feed.

    Raises ValueError for NUL (OpenCC stops at it, PostgreSQL refuses it) and for lone surrogates (no encoding holds
    them).
    """
    refused = REFUSED.search(text)
    if refused:
        name = "a NUL character" if refused[0] == "\x00" else "half a surrogate pair"
        raise ValueError(f"The text holds {name} at position {refused.start()}; it cannot be stored.")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
