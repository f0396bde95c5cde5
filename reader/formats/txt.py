"""Plain text: a scraped page, a subtitle script, or an article, told apart and cleaned by zhtext."""

from reader.formats.decoding import decode
from reader.ingest import Incoming
from zhtext.clean import clean

SUFFIXES = (".txt", ".text", "")


def read(content: bytes, name: str) -> Incoming:
    """Read plain text. Raises ValueError for what is no text or holds nothing to read."""
    source = decode(content)
    return Incoming(text=clean(source), source=source, details={"origin": name})
