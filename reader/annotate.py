"""The annotation of a text as data: what ``manage.py annotate`` prints, and what integrations rely on."""

from collections.abc import Iterator
from typing import Any

from glossary.lexicon import Lexicon
from glossary.models import Term
from reader.layers import Layers, lay
from zhtext.script import Script, simplify, source_script


def annotate(text: str, lexicon: Lexicon, script: Script | None = None) -> dict[str, Any]:
    """Annotate a text as it is; offsets are code points, the tokens cover it without a gap.

    Without a script, words are shown as they are written. Raises ValueError for NUL and half surrogates.
    """
    source = source_script(text)
    layers = lay(text, lexicon, source)
    shown = layers.shown(script or source)
    return {
        "text": text,
        "tokens": [_token(layers, lexicon, index, form) for index, form in enumerate(shown)],
        "matches": list(_matches(layers, lexicon)),
    }


def _token(layers: Layers, lexicon: Lexicon, index: int, shown: str) -> dict[str, Any]:
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
        "pinyin": list(layers.readings[token.start : token.end]),
        "terms": [
            {"id": term, "concept": _concept_key(lexicon, term), "start": start, "end": end}
            for term, start, end in terms + nested
        ],
        "senses": lexicon.words.senses([simplify(text)])[0],
    }


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
