"""What a scraped page carries besides its text: one named rule each, and the head that is worth keeping.

To treat another site, add a rule here: a function from the lines of a page to the line numbers it takes away.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

HEAD_LINES = 25
SHORTEST_TITLE = 8

Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says, and on which lines (counted from 1) it says so."""

    title: str = ""
    title_line: int = 0
    author: str = ""
    author_line: int = 0
    place: str = ""
    place_line: int = 0
    published: date | None = None
    published_line: int = 0


DATE = re.compile(r"^[•·\s]*(?:发布于|发表于)?\s*(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?\b(?!.*[。，,])")
AUTHOR = re.compile(r"^\s*((?:编辑|作者|译者|编译|撰文|来源|策划)\s*[|｜丨:：／/].{1,40})$")
PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}$")
# A browser's title goes on with the site's name; a paragraph that begins with the words of the title says more.
BROWSER_TAIL = re.compile(r"(?:[_|｜–—-][^。！？]{1,60})?")


def read_head(lines: Lines) -> Head:
    """Read title, date, place and author line of a scraped page; what is not found stays empty.

    The title is the first line of the head that the page says again: in its body, or in the browser's title, which a
    scraper leaves at the end.
    """
    title_line = next(_repeated(lines), 0)
    published_line = next((number for number, line in enumerate(lines[:HEAD_LINES], 1) if _date(line)), 0)
    author_line = _first(lines, AUTHOR)
    return Head(
        title=lines[title_line - 1].strip() if title_line else "",
        title_line=title_line,
        author=lines[author_line - 1].strip() if author_line else "",
        author_line=author_line,
        place_line=(place_line := _place_line(lines, published_line)),
        place=lines[place_line - 1].strip() if place_line else "",
        published=_date(lines[published_line - 1]) if published_line else None,
        published_line=published_line,
    )


def _squash(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _repeated(lines: Lines) -> Iterator[int]:
    squashed = [_squash(line) for line in lines]
    for number, line in enumerate(squashed[:HEAD_LINES], 1):
        if len(line) < SHORTEST_TITLE or line[-1] in ":：":
            continue
        if any(_says_title(other, line) for other in squashed[number:]):
            yield number


def _says_title(line: str, title: str) -> bool:
    """Tell whether a squashed line is the title again, alone or as the browser shows it."""
    return line.startswith(title) and BROWSER_TAIL.fullmatch(line, len(title)) is not None


def _first(lines: Lines, pattern: re.Pattern[str]) -> int:
    """Give the number of the first line of the head that matches, 0 where none does."""
    return next((number for number, line in enumerate(lines[:HEAD_LINES], 1) if pattern.match(line)), 0)


def _date(line: str) -> date | None:
    found = DATE.match(line)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _place_line(lines: Lines, published_line: int) -> int:
    """Find the place: a few Han characters alone on the line below the date."""
    below = lines[published_line : published_line + 1] if published_line else []
    return published_line + 1 if below and PLACE.match(below[0].strip()) else 0


PROMOTION_WORDS = re.compile(r"限时|福利|优惠|现金|报名|领取|扫码|抽奖|了解详情|立即\w{2}|点击\w{2}")
WIDGETS = re.compile(r"(写点什么|登录|注册|分享|收藏|点赞|举报|返回顶部|阅读全文|展开全部|上一篇|下一篇|复制链接)$")
# A counter is no sentence: 大小 7B 的模型已经够用，… is text.
COUNTER = re.compile(
    r"^[•·\s]*(本文字数|字数|阅读完需|阅读[量数]|浏览量|大小|时长|评论数|点赞数)\s*[:：]?\s*约?\s*[\d.]"
    r"(?!.*(?:[。！？，；]|[,;](?!\d)))"
)
COMMENTS = frozenset(("评论", "评论区", "全部评论", "发表评论"))
COMMENT_WIDGETS = COMMENTS | {"发布", "暂无评论", "写评论"}
TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d\d*$")


def _promotions(lines: Lines, head: Head) -> Iterator[int]:
    """Find advertising lines above the title or anywhere in the head: two or more of its catchwords."""
    for number, line in enumerate(lines[:HEAD_LINES], 1):
        if len(set(PROMOTION_WORDS.findall(line))) >= 2 and not line.rstrip().endswith("。"):
            yield number


def _widgets(lines: Lines, head: Head) -> Iterator[int]:
    yield from (number for number, line in enumerate(lines, 1) if WIDGETS.match(line.strip()))


def _counters(lines: Lines, head: Head) -> Iterator[int]:
    for number, line in enumerate(lines, 1):
        if COUNTER.match(line) or TIMESTAMP.match(line.strip()):
            yield number


def _details(lines: Lines, head: Head) -> Iterator[int]:
    """Take date, place and author line out of the text: they are shown in the document's head."""
    yield from filter(None, (head.published_line, head.place_line, head.author_line))


def _titles(lines: Lines, head: Head) -> Iterator[int]:
    """Take the title and its repetitions out of the text: it is shown above it."""
    title = _squash(head.title)
    if title:
        yield from (number for number, line in enumerate(lines, 1) if _says_title(_squash(line), title))


def _comments(lines: Lines, head: Head) -> Iterator[int]:
    begin = _comments_line(lines)
    if begin:
        yield from (n for n, line in enumerate(lines[begin - 1 :], begin) if line.strip() in COMMENT_WIDGETS)


def _recommended(lines: Lines, head: Head) -> Iterator[int]:
    """Take what follows the comments: a page ends there, the rest are other articles."""
    begin = _comments_line(lines)
    if begin:
        yield from range(begin, len(lines) + 1)


def _comments_line(lines: Lines) -> int:
    """Find where the comments begin: their heading, with another of their buttons within the next three lines."""
    for number, line in enumerate(lines, 1):
        if line.strip() in COMMENTS:
            around = {other.strip() for other in lines[number : number + 3]}
            if around & COMMENT_WIDGETS:
                return number
    return 0


# The first rule that names a line has it.
RULES: dict[str, Callable[[Lines, Head], Iterator[int]]] = {
    "promotion": _promotions,
    "widget": _widgets,
    "counter": _counters,
    "details": _details,
    "title": _titles,
    "comments": _comments,
    "recommended": _recommended,
}


def find(lines: Lines, head: Head) -> dict[int, str]:
    """Name, for each line number of a page that is boilerplate, the rule that says so."""
    found: dict[int, str] = {}
    for name, rule in RULES.items():
        for number in rule(lines, head):
            found.setdefault(number, name)
    return found
