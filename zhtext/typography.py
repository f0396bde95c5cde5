"""Set Chinese text as print does: half-width marks between Han characters are widened, character for character.

Rule: GB/T 15834—2011 and W3C clreq 3.1: marks of Chinese text take a full square. Marks inside Latin text, numbers
(3.5, 1,000, 08:00) and addresses stay. The length never changes, so offsets hold; the stored text is not touched.
"""

import re

from zhtext.characters import HAN_RANGES

WIDE = str.maketrans(",;:!?()", "，；：！？（）")
CHINESE = f"{HAN_RANGES}，。；：！？、（）《》“”‘’「」『』…—"
# A mark that touches a Chinese character or mark, on either side, with at most a space between.
TOUCHING = re.compile(rf"(?<=[{CHINESE}])[,;:!?()]|(?<=[{CHINESE}] )[(]|[,;:!?()](?=\s?[{CHINESE}])")
PAIR = re.compile(r"[(（]([^()（）\n]*)[)）]")


def widen(text: str) -> str:
    """Widen the half-width marks that stand in Chinese; as many code points as the text.

    >>> widen("公司,后训练(PostTraining):3.5 和 1,000")
    '公司，后训练（PostTraining）：3.5 和 1,000'
    """
    # A mark that was widened may stand beside the next one: (…): is set in two rounds, and longer rows are not print.
    for _round in range(2):
        text = TOUCHING.sub(lambda mark: mark[0].translate(WIDE), text)
        text = PAIR.sub(_match_pair, text)
    return text


def _match_pair(pair: re.Match[str]) -> str:
    """Give both brackets of a pair the width of whichever is wide."""
    wide = pair[0][0] == "（" or pair[0][-1] == "）"
    return f"（{pair[1]}）" if wide else pair[0]
