"""Documents, the notes readers leave on them and share, and the readers themselves."""

from reader.models.choice import Choice
from reader.models.document import Block, BlockKind, Document, DocumentQuerySet, Level, Revision, SourceScript
from reader.models.note import LONGEST_TAG, AnchorEnd, Colour, FormerAnchor, Note, NoteQuerySet, NoteStatus, Tag
from reader.models.position import ReadingPosition, ReadingPositionQuerySet
from reader.models.sharing import (
    LONGEST_NAME,
    Membership,
    ReadingGroup,
    ReadingGroupQuerySet,
    Reply,
    ReplyQuerySet,
    SharedLink,
    SharedLinkQuerySet,
    new_secret,
)
from reader.models.token import AccessToken
from reader.models.user import User

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TAG",
    "AccessToken",
    "AnchorEnd",
    "Block",
    "BlockKind",
    "Choice",
    "Colour",
    "Document",
    "DocumentQuerySet",
    "FormerAnchor",
    "Level",
    "Membership",
    "Note",
    "NoteQuerySet",
    "NoteStatus",
    "ReadingGroup",
    "ReadingGroupQuerySet",
    "ReadingPosition",
    "ReadingPositionQuerySet",
    "Reply",
    "ReplyQuerySet",
    "Revision",
    "SharedLink",
    "SharedLinkQuerySet",
    "SourceScript",
    "Tag",
    "User",
    "new_secret",
]
