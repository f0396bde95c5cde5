"""Bring texts in: a source is cleaned, cut into blocks and stored as a document, all or nothing."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from glossary.naming import first_free
from reader import anchoring, choices, positions
from reader.anchoring import Effect
from reader.models import Block, Document, Level, Revision, User
from zhtext.clean import CleanText, clean
from zhtext.pinyin import plain_letters, read
from zhtext.script import source_script

SLUG_LENGTH = 60
SEPARATOR = "\n"


class StaleError(ValueError):
    """A change of a text that has got a newer revision since its author saw it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that comes in: its cleaned form, its raw source, and what is known of it besides."""

    text: CleanText
    source: str = ""
    slug: str = ""
    details: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an incoming text, and of the notes on it."""

    document: Document
    outcome: str
    effect: Effect = field(default_factory=Effect)


def digest(source: str) -> str:
    """Give the fingerprint by which a source is known again."""
    return hashlib.sha256(source.encode("utf8")).hexdigest()


@transaction.atomic
def add_document(incoming: Incoming, *, owner: User | None = None, public: bool = True) -> Added:
    """Store a text as a document; the same source again changes nothing, a known slug gets a new revision.

    Raises ValueError where the text has no block to read, or what is said of it does not fit.
    """
    if not incoming.text.blocks:
        raise ValueError("Nothing to read is left of the text.")
    fingerprint = digest(incoming.source)
    shown = Revision.objects.filter(source_digest=fingerprint, document__owner=owner, number=F("document__revision"))
    known = shown.select_related("document").last()
    if known and (not incoming.slug or known.document.slug == incoming.slug):
        return Added(known.document, "unchanged")
    same = Document.objects.select_for_update().filter(slug=incoming.slug, owner=owner)
    document = same.first() if incoming.slug else None
    if document is None:
        return Added(add_new(incoming, owner=owner, public=public), "new")
    effect = anchoring.effect(document, body_of(incoming.text))
    _set_details(document, incoming)
    add_revision(document, incoming.text, source=incoming.source)
    return Added(document, "changed", effect)


@transaction.atomic
def add_new(incoming: Incoming, *, owner: User | None, public: bool) -> Document:
    """Store a text as a document of its own, also where the same is known. Raises ValueError as add_document does."""
    document = Document(owner=owner, public=public, slug=incoming.slug or _free_slug(incoming.text.title))
    _set_details(document, incoming)
    add_revision(document, incoming.text, source=incoming.source)
    return document


def body_of(text: CleanText) -> str:
    """Give the text of a revision: its blocks, one a line."""
    return SEPARATOR.join(block.text for block in text.blocks)


def _set_details(document: Document, incoming: Incoming) -> None:
    text = incoming.text
    joined = "".join(block.text for block in text.blocks)
    document.title = text.title[:200]
    document.author, document.place, document.published = text.author, text.place, text.published
    document.source_script = source_script(joined).value
    document.level = estimate_level(text)
    for name, value in incoming.details.items():
        if value:
            setattr(document, name, value)
    try:
        document.full_clean(exclude=["owner"])
    except ValidationError as error:
        said = [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
        raise ValueError(" ".join(said)) from error
    document.save()


def estimate_level(text: CleanText) -> Level:
    """Guess how demanding a text is from the mean length of its blocks; an editor may correct it."""
    lengths = [len(block.text) for block in text.blocks]
    mean = sum(lengths) / len(lengths)
    return Level.EASY if mean < 60 else Level.MIDDLING if mean < 160 else Level.DEMANDING


def _free_slug(title: str) -> str:
    """Make an address from a title by its pinyin; a number is added where it is taken."""
    syllables = (f" {syllable} " if syllable else mark for mark, syllable in zip(title, read(title), strict=True))
    spelled = re.sub(r"[^a-z0-9]+", "-", plain_letters("".join(syllables)).casefold().replace("ü", "v")).strip("-")
    slug = (spelled[:SLUG_LENGTH].rpartition("-")[0] if len(spelled) > SLUG_LENGTH else spelled) or "text"
    taken = set(Document.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return first_free(slug, taken)


@transaction.atomic
def add_revision(
    document: Document, text: CleanText, *, source: str, kept_lines: Collection[int] = (), author: User | None = None
) -> Revision:
    """Store a new state of a document's text, carry notes and reading positions over, and make it the one shown."""
    document.revision = Document.objects.select_for_update().values_list("revision", flat=True).get(pk=document.pk)
    revision = Revision.objects.create(
        document=document,
        number=document.revision + 1,
        text=body_of(text),
        source=source,
        source_digest=digest(source),
        dropped=[asdict(dropped) for dropped in text.dropped],
        kept_lines=sorted(kept_lines),
        created_by=author,
    )
    Block.objects.bulk_create(_blocks(revision, text))
    document.revision = revision.number
    document.save(update_fields=["revision"])
    anchoring.carry_over(revision)
    positions.carry_over(revision)
    choices.carry_over(revision)
    return revision


def _blocks(revision: Revision, text: CleanText) -> Sequence[Block]:
    blocks, start = [], 0
    for number, block in enumerate(text.blocks):
        end = start + len(block.text)
        kind = block.kind.value
        blocks.append(Block(revision=revision, number=number, kind=kind, speaker=block.speaker, start=start, end=end))
        start = end + len(SEPARATOR)
    return blocks


def with_lines_put_back(document: Document, lines: Collection[int]) -> str:
    """Give the text that a document would have with dropped lines put back."""
    current = document.revisions.get(number=document.revision)
    return body_of(clean(current.source, {*current.kept_lines, *lines}))


@transaction.atomic
def put_back(document: Document, lines: Collection[int], *, revision: int, author: User) -> Revision:
    """Clean a document's source again, this time keeping some lines; what was kept before stays kept.

    Raises StaleError where there is a newer revision than the one whose lines are meant.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.revision != revision:
        raise StaleError
    current = document.revisions.get(number=document.revision)
    keep = {*current.kept_lines, *lines}
    return add_revision(document, clean(current.source, keep), source=current.source, kept_lines=keep, author=author)
