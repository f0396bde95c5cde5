"""Find the names of persons whose surname is read or written in its own way: 任正非 Rén, 于谦 (no 於謙), 范博士.

A cautious guess, made of evidence that stands on the page: a title behind (范先生), a colon that opens a turn of a
dialogue (余然：…), 姓 before, a profession before (作家余华), a verb of saying behind (余然说), or the same name found
so elsewhere on the page. A word of the dictionary is no name: 于是, 余光, 任何.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zhtext.characters import is_han
from zhtext.segment import Kind, Token

DATA = Path(__file__).parent / "data" / "surnames.tsv"
TITLES = tuple(
    (
        "先生|女士|小姐|太太|夫人|教授|博士|老师|院士|医生|大夫|律师|主任|总监|总经理|经理|校长|院长|部长|市长|省长|县长|镇长|"
        "书记|主席|总统|总理|董事长|工程师|研究员|同学|同志|师傅|导演|编剧|警官|队长|班长|将军|大使|法官|检察官|记者|教练|"
        "师兄|师姐|师弟|师妹|大哥|大姐|阿姨|叔叔|爷爷|奶奶|伯伯|妈妈|爸爸|氏|家村|家庄"
    ).split("|")
)
BEARERS = tuple(
    (
        "作家|演员|导演|教授|博士|歌手|诗人|画家|书法家|主持人|记者|院士|科学家|学者|专家|创始人|总裁|主任|主席|总统|总理|将军|"
        "医生|律师|老师|同学|先生|女士|小姐|经理|董事长|校长|院长|部长|市长|书记|选手|球员|教练|冠军|学家|研究员|工程师|设计师|"
        "歌唱家|企业家|政治家|哲学家|思想家|文学家|皇帝|名将|大臣|嘉宾|作者|编辑|译者|姓名|名叫|叫做|叫作|我是|我叫|姓|叫"
    ).split("|")
)
SAYING = tuple(
    (
        "说|表示|认为|指出|告诉|回答|问道|坦言|透露|介绍|解释|强调|写道|补充|提到|回忆|笑道|出生|生于|毕业|担任|主演|饰演|执导"
    ).split("|")
)
# Of these no given name is made: 于本院, 于此.
UNNAMED = frozenset(
    "本此该其各某这那何每之所以不没有在是为了的一二三四五六七八九十个他她它你我们上下中前后仍均皆亦则将应可由万岁元年多件名项"
)
# Those before whom a preposition may stand as well as a surname: 于法官面前.
OFFICES = ("法官", "检察官", "记者", "校长", "院长", "部长", "总统", "主席")
JOINERS = "、和与跟及同"
TURN = re.compile(r"^\s*([\u4e00-\u9fff]{2,4})\s*[：:]", re.MULTILINE)


class Surname(NamedTuple):
    """A surname with its reading and its traditional form, empty where they are the common ones."""

    text: str
    reading: str
    form: str
    weak: str


class Name(NamedTuple):
    """A person's name in a text: its span, and the surname it begins with."""

    start: int
    end: int
    surname: Surname


@cache
def surnames() -> dict[str, Surname]:
    """Give the surnames that are read or written in their own way."""
    lines = (line for line in DATA.read_text(encoding="utf8").splitlines() if line and not line.startswith("#"))
    cells = (line.split("\t") for line in lines)
    return {text: Surname(text, reading, form, weak) for text, reading, form, weak in cells}


@cache
def _pattern(written: bool) -> re.Pattern[str]:
    """Match any of the surnames; only those with a form of their own where ``written``."""
    texts = (surname.text for surname in surnames().values() if surname.form or not written)
    return re.compile("|".join(sorted(texts, key=len, reverse=True)))


def find_names(
    text: str, tokens: Sequence[Token], starts: Sequence[int] | None = None, *, written: bool = False
) -> list[Name]:
    """Find the names of persons in a simplified text; ``tokens`` cover it.

    With ``written`` only the surnames with a traditional form of their own are looked at.
    """
    starts = starts if starts is not None else [token.start for token in tokens]
    candidates = [
        name
        for found in _pattern(written).finditer(text)
        for name in _candidate(text, tokens, starts, found.start(), surnames()[found[0]])
    ]
    sure = [name for name in candidates if _has_evidence(text, name)]
    known = {text[name.start : name.end] for name in sure if name.end - name.start > len(name.surname.text)}
    return [name for name in candidates if name in sure or text[name.start : name.end] in known]


def surname_forms(text: str, tokens: Sequence[Token], starts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Give where a surname stands that is written in its own way, and the form."""
    for name in find_names(text, tokens, starts, written=True):
        yield name.start, name.surname.form


def _candidate(
    text: str, tokens: Sequence[Token], starts: Sequence[int], start: int, surname: Surname
) -> Iterator[Name]:
    """Give the names that may begin at a position: the surname alone, or with one or two characters behind it."""
    index = bisect_left(starts, start)
    if index == len(starts) or starts[index] != start:
        return
    first, edge = tokens[index].end, start + len(surname.text)
    if first == edge:
        yield Name(start, edge, surname)
    ends = {token.end for token in tokens[index : index + 3] if token.kind is Kind.HAN}
    for size in (1, 2):
        end = edge + size
        # A word of the dictionary is no name.
        given = text[edge:end]
        named = given not in TITLES and UNNAMED.isdisjoint(given) and all(map(is_han, given))
        if first == edge and end in ends and named:
            yield Name(start, end, surname)


def _has_evidence(text: str, name: Name) -> bool:
    alone = name.end - name.start == len(name.surname.text)
    if alone and name.start and text[name.start - 1] == "姓":
        return True
    if text.startswith(TITLES, name.end):
        doubtful = name.surname.weak == "yes" and text.startswith(OFFICES, name.end)
        return not name.surname.weak or (not doubtful and _stands_free(text, name.start))
    if alone:
        return False
    if _opens_turn(text, name):
        return True
    if text.endswith(BEARERS, 0, name.start):
        return name.surname.weak != "yes" or not is_han(text[name.end : name.end + 1] or " ")
    return _stands_free(text, name.start) and (text.startswith(SAYING, name.end) or _opens_clause(text, name))


def _opens_clause(text: str, name: Name) -> bool:
    """Tell whether a name of three characters opens a clause, with a surname that hardly is a word there: 余秋雨."""
    before = text[name.start - 1] if name.start else " "
    opens = not is_han(before) and not before.isalnum()
    return opens and name.surname.weak != "yes" and name.end - name.start == 3


def _stands_free(text: str, start: int) -> bool:
    """Tell whether nothing stands before that a preposition or a noun could belong to."""
    if not start or not is_han(text[start - 1]) or text[start - 1] in JOINERS:
        return True
    return text.endswith(("是", "叫", "请", "向", "给", "由", "让", "被", "把", "位", "的", *BEARERS), 0, start)


def _opens_turn(text: str, name: Name) -> bool:
    turn = TURN.match(text, text.rfind("\n", 0, name.start) + 1)
    return turn is not None and turn.span(1) == (name.start, name.end)
