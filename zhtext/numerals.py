"""Numbers in digits as Chinese says them: 3.5 is 三点五, 20 000 两万, 2026 as a year 二零二六.

Counting follows 吕叔湘《现代汉语八百词》, 二 and 两: 二 before 十 and 百 and inside a number, 两 at its head before
千, 万 and 亿.
"""

DIGITS = "零一二三四五六七八九"
UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
# From here on a row of digits is a code, not a quantity.
LONGEST_COUNT = 16
SYLLABLES = {
    **dict(zip(DIGITS, "líng yī èr sān sì wǔ liù qī bā jiǔ".split(), strict=True)),
    **dict(zip("十百千万亿两点负分之", "shí bǎi qiān wàn yì liǎng diǎn fù fēn zhī".split(), strict=True)),
    **dict(zip("到比年月日秒度元欧英", "dào bǐ nián yuè rì miǎo dù yuán ōu yīng".split(), strict=True)),
    **dict(zip("美摄华氏下的次方乘以正幺", "měi shè huá shì xià de cì fāng chéng yǐ zhèng yāo".split(), strict=True)),
    "镑": "bàng",
}


def syllables(hanzi: str) -> tuple[str, ...]:
    """Give the citation readings of a number written out.

    >>> syllables("三点五")
    ('sān', 'diǎn', 'wǔ')
    """
    return tuple(SYLLABLES[character] for character in hanzi)


def one_by_one(digits: str, *, telephone: bool = False) -> str:
    """Say digits one by one: years, codes; 1 is 幺 on the telephone.

    >>> one_by_one("2026"), one_by_one("110", telephone=True)
    ('二零二六', '幺幺零')
    """
    said = "".join(DIGITS[int(digit)] for digit in digits)
    return said.replace("一", "幺") if telephone else said


def count(digits: str) -> str:
    """Say a whole number as a quantity; with a zero at its head or too long for one it is said digit by digit.

    >>> count("170"), count("2000"), count("10010"), count("007")
    ('一百七十', '两千', '一万零一十', '零零七')
    """
    if len(digits) > LONGEST_COUNT or (len(digits) > 1 and digits[0] == "0"):
        return one_by_one(digits)
    said = _count(int(digits))
    if said.startswith("一十"):
        return said[1:]
    return "两" + said[1:] if said[:2] in ("二千", "二万", "二亿") else said


def _count(number: int) -> str:
    for size, unit in UNITS:
        if number >= size:
            high, low = divmod(number, size)
            zero = "零" if 0 < low < size // 10 else ""
            return _count(high) + unit + zero + (_count(low) if low else "")
    return DIGITS[number]


def say(written: str) -> str:
    """Say a number with a sign, commas between thousands, and a decimal point or several.

    >>> say("1,000"), say("-0.50"), say("1.2.3")
    ('一千', '负零点五零', '一点二点三')
    """
    sign = {"-": "负", "−": "负", "+": "正"}.get(written[0], "")
    whole, *parts = written.lstrip("+-−").replace(",", "").split(".")
    fraction = [one_by_one(part) for part in parts]
    return sign + "点".join([count(whole), *fraction])
