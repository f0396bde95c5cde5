"""Read one Web Annotation as a note: what others write in the standard's many ways, and what went out from here."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from reader.models import Colour
from reader.note_formats import said
from reader.note_formats.jsonld import VERSION
from reader.note_formats.rows import IncomingNote, Quoted
from reader.note_formats.said import BadItemError

# The address of an annotation that this service gave out, or its name.
OURS = re.compile(r"(?:^urn:uuid:|/annotations/)([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/?$")
# What it is called elsewhere may have so many characters.
LONGEST_VIA = 4_000


def read(item: int, data: Any) -> IncomingNote:
    """Read an annotation. Raises BadItemError, in words."""
    if not isinstance(data, dict) or "Annotation" not in said.kinds(data):
        raise BadItemError(_("This is no Web Annotation."))
    target = _target(data)
    is_answer = "replying" in said.strings(data.get("motivation"))
    source = _source(target)
    colour = next((name for name in said.strings(target.get("styleClass")) if name in Colour.values), None)
    tags = tuple(_tags(data))
    return IncomingNote(
        item=item,
        uuid=uuid_of(data),
        source=source,
        passage=_passage(target),
        body="\n\n".join(_texts(data)),
        # What goes out from here says all its tags, and its colour; what does not may say nothing of either.
        tags=tags if tags or (colour and _is_ours(data)) else None,
        colour=colour,
        created=said.moment(data, "created"),
        modified=said.moment(data, "modified"),
        via=_via(data),
        answers=(named(source),) if is_answer else (),
    )


def named(name: str) -> UUID:
    """Give the uuid of an annotation by its address or name; one from elsewhere always gets the same."""
    ours = OURS.search(name)
    return UUID(ours[1]) if ours else uuid5(NAMESPACE_URL, name)


def uuid_of(data: dict[str, Any]) -> UUID:
    """Give the uuid under which an annotation is kept; one without a name is known by all that it says."""
    names = [name for key in ("canonical", "id", "@id") for name in said.strings(data.get(key)) if name]
    try:
        return named(names[0] if names else json.dumps(data, sort_keys=True))
    except RecursionError as error:
        raise BadItemError(_("It is nested too deep.")) from error


def _is_ours(data: dict[str, Any]) -> bool:
    """Tell whether an annotation is as it went out from here: named so, and each body saying what it is for."""
    is_named_so = any(OURS.search(name) for key in ("canonical", "id") for name in said.strings(data.get(key)))
    return is_named_so and all(isinstance(body, dict) and "purpose" in body for body in _bodies(data))


def _via(data: dict[str, Any]) -> tuple[str, ...]:
    """Give what an annotation is called elsewhere: its own address there first, then those it came by before."""
    names = [name for key in ("id", "@id", "via") for name in said.strings(data.get(key)) if name]
    found = tuple(dict.fromkeys(name for name in names if not OURS.search(name)))
    if sum(map(len, found)) > LONGEST_VIA:
        raise BadItemError(_("Its addresses elsewhere are too long."))
    return found


def is_named(data: dict[str, Any]) -> bool:
    """Tell whether an annotation has a name of its own."""
    return any(name for key in ("canonical", "id", "@id") for name in said.strings(data.get(key)))


def _target(data: dict[str, Any]) -> dict[str, Any]:
    """Give the one target of an annotation as an object."""
    value = data.get("target")
    targets = [value] if not isinstance(value, list) else value
    if len(targets) != 1 or not isinstance(targets[0], dict | str) or not targets[0]:
        raise BadItemError(_("It needs one target; a note is about one passage."))
    return {"source": said.strings(targets)[0]} if isinstance(targets[0], str) else targets[0]


def _source(target: dict[str, Any]) -> str:
    source = target.get("source", target.get("id"))
    names = said.strings(source) or [said.text(each, "id") for each in said.objects(source)]
    if not names or not names[0]:
        raise BadItemError(_("Its target does not say which text it is about."))
    return names[0]


def _selectors(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Give selectors with those that refine them."""
    for selector in said.objects(value):
        yield selector
        if depth < 8:
            yield from _selectors(selector.get("refinedBy"), depth + 1)


def _passage(target: dict[str, Any]) -> Quoted:
    """Read what is known of the passage; offsets that contradict each other are none."""
    selectors = list(_selectors(target.get("selector")))
    place = next((one for one in selectors if "TextPositionSelector" in said.kinds(one)), {})
    versions = (said.number(state, VERSION) for state in said.objects(target.get("state")))
    start, end = said.number(place, "start"), said.number(place, "end")
    if start is None or end is None or start >= end:
        start = end = None
    return replace(said.quoted(selectors), start=start, end=end, revision=next(filter(None, versions), None))


def _bodies(data: dict[str, Any]) -> list[Any]:
    """Give the bodies of an annotation; of a choice the first."""
    value = data.get("body", data.get("bodyValue"))
    bodies = value if isinstance(value, list) else [value]
    return [body for each in bodies for body in _first_of_choice(each)]


def _first_of_choice(body: Any) -> list[Any]:
    if not isinstance(body, dict) or "Choice" not in said.kinds(body):
        return [body]
    return list(said.objects(body.get("items")))[:1]


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and "tagging" in said.strings(body.get("purpose"))


def _texts(data: dict[str, Any]) -> Iterator[str]:
    """Give what is said; of a body that lies elsewhere its address, as a link."""
    inline = "bodyValue" in data and "body" not in data
    for body in _bodies(data):
        if isinstance(body, str) and body:
            yield body if inline else f"<{body}>"
        elif isinstance(body, dict) and not _is_tag(body):
            address = next(filter(None, (*said.strings(body.get("id")), *said.strings(body.get("source")))), "")
            words = said.text(body, "value") or (f"<{address}>" if address else "")
            yield from [words] if words else []


def _tags(data: dict[str, Any]) -> Iterator[str]:
    for body in filter(_is_tag, _bodies(data)):
        yield from filter(None, [said.text(body, "value")])
