"""Another region's word stands wherever the word does: whole, in a longer one, over several; and is read as itself."""

import pytest

from glossary import edition, lexicon
from glossary.formats import csv
from glossary.models import Term
from glossary.transfer import import_rows
from reader.layers import Layers, lay, readings_of, runs_of
from zhtext.pinyin import read
from zhtext.script import Script, simplify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("glossary", "dictionary")]
HANS, HANT, TW, HK = Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK

# The dictionary has 研究, 模型, 参数, 训练, 需要 and 机械; what it lacks is cut into characters.
WORDS = """\
key,zh_hans,en,zh_tw,zh_hk,variants,avoid,marked
parameter,参数,parameter,引數,,,,no
train,训练,train,培訓,,,,no
hard,硬件,hardware,硬體,,,,no
machine,机器人,robot,機械人偶,,,,no
chance,型参,chance,某某,,,,no
recipe,训练模型,trained model,練型,,,,no
hyper,超参数,hyperparameter,,超參數值,超-参数,,yes
server,服务器,server,伺服器,,伺服机,侍服器,yes
"""


@pytest.fixture(autouse=True)
def _words(glossary: None) -> None:
    import_rows(csv.read(WORDS.encode()))


def laid(text: str, source: Script = HANS) -> Layers:
    return lay(text, lexicon.current(), source)


def bars(layers: Layers, script: Script) -> str:
    """Show the tokens of a text in a script, with bars between them."""
    return "|".join(layers.shown(script))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # A word of the dictionary that texts do not mark: whole, again and again, beside another.
        ("参数", "引數"),
        ("参数，参数", "引數|，|引數"),
        ("参数需要研究", "引數|需要|研究"),
        # Inside a term that has no form of its own there, at its end.
        ("超参数", "超引數"),
        # Over several words; what is left over stands in the last, what is missing is missing there.
        ("硬件", "硬|體"),
        ("机器人", "機|械|人偶"),
        ("训练模型", "練型|"),
        # The longest goes first, and the leftmost.
        ("训练模型训练", "練型||培訓"),
        # Not across the edge of a word.
        ("模型参数", "模型|引數"),
        # A marked term shows its own form; its variants are other words.
        ("服务器", "伺服器"),
        ("伺服机", "伺服機"),
        # What has no form is converted.
        ("研究机械", "研究|機械"),
    ],
)
def test_words_stand_in_the_form_of_the_region(text: str, shown: str) -> None:
    assert bars(laid(text), TW) == shown


def test_the_tokens_and_the_source_stay_what_they_are() -> None:
    layers = laid("训练模型和参数")
    assert bars(layers, HANS) == "训练|模型|和|参数"
    assert bars(layers, HANT) == "訓練|模型|和|參數"
    assert layers.own_forms(HANS) == []


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        # The term has a form in one region; in the other the word inside it has.
        (HK, "超參數值"),
        (TW, "超引數"),
        (HANT, "超參數"),
    ],
)
def test_a_terms_own_form_goes_before_that_of_a_word_inside_it(script: Script, shown: str) -> None:
    assert bars(laid("超参数"), script) == shown


def test_other_spellings_of_a_term_have_its_form() -> None:
    Term.objects.filter(text="Scaling Law").delete()
    import_rows(csv.read("zh_hans,en,zh_tw\nA/B测试,A/B test,甲乙測驗\n".encode()))
    assert [bars(laid(text), TW) for text in ("A/B测试", "a/b 测试", "A/B測試")] == ["甲乙測驗"] * 3


def test_a_preferred_term_goes_before_one_to_avoid() -> None:
    import_rows(csv.read("key,zh_hans,en,zh_tw,avoid\nother,旁路,bypass,旁道,服务器\n".encode()))
    avoided = Term.objects.filter(concept__key="other", text="服务器")
    avoided.update(hant_tw="避用")
    edition.advance()
    assert bars(laid("服务器"), TW) == "伺服器"


@pytest.mark.parametrize(
    ("text", "script", "shown"),
    [
        # A traditional text in simplified characters: the region's rarer word goes back, its common ones stay.
        ("硬體", HANS, "硬|件"),
        ("伺服器", HANS, "服务器"),
        ("訓練參數", HANS, "训练|参数"),
        # In the other traditional scripts it has the region's words as a simplified one has.
        ("訓練參數", TW, "培訓|引數"),
        ("訓練參數", HK, "訓練|參數"),
        ("訓練參數", HANT, "訓練|參數"),
    ],
)
def test_a_traditional_text_is_shown(text: str, script: Script, shown: str) -> None:
    assert bars(laid(text, HANT), script) == shown


def test_own_form_tells_the_tokens_that_a_form_is_in() -> None:
    layers = laid("研究训练模型和参数")
    assert [layers.own_form(token, TW) for token in layers.tokens] == ["", "練型", "", "", "引數"]
    assert not any(layers.own_form(token, HANT) for token in layers.tokens)


def test_in_print_a_form_stands_as_it_is_and_marks_are_wide() -> None:
    assert laid("参数,训练:好").set_in_print(TW) == ["引數", "，", "培訓", "：", "好"]


@pytest.mark.parametrize(
    ("form", "runs"),
    [
        # Another word is read by itself: 引 is no 参.
        ("引數", [["yǐn", "shù"]]),
        ("培訓", [["péi", "xùn"]]),
        ("甲乙A測驗", [["jiǎ", "yǐ"], ["cè", "yàn"]]),
        ("𠮷", [[""]]),
        ("", []),
    ],
)
def test_a_form_that_is_another_word_is_read_by_itself(form: str, runs: list[list[str]]) -> None:
    assert runs_of(form) == runs


def test_many_forms_are_read_at_once_as_each_by_itself() -> None:
    forms = ["引數", "", "重", "長大", "AI代理", "行", "銀行", "數"]
    assert readings_of(forms) == list(map(runs_of, forms))
    assert readings_of([]) == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        # Surnames that are read in their own way, by what stands around them, in both scripts …
        ("任先生来了", "rén xiān shēng lái le"),
        ("單教授來了", "shàn jiào shòu lái le"),
        ("曾老师说", "zēng lǎo shī shuō"),
        ("他姓任", "tā xìng rén"),
        # … and the same characters in words.
        ("任何人", "rèn hé rén"),
        ("单位", "dān wèi"),
        ("曾经", "céng jīng"),
        # The suffix of a word that the dictionary lacks, and a child.
        ("模型儿", "mó xíng r"),
        ("需要兒", "xū yào r"),
        ("早产儿", "zǎo chǎn ér"),
        ("我儿", "wǒ ér"),
    ],
)
def test_names_and_suffixes_are_read_in_their_own_way(text: str, readings: str) -> None:
    found = lay(text, lexicon.current(), HANT if "單" in text or "兒" in text else HANS).readings
    assert " ".join(syllable or "." for syllable in found) == readings


@pytest.mark.parametrize(
    ("text", "source"), [("任先生的模型儿，重采样很重要。", HANS), ("任先生的模型兒，重採樣很重要。", HANT)]
)
def test_what_was_read_before_may_be_handed_in(text: str, source: Script) -> None:
    unfixed = tuple(read(simplify(text)))
    layers = lay(text, lexicon.current(), source, unfixed)
    assert layers.readings == laid(text, source).readings
    assert layers.readings[0] == "rén" != unfixed[0]
