"""Every polyphone is read by what stands around it, any text can be read, and a page is read fast."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhtext import polyphones

# The polyphone stands in brackets. Sentences of our own, none from the training data.
READINGS = [
    # 行 háng: a trade, a row, those of one's trade; xíng: to walk, to do, to work
    ("她去银[行]取钱", "háng"),
    ("整个[行]业都在变化", "háng"),
    ("他向业内同[行]学习", "háng"),
    ("我们步[行]去学校", "xíng"),
    ("模型的[行]为很难解释", "xíng"),
    # 长 zhǎng: to grow, the head of; cháng: long, lasting, good at
    ("孩子慢慢[长]大了", "zhǎng"),
    ("校[长]正在讲话", "zhǎng"),
    ("上下文的[长]度有限", "cháng"),
    ("他擅[长]数学", "cháng"),
    ("等了这么[长]的时间", "cháng"),
    # 为 wéi: to do, to be, to become; wèi: for the sake of
    ("我认[为]这是对的", "wéi"),
    ("训练分[为]两步", "wéi"),
    ("因[为]下雨，比赛取消", "wèi"),
    ("[为]什么天是蓝的", "wèi"),
    ("这会[为]用户带来方便", "wèi"),
    # 地 de after an adverb; dì: ground, place
    ("她慢慢[地]走过来", "de"),
    ("他们小心[地]检查结果", "de"),
    ("这个[地]方很安静", "dì"),
    ("[地]图在桌子上", "dì"),
    # 得 de after a verb; dé: to obtain; děi: must
    ("他跑[得]很快", "de"),
    ("她[得]到了一本书", "dé"),
    ("你每次都[得]提前准备", "děi"),
    # 的 de; dì in 目的, dí in 的确, 的士
    ("这是我[的]书", "de"),
    ("学习的目[的]是什么", "dì"),
    ("这[的]确是真的", "dí"),
    # 了 le after a verb; liǎo: to understand, to be able
    ("雨停[了]", "le"),
    ("我想[了]解更多", "liǎo"),
    # 还 hái: still, also; huán: to give back
    ("他[还]没来", "hái"),
    ("请按时[还]书", "huán"),
    ("把钱归[还]给他", "huán"),
    # 都 dōu: all; dū: a capital
    ("我们[都]同意", "dōu"),
    ("北京是中国的首[都]", "dū"),
    # 重 zhòng: heavy, important; chóng: again
    ("这很[重]要", "zhòng"),
    ("模型的权[重]", "zhòng"),
    ("请[重]新开始", "chóng"),
    ("不要[重]复", "chóng"),
    # 数 shù: a number; shǔ: to count
    ("参[数]越多越好吗", "shù"),
    # 量 liàng: an amount; liáng: to measure
    ("大[量]的数据", "liàng"),
    ("怎样衡[量]智能", "liáng"),
    # 调 tiáo: to tune; diào: to transfer, to stress
    ("微[调]一个模型", "tiáo"),
    ("他强[调]安全", "diào"),
    # 率 lǜ: a rate; shuài: to lead
    ("学习[率]太高", "lǜ"),
    ("他[率]领团队", "shuài"),
    # 应 yīng: ought; yìng: to answer
    ("你[应]该休息", "yīng"),
    ("化学反[应]很快", "yìng"),
    # 当 dāng: when, to be; dàng: proper
    ("[当]我们见面的时候", "dāng"),
    ("处理不[当]", "dàng"),
    # 间 jiān: between; jiàn: a gap
    ("时[间]不多", "jiān"),
    ("两次之间的[间]隔", "jiàn"),
    # 处 chǔ: to be at, to deal with; chù: a place
    ("[处]理数据", "chǔ"),
    ("到[处]都是人", "chù"),
    ("这样做有好[处]", "chù"),
    # 好 hǎo: good; hào: to be fond of
    ("今天天气很[好]", "hǎo"),
    ("她有很多爱[好]", "hào"),
    # 干 gàn: to do; gān: dry, to interfere
    ("你在[干]什么", "gàn"),
    ("不要[干]扰他们", "gān"),
    # 着 zhe after a verb; zháo: to get to; zhuó: to touch, to apply
    ("他笑[着]说", "zhe"),
    ("他[着]重强调了安全", "zhuó"),
    # 没 méi: not; mò: to sink
    ("他[没]来", "méi"),
    # 教 jiào: teaching; 觉 jué: to feel, jiào: sleep
    ("[教]育很重要", "jiào"),
    ("我[觉]得不错", "jué"),
    ("他在睡[觉]", "jiào"),
    # 切 qiē: to cut; qiè: close, all
    ("一[切]顺利", "qiè"),
    # 难 nán: hard; nàn: a disaster
    ("这很[难]说", "nán"),
    ("一场灾[难]", "nàn"),
    # 分 fēn: to divide; fèn: a part; fen in 部分
    ("[分]析这个问题", "fēn"),
    ("太过[分]了", "fèn"),
    ("这是其中的一部[分]", "fen"),
    # 过 guo: done once; guò: to pass
    ("我去[过]北京", "guo"),
    ("通[过]训练", "guò"),
    # Neutral tones as the dictionary gives them
    ("知[识]就是力量", "shi"),
    ("困[难]很多", "nan"),
    ("天[哪]，这怎么可能", "na"),
    # 将 jiāng also where 中将, a rank, could be cut out
    ("训练过程中[将]它冻结", "jiāng"),
    ("他被授予海军中[将]军衔", "jiàng"),
]


@pytest.fixture(scope="module")
def model() -> polyphones.Polyphones:
    return polyphones.load()


@pytest.mark.parametrize(("marked", "reading"), READINGS)
def test_reads_by_context(model: polyphones.Polyphones, marked: str, reading: str) -> None:
    assert model.read(marked.replace("[", "").replace("]", ""))[marked.index("[")] == reading


def test_leaves_the_others_alone(model: polyphones.Polyphones) -> None:
    assert not any(model.covers(character) for character in ("一", "不", "我", "A", "", "银行", "。"))
    assert model.covers("行")
    assert model.read("一人，不 GPU。") == {}


@given(st.text(alphabet=st.characters() | st.sampled_from("行长得的地了为中\n ，🙂A1")))
def test_reads_any_text(text: str) -> None:
    model = polyphones.load()
    readings = model.read(text)
    assert list(readings) == [offset for offset, character in enumerate(text) if model.covers(character)]
    assert all(readings.values())
    assert model.read(text) == readings


@given(st.text("银行长大得很快为什么 "), st.text("银行长大得很快为什么 "))
def test_a_line_does_not_depend_on_other_lines(before: str, after: str) -> None:
    model = polyphones.load()
    line = "他在银行工作得很长"
    start = len(before) + 1
    page = model.read(f"{before}\n{line}\n{after}")
    assert {
        offset - start: reading for offset, reading in page.items() if start <= offset < start + len(line)
    } == model.read(line)


# Spaces, width and the letters of a Latin word make no difference to what stands after them.
@pytest.mark.parametrize("text", ["GPU长度", "ＧＰＵ 长度", "a\u00a0长度", "🙂长度", "\ud800长度", "\x00长度"])
def test_reads_after_anything(model: polyphones.Polyphones, text: str) -> None:
    assert model.read(text)[text.index("长")] == "cháng"


def test_is_linear_in_the_worst_case(model: polyphones.Polyphones) -> None:
    began = time.process_time()
    assert len(model.read("的" * 1_000_000)) == 1_000_000
    assert time.process_time() - began < 30


def test_loads_once() -> None:
    assert polyphones.load() is polyphones.load()
