"""A document's source edited by hand: what a new source would make of the text and of the notes on it, and saved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from django.core.exceptions import ValidationError
from django.db import transaction

from reader import excerpts, foretold
from reader.foretold import Foretold
from reader.formats import markdown
from reader.ingest import Incoming, StaleError, add_revision, body_of
from reader.models import Document, Revision, User
from reader.wording import Part, differing
from zhtext.characters import normalise
from zhtext.clean import CleanText, clean
from zhtext.script import source_script

# About five megabytes where all are Han characters.
LONGEST_SOURCE = 1_500_000
MOST_SHOWN = 60
# So many characters of what stays are shown on either side of what does not.
CONTEXT = 12


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One paragraph that changes: its number in the new text, counted from 1, and how its words differ."""

    number: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a new source would do: the first changed paragraphs, what is said of the text, and the notes."""

    changes: Sequence[BlockChange]
    total: int
    details: Sequence[str]
    effect: Foretold

    @property
    def unshown(self) -> int:
        """Tell how many changed paragraphs are not shown."""
        return self.total - len(self.changes)


def source_of(revision: Revision) -> str:
    """Give what a revision's author edits: its source as it came, or its text where there is none."""
    return revision.source or revision.text


def read(document: Document, source: str, kept_lines: Iterable[int] = ()) -> Incoming:
    """Read a source as its document's first one was read. Raises ValueError, in human words."""
    if document.origin == excerpts.ORIGIN:
        return excerpts.read(source)
    is_markdown = source.startswith("---\n") or document.origin.casefold().endswith(markdown.SUFFIXES)
    if is_markdown:
        return markdown.read(source.encode(), document.origin)
    text = clean(source, list(kept_lines))
    if not text.blocks:
        raise ValueError("Nothing to read is left of the text.")
    return Incoming(text, source)


def preview(document: Document, source: str, *, user: User) -> Preview:
    """Tell an editor what a new source would change; nothing is. Raises ValueError where it cannot be read."""
    current = document.revisions.get(number=document.revision)
    coming = read(document, source, _still_kept(current, source))
    old = [current.text[block.start : block.end] for block in current.blocks.all()]
    changes = list(_changes(old, [block.text for block in coming.text.blocks]))
    shown = [BlockChange(number, list(_shortened(differing(*both)))) for number, *both in islice(changes, MOST_SHOWN)]
    changed = _changed_details(document, current, coming)
    details = [str(getattr(Document._meta.get_field(name), "verbose_name", name)) for name in changed]
    return Preview(shown, len(changes), sorted(details), foretold.to(user, document, body_of(coming.text)))


@transaction.atomic
def save(document: Document, source: str, *, revision: int, author: User) -> Revision | None:
    """Make a source the newest of its document; none where it is what there is.

    What is said of the text follows the source only where the source says something else than before: an editor may
    have corrected it. Raises StaleError where there is a newer revision than the one that was edited, and ValueError
    where the source cannot be read.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.revision != revision:
        raise StaleError
    current = document.revisions.get(number=revision)
    if normalise(source_of(current)) == normalise(source):
        return None
    kept = _still_kept(current, source)
    coming = read(document, source, kept)
    for name, value in _changed_details(document, current, coming).items():
        setattr(document, name, value)
    try:
        document.full_clean(exclude=["owner"])
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    document.save()
    return add_revision(document, coming.text, source=source, kept_lines=kept, author=author)


def _still_kept(current: Revision, source: str) -> list[int]:
    """Give the lines of a new source that were put back into the text when they were lines of the old one."""
    if not current.kept_lines:
        return []
    old, new = normalise(source_of(current)).split("\n"), normalise(source).split("\n")
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = set(current.kept_lines)
    return [b + at + 1 for a, b, size in blocks for at in range(size) if a + at + 1 in kept]


def _changed_details(document: Document, current: Revision, coming: Incoming) -> dict[str, object]:
    """Give what the new source says of the text and the old one did not."""
    before, after = _details(read(document, source_of(current), current.kept_lines)), _details(coming)
    return {name: value for name, value in after.items() if value and value != before.get(name)}


def _details(incoming: Incoming) -> dict[str, object]:
    text: CleanText = incoming.text
    said = {"title": text.title[:200], "author": text.author, "place": text.place, "published": text.published}
    return {**incoming.details, **said, "source_script": source_script(body_of(text)).value}


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the paragraphs that differ: the number in the new text, the old words and the new ones."""
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for offset, (gone, came) in enumerate(zip_longest(old[first:last], new[start:end], fillvalue="")):
                yield min(start + offset, max(end - 1, start)) + 1, gone, came


def _shortened(parts: Sequence[Part]) -> Iterator[Part]:
    """Leave out of what stays what stands far from what changes."""
    for index, part in enumerate(parts):
        if part.kind != "same" or len(part.text) <= 3 * CONTEXT:
            yield part
            continue
        if index:
            yield Part("same", part.text[:CONTEXT])
        yield Part("more", "")
        if index < len(parts) - 1:
            yield Part("same", part.text[-CONTEXT:])
