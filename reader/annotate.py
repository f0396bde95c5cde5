"""The annotation of a text as data: what ``manage.py annotate`` prints, and what integrations rely on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from glossary.lexicon import Lexicon
from glossary.models import Term
from reader.layers import Layers, lay
from zhtext import sandhi
from zhtext.script import Script, simplify, source_script
from zhtext.spoken import Spoken, speak, spoken
from zhtext.tones import Tones


@dataclass(frozen=True)
class Speech:
    """How readings are given: how their tones are written, whether as spoken, and whether digits are read, too."""

    tones: Tones = Tones.MARKS
    sandhi: bool = False
    spoken: bool = False


CITATION = Speech()


def annotate(text: str, lexicon: Lexicon, script: Script | None = None, speech: Speech = CITATION) -> dict[str, Any]:
    """Annotate a text as it is; offsets are code points, the tokens cover it without a gap.

    Without a script, words are shown as they are written. Raises ValueError for NUL and half surrogates.
    """
    source = source_script(text)
    layers = lay(text, lexicon, source)
    shown = layers.shown(script or source)
    readings = _readings(layers, lexicon, speech)
    told = [_token(layers, lexicon, index, form, readings) for index, form in enumerate(shown)]
    if speech.spoken:
        _add_spoken(told, layers, speech)
    return {"text": text, "tokens": told, "matches": list(_matches(layers, lexicon))}


def _readings(layers: Layers, lexicon: Lexicon, speech: Speech) -> list[str | None]:
    """Give the syllable of each code point as it was asked for."""
    readings = _changed(layers, lexicon) if speech.sandhi else layers.readings
    return [syllable and speech.tones.write(syllable) for syllable in readings]


def _changed(layers: Layers, lexicon: Lexicon) -> Sequence[str | None]:
    """Give the readings of a text with the tones changed as they are spoken."""
    return sandhi.speak(simplify(layers.text), layers.readings, layers.tokens, lexicon.words.segmenter.is_word)


def _token(layers: Layers, lexicon: Lexicon, index: int, shown: str, readings: Sequence[str | None]) -> dict[str, Any]:
    token = layers.tokens[index]
    text = layers.text[token.start : token.end]
    match = layers.matches_by_start.get(token.start)
    terms = [(term, match.start, match.end) for term in match.terms] if match else []
    nested = [(hit.term, hit.start, hit.end) for hit in match.nested] if match else []
    return {
        "start": token.start,
        "end": token.end,
        "text": text,
        "shown": shown,
        "pinyin": list(readings[token.start : token.end]),
        "terms": [
            {"id": term, "concept": _concept_key(lexicon, term), "start": start, "end": end}
            for term, start, end in terms + nested
        ],
        "senses": lexicon.words.senses([simplify(text)])[0],
    }


def _add_spoken(told: Sequence[dict[str, Any]], layers: Layers, speech: Speech) -> None:
    """Give every token the stretches in digits that begin in it; one may reach into the tokens behind it."""
    stretches = iter(spoken(layers.text))
    stretch = next(stretches, None)
    for token in told:
        token["spoken"] = []
        while stretch and stretch.start < token["end"]:
            token["spoken"].append(_stretch(stretch, layers, speech))
            stretch = next(stretches, None)


def _stretch(stretch: Spoken, layers: Layers, speech: Speech) -> dict[str, Any]:
    syllables = _in_context(stretch, layers) if speech.sandhi else stretch.syllables
    pinyin = [speech.tones.write(syllable) for syllable in syllables]
    return {"start": stretch.start, "end": stretch.end, "hanzi": stretch.hanzi, "pinyin": pinyin}


def _in_context(stretch: Spoken, layers: Layers) -> Sequence[str]:
    """Change the tones of a stretch by the Han characters beside it: 1个 is yí gè, 第1个 dì yī gè."""
    before, behind = layers.text[max(0, stretch.start - 1) : stretch.start], layers.text[stretch.end : stretch.end + 1]
    syllable = layers.readings[stretch.end] if behind else None
    return speak(stretch, simplify(before), simplify(behind) if syllable else "", syllable)


def _matches(layers: Layers, lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """Give every term found, outer and nested, in text order and the longest first."""
    for match in layers.matches:
        hits = [(match.start, match.end, term) for term in match.terms]
        hits += [(hit.start, hit.end, hit.term) for hit in match.nested]
        for start, end, term in sorted(hits, key=lambda hit: (hit[0], -hit[1], lexicon.terms[hit[2]].rank)):
            yield {
                "start": start,
                "end": end,
                "term": lexicon.terms[term].text,
                "concept": _concept_key(lexicon, term),
                "gloss": _concept(lexicon, lexicon.terms[term]).gloss,
            }


def _concept(lexicon: Lexicon, term: Term) -> Any:
    return lexicon.concepts[term.concept_id]


def _concept_key(lexicon: Lexicon, term: int) -> str:
    return str(_concept(lexicon, lexicon.terms[term]).key)
