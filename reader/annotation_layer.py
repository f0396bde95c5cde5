"""The annotation layer: what the page's script needs to show readings, scripts and words, in as few bytes as can be.

``{"words": […], "blocks": [[…], …], "labels": {…}}``. A word is ``[text, reading, hant-tw, hant-hk, hant, own]``: the
reading has its syllables parted by spaces and its runs of Han characters by bars; a form equal to the text is 0; own,
where it is there, gives the readings of forms that are other words. A block is a row of numbers: a word's place in
``words``, or, below zero, a stretch of so many UTF-16 units that is no word. Labels are the titles and names around
the text in each script.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reader.layers import Layers, runs_of
from reader.models import Block
from zhtext.characters import HAN_RUN
from zhtext.script import Script, convert
from zhtext.segment import Token
from zhtext.spans import utf16_length

SCRIPTS = (Script.HANT_TW, Script.HANT_HK, Script.HANT)
HANS_SCRIPTS = (Script.HANS, *SCRIPTS)
Word = tuple[str | int, ...]


def build(layers: Layers, blocks: Sequence[Block], labels: Iterable[str]) -> str:
    """Write the layer of a document as JSON."""
    words = list(_words(layers))
    counts = Counter(word for word in words if word is not None)
    places = {word: place for place, (word, _count) in enumerate(counts.most_common())}
    starts = [token.start for token in layers.tokens]
    rows = []
    for block in blocks:
        first, last = bisect_left(starts, block.start), bisect_left(starts, block.end)
        rows.append(list(_row(layers, words, places, first, last)))
    content = {"words": [json.loads(word) for word in places], "blocks": rows, "labels": _labels(layers.source, labels)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _words(layers: Layers) -> Iterator[str | None]:
    """Give each token that can be clicked as the JSON of its word, None for the others."""
    forms = [layers.shown(script) for script in _other_scripts(layers.source)]
    for index, token in enumerate(layers.tokens):
        text = layers.text[token.start : token.end]
        if not HAN_RUN.search(text):
            yield None
            continue
        own = _own_readings(layers, token)
        row = [text, _reading(layers.runs(token)), *(0 if form[index] == text else form[index] for form in forms)]
        yield json.dumps([*row, own] if own else row, ensure_ascii=False)


def _other_scripts(source: Script) -> tuple[Script, ...]:
    """Give the scripts of a word's forms: for a traditional text the simplified form takes the place of its own."""
    return SCRIPTS if source is Script.HANS else (Script.HANT_TW, Script.HANT_HK, Script.HANS)


def _own_readings(layers: Layers, token: Token) -> dict[str, str]:
    own = ((script, layers.own_form(token, script)) for script in SCRIPTS)
    return {script.value: _reading(runs_of(form)) for script, form in own if form}


def _reading(runs: Sequence[Sequence[str]]) -> str:
    return "|".join(" ".join(run) for run in runs)


def _row(layers: Layers, words: Sequence[str | None], places: dict[str, int], first: int, last: int) -> Iterator[int]:
    plain = 0
    for index in range(first, last):
        token, word = layers.tokens[index], words[index]
        if word is None and token.start not in layers.matches_by_start:
            plain += utf16_length(layers.text[token.start : token.end])
            continue
        if plain:
            yield -plain
        plain = 0
        yield -utf16_length(layers.text[token.start : token.end]) if word is None else places[word]
    if plain:
        yield -plain


def _labels(source: Script, labels: Iterable[str]) -> dict[str, list[str]]:
    """Give the titles and names around the text in every script, in the order of HANS_SCRIPTS."""
    return {label: [convert(label, script, source) for script in HANS_SCRIPTS] for label in dict.fromkeys(labels)}
