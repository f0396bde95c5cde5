"""A subtitle script becomes sentences, and no line of it is lost or changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.samples import PAGE, SCRIPT
from tests.zhtext.texts import storable, thoroughly
from zhtext.captions import PARAGRAPH_LENGTH, is_caption_script, join_captions

LINES = SCRIPT.strip().split("\n")
WORDS = "如果 那么 因为 所以 但是 其实 首先 最后 他 这 在 的 就是 呢 吗 模型 学会了新的东西 。 ， ！ “ ”".split()

lines_of_any_kind = st.lists(
    st.lists(st.sampled_from(WORDS) | st.text(storable, max_size=3), max_size=6).map("".join), max_size=30
).map(lambda lines: [line.replace("\n", "") for line in lines])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A line that leaves its phrase open runs into the next one.
        (["这项研究的目标就是", "看懂模型的每一步"], "这项研究的目标就是看懂模型的每一步。"),
        # So does one whose next line can begin nothing.
        (["人们想要一条路从数据", "跳跃到结论上面去"], "人们想要一条路从数据跳跃到结论上面去。"),
        # A question ends with its mark.
        (["模型真的懂得语言吗", "这个问题还没有答案"], "模型真的懂得语言吗？这个问题还没有答案。"),
        # 如果 opens what the next line completes, also across a line.
        (["如果数据不够多", "模型很难学会推理"], "如果数据不够多，模型很难学会推理。"),
        (["如果模型会自己检查答案", "那么错误就会少很多"], "如果模型会自己检查答案，那么错误就会少很多。"),
        # A conjunction or an adverb goes on with the sentence.
        (["它写代码写得又快又好", "并且还会自己检查错误"], "它写代码写得又快又好，并且还会自己检查错误。"),
        # A turn of the talk begins a sentence.
        (["预训练的全部步骤已经讲完了", "接下来要讲的是后训练"], "预训练的全部步骤已经讲完了。接下来要讲的是后训练。"),
        # So does a new subject, if the sentence has had its say.
        (["这项研究去年春天在上海完成", "他们用了三个月的时间"], "这项研究去年春天在上海完成。他们用了三个月的时间。"),
        (["研究完成了", "他们用了三个月的时间"], "研究完成了，他们用了三个月的时间。"),
        # A line that only opens is followed by a comma.
        (["其实", "这件事并不难"], "其实，这件事并不难。"),
        # A mark that is there already is not doubled.
        (["他说：", "这很难！", "“是的。”"], "他说：这很难！“是的。”"),
        # Blank lines and spaces around lines are not text.
        (["", "  你好 ", "\u3000", "再见"], "你好，再见。"),
        # The last line ends its sentence.
        (["再见"], "再见。"),
        # A comparison that is complete lets a new subject begin.
        (
            ["她读论文读得很慢很仔细", "就像在雪地里找脚印一样", "他只看图和结论"],
            "她读论文读得很慢很仔细，就像在雪地里找脚印一样。他只看图和结论。",
        ),
        # A predicate without a subject goes on.
        (["新的版本在三个月里进步得非常快", "超过了大家的期望"], "新的版本在三个月里进步得非常快，超过了大家的期望。"),
    ],
)
def test_what_stands_between_two_lines(lines: list[str], expected: str) -> None:
    assert join_captions(lines) == [expected]


def test_no_lines_no_paragraphs() -> None:
    assert join_captions([]) == join_captions(["", " "]) == []


def test_a_script_becomes_sentences_and_paragraphs() -> None:
    paragraphs = join_captions(LINES)
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("有兴趣的朋友可以先收藏。")
    assert paragraphs[1].startswith("首先，我们要说说什么是奖励，")
    assert "靠的就是一次又一次的饼干" in paragraphs[1]
    assert "。如果它答对了题目，那么就得到一分，" in paragraphs[1]
    assert "。这是为什么呢？因为奖励只看结果，所以" in paragraphs[1]


def test_a_long_talk_is_parted_into_paragraphs() -> None:
    paragraphs = join_captions(LINES * 8)
    assert len(paragraphs) > 8
    assert max(map(len, paragraphs)) < 3 * PARAGRAPH_LENGTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Many short lines without marks.
        (SCRIPT, True),
        # With a blank line here and there.
        (SCRIPT.replace("首先", "\n首先").replace("最后", "\n最后"), True),
        # Few lines may be anything.
        ("\n".join(LINES[:11]), False),
        # Long lines are paragraphs.
        ("\n".join(line * 4 for line in LINES), False),
        # Lines that end with marks are sentences.
        ("\n".join(f"{line}。" for line in LINES), False),
        # Blank lines between all of them part paragraphs.
        ("\n\n".join(LINES), False),
        # A scraped page is none.
        (PAGE, False),
        ("", False),
    ],
)
def test_is_caption_script(text: str, expected: bool) -> None:
    assert is_caption_script(text) is expected


def assert_all_lines_stand_in_order(lines: list[str], paragraphs: list[str]) -> None:
    """Check that a joined script holds its lines unchanged and in order, and at most one added mark after each."""
    rest = "".join(paragraphs)
    for line in filter(None, (line.strip() for line in lines)):
        before, found, rest = rest.partition(line)
        assert found
        assert before in ("", "，", "。", "？")
    assert rest in ("", "。")


def test_no_line_of_the_script_is_lost() -> None:
    assert_all_lines_stand_in_order(LINES * 8, join_captions(LINES * 8))


def test_no_mark_is_set_before_a_mark() -> None:
    assert join_captions(["如果", "，"]) == ["如果，"]


@thoroughly
@given(lines_of_any_kind)
def test_no_line_of_any_script_is_lost(lines: list[str]) -> None:
    paragraphs = join_captions(lines)
    assert all(paragraphs)
    rest = "".join(paragraphs)
    for line in filter(None, (line.strip() for line in lines)):
        rest = rest if rest.startswith(line) else rest[1:]
        assert rest.startswith(line)
        rest = rest.removeprefix(line)
    assert rest in ("", "。")
