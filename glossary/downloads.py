"""The published glossary as files, each written once for a revision."""

from functools import lru_cache

from glossary.formats import FORMATS
from glossary.formats.rows import Origin
from glossary.transfer import export_rows

# Formats that name the site they come from; the others are written once, under whatever name they are asked for.
LOCATED = ("yomitan",)


def written(name: str, origin: Origin) -> bytes:
    """Write the published glossary at its current revision, whose number the origin says, in a format."""
    return _written(name, origin if name in LOCATED else Origin(origin.edition))


# A site may answer under a second name; under more, the files asked for longest ago are written anew.
@lru_cache(maxsize=2 * len(FORMATS))
def _written(name: str, origin: Origin) -> bytes:
    return FORMATS[name].write(export_rows(published=True), origin)


def forget() -> None:
    """Forget what was written; tests begin so."""
    _written.cache_clear()
