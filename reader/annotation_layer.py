"""The annotation layer: what the page's script needs to show readings, scripts and words, in as few bytes as can be.

The page has the text already, so the layer says only what the text does not: where words end, and how characters are
read and written. A word is put together from its characters; the words for which that errs are listed.

``readings``: each syllable with the characters that are usually read so, "shì是事 de的得". ``forms``: for the first
other script the characters that change, each with its form, "们們这這"; for the others what differs from the first.
``words``: what its characters do not tell, ``[text, reading, first form, second form, third form, own]``: the reading
has its syllables parted by spaces and its runs of Han characters by bars; 0 is "as its characters have it"; own, where
it is there, gives the readings of forms that are other words. The first ``usual`` of them hold wherever the word
stands, the others where ``exceptions`` says so: block number to pairs of token and word.
``blocks``: the tokens of each block as letters, a to y for a word of 1 to 25 UTF-16 units, A to Y for a stretch that is
no word; z and Z are 25 units that go on. ``labels``: the titles and names around the text in each script.
"""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from reader.layers import Layers, readings_of
from reader.models import Block
from zhtext.characters import HAN_RUN
from zhtext.script import Script, convert, simplify
from zhtext.segment import Kind
from zhtext.spans import utf16_length

SCRIPTS = (Script.HANT_TW, Script.HANT_HK, Script.HANT)
HANS_SCRIPTS = (Script.HANS, *SCRIPTS)
# Letters of the alphabet but the last, which goes on.
LONGEST_STEP = 25


class Word(NamedTuple):
    """A word as it stands in one place: its text, the syllables of its characters, and its form in other scripts."""

    text: str
    syllables: tuple[str | None, ...]
    forms: tuple[str, ...]


def other_scripts(source: Script) -> tuple[Script, ...]:
    """Give the scripts a text can also be shown in; for a traditional one simplified takes the place of its own."""
    return SCRIPTS if source is Script.HANS else (Script.HANT_TW, Script.HANT_HK, Script.HANS)


def build(layers: Layers, blocks: Sequence[Block], labels: Iterable[str]) -> str:
    """Write the layer of a document as JSON."""
    scripts = other_scripts(layers.source)
    words = _words(layers, scripts)
    counts = Counter(word for word in words if word)
    usual: dict[str, Word] = {}
    for word, _count in counts.most_common():
        usual.setdefault(word.text, word)
    characters = _Characters.of(counts)
    rest = [word for word in counts if usual[word.text] != word]
    others = _other_words(layers, words, scripts)
    # Where characters tell another word, they do not tell how it is read.
    listed = [word for word in usual.values() if word in others or not characters.tell(word)]
    places = {word: place for place, word in enumerate((*listed, *rest))}
    # A word that is as its characters have it here, but not usually, has to be listed, too.
    rows = _Rows(layers, words, {word: places[word] for word in rest})
    for block in blocks:
        rows.add(block)
    content = {
        "readings": " ".join(f"{syllable}{having}" for syllable, having in characters.by_syllable().items()),
        "forms": dict(zip([script.value for script in scripts], characters.form_pairs(), strict=True)),
        "words": list(_entries(list(places), characters, others)),
        "usual": len(listed),
        "blocks": rows.blocks,
        "exceptions": rows.exceptions,
        "labels": _labels(layers.source, labels),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _words(layers: Layers, scripts: Sequence[Script]) -> list[Word | None]:
    """Give each token that can be clicked as a word, None for the others."""
    text, readings = layers.text, layers.readings
    rows = zip(
        [text[start:end] for start, end, _kind in layers.tokens],
        [tuple(readings[start:end]) for start, end, _kind in layers.tokens],
        *(layers.shown(script) for script in scripts),
        strict=True,
    )
    # Most words of a text stand there many times: one object for all.
    known: dict[tuple[Any, ...], Word] = {}
    words: list[Word | None] = []
    for row, token in zip(rows, layers.tokens, strict=True):
        if token.kind is not Kind.HAN:
            words.append(None)
            continue
        word = known.get(row)
        if word is None:
            word = known[row] = Word(row[0], row[1], row[2:])
        words.append(word)
    return words


def _other_words(layers: Layers, words: Sequence[Word | None], scripts: Sequence[Script]) -> dict[Word, dict[str, str]]:
    """Give the words that are other words in some script, and so are read in another way there, with those forms."""
    at = {token.start: word for token, word in zip(layers.tokens, words, strict=True) if word}
    others: dict[Word, dict[str, str]] = {}
    for script in scripts:
        for start, form in layers.own(script).items():
            word = at.get(start)
            if word and form and simplify(form) != simplify(word.text):
                others.setdefault(word, {})[script.value] = form
    return others


@dataclass(frozen=True)
class _Characters:
    """How each character is usually read, and written in the other scripts."""

    readings: Mapping[str, str]
    forms: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, counts: Mapping[Word, int]) -> "_Characters":
        """Count how the characters of the words of a text are read and written, and take what is most frequent."""
        readings: dict[str, Counter[str]] = defaultdict(Counter)
        forms: list[dict[str, Counter[str]]] = [defaultdict(Counter) for _script in SCRIPTS]
        for word, count in counts.items():
            for character, syllable in zip(word.text, word.syllables, strict=True):
                if syllable:
                    readings[character][syllable] += count
            for found, form in zip(forms, word.forms, strict=True):
                if len(form) == len(word.text):
                    for character, shown in zip(word.text, form, strict=True):
                        found[character][shown] += count
        return cls(_most_frequent(readings), [_most_frequent(found) for found in forms])

    def tell(self, word: Word) -> bool:
        """Tell whether a word is read and written as its characters are."""
        return self.read_as(word) and all(self.write_as(word, place) for place in range(len(word.forms)))

    def read_as(self, word: Word) -> bool:
        """Tell whether a word is read as its characters usually are."""
        return all(self.readings.get(one) == said for one, said in zip(word.text, word.syllables, strict=True))

    def write_as(self, word: Word, place: int) -> bool:
        """Tell whether a word is written in one of the other scripts as its characters usually are."""
        forms = self.forms[place]
        return word.forms[place] == "".join(forms.get(character, character) for character in word.text)

    def by_syllable(self) -> dict[str, str]:
        """Give the characters of each syllable, in the order of syllables."""
        having: dict[str, list[str]] = defaultdict(list)
        for character, syllable in sorted(self.readings.items(), key=lambda item: (item[1], item[0])):
            having[syllable].append(character)
        return {syllable: "".join(characters) for syllable, characters in having.items()}

    def form_pairs(self) -> list[str]:
        """Give for each script the characters that change, each before its form; beyond the first what differs."""
        first = self.forms[0]
        pairs = []
        for forms in self.forms:
            usual = {character: character for character in forms} if forms is first else first
            changed = ((one, form) for one, form in sorted(forms.items()) if form != usual.get(one, one))
            pairs.append("".join(one + form for one, form in changed))
        return pairs


def _most_frequent(counted: Mapping[str, Counter[str]]) -> dict[str, str]:
    return {character: max(found, key=found.__getitem__) for character, found in counted.items()}


def _entries(
    words: Sequence[Word], characters: _Characters, others: Mapping[Word, Mapping[str, str]]
) -> Iterator[list[object]]:
    """Write the words that their characters do not tell."""
    # All at once, for reading a line by itself takes as long as reading a page.
    forms = list(dict.fromkeys(form for own in others.values() for form in own.values()))
    readings = dict(zip(forms, readings_of(forms), strict=True))
    for word in words:
        reading = 0 if characters.read_as(word) else _reading(_runs(word))
        written = [0 if characters.write_as(word, place) else form for place, form in enumerate(word.forms)]
        said = {script: _reading(readings[form]) for script, form in others.get(word, {}).items()}
        yield [word.text, reading, *written, said] if said else [word.text, reading, *written]


def _runs(word: Word) -> list[list[str]]:
    """Give the syllables of a word, a list for each run of Han characters in it."""
    return [[said or "" for said in word.syllables[run.start() : run.end()]] for run in HAN_RUN.finditer(word.text)]


def _reading(runs: Sequence[Sequence[str]]) -> str:
    return "|".join(" ".join(run) for run in runs)


@dataclass
class _Rows:
    """The blocks of a document as rows of letters."""

    layers: Layers
    words: Sequence[Word | None]
    # The words that are not what they usually are, and their places in the list.
    unusual: Mapping[Word, int]
    blocks: list[str] = field(default_factory=list)
    exceptions: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [token.start for token in self.layers.tokens]

    def add(self, block: Block) -> None:
        """Write the next block."""
        first, last = bisect_left(self._starts, block.start), bisect_left(self._starts, block.end)
        tokens = list(self._tokens(first, last))
        exceptions = [
            number
            for at, (_letters, word) in enumerate(tokens)
            if word and word in self.unusual
            for number in (at, self.unusual[word])
        ]
        if exceptions:
            self.exceptions[len(self.blocks)] = exceptions
        self.blocks.append("".join(letters for letters, _word in tokens))

    def _tokens(self, first: int, last: int) -> Iterator[tuple[str, Word | None]]:
        """Yield the tokens of a block as the page knows them: stretches that are no words are one, up to a term."""
        text, matches = self.layers.text, self.layers.matches_by_start
        edges = [first]
        for index in range(first, last):
            alone = self.words[index] or self.layers.tokens[index].start in matches
            if alone and edges[-1] != index:
                edges.append(index)
            if alone:
                edges.append(index + 1)
        if edges[-1] != last:
            edges.append(last)
        for index, behind in pairwise(edges):
            start, end = self.layers.tokens[index].start, self.layers.tokens[behind - 1].end
            word = self.words[index]
            yield _letters(utf16_length(text[start:end]), "a" if word else "A"), word


def _letters(length: int, first: str) -> str:
    """Write a length as letters: a for 1, y for 25, and a z before for each 25 more."""
    more, rest = divmod(length - 1, LONGEST_STEP)
    return chr(ord(first) + LONGEST_STEP) * more + chr(ord(first) + rest)


def _labels(source: Script, labels: Iterable[str]) -> dict[str, list[str]]:
    """Give the titles and names around the text in every script, in the order of HANS_SCRIPTS."""
    return {label: [convert(label, script, source) for script in HANS_SCRIPTS] for label in dict.fromkeys(labels)}
