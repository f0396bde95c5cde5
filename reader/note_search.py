"""Search in a reader's own notes: by words in either script, tag, text, term, colour, state and date.

Words are looked for in what Python folds, as no database folds width and script: 后训练 finds 後訓練, ai finds ＡＩ.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from glossary import lexicon
from reader.models import Colour, Note, NoteQuerySet, NoteStatus, Tag, User
from reader.noted_terms import Passage, concepts_noted
from zhtext.fold import fold

PLACED, LOST = "placed", "lost"
NEWEST, BY_TEXT = "newest", "text"
ORDERS: dict[str, tuple[str, ...]] = {
    BY_TEXT: ("document__position", "document__title", "document", "start", "pk"),
    NEWEST: ("-created", "-pk"),
}
# Python keeps this word for itself.
SPELLED = {"since": "from", "until": "to"}
# What is chosen by links.
CHOSEN = ("tag", "document", "term", "colour")


class SearchForm(forms.Form):
    """What is looked for among a reader's notes."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=100)
    document = forms.SlugField(label=_("Text"), required=False, max_length=80)
    term = forms.SlugField(label=_("Term"), required=False, max_length=200)
    colour = forms.ChoiceField(label=_("Colour"), required=False, choices=[("", _("Every colour")), *Colour.choices])
    status = forms.ChoiceField(
        label=_("Place"),
        required=False,
        choices=[("", _("With a place or not")), (PLACED, _("In their place")), (LOST, _("Without a place"))],
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By text")), (BY_TEXT, _("By text")), (NEWEST, _("Newest first"))],
    )

    def add_prefix(self, field_name: str) -> str:
        """Call the dates in addresses what people call them."""
        return super().add_prefix(SPELLED.get(field_name, field_name))

    def carried(self) -> list[forms.BoundField]:
        """Give what was chosen by a link, which goes along when words are looked for."""
        return [field for field in self if field.name in CHOSEN and field.value()]

    def further(self) -> list[forms.BoundField]:
        """Give what stands behind the words, for who wants more."""
        return [field for field in self if field.name not in (*CHOSEN, "q")]

    @property
    def has_further(self) -> bool:
        """Tell whether more than words and links say what is looked for."""
        return any(field.value() for field in self.further())

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        cleaned: dict[str, Any] = self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", str(_("This date is before the first one.")))
        return cleaned


def search(user: User, params: QueryDict) -> NoteQuerySet:
    """Give the reader's notes that are asked for, in the order asked for; what is asked wrongly finds nothing."""
    form = SearchForm(params)
    own = Note.objects.own(user)
    return found(own, form.cleaned_data) if form.is_valid() else own.none()


def found(own: NoteQuerySet, asked: dict[str, Any]) -> NoteQuerySet:
    """Keep of somebody's notes those that have all that is asked; with as many queries for many as for few."""
    notes = own.filter(**_filters(asked))
    if asked["status"]:
        placed = {"status": NoteStatus.PLACED}
        notes = notes.filter(**placed) if asked["status"] == PLACED else notes.exclude(**placed)
    if asked["tag"]:
        notes = notes.filter(
            pk__in=Tag.objects.filter(note__in=own, name__in=_spellings(own, asked["tag"])).values("note")
        )
    if words := fold(asked["q"]).split():
        notes = notes.filter(pk__in=list(_with_words(notes, words)))
    if asked["term"]:
        notes = notes.filter(pk__in=list(_on_term(notes, asked["term"])))
    return notes.order_by(*ORDERS[asked["order"] or BY_TEXT])


def _filters(asked: dict[str, Any]) -> dict[str, Any]:
    filters = {
        "document__slug": asked["document"],
        "colour": asked["colour"],
        "created__gte": datetime.combine(asked["since"], time.min, UTC) if asked["since"] else None,
        # Not before the midnight after it, which the last day of all does not have.
        "created__lte": datetime.combine(asked["until"], time.max, UTC) if asked["until"] else None,
    }
    return {name: value for name, value in filters.items() if value}


def _spellings(own: NoteQuerySet, tag: str) -> list[str]:
    """Give the reader's tags that are the one asked for but for case, width and script."""
    names = Tag.objects.filter(note__in=own).values_list("name", flat=True).distinct()
    return [name for name in names.order_by() if fold(name) == fold(tag)]


def _with_words(notes: NoteQuerySet, words: Iterable[str]) -> Iterator[int]:
    """Yield the notes that have all words in what they say, in their passage or in their tags."""
    texts = {pk: f"{quote}\n{body}" for pk, quote, body in notes.order_by().values_list("pk", "quote", "body")}
    for pk, name in Tag.objects.filter(note__in=notes.order_by()).values_list("note", "name"):
        # A note that was written since the texts were read is not among them.
        if pk in texts:
            texts[pk] += f"\n{name}"
    for pk, text in zip(texts, folded(texts.values()), strict=True):
        if all(word in text for word in words):
            yield pk


def folded(texts: Iterable[str]) -> list[str]:
    """Fold many texts as one, which costs a third of folding each."""
    texts = list(texts)
    joined, start, pieces = fold("\n".join(texts)), 0, []
    for text in texts:
        pieces.append(joined[start : start + len(text)])
        start += len(text) + 1
    return pieces


def _on_term(notes: NoteQuerySet, key: str) -> Iterator[int]:
    """Yield the notes whose passage shares a character with a place of a concept."""
    current = lexicon.current()
    passages = [Passage(*row) for row in notes.order_by().values_list(*Passage._fields)]
    for pk, concepts in concepts_noted(passages, current).items():
        if any(current.concepts[concept].key == key for concept in concepts):
            yield pk
