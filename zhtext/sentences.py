"""Cut a paragraph into sentences.

A sentence ends with 。！？… or their half-width kin, together with the closing quotes and brackets behind it
(GB/T 15834—2011, 标点符号用法, 4.1–4.3); a semicolon parts clauses, not sentences. A full stop between digits or
Latin letters ends nothing: 3.5, Claude 3.5.
"""

import re

from zhtext.spans import Span

END = re.compile(r"(?:[。！？!?]|……|…|\.(?=\s|$|[”’」』）)]))+[”’」』）)\"]*\s*|\n+")


def sentences(text: str) -> list[Span]:
    """Cut a text into sentences that cover it without a gap; closing marks stay with their sentence.

    >>> [tuple(span) for span in sentences("好。“真的？”他问。")]
    [(0, 2), (2, 7), (7, 10)]
    """
    spans = []
    start = 0
    for end in END.finditer(text):
        spans.append(Span(start, end.end()))
        start = end.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def sentence_at(text: str, offset: int) -> Span:
    """Give the sentence that holds the code point at an offset; the whole text where there is none."""
    return next((span for span in sentences(text) if span.start <= offset < span.end), Span(0, len(text)))
