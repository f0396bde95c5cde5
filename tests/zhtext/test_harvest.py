"""What may be a term is found, and what is none is left out or goes last."""

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.harvest import MOST_SPANS, Candidate, Evidence, harvest
from zhtext.keys import Pattern
from zhtext.matcher import Matcher
from zhtext.script import simplify
from zhtext.segment import Segmenter

Harvest = Callable[..., list[Candidate]]


@pytest.fixture(scope="session")
def harvested(segmenter: Segmenter) -> Harvest:
    """Harvest from a text, of which the glossary knows some terms."""

    def of(text: str, *known: str) -> list[Candidate]:
        simplified = simplify(text)
        matcher = Matcher([Pattern(number, surface) for number, surface in enumerate(known)], segmenter)
        matches = matcher.find(text, simplified)
        return harvest(text, simplified, segmenter.segment(text, simplified, matches), matches, segmenter)

    return of


def names(candidates: Sequence[Candidate], *kinds: Evidence) -> list[tuple[str, str]]:
    """Give the names of the candidates of some kinds."""
    return [(candidate.zh, candidate.en) for candidate in candidates if candidate.kind in kinds]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        # The English name in brackets of either width; verbs, particles and marks before the Chinese one stay out.
        ("他们发现了缩放定律（Scaling Law）。", "缩放定律", "Scaling Law"),
        ("要防范提示注入(prompt injection)。", "提示注入", "prompt injection"),
        ("这里采用检索增强生成（RAG）。", "检索增强生成", "RAG"),
        ("这是一种常用的梯度下降 （gradient descent）方法", "梯度下降", "gradient descent"),
        # An acronym is worth a modifier.
        ("我们用基于人类反馈的强化学习（RLHF）训练它", "基于人类反馈的强化学习", "RLHF"),
        # Quotation marks tell both ends.
        ("有人把它叫做“去枷锁”(unhobbling)。", "去枷锁", "unhobbling"),
        ("有人提到“去枷锁（unhobbling）”这个词", "去枷锁", "unhobbling"),
        ("書名《慈愛的機器》（Machines of Grace）", "慈愛的機器", "Machines of Grace"),
        # The Chinese name in brackets, perhaps with what it is called.
        ("这要用RAG（检索增强生成）来做", "检索增强生成", "RAG"),
        ("模型 Haiku（编者注：即俳句，一种短诗）最小", "俳句", "Haiku"),
        # In words.
        ("这是大语言模型，简称 LLM，很常见", "大语言模型", "LLM"),
        ("MoE，即混合专家模型，用得很多。", "混合专家模型", "MoE"),
        # A heading in both languages.
        ("前文\n缩放定律 Scaling Law\n后文", "缩放定律", "Scaling Law"),
        # In traditional characters.
        ("要防範提示注入（prompt injection）。", "提示注入", "prompt injection"),
        ("這裡採用檢索增強生成（RAG）。", "檢索增強生成", "RAG"),
    ],
)
def test_a_name_in_two_languages(harvested: Harvest, text: str, zh: str, en: str) -> None:
    [candidate] = [found for found in harvested(text) if found.kind is Evidence.BILINGUAL]
    assert (candidate.zh, candidate.en) == (zh, en)
    assert [text[span.start : span.end] for span in candidate.spans] == [zh]


@pytest.mark.parametrize(
    "text",
    [
        # A remark, an example, a year, a list of names.
        "大语言模型（如 GPT-2 和 GPT-3）",
        "许多客户（我认为是多数）已经用了",
        "Bloom（2022）",
        "第二个方面（safety）最难",
        # Nothing stands before.
        "（Scaling Law）",
        "了（Scaling Law）",
        # An acronym of more words than the name has characters.
        "其他风险（CBRN）",
    ],
)
def test_a_bracket_need_not_be_a_name(harvested: Harvest, text: str) -> None:
    assert names(harvested(text), Evidence.BILINGUAL) == []


def test_a_short_form_in_the_same_bracket(harvested: Harvest) -> None:
    [candidate] = harvested("讲大语言模型（Large Language Model，简称 LLM）")
    assert (candidate.zh, candidate.en, candidate.short) == ("大语言模型", "Large Language Model", "LLM")


def test_a_pair_is_told_once_and_not_again_in_parts(harvested: Harvest) -> None:
    text = "缩放定律（Scaling Law）很重要。缩放定律（scaling laws）又如何？缩放定律、Scaling Law。"
    [candidate] = harvested(text)
    assert candidate.count == len(candidate.spans) == 2


def test_a_pair_with_both_names_known_is_no_news(harvested: Harvest) -> None:
    text = "讲缩放定律（Scaling Law）。"
    assert harvested(text, "缩放定律", "Scaling Law") == []
    assert names(harvested(text, "缩放定律"), Evidence.BILINGUAL) == [("缩放定律", "Scaling Law")]


def test_a_person_is_told_without_the_office(harvested: Harvest) -> None:
    assert names(harvested("创始人达里奥·罗西Dario Rossi说"), Evidence.PERSON) == [("达里奥·罗西", "Dario Rossi")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这就是所谓的“奖励黑客”现象", ["奖励黑客"]),
        ("這稱為「獎勵駭客」", ["獎勵駭客"]),
        # A word of the dictionary needs no telling.
        ("所谓的“偏见”", []),
    ],
)
def test_what_the_text_says_is_a_name(harvested: Harvest, text: str, expected: list[str]) -> None:
    assert [zh for zh, _en in names(harvested(text), Evidence.NAMED)] == expected


def test_an_english_title_in_chinese_marks_is_a_name(harvested: Harvest) -> None:
    assert names(harvested("他写过《A Small Lesson》，也读《红楼梦》。"), Evidence.NAMED) == [("", "A Small Lesson")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Twice is a compound, once is none.
        ("奖励模型很大。我们看奖励模型。", ["奖励模型"]),
        ("奖励模型很大。", []),
        ("獎勵模型很大。我們看獎勵模型。", ["獎勵模型"]),
        # The whole, not its parts …
        ("稀疏专家模型很大。我们看稀疏专家模型。", ["稀疏专家模型"]),
        # … unless they stand by themselves, too.
        ("稀疏奖励模型。稀疏奖励模型。奖励模型。奖励模型。", ["稀疏奖励模型", "奖励模型"]),
        # Nothing across a mark, a space, a line.
        ("奖励，模型。奖励，模型。", []),
        ("奖励 模型。奖励 模型。", []),
        ("奖励\n模型。奖励\n模型。", []),
        # Function words, numerals and words that are too general are no parts of terms.
        ("我们认为模型。我们认为模型。", []),
        ("三个模型。三个模型。", []),
        ("解决问题的模型。解决问题的模型。", []),
        # With Latin words, spaced or not.
        ("AI 芯片很贵。AI芯片很贵。", ["AI 芯片"]),
        ("S 曲线很陡。S 曲线很陡。", ["S 曲线"]),
        ("A/B 测试好。A/B 测试好。", []),
        # One word of the dictionary.
        ("人工智能。人工智能。", []),
    ],
)
def test_compounds(harvested: Harvest, text: str, expected: list[str]) -> None:
    assert sorted(zh for zh, _en in names(harvested(text), Evidence.COMPOUND)) == sorted(expected)


def test_a_known_term_is_no_candidate_but_may_be_part_of_one(harvested: Harvest) -> None:
    text = "奖励模型很大。我们看奖励模型。"
    assert harvested(text, "奖励模型") == []
    assert names(harvested(text, "模型"), Evidence.COMPOUND) == [("奖励模型", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A phrase is one, in whatever spelling; that which is used most is shown.
        ("用Claude Code写", ["Claude Code"]),
        ("看scaling law、Scaling Laws和scaling-law、scaling law", ["scaling law"]),
        ("用GPT-4和gpt4", ["GPT-4"]),
        ("讲the scaling law吧", ["scaling law"]),
        # A version belongs to the name, a count does not.
        ("用Claude 3.5 Sonnet写", ["Claude 3.5 Sonnet"]),
        ("用Gemini 3 年了", ["Gemini"]),
        # Addresses, quantities and small words.
        ("见https://example.org/AI和www.example.org/b", []),
        ("写信给alice@example.org，或看example.com。", []),
        ("占10w、12.7M", []),
        ("说OK，the and", []),
        ("[00:12:30] 好", []),
        # A whole English sentence is no term.
        ("what this is: a note, in English, on models\n用Foo", ["Foo"]),
        ("他说This is how you train a very large model。", []),
        # Who speaks is no term, in no place; what is explained is.
        ("Alice Brown：你好\nBob：我是\nBob：谁？Alice Brown和Bob、Alice", []),
        ("RLHF：用人的反馈来训练", []),
        ("00:12 Alice Brown: 你好", []),
    ],
)
def test_latin(harvested: Harvest, text: str, expected: list[str]) -> None:
    assert [en for _zh, en in names(harvested(text), Evidence.LATIN)] == expected


def test_known_latin_terms_are_no_candidates(harvested: Harvest) -> None:
    assert names(harvested("用GPT-4和Claude Code", "GPT-4", "Claude"), Evidence.LATIN) == [("", "Claude Code")]


def test_all_kinds_are_ranked_in_one_list(harvested: Harvest) -> None:
    text = "用Foo写。奖励模型好。奖励模型大。要防范提示注入（prompt injection）。"
    assert [found.kind for found in harvested(text)] == [Evidence.BILINGUAL, Evidence.COMPOUND, Evidence.LATIN]


def test_of_many_places_the_first_are_told(harvested: Harvest) -> None:
    [candidate] = harvested("用Foo。" * 30)
    assert candidate.count == 30
    assert len(candidate.spans) == MOST_SPANS
    assert candidate.spans[1] == (6, 9)


def test_an_empty_text_has_no_terms(harvested: Harvest) -> None:
    assert harvested("") == []


@thoroughly
@given(text=texts)
def test_spans_say_what_the_candidates_say(harvested: Harvest, text: str) -> None:
    found = harvested(text + "（Scaling Law）" + text)
    assert [candidate.score for candidate in found] == sorted((candidate.score for candidate in found), reverse=True)
    for candidate in found:
        first = candidate.spans[0]
        assert 0 <= first.start < first.end
        quoted = (text + "（Scaling Law）" + text)[first.start : first.end]
        assert quoted == candidate.zh or candidate.kind is Evidence.LATIN


@pytest.mark.parametrize("text", ["\n", "a-", "模型·", "A: ", "“", "（", "a.b@"])
def test_no_text_takes_long(harvested: Harvest, text: str) -> None:
    started = time.perf_counter()
    harvested(text * (20_000 // len(text)))
    assert time.perf_counter() - started < 3
