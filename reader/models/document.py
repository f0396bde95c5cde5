"""Documents with their revisions and blocks."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reader.models.user import User
from zhtext.clean import BlockKind as CleanBlockKind
from zhtext.script import Script


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

    def visible_to(self, user: User | AnonymousUser) -> "DocumentQuerySet":
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

    def may_be_edited_by(self, user: User | AnonymousUser) -> bool:
        """Tell whether somebody may change the text: its owner, and editors of texts."""
        return (user.is_authenticated and self.owner_id == user.pk) or user.has_perm("reader.change_document")

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
