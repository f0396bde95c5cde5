"""What texts offer as terms is decided once: accepted, rejected or merged, in all spellings, and each can be undone."""

import re
import time
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary import candidates, concordance, groups
from glossary.models import Concept, Rejection, Relation, Source, Term
from reader.models import Choice, Document, User
from tests import small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]
LIST = "/editing/candidates/"
FIRST = """\
---
slug: first
title: 第一篇
---

这里采用检索增强生成（RAG）。有人说 Chain-of-Thought 很好。

chain of thought 也慢。
"""
SECOND = """\
---
slug: second
title: 第二篇
---

大家都說檢索增強生成（RAG）有用，chain-of-thoughts 沒用。
"""


@pytest.fixture
def texts(document: Document) -> None:
    """Two texts that give the same names in other scripts and spellings."""
    small.build_document(FIRST)
    small.build_document(SECOND)


def keys(url: str = "") -> list[str]:
    return [row.key for row in candidates.rows(url)]


def row(name: str) -> candidates.Row:
    return next(row for row in candidates.rows() if name in row.names)


def data_of(found: candidates.Row, **more: str) -> dict[str, str]:
    """Give what the form of a candidate sends."""
    return {"key": found.key, "zh": found.zh, "en": found.en, **more}


def undo(browser: Client, page: str) -> str:
    """Press the button that a page has for undoing."""
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    return browser.post(f"{LIST}undo/", {"token": token[1]}, follow=True).content.decode()


def test_spellings_and_scripts_of_all_texts_are_one_row() -> None:
    pair, latin = row("RAG"), row("Chain-of-Thought")
    assert (pair.kind, len(pair.found), len(latin.found), latin.count) == ("bilingual", 2, 2, 3)
    assert keys().count(pair.key) == keys().count(latin.key) == 1
    assert keys("/documents/first/") and not keys("/documents/none/")


def test_a_rejected_candidate_is_gone_from_all_texts_until_put_back(as_editor: Client) -> None:
    found = row("RAG")
    page = as_editor.post(f"{LIST}reject/", data_of(found), follow=True).content.decode()
    assert found.key not in keys()
    assert "檢索增強生成</a>" not in page
    rejected = as_editor.get(f"{LIST}rejected/").content.decode()
    assert found.zh in rejected
    as_editor.post(f"{LIST}rejected/{Rejection.objects.get().pk}/put-back/")
    assert found.key in keys()


def test_a_candidate_becomes_a_suggested_concept_and_is_not_offered_again(as_editor: Client) -> None:
    found = row("RAG")
    page = as_editor.post(f"{LIST}accept/", data_of(found), follow=True).content.decode()
    made = Concept.objects.get(key="rag")
    assert (made.status, made.preferred("zh"), made.preferred("en")) == ("suggested", "检索增强生成", "RAG")
    assert made.history.count() == 1
    assert found.key not in keys()
    assert "Undone." in undo(as_editor, page)
    assert not Concept.objects.filter(key="rag").exists()
    assert found.key in keys()


def test_a_candidate_that_is_published_is_marked_at_once(as_editor: Client) -> None:
    found = row("RAG")
    data = data_of(found, publish="on", subject="systems", en="retrieval-augmented generation")
    as_editor.post(f"{LIST}accept/", data)
    made = Concept.objects.published().get(key="retrieval-augmented-generation")
    assert made.subject.slug == "systems"
    assert len(concordance.occurrences(made.pk)) == 2


@pytest.mark.parametrize(
    ("zh", "en", "key"),
    [
        # After the English name, after the pinyin; a key that is taken is numbered.
        ("思维链", "Chain of Thought", "chain-of-thought"),
        ("绿色训练", "", "lv-se-xun-lian"),
        ("规模律", "Scaling Law!", "scaling-law-2"),
    ],
)
def test_a_key_is_made_from_the_names(as_editor: Client, zh: str, en: str, key: str) -> None:
    as_editor.post(f"{LIST}accept/", {"key": "x", "zh": zh, "en": en})
    assert Concept.objects.get(key=key).preferred("zh") == zh


@pytest.mark.parametrize("into", ["reasoning", "reasoning ", "推理能力"])
def test_a_candidate_becomes_another_name_of_a_concept(as_editor: Client, into: str) -> None:
    concept = Concept.objects.get(key="reasoning")
    Term.objects.create(concept=concept, text="推理能力")
    found = row("Chain-of-Thought")
    page = as_editor.post(f"{LIST}merge/", data_of(found, into=into), follow=True).content.decode()
    term = concept.terms.get(text="Chain-of-Thought")
    assert (term.language, term.status, term.kind) == ("en", "admitted", "variant")
    assert found.key not in keys()
    undo(as_editor, page)
    assert found.key in keys()
    assert not concept.terms.filter(text="Chain-of-Thought").exists()


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        ("merge", {"into": "no such thing"}, "There is no such concept."),
        # 推理 is both inference and reasoning.
        ("merge", {"into": "推理"}, "Several concepts are called so"),
        ("accept", {"zh": "", "en": ""}, "Write at least one name."),
        ("accept", {"zh": "RAG"}, "at least one Han character"),
        ("accept", {"en": "检索"}, "An English name has no Han characters."),
        ("accept", {"zh": "缩放定律", "en": "scaling law"}, "already: scaling-law"),
    ],
)
def test_what_was_typed_stays_with_what_is_wrong(
    action: str, more: dict[str, str], said: str, as_editor: Client
) -> None:
    before = Term.objects.count(), Concept.objects.count()
    answer = as_editor.post(f"{LIST}{action}/", data_of(row("RAG")) | more)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert all(f'value="{value}"' in answer.content.decode() for value in more.values() if value)
    assert (Term.objects.count(), Concept.objects.count()) == before


def test_what_somebody_has_worked_on_is_not_undone(as_editor: Client) -> None:
    page = as_editor.post(f"{LIST}accept/", data_of(row("RAG")), follow=True).content.decode()
    Concept.objects.get(key="rag").save()
    assert "nothing was undone" in undo(as_editor, page)
    assert Concept.objects.filter(key="rag").exists()


def add_to(made: Concept, what: str, document: Document) -> None:
    """Let somebody else make something of a concept, or name it from elsewhere."""
    other = Concept.objects.get(key="agent")
    make: dict[str, Callable[[], object]] = {
        "a term": lambda: Term.objects.create(concept=made, text="检索生成", status="admitted"),
        "a source": lambda: Source.objects.create(concept=made, title="A careful source"),
        "a relation": lambda: Relation.objects.create(concept=made, target=other, kind="related"),
        "a relation to it": lambda: Relation.objects.create(concept=other, target=made, kind="related"),
        "a choice": lambda: Choice.objects.create(document=document, word="智能体", concept=made, revision=1),
        "no term": lambda: made.terms.get(language="en").delete(),
    }
    make[what]()


@pytest.mark.parametrize("what", ["a term", "a source", "a relation", "a relation to it", "a choice", "no term"])
def test_an_undo_takes_nothing_of_anybody_else_with_it(what: str, as_editor: Client, document: Document) -> None:
    page = as_editor.post(f"{LIST}accept/", data_of(row("RAG")), follow=True).content.decode()
    add_to(Concept.objects.get(key="rag"), what, document)
    assert "nothing was undone" in undo(as_editor, page)
    assert Concept.objects.filter(key="rag").exists()


def test_a_rejection_that_another_made_first_is_not_offered_for_undoing(editor: Client, as_editor: Client) -> None:
    editor.post(f"{LIST}reject/", data_of(row("RAG")))
    before = Rejection.objects.get()
    page = as_editor.post(f"{LIST}reject/", {"zh": before.surface}, follow=True).content.decode()
    assert "was rejected already" in page
    assert 'name="token"' not in page
    assert Rejection.objects.get() == before


def test_what_has_no_letter_is_no_candidate_to_reject(as_editor: Client) -> None:
    assert as_editor.post(f"{LIST}reject/", {"zh": "-"}).status_code == 404


@pytest.mark.parametrize(
    ("action", "more", "may"),
    [
        # A contributor may take back what one may propose, not what only editors decide.
        ("accept", {}, True),
        ("accept", {"publish": "on"}, False),
        ("merge", {"into": "reasoning"}, False),
        ("reject", {}, False),
    ],
)
def test_an_undo_asks_for_the_rights_of_today(action: str, more: dict[str, str], may: bool, as_editor: Client) -> None:
    page = as_editor.post(f"{LIST}{action}/", data_of(row("RAG"), **more), follow=True).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    edith = User.objects.get(username="edith")
    edith.groups.set([Group.objects.get(name=groups.CONTRIBUTOR)])
    before = Term.objects.count(), Rejection.objects.count()
    assert as_editor.post(f"{LIST}undo/", {"token": token[1]}).status_code == (302 if may else 403)
    assert ((Term.objects.count(), Rejection.objects.count()) == before) is not may


def test_nobody_undoes_what_another_did(as_editor: Client, as_contributor: Client) -> None:
    page = as_editor.post(f"{LIST}accept/", data_of(row("RAG")), follow=True).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    assert as_contributor.post(f"{LIST}undo/", {"token": token[1]}).status_code == 403
    assert as_contributor.post(f"{LIST}undo/", {"token": "forged"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("client", (302, 302, 302, 302)),
        ("reader", (403, 403, 403, 403)),
        ("as_contributor", (200, 302, 403, 403)),
        ("as_editor", (200, 302, 302, 302)),
    ],
)
def test_who_may_do_what(who: str, statuses: tuple[int, int, int, int], request: pytest.FixtureRequest) -> None:
    looks, accepts, publishes, decides = statuses
    browser: Client = request.getfixturevalue(who)
    pair, latin = data_of(row("RAG")), data_of(row("Chain-of-Thought"))
    assert browser.get(LIST).status_code == browser.get(f"{LIST}rejected/").status_code == looks
    assert browser.post(f"{LIST}accept/", pair | {"publish": "on"}).status_code == publishes
    assert browser.post(f"{LIST}accept/", {"key": "x", "zh": "参数", "en": "parameter"}).status_code == accepts
    assert browser.post(f"{LIST}merge/", latin | {"into": "reasoning"}).status_code == decides
    assert browser.post(f"{LIST}reject/", {"zh": "模型"}).status_code == decides
    rejected = Rejection.objects.get_or_create(key="模型", defaults={"surface": "模型"})[0]
    assert browser.post(f"{LIST}rejected/{rejected.pk}/put-back/").status_code == decides
    may = who in ("as_contributor", "as_editor")
    assert Concept.objects.filter(key="parameter", status="suggested").exists() == may
    assert Concept.objects.filter(key="rag").exists() == (who == "as_editor")


def test_the_page_shows_sentences_glosses_and_what_is_like_it(as_editor: Client) -> None:
    page = as_editor.get(f"{LIST}?text=/documents/first/").content.decode()
    assert "这里采用<mark>检索增强生成</mark>（RAG）。" in page
    assert 'href="/documents/first/#b0"' in page
    assert "大家都說" not in page


@pytest.mark.parametrize("address", [LIST, f"{LIST}rejected/", "/editing/", "/editing/suggestions/"])
def test_a_page_takes_few_queries(
    address: str, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_editor.get(address)
    with django_assert_max_num_queries(16):
        as_editor.get(address)


def test_two_long_texts_are_harvested_within_a_second() -> None:
    body = "\n\n".join(f"研究者在第{number}章里说，检索增强生成（RAG）和模型训练需要参数。" for number in range(900))
    for slug in ("long", "longer"):
        small.build_document(f"---\nslug: {slug}\ntitle: 长\n---\n\n{slug} {body}\n")
    candidates.rows("none")
    candidates.forget()
    began = time.process_time()
    assert candidates.rows()
    assert time.process_time() - began < 1
