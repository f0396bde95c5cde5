"""Set quotation marks as a script has them: “ ” ‘ ’ or 「 」 『 』, code point for code point.

Rule: GB/T 15834—2011, 4.8 for the mainland; 重訂標點符號手冊 of the Ministry of Education, Taiwan, for 「 」. It is a
view: the stored text is not touched, and offsets hold. The page's script does the same (``quotes.js``).
"""

import re

CORNER = str.maketrans("“”‘’", "「」『』")
CURLY = str.maketrans("「」『』", "“”‘’")
SINGLE = re.compile("[‘’]")
LATIN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")


def to_curly(text: str) -> str:
    """Set curly marks.

    >>> to_curly("他說「好」")
    '他說“好”'
    """
    return text.translate(CURLY)


def to_corner(text: str) -> str:
    """Set corner brackets; an apostrophe stays, for it stands between letters or closes nothing on its line.

    >>> to_corner("“‘Let’s go’是什么？”")
    '「『Let’s go』是什么？」'
    """
    return "\n".join(map(_line_to_corner, text.split("\n")))


def _line_to_corner(line: str) -> str:
    pieces, last, opened = [], 0, 0
    for mark in SINGLE.finditer(line):
        at = mark.start()
        inside = LATIN.match(line[at - 1 : at]) and LATIN.match(line[at + 1 : at + 2])
        if mark[0] == "’" and (not opened or inside):
            pieces += [line[last:at].translate(CORNER), mark[0]]
            last = at + 1
        else:
            opened += 1 if mark[0] == "‘" else -1
    return "".join(pieces) + line[last:].translate(CORNER)
