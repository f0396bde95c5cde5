"""Read documents out of the database: what a page needs in one query, and the public texts for the glossary."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Subquery
from django.http import Http404

from glossary.corpus import NO_CHOICES, Text
from glossary.models import Edition
from reader import choices
from reader.models import Block, Document, DocumentQuerySet, Note, NoteStatus, Revision, SourceScript
from zhtext.spans import Span


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document at its current revision, with its blocks in order."""

    text: str
    blocks: tuple[Block, ...]


def with_edition(documents: DocumentQuerySet) -> DocumentQuerySet:
    """Add the glossary's revision number to documents, so that one query tells all that a page is addressed by."""
    return documents.annotate(edition=Subquery(Edition.objects.filter(pk=1).values("number")[:1]))


def body(document: Document) -> Body:
    """Read the text and blocks of a document; two queries. Raises Http404 where it has none."""
    return body_of(document.pk, document.revision)


def body_of(document_id: int, number: int) -> Body:
    """Read the text and blocks of one revision of a document. Raises Http404 where there is none."""
    revision = Revision.objects.filter(document=document_id, number=number).first()
    if revision is None:
        raise Http404
    return Body(revision.text, tuple(Block.objects.filter(revision=revision).order_by("number")))


def public_texts() -> Iterator[Text]:
    """Give all public documents as the glossary looks through them; four queries."""
    documents = {document.pk: document for document in Document.objects.public()}
    starts: dict[int, list[int]] = {}
    current = {pk: document.revision for pk, document in documents.items()}
    revisions = [
        revision
        for revision in Revision.objects.filter(document__in=documents).only("document_id", "number", "text")
        if current[revision.document_id] == revision.number
    ]
    blocks = Block.objects.filter(revision__in=revisions).order_by("number").values_list("revision_id", "start")
    for revision_id, start in blocks:
        starts.setdefault(revision_id, []).append(start)
    made = choices.of_all(documents)
    by_document = {revision.document_id: revision for revision in revisions}
    for pk, document in documents.items():
        if pk in by_document:
            revision = by_document[pk]
            facts = tuple(starts.get(revision.pk, [0])), SourceScript(document.source_script).script
            chosen = made.get(pk, NO_CHOICES)
            yield Text(document.title, document.get_absolute_url(), revision.text, *facts, chosen)


def public_version() -> str:
    """Give a word that changes whenever a public document comes, changes or goes; one query."""
    state = Document.objects.public().aggregate(
        last=Max("revisions__pk"), changed=Max("modified"), count=Count("pk", distinct=True)
    )
    changed = state["changed"].timestamp() if state["changed"] else 0
    return f"{state['last']}.{changed}.{state['count']}"


def noted(url: str, spans: Sequence[Span]) -> int:
    """Count the placed notes, of whomever, that share characters with spans of the public document at an address."""
    slug = url.rstrip("/").rpartition("/")[2]
    notes = Note.objects.filter(
        document__in=Document.objects.public().filter(slug=slug), status=NoteStatus.PLACED, deleted__isnull=True
    ).values_list("start", "end")
    ends = [span.end for span in spans]
    # The first span that ends behind the note's beginning is the only one that can meet it first.
    firsts = ((bisect_left(ends, start + 1), end) for start, end in notes)
    return sum(first < len(spans) and spans[first].start < end for first, end in firsts)
