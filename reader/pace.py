"""How long a learner reads: one pace for the library, the page and what is left of a text.

A Han character counts as one, so does a word or number in Latin letters; marks count nothing.
"""

import re

from django.utils.translation import gettext as _

from zhtext.characters import count_han

# Characters a minute for a learner who looks words up now and then; a native reader does two to three times as many.
READING_SPEED = 180
# From here on hours are said, from here on only hours.
LONG, VERY_LONG = 90, 600
LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*")


def minutes(text: str) -> int:
    """Estimate how many minutes a text takes; never none.

    >>> minutes("缩放定律" * 450)
    10
    """
    return max(1, round((count_han(text) + len(LATIN_WORD.findall(text))) / READING_SPEED))


def in_words(minutes: int) -> str:
    """Say a time as people do: the longer, the rounder.

    >>> in_words(45), in_words(125), in_words(1440)
    ('45 min', '2 h 5 min', '24 h')
    """
    if minutes < LONG:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < VERY_LONG:
        return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(hours)d h") % {"hours": round(minutes / 60)}
