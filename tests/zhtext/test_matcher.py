"""Every term is found wherever it stands, and nothing that only looks like one."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.zhtext.texts import HAN, texts, thoroughly
from zhtext.fold import squeeze
from zhtext.keys import Pattern
from zhtext.matcher import Hit, Match, Matcher
from zhtext.segment import Segmenter

MakeMatcher = Callable[..., Matcher]


@pytest.fixture(scope="session")
def matcher_of(segmenter: Segmenter) -> MakeMatcher:
    """Make a matcher of some surfaces; their terms are numbered from 0."""

    def make(*surfaces: str, forced: bool = False) -> Matcher:
        patterns = (Pattern(term, surface, forced) for term, surface in enumerate(surfaces))
        return Matcher(patterns, segmenter)

    return make


def quotes(matcher: Matcher, text: str) -> list[str]:
    """Quote what a matcher finds in a text."""
    return [text[match.start : match.end] for match in matcher.find(text)]


@pytest.mark.parametrize(
    ("surface", "text", "expected"),
    [
        # At the edges of a text, alone, twice in a row, between any neighbours.
        ("后训练", "后训练", ["后训练"]),
        ("后训练", "后训练后训练", ["后训练", "后训练"]),
        ("后训练", "在后训练中，做后训练的人", ["后训练", "后训练"]),
        # Characters that meet by chance across an edge of words are no term.
        ("后训练", "然后训练模型", []),
        ("后训练", "最后训练它", []),
        ("后训练", "先收集数据，今后训练；后训练", ["后训练"]),
        # A long term stands beside any particle, but tears no words either.
        ("缩放定律", "在缩放定律上", ["缩放定律"]),
        ("机械可解释性", "做机械可解释性研究的人", ["机械可解释性"]),
        ("可解释性", "可解释性能帮助谁", ["可解释性"]),
        ("大学生活", "大学生活动", []),
        ("人机交互", "无人机交互", []),
        ("神经科学", "神经科学家", []),
        # A term inside a longer word of the dictionary counts as its head, behind a word of its own …
        ("智能", "人工智能", ["智能"]),
        ("意识", "它有意识吗", ["意识"]),
        # … or as its beginning before words of their own, but not in a word with a meaning of its own …
        ("软件", "软件平台", ["软件"]),
        ("意识", "意识形态", []),
        ("开源", "开源节流", []),
        # … nor beside one character or a scrap.
        ("训练", "训练场", []),
        ("意识", "潜意识", []),
        ("技术", "高新技术", []),
        ("人民", "中华人民共和国", []),
        # Across the edges of words the likelier words win.
        ("智能体", "智能体会犯错", ["智能体"]),
        ("内存", "公司内存在问题", []),
        ("学期", "大学期间", []),
        ("大模型", "扩大模型", []),
        ("模型", "扩大模型", ["模型"]),
        ("大模型", "最大模型", []),
        ("层标准化", "基层标准化建设", []),
        # 中 is "in" before 的 or a mark, or behind a preposition.
        ("数据集", "数据集中的错误", ["数据集"]),
        ("数据集", "在数据集中删去", ["数据集"]),
        ("数据集", "数据集中存放", []),
        # Marks, spaces and the end of a line part Han characters.
        ("机器学习", "机器，学习", []),
        ("机器学习", "机器\n学习", []),
        ("机器学习", "机器 学习", []),
        ("机器学习", "机器  学习", []),
    ],
)
def test_han(matcher_of: MakeMatcher, surface: str, text: str, expected: list[str]) -> None:
    assert quotes(matcher_of(surface), text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # The term in every dress: case, plural, hyphen, width, written in one, more space.
        *("Scaling Law", "scaling law", "SCALING LAW", "scaling laws", "SCALING LAWS", "scaling-law", "scaling-laws"),
        *("ＳＣＡＬＩＮＧ　ＬＡＷ", "ＳＣＡＬＩＮＧ ＬＡＷ", "ｓｃａｌｉｎｇ　ｌａｗｓ", "ScalingLaw", "Scaling  Law"),
    ],
)
def test_a_latin_term_is_found_in_every_dress(matcher_of: MakeMatcher, text: str) -> None:
    assert quotes(matcher_of("Scaling Law"), f"按照{text}来说，{text}。") == [text, text]


@pytest.mark.parametrize(
    ("surface", "text", "expected"),
    [
        # A Latin term stands on the borders of Latin words.
        ("AI", "maintain OpenAI AIGC", []),
        ("AI", "用AI做，AI.", ["AI", "AI"]),
        ("AI", "(AI)／ＡＩ", ["AI", "ＡＩ"]),
        # Its plural is the term, another ending is not.
        ("GPU", "许多GPUs和GPUsers、GPUx", ["GPUs"]),
        ("policy", "policies、policys、policyholder", ["policies", "policys"]),
        ("loss", "losses、lossless", ["losses"]),
        ("GPU", "GPUes", []),
        # An address, a file and a domain are words of their own; so is what follows an at sign.
        ("AI", "https://example.org/ai www.example.org/ai/b", []),
        ("AI", "ai.py、x.ai、ai@example.org、me@ai", []),
        ("AI", "AI.那么，@AI", ["AI", "AI"]),
        # Characters that show nothing, and letters in one character.
        ("Scaling Law", "scaling\u00adlaw、sca\u200bling law", ["scaling\u00adlaw", "sca\u200bling law"]),
        ("fine-tuning", "ﬁne-tuning", ["ﬁne-tuning"]),
        ("ﬁne-tuning", "fine-tuning", ["fine-tuning"]),
        # White space that parts two words is not squeezed out of a term that has none …
        ("AI", "plan A I made", []),
        ("AI", "plan A  I made", []),
        ("AI", "plan A - I made", []),
        ("AI", "plan A\u3000I made", []),
        # … but a hyphen in it may be.
        ("RLHF", "RL-HF", ["RL-HF"]),
        # A version number goes on.
        ("GPT-3", "GPT-3.5、GPT-30、GPT-3b", []),
        ("GPT-3", "GPT-3、GPT3、GPT 3。GPT-3. 完", ["GPT-3", "GPT3", "GPT 3", "GPT-3"]),
        ("3.5", "13.5、2.3.5、3.5，3.5。", ["3.5", "3.5"]),
        # A number may follow a name, and a name a number.
        ("GPT", "GPT4", ["GPT"]),
        ("3D", "做3 D打印", ["3 D"]),
        ("o1", "o1和pro1", ["o1"]),
        # Letters and Han characters in one term, parted or not.
        ("A/B 测试", "AB测试、A/B测试、a / b 测试、Ａ／Ｂ测试", ["AB测试", "A/B测试", "a / b 测试", "Ａ／Ｂ测试"]),
        ("AI对齐", "AI 对齐", ["AI 对齐"]),
        # Han characters need no border to letters.
        ("对齐", "AI对齐GPT", ["对齐"]),
    ],
)
def test_latin(matcher_of: MakeMatcher, surface: str, text: str, expected: list[str]) -> None:
    assert quotes(matcher_of(surface), text) == expected


@pytest.mark.parametrize(
    ("surface", "text"),
    [
        # Either script finds the other.
        ("机器学习", "機器學習"),
        ("機器學習", "机器学习"),
        ("机械可解释性", "機械可解釋性"),
        ("后训练", "後訓練"),
        ("推理", "推理"),
    ],
)
def test_a_term_is_found_in_both_scripts(matcher_of: MakeMatcher, surface: str, text: str) -> None:
    assert quotes(matcher_of(surface), f"關於{text}。") == [text]


def test_in_traditional_text_words_have_edges_too(matcher_of: MakeMatcher) -> None:
    assert quotes(matcher_of("后训练"), "然後訓練模型，再做後訓練") == ["後訓練"]


def test_nested_terms_stand_inside_the_longest(matcher_of: MakeMatcher) -> None:
    matcher = matcher_of("机械可解释性", "可解释性", "解释", "机械可解释")
    [match] = matcher.find("做机械可解释性研究")
    assert (match.start, match.end, match.terms) == (1, 7, (0,))
    assert match.nested == (Hit(1, 6, 3), Hit(3, 7, 1), Hit(4, 6, 2))


def test_of_overlapping_terms_the_leftmost_wins(matcher_of: MakeMatcher) -> None:
    matcher = matcher_of("神经网络", "网络架构搜索")
    assert quotes(matcher, "神经网络架构搜索") == ["神经网络"]


def test_two_terms_with_one_spelling_are_both_told(matcher_of: MakeMatcher) -> None:
    matcher = matcher_of("Scaling Law", "scaling-law", "Law")
    assert matcher.find("Scaling Laws") == [Match(0, 12, (0, 1), (Hit(8, 12, 2),))]


def test_a_term_of_one_han_character_must_be_forced(matcher_of: MakeMatcher) -> None:
    assert quotes(matcher_of("熵"), "它的熵很大") == []
    assert quotes(matcher_of("熵", forced=True), "它的熵很大") == ["熵"]
    assert quotes(matcher_of("C", forced=True), "用C写，用CSS写") == ["C"]


@pytest.mark.parametrize("surface", ["", " ", "熵", "a", "-", "\u3000"])
def test_what_is_too_short_is_left_out(matcher_of: MakeMatcher, surface: str) -> None:
    assert quotes(matcher_of(surface), "熵 a - \u3000 熵a") == []


def test_nothing_at_all_cannot_be_forced(matcher_of: MakeMatcher) -> None:
    assert quotes(matcher_of("", " ", forced=True), "熵 a") == []


def test_a_glossary_may_be_empty(matcher_of: MakeMatcher) -> None:
    assert matcher_of().find("后训练") == []


def test_offsets_count_astral_characters_as_one(matcher_of: MakeMatcher) -> None:
    [match] = matcher_of("对齐").find("😀𠮷对齐")
    assert (match.start, match.end) == (2, 4)


@pytest.mark.parametrize("text", ["好\x00好", "好\udfff"])
def test_what_cannot_be_folded_is_refused(matcher_of: MakeMatcher, text: str) -> None:
    with pytest.raises(ValueError, match="cannot be converted"):
        matcher_of("后训练").find(text)


surroundings = st.text(st.sampled_from("的了在和对被与也都，。“” \n"), max_size=12)


@thoroughly
@given(before=surroundings, after=surroundings)
def test_a_long_term_is_found_whatever_its_neighbours(matcher_of: MakeMatcher, before: str, after: str) -> None:
    matcher = matcher_of("缩放定律", "Scaling Law", "可解释性")
    for term in ("缩放定律", "Scaling Law", "scaling laws", "可解释性"):
        found = matcher.find(before + term + after)
        assert (len(before), len(before) + len(term)) in {(match.start, match.end) for match in found}


@thoroughly
@given(text=texts)
def test_matches_stand_in_order_and_say_what_their_terms_say(matcher_of: MakeMatcher, text: str) -> None:
    surfaces = ("后训练", "训练", "机械可解释性", "可解释性", "机器学习", "AI", "AI5", "长发", "A-3")
    edge = 0
    for match in matcher_of(*surfaces).find(text):
        assert edge <= match.start < match.end <= len(text)
        assert match.terms
        edge = match.end
        for hit in (*(Hit(match.start, match.end, term) for term in match.terms), *match.nested):
            assert match.start <= hit.start < hit.end <= match.end
            key = squeeze(surfaces[hit.term]).key
            assert squeeze(text).key.count(key) > 0


@thoroughly
@given(text=texts, surface=st.text(st.sampled_from(HAN), min_size=4, max_size=8))
def test_a_text_finds_its_own_words(segmenter: Segmenter, text: str, surface: str) -> None:
    matcher = Matcher([Pattern(7, surface)], segmenter)
    whole = f"{text}。{surface}。{text}"
    assume(squeeze(surface).key in squeeze(whole).key)
    assert any(match.terms == (7,) for match in matcher.find(whole))


@pytest.mark.parametrize(
    ("later", "changed", "expected"),
    [
        # A new term; one that has got another form; one that is gone lets the shorter one inside it stand.
        ([Pattern(7, "研究")], {7}, ["机械可解释性", "研究"]),
        ([Pattern(0, "可解释性研究")], {0}, ["可解释性研究"]),
        ([], {0}, ["可解释性"]),
        # A longer new term goes before those that it covers.
        ([Pattern(7, "机械可解释性研究")], {7}, ["机械可解释性研究"]),
    ],
)
def test_a_renewed_matcher_knows_what_has_changed(
    matcher_of: MakeMatcher, later: list[Pattern], changed: set[int], expected: list[str]
) -> None:
    matcher = matcher_of("机械可解释性", "可解释性")
    assert quotes(matcher.renewed(later, changed), "做机械可解释性研究") == expected
    # What was is not touched.
    assert quotes(matcher, "做机械可解释性研究") == ["机械可解释性"]


@thoroughly
@given(
    text=texts,
    before=st.lists(st.text(HAN, max_size=3), max_size=6),
    steps=st.lists(st.tuples(st.integers(0, 7), st.text(HAN, max_size=3)), max_size=5),
)
def test_a_renewed_matcher_finds_what_one_built_anew_finds(
    segmenter: Segmenter, text: str, before: list[str], steps: list[tuple[int, str]]
) -> None:
    terms = dict(enumerate(before))
    matcher = Matcher([Pattern(*term) for term in terms.items()], segmenter)
    for term, surface in steps:
        terms[term] = surface
        matcher = matcher.renewed([Pattern(term, surface)], {term})
    anew = Matcher([Pattern(*term) for term in terms.items()], segmenter)
    assert matcher.find(text) == anew.find(text)
