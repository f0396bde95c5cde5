"""The names under which readers are seen by others: chosen for each group and each link, and nobody else's there."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from reader.models import LONGEST_NAME

# What cannot be stored, what breaks a line, and what turns the order of the letters around it.
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


# What shows nothing, but is no blank to Unicode: fillers, what joins, what selects a variant, empty Braille.
UNSEEN = re.compile("[\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class BadNameError(ValueError):
    """A name that cannot be had, in words for who wants it."""


def check(name: str, others: Iterable[str] = ()) -> str:
    """Give a name as it is kept: NFC, with single spaces. Raises BadNameError where it is none, or one of others."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not _letters(kept):
        raise BadNameError(_("Say a name."))
    if len(kept) > LONGEST_NAME:
        raise BadNameError(_("A name can have %(most)d characters.") % {"most": LONGEST_NAME})
    if REFUSED.search(kept):
        raise BadNameError(_("The name holds a character that cannot be shown."))
    if _letters(kept) in map(_letters, others):
        raise BadNameError(_("Somebody here has this name already."))
    return kept


def _letters(name: str) -> str:
    """Give what a reader sees of a name, whatever its case and width; the database compares ASCII only."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return UNSEEN.sub("", "".join(letter for letter in folded if unicodedata.category(letter) not in ("Cf", "Zs")))
