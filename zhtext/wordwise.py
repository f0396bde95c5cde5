"""Traditional characters with the borders of words in mind.

OpenCC converts by its longest phrases and knows no words, so a phrase may reach across a border and spoil both
sides: 还是|只是 became 還是隻是, 执行|复杂 執行復雜, 展示|了|如何 展示瞭如何. Here the line is converted first, for its
context, and then words have their say, in this order:

- a name is written as names are (``zhtext/names.py``): 范先生 is no 範先生;
- a word with two forms is decided by its neighbours (``zhtext/context.py``): 三隻貓, 只是;
- any other word is written as it is by itself, unless the line's phrase is made of whole words: 今|周刊 is 今周刊, for
  that phrase cuts no word, but 行复 in 执行|复杂 cuts two.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from zhtext.context import decide, rows
from zhtext.names import surname_forms
from zhtext.script import Script, convert
from zhtext.segment import Kind, Token

# The simplified characters that OpenCC writes in more than one way; a word without any of them needs no care.
AMBIGUOUS = re.compile(
    "[万丑个丰么了于云仆仇仑价仿伙余佛佣俊修借僵克党具冢冬冲凄准凌几凶出划别刮制千升卜占卤卷厂历厘发只台叶叹吁吃合吊同后"
    "向吣呆周咨咸咽哄哗喂噪回团困坐坛堤复夫夸奸姜娘宁家尝尸尽局岩岳巨布帘席干并幸广庵弥弦当录彩征径御志念恒恤恶愈愿戚扇"
    "扎托扣折抵拐拿挨挽捆据搜摆斗斤斫昆暗曲札术朱朴杆杠杯杰松板果枪柜栗梁檗欲毁汇沈沾泛注浚涂涌淀游溪漓澄炼烟焰熏狸玩琅"
    "症皂矩确私秋种穗筑筱签糊系纤耇胄背胜胡脏腊腌膻致舍芸苏苔苹范荐荡荫药获蒙蔑藤虫虱蜡表袅谷豆象赞跖辟迹适郁酸采里鉴钟"
    "铲链锄镰闲雕霉面须饥]"
)


def convert_words(text: str, tokens: Sequence[Token], target: Script, source: Script = Script.HANS) -> str:
    """Show a text in a script, minding its words; ``tokens`` cover it; as many code points as the text.

    Only simplified text gains by it; any other is converted as it is. Raises ValueError as ``convert`` does.

    >>> words = [Token(0, 2, Kind.HAN), Token(2, 4, Kind.HAN)]
    >>> convert_words("还是只是", words, Script.HANT_TW)
    '還是只是'
    """
    converted = convert(text, target, source)
    if source is not Script.HANS or not target.is_traditional:
        return converted
    shown = list(converted)
    starts = [token.start for token in tokens]
    known = rows(target)
    edge = 0
    for found in AMBIGUOUS.finditer(text):
        if found.start() >= edge:
            index = bisect_right(starts, found.start()) - 1
            start, edge, _kind = tokens[index]
            word, in_line = text[start:edge], converted[start:edge]
            decided = decide(known[word], text, start, edge) if word in known else None
            if decided:
                shown[start:edge] = decided
            # A single character says too little by itself.
            elif edge - start > 1 and _alone(word, target) != in_line:
                shown[start:edge] = _word(text, tokens, index, in_line, target)
    for at, form in surname_forms(text, tokens, starts):
        shown[at : at + len(form)] = form
    return "".join(shown)


def _word(text: str, tokens: Sequence[Token], index: int, in_line: str, target: Script) -> str:
    """Write a word whose form in the line is not that by itself: as the line has it if its phrase is of whole words."""
    start, end, _kind = tokens[index]
    word = text[start:end]
    by_itself = _alone(word, target)
    before, after = _neighbour(text, tokens, index - 1), _neighbour(text, tokens, index + 1)
    whole = len(by_itself) != len(word) or _of_whole_words(before, word, after, in_line, target)
    return in_line if whole else by_itself


@lru_cache(maxsize=65_536)
def _alone(word: str, target: Script) -> str:
    return convert(word, target)


def _neighbour(text: str, tokens: Sequence[Token], index: int) -> str:
    """Give the word beside another, or nothing where there is none."""
    if not 0 <= index < len(tokens) or tokens[index].kind is not Kind.HAN:
        return ""
    return text[tokens[index].start : tokens[index].end]


@lru_cache(maxsize=16_384)
def _of_whole_words(before: str, word: str, after: str, in_line: str, target: Script) -> bool:
    """Tell whether the phrase that gives a word its form in the line is made of whole words.

    The word with its neighbours shows the form, and without the outer part of either it does not.
    """

    def shows(left: str, middle: str, right: str) -> bool:
        kept = slice(len(word) - len(middle), None) if middle is not word else slice(None)
        return convert(left + middle + right, target)[len(left) : len(left) + len(middle)] == in_line[kept]

    if shows("", word, after):
        before = ""
    elif shows(before, word, ""):
        after = ""
    elif not shows(before, word, after):
        return False
    if (len(before) > 1 and shows(before[1:], word, after)) or (len(after) > 1 and shows(before, word, after[:-1])):
        return False
    return not _cuts(before, word, after, in_line, target)


def _cuts(before: str, word: str, after: str, in_line: str, target: Script) -> bool:
    """Tell whether a part of the word is enough for the form: the phrase then ends inside it."""
    for size in range(1, len(word)):
        head, tail = word[:size], word[-size:]
        if before and convert(before + head, target)[len(before) :] == in_line[:size] != convert(head, target):
            return True
        if after and convert(tail + after, target)[:size] == in_line[-size:] != convert(tail, target):
            return True
    return False
