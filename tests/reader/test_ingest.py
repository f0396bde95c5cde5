"""Texts come in once, keep their address, and carry the notes on them along."""

import pytest
from django.db import IntegrityError, transaction

from reader import notes
from reader.formats import markdown, txt
from reader.ingest import Added, add_document, put_back
from reader.models import Block, Document, Level, Note, Revision, User
from tests import small

pytestmark = pytest.mark.django_db

# Two lines of it are buttons of the page it was scraped from.
SCRAPED = """关于评估的一封短信

登录

评估一个模型，先要想好用什么题目。题目不能太旧，也不能太容易。

分享

换一批新题，再考一次，分数才可信。
"""


def add(text: str, *, owner: User | None = None, public: bool = True) -> Added:
    return add_document(txt.read(text.encode(), "letter.txt"), owner=owner, public=public)


def shown(document: Document) -> str:
    document.refresh_from_db()
    return document.revisions.get(number=document.revision).text


def test_a_text_becomes_a_document_with_blocks() -> None:
    document = small.build_document()
    blocks = Block.objects.filter(revision__document=document)
    text = shown(document)
    assert [block.kind for block in blocks] == [
        "heading",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]
    assert [text[block.start : block.end] for block in blocks] == text.split("\n")
    assert (document.slug, document.title, document.level) == ("size", "规模与推理", Level.EASY)


def test_the_same_source_again_changes_nothing() -> None:
    first = add(SCRAPED)
    again = add(SCRAPED)
    assert (first.outcome, again.outcome) == ("new", "unchanged")
    assert again.document == first.document
    assert (Document.objects.count(), Revision.objects.count()) == (1, 1)


def test_a_known_address_gets_a_new_revision_and_keeps_the_old_one() -> None:
    small.build_document()
    incoming = markdown.read(small.DOCUMENT.replace("智能体", "人").encode(), "size.md")
    added = add_document(incoming)
    assert (added.outcome, added.document.revision) == ("changed", 2)
    assert "智能体" not in shown(added.document)
    assert "智能体" in added.document.revisions.get(number=1).text


def test_a_text_that_goes_back_to_an_earlier_state_is_changed_once_more() -> None:
    small.build_document()
    small.build_document(small.DOCUMENT.replace("智能体", "人"))
    document = small.build_document()
    assert "智能体" in shown(document)
    assert document.revision == 3


def test_one_text_of_two_owners_is_two_documents(alice: User, bob: User) -> None:
    assert add(SCRAPED, owner=alice, public=False).outcome == "new"
    assert add(SCRAPED, owner=bob, public=False).outcome == "new"
    assert add(SCRAPED).outcome == "new"
    assert len(set(Document.objects.values_list("slug", flat=True))) == 3


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        # By pinyin, without tones; ü is v.
        ("缩放定律", "suo-fang-ding-lv"),
        # Latin words and numbers stay.
        ("GPT-4 与 Scaling Law", "gpt-4-yu-scaling-law"),
        # Nothing is left of a title of marks.
        ("……", "text"),
        # A long one ends with a whole syllable.
        (
            "关于机械可解释性研究的一些想法以及它们对于后训练的意义",
            "guan-yu-ji-xie-ke-jie-shi-xing-yan-jiu-de-yi-xie-xiang-fa",
        ),
    ],
)
def test_an_address_is_made_of_the_title(title: str, slug: str) -> None:
    added = add_document(markdown.read(f"---\ntitle: {title}\n---\n\n正文在这里。\n".encode(), "a.md"))
    assert added.document.slug == slug


def test_an_address_that_is_taken_is_numbered() -> None:
    slugs = [
        add_document(markdown.read(f"---\ntitle: 推理\n---\n\n第{n}篇。\n".encode(), "a.md")).document.slug
        for n in "一二三"
    ]
    assert slugs == ["tui-li", "tui-li-2", "tui-li-3"]


@pytest.mark.parametrize(
    ("paragraphs", "level"),
    [(["短句。"] * 4, Level.EASY), (["长" * 100], Level.MIDDLING), (["更长" * 100], Level.DEMANDING)],
)
def test_the_level_is_guessed_from_the_length_of_paragraphs(paragraphs: list[str], level: Level) -> None:
    text = "---\ntitle: 题\n---\n\n" + "\n\n".join(paragraphs)
    assert add_document(markdown.read(text.encode(), "a.md")).document.level == level


def test_a_traditional_text_knows_its_script() -> None:
    document = small.build_document("---\ntitle: 機器學習\nslug: ji\n---\n\n機器學習與縮放定律。\n")
    assert (document.source_script, document.lang) == ("hant", "zh-Hant")


def test_what_was_dropped_is_kept_and_put_back_with_the_notes_in_place(alice: User) -> None:
    document = add(SCRAPED).document
    revision = document.revisions.get()
    assert [(part["first"], part["text"]) for part in revision.dropped] == [(3, "登录"), (7, "分享")]
    start = revision.text.index("分数")
    note = notes.add(user=alice, document=document, revision=1, start=start, end=start + 2, body="score")
    put_back(document, [7], revision=1, author=alice)
    assert "\n分享\n" in shown(document)
    assert "登录" not in shown(document)
    note.refresh_from_db()
    assert (shown(document)[note.start : note.end], note.revision, note.status) == ("分数", 2, "placed")
    put_back(document, [3], revision=2, author=alice)
    assert {"分享", "登录"} <= set(shown(document).split("\n"))
    assert document.revisions.get(number=3).dropped == []
    assert document.revisions.get(number=3).created_by == alice


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        # An edit elsewhere: the note goes with its words.
        (("缩放定律说明", "很久以前有人发现，缩放定律说明"), "机械可解释性研究"),
        # An edit inside: it still stands around them.
        (("机械可解释性研究", "机械的可解释性研究"), "机械的可解释性研究"),
        # The passage is gone: the note is kept, its place is not guessed.
        (("研究者做机械可解释性研究，也谈可解释性。\n\n", ""), None),
    ],
)
def test_notes_are_carried_over_or_become_orphans(note: Note, edit: tuple[str, str], words: str | None) -> None:
    document = small.build_document(small.DOCUMENT.replace(*edit))
    note.refresh_from_db()
    assert note.body == "**秘密** secret thought"
    if words is None:
        assert (note.status, note.quote) == ("proposed", "机械可解释性研究")
    else:
        assert (note.status, note.quote) == ("placed", words)
        assert shown(document)[note.start : note.end] == words


def test_a_deleted_note_is_carried_over_too_and_can_be_brought_back(note: Note) -> None:
    notes.delete(note)
    document = small.build_document(small.DOCUMENT.replace("缩放定律说明", "我们知道缩放定律说明"))
    note.refresh_from_db()
    notes.restore(note)
    assert shown(document)[note.start : note.end] == "机械可解释性研究"


def test_all_or_nothing() -> None:
    incoming = markdown.read(small.DOCUMENT.replace("slug: size", "slug: not a slug").encode(), "size.md")
    with pytest.raises(ValueError, match=r"^slug: Enter a valid"):
        add_document(incoming)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        # A private text has an owner; levels are those there are; an address stands once.
        {"slug": "b", "public": False},
        {"slug": "b", "level": 4},
        {"slug": "size"},
    ],
)
def test_the_database_refuses_documents_that_cannot_be(fields: dict[str, object]) -> None:
    small.build_document()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(title="题", **fields)


def test_the_database_refuses_empty_spans(note: Note) -> None:
    block = Block.objects.first()
    assert block is not None
    for row in (note, block):
        row.end = row.start
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
