"""The table of syllables that ships says what the installed pypinyin does."""

import gzip

from tools.make_syllables import content
from zhtext.pinyin import SYLLABLES


def test_the_table_that_ships_is_what_the_tool_makes() -> None:
    assert gzip.decompress(SYLLABLES.read_bytes()) == gzip.decompress(content())
