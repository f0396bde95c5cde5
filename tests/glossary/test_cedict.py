"""CC-CEDICT is read line by line, marks its tones, and links its words."""

import pytest

from glossary import cedict
from glossary.cedict import CedictEntry


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        # 繁 简 [reading] /senses/.
        (
            "訓練 训练 [xun4 lian4] /to train/training/",
            CedictEntry("训练", "訓練", "xùn liàn", ["to train", "training"]),
        ),
        # Version 2 writes two brackets and no spaces.
        ("訓練 训练 [[xun4lian4]] /to train/", CedictEntry("训练", "訓練", "xùn liàn", ["to train"])),
        # ü is written u:, the neutral tone 5; names keep their capitals.
        ("女兒 女儿 [nu:3 er2] /daughter/", CedictEntry("女儿", "女兒", "nǚ ér", ["daughter"])),
        ("我們 我们 [wo3 men5] /we/", CedictEntry("我们", "我們", "wǒ men", ["we"])),
        ("北京 北京 [Bei3 jing1] /Beijing/", CedictEntry("北京", "北京", "Běi jīng", ["Beijing"])),
        # Latin letters and marks inside a headword.
        ("T恤 T恤 [T xu4] /T-shirt/", CedictEntry("T恤", "T恤", "T xù", ["T-shirt"])),
        # Empty senses are none; a carriage return is no sense.
        ("好 好 [hao3] /good// /\r\n", CedictEntry("好", "好", "hǎo", ["good"])),
    ],
)
def test_an_entry_is_read(line: str, entry: CedictEntry) -> None:
    assert list(cedict.parse([line])) == [entry]


@pytest.mark.parametrize(
    "line", ["训练", "訓練 训练 /to train/", "訓練 训练 [xun4 lian4]", "訓練 训练 [xun4 lian4] to train"]
)
def test_a_line_that_is_no_entry_is_named_by_its_number(line: str) -> None:
    with pytest.raises(ValueError, match=r"^Line 3: “.*” is not an entry"):
        list(cedict.parse(["# CC-CEDICT", "", line]))


def test_comments_and_blank_lines_are_no_entries() -> None:
    assert list(cedict.parse(["# CC-CEDICT", "#! date=2026-05-01", "", "  "])) == []


def test_the_head_tells_date_and_number() -> None:
    assert cedict.properties(["# CC", "#! date=2026-05-01T00:00:00Z", "#! entries=3"]) == {
        "date": "2026-05-01T00:00:00Z",
        "entries": "3",
    }


@pytest.mark.parametrize(
    ("sense", "parts"),
    [
        # No link.
        ("to train", [("to train", "", "")]),
        ("", []),
        # 繁|简[reading], or one form where both are the same.
        ("see 幹|干[gan4]", [("see ", "干", "gàn")]),
        ("variant of 好[hao3]", [("variant of ", "好", "hǎo")]),
        # Several links, and what stands between and after them.
        ("CL:個|个[ge4],名[ming2]", [("CL:", "个", "gè"), (",", "名", "míng")]),
        ("(opposite of 大[da4]); small", [("(opposite of ", "大", "dà"), ("); small", "", "")]),
        # Brackets that hold no reading of a word.
        ("note [1]", [("note [1]", "", "")]),
    ],
)
def test_cross_links_are_parted_from_the_sense(sense: str, parts: list[tuple[str, str, str]]) -> None:
    assert cedict.split_links(sense) == parts


def test_the_dictionary_comes_from_an_installed_package_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cedict, "PACKAGE", "no-such-package-anywhere")
    assert cedict.installed_file() is None
