"""A small glossary, a small dictionary and a small document, enough to see every rule at work."""

from pathlib import Path

from glossary import dictionary
from glossary.formats import csv
from glossary.models import DictionaryLoad
from glossary.transfer import Report, import_rows
from reader.formats import markdown
from reader.ingest import add_document
from reader.models import Document, User

# Nested terms (可解释性 in 机械可解释性), one word for two concepts (推理), an own reading (重采样), regional forms
# (智能体).
GLOSSARY = """\
key,zh_hans,en,pinyin,zh_tw,zh_hk,variants,abbreviations,avoid,subject,definition_zh,definition_en,status,source
interpretability,可解释性,interpretability,,,,,,,inside,说明原因。,Saying why a model answers so.,,
mechanistic-interpretability,机械可解释性,mechanistic interpretability,,,,机制可解释性,,,inside,拆开看。,Take apart.,,
scaling-law,缩放定律,scaling law,,,,规模定律|Scaling Law,,缩放法则,scaling,损失的规律。,How loss falls.,,Zhujie
post-training,后训练,post-training,,,,,,,training,预训练之后的训练。,Training after pretraining.,,
inference,推理,inference,,,,,,,systems,用训练好的模型计算。,Running a trained model.,,
reasoning,推理,reasoning,,,,,,,agents,一步一步地得出结论。,Concluding step by step.,,
resampling,重采样,resampling,chong2 cai3 yang4,,,,,,training,再抽一次样。,Drawing samples once more.,,
agent,智能体,agent,,AI代理,智能代理人,,,,agents,会自己行动的程序。,A program that acts.,,
draft-idea,草稿概念,draft idea,,,,,,,agents,还没有审完。,Not reviewed yet.,suggested,
"""

CEDICT = """\
# CC-CEDICT
#! version=1
#! date=2026-05-01T00:00:00Z
研究 研究 [yan2 jiu1] /research/to study/
模型 模型 [mo2 xing2] /model/
參數 参数 [can1 shu4] /parameter/
訓練 训练 [xun4 lian4] /to train/training/
然後 然后 [ran2 hou4] /then/after that/
推理 推理 [tui1 li3] /reasoning/inference/
解釋 解释 [jie3 shi4] /to explain/CL:個|个[ge4]/
可 可 [ke3] /can; may/
機械 机械 [ji1 xie4] /machine/
機 机 [ji1] /machine/
性 性 [xing4] /nature/
干 干 [Gan1] /surname Gan/
乾 干 [gan1] /dry/see 幹|干[gan4]/
綠 绿 [lu:4] /green/
需要 需要 [xu1 yao4] /to need/
越 越 [yue4] /the more/
多 多 [duo1] /many/
強 强 [qiang2] /strong/
"""


DOCUMENT = """\
---
title: 规模与推理
summary: A short text on size.
level: 1
author: 测试
slug: size
licence: CC BY 4.0
---

## 规模的力量

缩放定律说明：参数越多，模型越强。Scaling Law 并不是自然规律。

研究者做机械可解释性研究，也谈可解释性。

## 训练之后

预训练结束，后训练开始；我们先收集数据，然后训练模型。

智能体会推理，推理需要重采样。
"""


def build_glossary() -> Report:
    """Bring the small glossary in."""
    return import_rows(csv.read(GLOSSARY.encode()))


def build_dictionary(folder: Path) -> DictionaryLoad:
    """Bring the small dictionary in, by way of a file in a folder."""
    path = folder / "cedict_ts.u8"
    path.write_text(CEDICT, encoding="utf8")
    return dictionary.load(path)


def build_document(text: str = DOCUMENT, *, owner: User | None = None, public: bool = True) -> Document:
    """Bring a small document in."""
    return add_document(markdown.read(text.encode(), "size.md"), owner=owner, public=public).document
