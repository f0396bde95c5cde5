"""Turn a subtitle script into sentences and paragraphs a person can read.

A script has one short line per caption and hardly any punctuation. Its lines are joined in order, none is lost and
none is changed; between two lines stands what the grammar asks for: nothing, a comma, or the end of a sentence. The
rules look at how a line ends and how the next one begins (a conjunction goes on, a new topic starts a sentence), after
Chao, A Grammar of Spoken Chinese, 2.1–2.3, on where minor sentences end.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import zip_longest

# Caption lines are short, many, and seldom end with a mark.
LONGEST_MEDIAN = 30
FEWEST_LINES = 12
MOST_MARKED = 0.3

SENTENCE_LENGTH = 42
SHORTEST_SENTENCE = 12
PARAGRAPH_LENGTH = 170

MARK_AT_END = re.compile(r"[，。！？；：、,.!?;:…]$")
MARK_AT_START = re.compile(r"[，。！？；：、,.!?;:…”’」』）)]")
SENTENCE_MARK = re.compile(r"[。！？!?…][”’」』）)]*$")
QUESTION = re.compile(r"(呢|吗)$")
# The line cannot be left here: what follows belongs to the same phrase.
OPEN_END = re.compile(
    r"(的是|就是|则是|(?<![存所现正])在|(?<!方)向|[把被将给从与和跟]|(?<!面)对|以及|或者|^而?接受.*的|这样一种|出了|找到了)$"
)
# The next line cannot begin anything: it completes the phrase before it.
CLOSING_START = re.compile(r"^(则是|的|地|得|等|跳跃到|放在)")
# The line opens something that the next one completes: a comma at most.
LEADING = re.compile(
    r"^(如果|虽然|尽管|即使|只要|只有|除非|因为|由于|为了|随着|当(?!前)|在|从|对于|而对于|关于|对|就像|一方面|通过|根据|"
    r"毕竟|比如|例如|无论)"
)
LEADING_END = re.compile(
    r"(的时候|时|来说|来看|来讲|方面|之后|之前|以后|以前|的话|中|里|上|下|认为|指出|表示|觉得|提到|暗示|坦言|知道|发现|"
    r"建议|强调|在于|同样|以来|访谈|描述|不得不说|因为如此|但是|然而|而且|所以)$"
)
# A comparison that has come to its end opens nothing any more.
COMPARED = re.compile(r"^就像.*(一样|一般)$")
# A line that is nothing but an opener.
OPENER = re.compile(r"^(好了|首先|其次|最后|接下来|目前|其实|但是|然而|而且|所以)$")
# The next line goes on with the sentence, whatever its length …
BOUND = re.compile(
    r"^(而是|并且|并|就|也|还|甚至|反而|从而|然后|以及|才|都|或者|或|更|却|让|使|需要|能够|可以|会|不会|是|之后|又|再|"
    r"最终|包括|其中|超过|达到|相当于|有|尤其|只有|只是|主要|确实|避免|常常|至少|到|来|比(?!如)|要|用|带|为(?!什么|此|了))"
)
# … or goes on unless the sentence is long already.
CONTINUING = re.compile(r"^(但是|但|而且|而|因为|所以|例如|比如|无论)")
# The next line opens a new thought.
TOPIC = re.compile(
    r"^(其实|那么|为什么|在.{1,24}(?:方面|上|时候|话题上)$|关于|而对于|对于|对比|他|她|这|阿|克里斯|例如|想要|早期|"
    r"当|如果)"
)
NEW_SENTENCE = re.compile(r"^(好了|首先|其次|最后|接下来|目前|然而|不过|同时|此外|另外|总之|先说|我们再来)")
# 如果 … 那么: the second half answers the first, in one sentence.
PAIRS = ((re.compile(r"如果|既然|要是"), re.compile(r"^(那么|那|就)")),)
PARAGRAPH = re.compile(
    r"^(好了|先说|接下来|最后$|首先|目前$|我们再来|我们把|在.{1,20}(?:方面|话题上)|关于|而对于|对于.{2,14}$|对比|"
    r"那么|克里斯|为什么)"
)


def is_caption_script(text: str) -> bool:
    """Tell whether a text is a subtitle script: many short lines, few of which end with a mark."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < FEWEST_LINES or statistics.median(map(len, lines)) > LONGEST_MEDIAN:
        return False
    marked = sum(MARK_AT_END.search(line) is not None for line in lines)
    blank = text.strip().count("\n\n")
    return marked <= MOST_MARKED * len(lines) and blank <= MOST_MARKED * len(lines)


def join_captions(lines: Sequence[str]) -> list[str]:
    """Join the lines of a script into paragraphs; all lines stand in them, unchanged and in order.

    >>> join_captions(["大家好，这里是读书会", "今天要讲的是", "缩放定律"])
    ['大家好，这里是读书会，今天要讲的是缩放定律。']
    """
    return ["".join(paragraph) for paragraph in _paragraphs([line.strip() for line in lines if line.strip()])]


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    sentence, length = "", 0
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        sentence += line
        mark = _mark_between(line, following, sentence)
        paragraph.append(line + mark)
        if following and not SENTENCE_MARK.search(line + mark):
            continue
        length += len(sentence)
        sentence = ""
        if not following or _begins_paragraph(following, length):
            yield paragraph
            paragraph, length = [], 0


def _begins_paragraph(following: str, length: int) -> bool:
    if PARAGRAPH.search(following):
        return length > PARAGRAPH_LENGTH / 4
    return length > PARAGRAPH_LENGTH and (TOPIC.search(following) or NEW_SENTENCE.search(following)) is not None


def _mark_between(line: str, following: str, sentence: str) -> str:
    """Say which mark stands between a line and the next; ``sentence`` is what the line's sentence holds so far."""
    if MARK_AT_END.search(line) or SENTENCE_MARK.search(line) or MARK_AT_START.match(following):
        return ""
    if not following:
        return "。"
    if OPEN_END.search(line) or CLOSING_START.search(following):
        return ""
    if QUESTION.search(line):
        return "？"
    return "。" if _ends_sentence(line, following, sentence) else "，"


def _ends_sentence(line: str, following: str, sentence: str) -> bool:
    if len(sentence) < SHORTEST_SENTENCE or OPENER.search(line):
        return False
    if NEW_SENTENCE.search(following):
        return True
    if LEADING_END.search(line) or BOUND.search(following) or _leads(line):
        return False
    if any(a.search(sentence) and b.search(following) for a, b in PAIRS):
        return False
    if CONTINUING.search(following):
        return len(sentence) > 2 * SENTENCE_LENGTH
    return TOPIC.search(following) is not None or len(sentence) > SENTENCE_LENGTH


def _leads(line: str) -> bool:
    return LEADING.search(line) is not None and not COMPARED.search(line)
