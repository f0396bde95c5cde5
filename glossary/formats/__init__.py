"""The formats glossaries come and go in: one module each, one line in the registry."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from glossary.formats import cedict, csv, pleco, tbx, tsv
from glossary.formats.rows import ConceptRow


class Format(NamedTuple):
    """How a format is read and written, and under what name and media type its files are sent."""

    read: Callable[[bytes], list[ConceptRow]]
    write: Callable[[Iterable[ConceptRow]], str]
    file: str
    media_type: str


FORMATS = {
    "csv": Format(csv.read, csv.write, "zhujie.csv", "text/csv"),
    "tbx": Format(tbx.read, tbx.write, "zhujie.tbx", "application/xml"),
    "tsv": Format(tsv.read, tsv.write, "zhujie.tsv", "text/tab-separated-values"),
    "cedict": Format(cedict.read, cedict.write, "zhujie.u8", "text/plain"),
    "pleco": Format(pleco.read, pleco.write, "zhujie-pleco.txt", "text/plain"),
}
