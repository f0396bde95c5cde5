"""The published glossary as files, each written once for a revision."""

from functools import lru_cache

from glossary.formats import FORMATS
from glossary.transfer import export_rows


@lru_cache(maxsize=len(FORMATS))
def written(name: str, edition: int) -> bytes:
    """Write the published glossary at its current revision, whose number is ``edition``, in a format."""
    return FORMATS[name].write(export_rows(published=True)).encode()
