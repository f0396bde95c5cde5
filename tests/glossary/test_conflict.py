"""Two editors open the same concept: whoever saves second is told, and loses nothing."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from glossary.history import changed_since, version
from glossary.models import Concept, Term
from reader.models import User
from tests.glossary.test_admin import CHANGE, add_row, form_of, place_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(db: None) -> Client:
    """The browser of a second editor."""
    client = Client()
    client.force_login(User.objects.create_superuser("bea"))
    return client


def opened(concept: Concept) -> dict[str, Any]:
    """Give the form as an editor has it after opening it."""
    return form_of(concept) | {"version": version(concept)}


def test_every_change_gives_another_version(concept: Concept) -> None:
    versions = [version(concept)]
    concept.save()
    versions.append(version(concept))
    concept.terms.create(language="zh", text="尺度律")
    versions.append(version(concept))
    concept.terms.get(text="尺度律").delete()
    versions.append(version(concept))
    concept.sources.create(title="A paper")
    versions.append(version(concept))
    assert len(set(versions)) == 5
    assert version(Concept()) == ""


@pytest.mark.parametrize("seen", ["", "1.2", "x.y.z", "-1.0.0", "9.9.9.9"])
def test_a_version_that_was_never_given_out_is_the_oldest_and_none_is_none(concept: Concept, seen: str) -> None:
    assert (changed_since(concept, seen) is None) == (seen == "")
    assert changed_since(concept, version(concept)) is None


def test_the_second_editor_is_told_who_changed_what_and_keeps_what_was_typed(
    editor: Client, bea: Client, concept: Concept
) -> None:
    hers, his = opened(concept), opened(concept)
    assert save(bea, concept, hers | {"definition_en": "Bea's words."}) == ""
    change = changed_since(concept, his["version"])
    assert change is not None
    assert change.user_name == "bea"
    page = save(editor, concept, his | {"definition_zh": "我写的话。"})
    assert "bea changed this concept at" in page
    assert "definition in English: How loss falls. → Bea&#x27;s words." in page
    assert "我写的话。" in page
    concept.refresh_from_db()
    assert (concept.definition_en, concept.definition_zh) == ("Bea's words.", "损失的规律。")
    # Saving again, from the form that came back, saves it all the same.
    assert f'name="version" value="{version(concept)}"' in page
    assert save(editor, concept, his | {"definition_zh": "我写的话。", "version": version(concept)}) == ""
    concept.refresh_from_db()
    assert concept.definition_zh == "我写的话。"


def test_a_third_change_is_told_again(editor: Client, bea: Client, concept: Concept) -> None:
    his = opened(concept)
    save(bea, concept, opened(concept) | {"definition_en": "One."})
    after_first = version(concept)
    save(bea, concept, opened(concept) | {"definition_en": "Two."})
    page = save(editor, concept, his | {"version": after_first})
    assert "One. → Two." in page


def test_a_term_that_was_deleted_meanwhile_stands_in_the_form_as_a_new_one(
    editor: Client, bea: Client, concept: Concept
) -> None:
    hers, his = opened(concept), opened(concept)
    place = place_of(concept, "规模定律")
    hers[f"terms-{place}-DELETE"] = "on"
    assert save(bea, concept, hers) == ""
    add_row(concept, his, "尺度律")
    page = save(editor, concept, his)
    assert "term: 规模定律" in page
    assert 'name="terms-INITIAL_FORMS" value="4"' in page
    for text in ("规模定律", "尺度律", "缩放定律", "scaling law"):
        assert f'value="{text}"' in page
    assert save(editor, concept, his | {"version": version(concept)}) == ""
    assert set(Term.objects.filter(concept=concept).values_list("text", flat=True)) >= {"规模定律", "尺度律"}


def test_the_form_brings_the_version_and_the_log_does_not_speak_of_it(editor: Client, concept: Concept) -> None:
    assert f'value="{version(concept)}"' in editor.get(CHANGE.format(concept.pk)).content.decode()
    assert save(editor, concept, opened(concept) | {"definition_en": "New."}) == ""
    log = LogEntry.objects.get(object_id=str(concept.pk))
    assert log.get_change_message() == "Changed Definition in English."
