"""The rows that decide words with two traditional forms."""

from zhtext.context import DATA, Side, decide, rows
from zhtext.script import Script


def test_every_row_is_whole_and_keeps_the_length() -> None:
    for line in DATA.read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            word, form, _before, _after, why = line.split("\t")
            assert (len(form), bool(why)) == (len(word), True), line


def test_the_first_row_that_fits_decides() -> None:
    known = rows(Script.HANT_TW)
    assert decide(known["只"], "三只猫", 1, 2) == "隻"
    assert decide(known["只"], "他只看书", 1, 2) == "只"
    assert decide(known["面"], "对面", 1, 2) is None


def test_forms_are_those_of_the_script() -> None:
    text = "在梦里。"
    assert decide(rows(Script.HANT_TW)["里"], text, 2, 3) == "裡"
    assert decide(rows(Script.HANT_HK)["里"], text, 2, 3) == "裏"


def test_a_side_is_a_string_a_number_or_an_edge() -> None:
    side = Side.read("a|#|^")
    assert side is not None
    assert [side.begins(text, 0) for text in ("a", "三", "，", "", "好")] == [True, True, True, True, False]
    assert [side.ends(text, len(text)) for text in ("a", "三", "，", "", "好")] == [True, True, True, True, False]
    assert Side.read("") is None
