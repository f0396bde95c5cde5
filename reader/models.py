"""Documents with their revisions and blocks, the notes readers leave on them, and the readers themselves."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhtext.clean import BlockKind as CleanBlockKind
from zhtext.script import Script


class User(AbstractUser):
    """A reader, note-taker or editor; our own from the first migration, so that it can grow."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class SourceScript(models.TextChoices):
    """The script a text is written in."""

    HANS = "hans", _("simplified")
    HANT = "hant", _("traditional")

    @property
    def script(self) -> Script:
        """Give the script that zhtext knows."""
        return Script(self.value)


class Level(models.IntegerChoices):
    """How demanding a text is, for a learner."""

    EASY = 1, _("easy")
    MIDDLING = 2, _("middling")
    DEMANDING = 3, _("demanding")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, by who may see them."""

    def public(self) -> "DocumentQuerySet":
        """Keep what everybody may read."""
        return self.filter(public=True)

    def visible_to(self, user: "User | AnonymousUser") -> "DocumentQuerySet":
        """Keep what a visitor may read: what is public, and what is their own."""
        return self.filter(Q(public=True) | Q(owner=user)) if user.is_authenticated else self.public()


class Document(models.Model):
    """One text a learner reads. Its words stand in its revisions; the newest is what is shown."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    author = models.CharField(_("author line"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    origin = models.CharField(_("origin"), max_length=300, blank=True, help_text=_("Where the text comes from."))
    source_script = models.CharField(_("script"), max_length=4, choices=SourceScript.choices, default=SourceScript.HANS)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.MIDDLING)
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Orders the library."))
    public = models.BooleanField(_("public"), default=True, help_text=_("Whether everybody may read it."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("owner"),
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    added = models.DateTimeField(_("added"), auto_now_add=True)
    modified = models.DateTimeField(_("changed"), auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "level", "title")
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(public=True) | Q(owner__isnull=False),
                name="document_private_has_owner",
                violation_error_message=_("A private document needs an owner."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="document_level_is_known",
                violation_error_message=_("No such level."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reader:document", args=[self.slug])

    @property
    def lang(self) -> str:
        """Give the language tag of the text as it is written."""
        return SourceScript(self.source_script).script.lang


class Revision(models.Model):
    """One state of a document's text: the source as it came, the text as it is read, and what was dropped between."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions", verbose_name=_("document"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    source = models.TextField(_("source"), blank=True)
    source_digest = models.CharField(max_length=64, db_index=True)
    dropped = models.JSONField(_("dropped"), default=list)
    kept_lines = models.JSONField(default=list)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("document", "number")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint("document", "number", name="revision_unique_in_document")]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class BlockKind(models.TextChoices):
    """What a block is; the values are those of zhtext."""

    HEADING = CleanBlockKind.HEADING.value, _("heading")
    PARAGRAPH = CleanBlockKind.PARAGRAPH.value, _("paragraph")
    TURN = CleanBlockKind.TURN.value, _("dialogue turn")
    CAPTION = CleanBlockKind.CAPTION.value, _("caption")


class Block(models.Model):
    """A heading, paragraph, dialogue turn or caption: a span of its revision's text."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="blocks", verbose_name=_("revision"))
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind.choices)
    speaker = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ("revision", "number")
        constraints = [
            models.UniqueConstraint("revision", "number", name="block_unique_in_revision"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="block_span_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} ¶{self.number}"


class NoteStatus(models.TextChoices):
    """Whether a note still has its place."""

    PLACED = "placed", _("placed")
    PROPOSED = "proposed", _("proposed")
    ORPHANED = "orphaned", _("orphaned")


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes; every way to them starts from a user."""

    def visible_to(self, user: "User | AnonymousUser") -> "NoteQuerySet":
        """Keep the notes a visitor may see: their own, as long as they are not deleted."""
        return self.written_by(user).filter(deleted__isnull=True)

    def written_by(self, user: "User | AnonymousUser") -> "NoteQuerySet":
        """Keep a visitor's own notes, also the deleted ones that can be brought back."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class Note(models.Model):
    """What a reader writes about a span of a document; private."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    document = models.ForeignKey(Document, models.CASCADE, related_name="notes")
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    body = models.TextField(_("note"), blank=True)
    status = models.CharField(max_length=8, choices=NoteStatus.choices, default=NoteStatus.PLACED)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)
    deleted = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("document", "start", "pk")
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index("user", "document", name="note_by_user_and_document")]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="note_span_not_empty"),
            models.CheckConstraint(condition=Q(status__in=NoteStatus.values), name="note_status_is_known"),
        ]

    def __str__(self) -> str:
        return self.body[:60] or self.quote[:60]


class ReadingPositionQuerySet(models.QuerySet["ReadingPosition"]):
    """Reading positions; every way to them starts from a user."""

    def visible_to(self, user: "User | AnonymousUser") -> "ReadingPositionQuerySet":
        """Keep a visitor's own positions, on what they may still read."""
        own = self.filter(user=user) if user.is_authenticated else self.none()
        return own.filter(document__in=Document.objects.visible_to(user))


class ReadingPosition(models.Model):
    """Where a reader is in a document, as code points of a revision; private, and one for each document."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_positions")
    document = models.ForeignKey(Document, models.CASCADE, related_name="reading_positions")
    revision = models.PositiveIntegerField()
    offset = models.PositiveIntegerField()
    furthest = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    updated = models.DateTimeField()

    objects = ReadingPositionQuerySet.as_manager()

    class Meta:
        ordering = ("-updated",)
        verbose_name = _("reading position")
        verbose_name_plural = _("reading positions")
        constraints = [
            models.UniqueConstraint("user", "document", name="reading_position_unique"),
            models.CheckConstraint(
                condition=Q(offset__lte=F("furthest")) & Q(furthest__lte=F("length")) & Q(length__gt=0),
                name="reading_position_inside_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.percent} %"

    @property
    def percent(self) -> int:
        """Give how far the reader is; 100 only at the very end."""
        return self.offset * 100 // self.length

    @property
    def is_finished(self) -> bool:
        """Tell whether the reader is at the end, or has been there and is at the beginning again."""
        return self.percent == 100 or (self.furthest == self.length and self.percent == 0)


class Choice(models.Model):
    """Which concept a word means at one place of a document, or wherever it stands there; none: it is not marked."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="choices")
    word = models.CharField(_("word"), max_length=120)
    concept = models.ForeignKey("glossary.Concept", models.CASCADE, null=True, blank=True, related_name="choices")
    # A place in a revision of the text; throughout the document where there is none.
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("document", F("start").asc(nulls_first=True), "word")
        constraints = [
            models.UniqueConstraint(
                "document", "start", "end", condition=Q(start__isnull=False), name="choice_unique_at_place"
            ),
            models.UniqueConstraint(
                "document", "word", condition=Q(start__isnull=True), name="choice_unique_throughout"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.concept or '–'}"
