"""Every concept tells who changed what, old beside new, and goes back to what it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from glossary import edition, lexicon
from glossary.history import Change, changes
from glossary.models import Concept, ConceptStatus, Relation, Source, SubjectField, Term
from glossary.reverting import CannotRevertError, revert
from reader.models import User
from tests import small
from tests.glossary.test_admin import add_row, form_of, place_of, save

pytestmark = pytest.mark.django_db


def terms(concept: Concept) -> dict[str, str]:
    return dict(Term.objects.filter(concept=concept.pk).order_by("pk").values_list("text", "status"))


def told(change: Change) -> set[tuple[str, str, str]]:
    return {tuple(each) for each in change.differences}  # type: ignore[misc]


@pytest.fixture
def edited(editor: Client, concept: Concept) -> Concept:
    """A concept of which an editor has changed the definition and four terms, in one go."""
    data = form_of(concept) | {"definition_en": "Loss falls."}
    data[f"terms-{place_of(concept, '缩放定律')}-status"] = "admitted"
    data[f"terms-{place_of(concept, '规模定律')}-status"] = "preferred"
    data[f"terms-{place_of(concept, '缩放法则')}-DELETE"] = "on"
    add_row(concept, data, "尺度律", reading="chi3 du4 lü4")
    assert save(editor, concept, data) == ""
    return concept


def test_one_save_is_one_change_with_old_and_new(edited: Concept) -> None:
    newest, first = changes(edited.pk)
    assert (newest.user_name, newest.kind, first.user_name, first.kind) == ("editor", "changed", "", "import")
    assert told(newest) == {
        ("definition in English", "How loss falls.", "Loss falls."),
        ("缩放定律: status", "preferred", "admitted"),
        ("规模定律: status", "admitted", "preferred"),
        ("term", "缩放法则 (Chinese, deprecated, variant)", ""),
        ("term", "", "尺度律 (Chinese, admitted, full form, chǐ dù lǜ)"),
    }
    assert ("source", "", "Zhujie") in told(first)


@pytest.mark.parametrize(("number", "before"), [(0, True), (1, False)])
def test_a_concept_goes_back_with_all_its_terms(edited: Concept, number: int, before: bool, alice: User) -> None:
    lexicon.current()
    revision = edition.current()
    moment = changes(edited.pk)[number].when
    assert len(revert(edited.pk, moment=moment, before=before, user=alice)) == 5
    edited.refresh_from_db()
    assert edited.definition_en == "How loss falls."
    assert terms(edited) == {
        "缩放定律": "preferred", "scaling law": "preferred", "规模定律": "admitted",
        "Scaling Law": "admitted", "缩放法则": "deprecated",
    }  # fmt: skip
    assert edition.current() == revision + 1
    assert not lexicon.current().find("尺度律")
    # It is a change as any other, and can be taken back itself.
    newest = changes(edited.pk)[0]
    assert (newest.user_name, newest.kind, len(newest.differences)) == ("alice", "reverted", 5)
    revert(edited.pk, moment=newest.when, before=True, user=alice)
    assert terms(edited)["规模定律"] == "preferred"


def test_two_terms_that_swapped_their_words_swap_back(concept: Concept) -> None:
    one, two = concept.terms.get(text="规模定律"), concept.terms.get(text="缩放法则")
    pks = {one.pk: one.text, two.pk: two.text}
    before = changes(concept.pk)[0].when
    for term, text in ((one, "暂时"), (two, "规模定律"), (one, "缩放法则")):
        term.text = text
        term.save()
    revert(concept.pk, moment=before, before=False, user=None)
    assert dict(Term.objects.filter(pk__in=pks).values_list("pk", "text")) == pks


def test_a_concept_that_was_deleted_comes_back(concept: Concept) -> None:
    pk, words = concept.pk, terms(concept)
    concept.delete()
    newest = changes(pk)[0]
    assert newest.kind == "deleted"
    revert(pk, moment=newest.when, before=True, user=None)
    assert terms(Concept.objects.get(key="scaling-law")) == words
    assert Concept.objects.get(pk=pk).sources.get().title == "Zhujie"


def test_what_cannot_come_back_is_said(concept: Concept) -> None:
    first = changes(concept.pk)[0].when
    with pytest.raises(CannotRevertError, match="no such state"):
        revert(concept.pk, moment=first, before=True, user=None)
    with pytest.raises(CannotRevertError, match="no such state"):
        revert(concept.pk, moment=timezone.now(), before=False, user=None)
    subject = concept.subject
    concept.key = "law-of-scale"
    concept.subject = SubjectField.objects.get(slug="agents")
    concept.save()
    other = Concept.objects.create(key="scaling-law", subject=concept.subject)
    with pytest.raises(CannotRevertError, match="Another concept has the key scaling-law now"):
        revert(concept.pk, moment=first, before=False, user=None)
    other.delete()
    subject.delete()
    with pytest.raises(CannotRevertError, match="is gone"):
        revert(concept.pk, moment=first, before=False, user=None)
    assert changes(concept.pk)[0].differences


def page_of(client: Client, key: str = "scaling-law") -> str:
    return client.get(f"/changes/{key}/").content.decode()


def test_readers_see_what_changed_but_neither_who_nor_buttons(
    edited: Concept, editor: Client, client: Client, reader: Client
) -> None:
    for somebody in (client, reader):
        page = page_of(somebody)
        assert "Loss falls." in page
        assert ">editor<" not in page
        assert "<form" not in page
    page = page_of(editor)
    assert ">editor<" in page
    assert "Take this change back" in page
    assert "Put back to how it was after this" in page


def test_an_editor_takes_a_change_back_in_the_browser(edited: Concept, editor: Client) -> None:
    moment = changes(edited.pk)[0].moment
    data = {"moment": moment, "side": "before"}
    page = editor.post("/changes/scaling-law/revert/", data, follow=True).content.decode()
    assert "The concept is as it was then." in page
    assert "缩放法则" in terms(edited)
    page = editor.post("/changes/scaling-law/revert/", data, follow=True).content.decode()
    assert "The concept is like that already." in page
    data["moment"] = "2020-01-01T00:00:00+00:00"
    page = editor.post("/changes/scaling-law/revert/", data, follow=True).content.decode()
    assert "There is no such state" in page


@pytest.mark.parametrize(
    ("key", "moment"), [("scaling-law", "yesterday"), ("scaling-law", ""), ("nothing", "2026-01-01T00:00:00+00:00")]
)
def test_what_nobody_can_mean_is_404(editor: Client, concept: Concept, key: str, moment: str) -> None:
    assert editor.post(f"/changes/{key}/revert/", {"moment": moment, "side": "before"}).status_code == 404


def test_nobody_else_takes_changes_back(edited: Concept, client: Client, reader: Client) -> None:
    data = {"moment": changes(edited.pk)[0].moment, "side": "before"}
    assert client.post("/changes/scaling-law/revert/", data).status_code == 302
    assert reader.post("/changes/scaling-law/revert/", data).status_code == 403
    assert "尺度律" in terms(edited)


def test_drafts_are_for_editors(glossary: None, editor: Client, client: Client) -> None:
    statuses = {"draft-idea": (404, 200), "scaling-law": (200, 200), "nothing": (404, 404)}
    for key, expected in statuses.items():
        assert tuple(each.get(f"/changes/{key}/").status_code for each in (client, editor)) == expected


def test_an_old_key_leads_to_the_concept(concept: Concept, client: Client) -> None:
    concept.key = "law-of-scale"
    concept.save()
    assert "law-of-scale" in page_of(client, "scaling-law")


def test_what_is_gone_is_still_told_and_comes_back(concept: Concept, client: Client, editor: Client) -> None:
    concept.delete()
    assert "This concept has been removed." in page_of(client)
    assert client.get("/glossary/scaling-law/").status_code == 404
    editor.post("/changes/scaling-law/revert/", {"moment": changes_of("scaling-law")[0].moment, "side": "before"})
    assert client.get("/glossary/scaling-law/").status_code == 200


def changes_of(key: str) -> list[Change]:
    return changes(Concept.history.filter(key=key).first().id)


def test_what_one_wrote_long_apart_are_two_changes(concept: Concept) -> None:
    for year in (2001, 2002):
        row: Any = concept
        row._history_date = datetime(year, 1, 1, tzinfo=UTC)
        concept.save()
    assert [change.when.year for change in changes(concept.pk)[1:]] == [2002, 2001]
    assert small.build_glossary().changed == []


def let_time_pass(minutes: int = 5) -> None:
    """Move all histories back, so that what comes next is another change."""
    for model in (Concept, Term, Source, Relation):
        for row in model.history.all():
            row.history_date -= timedelta(minutes=minutes)
            row.save()


def test_readers_never_see_what_was_written_while_it_was_a_draft(
    glossary: None, client: Client, editor: Client
) -> None:
    draft = Concept.objects.get(key="draft-idea")
    for words, status in (("Unfounded.", "suggested"), ("Sound.", "published"), ("Doubted.", "obsolete")):
        let_time_pass()
        draft.definition_en, draft.status = words, status
        draft.save()
    let_time_pass()
    draft.definition_en, draft.status = "Sounder.", ConceptStatus.PUBLISHED
    draft.save()
    page = page_of(client, "draft-idea")
    assert [words in page for words in ("Unfounded.", "Sound.", "Doubted.", "Sounder.")] == [False, True, False, True]
    assert page.count('class="change-head"') == 2
    assert "Unfounded." in page_of(editor, "draft-idea")


def test_readers_are_told_of_no_relation_to_a_draft(glossary: None, client: Client, editor: Client) -> None:
    agent, draft = (Concept.objects.get(key=key) for key in ("agent", "draft-idea"))
    let_time_pass()
    Relation.objects.create(concept=agent, target=draft)
    assert "draft-idea" not in page_of(client, "agent")
    assert "Saved without a difference" not in page_of(client, "agent")
    assert "draft-idea" in page_of(editor, "agent")
