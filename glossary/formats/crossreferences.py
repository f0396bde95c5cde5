"""Relations between concepts as cross-references of TBX.

TBX-Basic has one kind of reference from concept to concept, without saying what it is for; the reference's own text
says so here, as ``<ref type="crossReference" target="concept-scaling">broader: scaling</ref>``. References of others
that say nothing are taken for see also; the descriptions by which larger dialects name relations are read as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from glossary.formats.rows import ConceptRow

WORDS = {"broader": "broader", "related": "related", "see also": "see_also"}
SAID = re.compile(rf"({'|'.join(WORDS)}): .*", re.DOTALL)
DESCRIBED = {
    "broaderConceptGeneric": "broader",
    "broaderConceptPartitive": "broader",
    "superordinateConceptGeneric": "broader",
    "superordinateConceptPartitive": "broader",
    "relatedConcept": "related",
    "associatedConcept": "related",
}

# lxml has no type hints.
Element = Any


def names(entry: Element, key: str) -> dict[str, str]:
    """Give the ids that stand in an entry, each with the key of its concept: a reference may point to any of them."""
    return {element.get("id"): key for element in entry.iter() if element.get("id")}


def read(entry: Element, keys: Mapping[str, str], prefix: str) -> dict[str, tuple[str, ...]]:
    """Read the relations of an entry; nothing where it names none. Raises ValueError for an id that is nowhere."""
    found: dict[str, list[str]] = {name: [] for name in WORDS.values()}
    for element, name in _references(entry):
        target = element.get("target", "").removeprefix("#")
        if target not in keys and not target.startswith(prefix):
            raise ValueError(f"the reference to “{target}” leads nowhere (line {element.sourceline}).")
        found[name].append(keys.get(target) or target.removeprefix(prefix))
    # A concept that is named twice is meant once.
    return {name: tuple(dict.fromkeys(targets)) for name, targets in found.items()} if any(found.values()) else {}


def _references(level: Element) -> Iterator[tuple[Element, str]]:
    """Give what refers to other concepts, directly or in a group; what stands in sections belongs to terms."""
    for child in level:
        name = str(etree.QName(child).localname) if isinstance(child.tag, str) else ""
        kind = child.get("type") if name else ""
        if name.endswith("Grp"):
            yield from _references(child)
        elif name == "ref" and kind == "crossReference":
            said = SAID.fullmatch("".join(child.itertext()).strip())
            yield child, WORDS[said[1]] if said else "see_also"
        elif name == "descrip" and kind in DESCRIBED and child.get("target"):
            yield child, DESCRIBED[kind]


def of(row: ConceptRow) -> Iterable[tuple[str, str]]:
    """Give the keys to which a row refers, each with the text of its reference."""
    return [(key, f"{word}: {key}") for word, name in WORDS.items() for key in getattr(row, name) or ()]
