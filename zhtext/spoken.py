"""What stands in digits and signs, as it is said: 80% is 百分之八十, 3–5 is 三到五, 2个 is 两个 and 2号 二号.

Only digits and the signs beside them are read. Latin letters are left alone: 现代汉语词典 gives words that begin with
them no pinyin either, as they are said by their names in the foreign language. Source of the kinds of number: the
tables of WeTextProcessing (Apache-2.0); of 二 and 两: 吕叔湘《现代汉语八百词》; of 幺: 现代汉语词典.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhtext import sandhi
from zhtext.numerals import DIGITS, count, one_by_one, say, syllables
from zhtext.spans import Span


class Spoken(NamedTuple):
    """A stretch of a text, the words it is said in, and their syllables in citation tones."""

    start: int
    end: int
    hanzi: str
    syllables: tuple[str, ...]


class Place(NamedTuple):
    """A stretch found by a rule: what is written there, before it and behind it."""

    written: str
    before: str
    behind: str


Rule = Callable[[Place], str]
# Full-width digits and signs stand for their plain forms, code point by code point; 1，2 are two numbers, though.
PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans("，−￥￡〜", "，-¥£~")
# So many characters around a number decide how it is read.
AROUND = 4
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
CURRENCIES = {"$": "美元", "¥": "元", "€": "欧元", "£": "英镑"}
DEGREES = {"℃": "摄氏度", "°C": "摄氏度", "℉": "华氏度", "°F": "华氏度", "°": "度"}
SIGNS = {"-": "负", "+": "正"}
# 2 before them is 两. Before 号, 月, 日, 楼, 级, 维, 季度 it is 二.
MEASURES = (
    "[个只条张本台次种类天周岁秒倍位名人家项件步层轮篇段句行列块片组套批场款门座辆份部样遍趟双对颗粒根支把杯瓶架匹头间栋"
    r"棵朵道节章所边方则笔米吨克元角毛千万亿大卡]|年(?!级)|分(?!之)|点(?!\d)|小时|公里|美元|星期"
)
# A digit and its unit are spoken in one: 九千|九百.
PLACE = re.compile(f"[{DIGITS}两][十百千万亿]")
MEASURE = re.compile(f" ?(?:{MEASURES})")


def spoken(text: str) -> list[Spoken]:
    """Give every stretch of a text that is written in digits, with the words it is said in, in text order.

    >>> [(text.start, text.hanzi) for text in spoken("GPT-4 在 3.5% 的 2 个")]
    [(4, '四'), (8, '百分之三点五'), (15, '两')]
    """
    return list(_find(text.translate(PLAIN)))


def speak(stretch: Spoken, before: str, behind: str, syllable: str | None) -> tuple[str, ...]:
    """Change the tones of a stretch as they are spoken, by the characters beside it and the syllable of that behind.

    >>> speak(spoken("1个")[0], "", "个", "gè")
    ('yí',)
    """
    start, end = len(before), len(before) + len(stretch.hanzi)
    readings = [*([None] * start), *stretch.syllables, *([syllable] * len(behind))]
    words = [Span(start, end), *([Span(end, end + len(behind))] if behind else [])]
    changed = sandhi.speak(before + stretch.hanzi + behind, readings, words, lambda part: bool(PLACE.fullmatch(part)))
    return tuple(changed[offset] or "" for offset in range(start, end))


def _find(text: str) -> Iterator[Spoken]:
    for found in PATTERN.finditer(text):
        rule = RULES[str(found.lastgroup)][1]
        start, end = found.span()
        hanzi = rule(Place(found[0], text[max(0, start - AROUND) : start], text[end : end + AROUND]))
        if hanzi:
            yield Spoken(start, end, hanzi, syllables(hanzi))


def _unread(place: Place) -> str:
    """Leave addresses, English ordinals and the numbers of standards alone."""
    return ""


def _date(place: Place) -> str:
    """2026-03-08 is 二零二六年三月八日."""
    year, month, day = re.split("[-/.]", place.written)
    return f"{one_by_one(year)}年{count(month.lstrip('0'))}月{count(day.lstrip('0'))}日"


def _years(place: Place) -> str:
    """2024–2026年: digit by digit."""
    return "到".join(one_by_one(year) for year in re.findall(r"\d+", place.written))


def _times(place: Place) -> str:
    """08:00–09:30 is 八点到九点三十分."""
    return "到".join(map(_time, re.findall(r"[\d:]+", place.written)))


def _time(written: str) -> str:
    hour, minute, *second = written.split(":")
    said = _hour(hour) + "点"
    if int(minute) or second:
        said += _below_ten(minute) + "分"
    return said + "".join(_below_ten(part) + "秒" for part in second)


def _hour(digits: str) -> str:
    return "两" if int(digits) == 2 else count(str(int(digits)))


def _below_ten(digits: str) -> str:
    """Say minutes and seconds: 05 is 零五, 00 is 零."""
    return ("零" if digits[0] == "0" and digits != "00" else "") + count(str(int(digits)))


def _telephone(place: Place) -> str:
    """Say digit by digit, with 幺 for 一."""
    return one_by_one("".join(re.findall(r"\d", place.written)), telephone=True)


def _ratio(place: Place) -> str:
    """3:1 is 三比一."""
    return "比".join(map(say, place.written.split(":")))


def _fraction(place: Place) -> str:
    """1/2 is 二分之一."""
    above, below = place.written.split("/")
    return f"{count(below)}分之{count(above)}"


def _percent(place: Place) -> str:
    """80% is 百分之八十, 3–5% 百分之三到五, and 100% 百分之百."""
    if place.written == "100%":
        return "百分之百"
    base = "千分之" if place.written[-1] == "‰" else "百分之"
    first, *second = re.split(TO, place.written.lstrip("+-"))
    again = base if first[-1] in "%‰" else ""
    said = [base + say(first.rstrip("%‰")), *(again + say(part.rstrip("%‰")) for part in second)]
    return SIGNS.get(place.written[0], "") + "到".join(said)


def _power(place: Place) -> str:
    """10⁶ and 10^6 are 十的六次方."""
    base, exponent = re.split(r"\^|(?<=\d)(?=[⁻⁰¹²³⁴-⁹])", place.written, maxsplit=1)
    return f"{say(base)}的{say(exponent.translate(SUPERSCRIPTS))}次方"


def _scientific(place: Place) -> str:
    """1e-4 is 一乘以十的负四次方."""
    factor, exponent = re.split("[eE]", place.written)
    return f"{say(factor)}乘以十的{say(exponent.lstrip('+'))}次方"


def _money(place: Place) -> str:
    """$5万 is 五万美元."""
    number = place.written[1:].rstrip("万亿")
    return say(number) + place.written[1 + len(number) :] + CURRENCIES[place.written[0]]


def _degrees(place: Place) -> str:
    """-5℃ is 零下五摄氏度."""
    unit = place.written.lstrip("+-0123456789., ")
    number = place.written.removesuffix(unit).strip()
    is_frost = number[0] == "-" and unit != "°"
    return ("零下" + say(number[1:]) if is_frost else say(number)) + DEGREES[unit]


def _code(place: Place) -> str:
    """Say the number of a model or standard: up to three digits as a quantity, more digit by digit."""
    parts = place.written.split(".")
    return "点".join(one_by_one(part) if at or len(part) > 3 else count(part) for at, part in enumerate(parts))


def _range(place: Place) -> str:
    """3–5 is 三到五; a hyphen behind the larger number makes it a score, 5-3 五比三."""
    first, second = re.split(TO, place.written, maxsplit=1)
    is_score = "-" in place.written and _size(first) >= _size(second)
    return ("比" if is_score else "到").join(_quantity(place._replace(written=part)) for part in (first, second))


def _size(number: str) -> tuple[int, str]:
    """Give what two numbers without a sign are compared by."""
    whole, _point, fraction = number.replace(",", "").partition(".")
    plain = whole.lstrip("0")
    return len(plain), plain + "." + fraction


def _product(place: Place) -> str:
    """3×3 is 三乘三."""
    return "乘".join(map(say, re.split(" ?× ?", place.written)))


def _enclosed(place: Place) -> str:
    """③ and Ⅲ are 三."""
    return count(str(int(unicodedata.numeric(place.written))))


def _quantity(place: Place) -> str:
    """Say a quantity: 2 before a measure word is 两, unless 第 stands before it."""
    if place.written == "2" and MEASURE.match(place.behind) and not place.before.rstrip(" ").endswith("第"):
        return "两"
    return say(place.written)


NUMBER = r"(?>(?:\d{1,3}(?:,\d{3}){1,8}(?![\d,])|\d+)(?:\.\d+)*)"
SIGN = r"(?<![A-Za-z\d)\]%.])[+-]"
TO = " ?[-–—~] ?"
MINUTES = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])"
YEAR = r"(?:1(?!000)\d|20)\d\d"
# The first rule that fits has the word; the last takes any digits.
RULES: dict[str, tuple[str, Rule]] = {
    "address": (r"(?:https?://|www\.)[A-Za-z0-9./?=&%#:_~+-]+", _unread),
    "foreign": (r"(?<![\d.])(?:\d++(?:st|nd|rd|th)|24/7)\b|(?<=[A-Z] )\d{4,6}—\d{4}(?!\d)", _unread),
    "date": (r"(?<![\d./-])\d{4}(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])(?![\d./-])", _date),
    "years": (rf"(?<![\d.,])(?:{YEAR}{TO})?{YEAR}(?= ?年(?!级))|(?<=[(（])(?:19|20)\d\d(?=[)）])", _years),
    "short_year": (r"(?<![\d.,])\d\d(?=年\d{1,2}月)", _years),
    "times": (rf"(?<![\d:.]){MINUTES}(?:{TO}{MINUTES})?", _times),
    "ratio": (r"(?<![\d:.])\d++(?:\.\d++)?:\d++(?:\.\d++)?(?![:\d])", _ratio),
    "telephone": (
        r"(?<![\d.A-Za-z-])(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[48]00-\d{3,4}-?\d{3,4})(?![\d.-])"
        r"|(?<=拨打|致电)\d{3,5}(?!\d)",
        _telephone,
    ),
    "power": (rf"{NUMBER}(?:\^-?\d++|[⁻⁰¹²³⁴-⁹]+)", _power),
    "scientific": (r"\d++(?:\.\d++)?[eE][+-]?\d++(?![A-Za-z\d])", _scientific),
    "percent": (rf"(?:{SIGN})?{NUMBER}(?:[%‰]?{TO}{NUMBER})?[%‰]", _percent),
    "degrees": (rf"(?:{SIGN})?{NUMBER} ?(?:℃|℉|°C|°F|°)", _degrees),
    "money": (rf"[$¥€£]{NUMBER}[万亿]{{0,2}}(?! ?[A-Za-z\d])", _money),
    "code": (r"(?<=[A-Za-z])\d++(?:\.\d++)*|(?<=[A-Za-z]-)\d++(?:\.\d++)*", _code),
    "fraction": (r"(?<![\d./A-Za-z-])\d{1,4}/\d{1,4}(?![\d./-])", _fraction),
    "range": (rf"(?<!\d-){NUMBER}{TO}{NUMBER}(?![\d-])", _range),
    "product": (rf"{NUMBER}(?: ?× ?{NUMBER})+", _product),
    "enclosed": (r"[①-⑳Ⅰ-Ⅻ]", _enclosed),
    "quantity": (rf"(?:{SIGN})?{NUMBER}", _quantity),
}
# All begin with one of these; the look ahead makes plain text ten times faster.
PATTERN = re.compile(
    "(?=[0-9+$¥€£①-⑳Ⅰ-Ⅻhw-])(?:" + "|".join(f"(?P<{name}>{rule[0]})" for name, rule in RULES.items()) + ")", re.ASCII
)
