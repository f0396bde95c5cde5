"""The formats glossaries come and go in: one module each, one line in the registry."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from glossary.formats import anki, cedict, csv, pleco, tbx, tsv, yomitan
from glossary.formats.rows import ConceptRow, Origin

Reader = Callable[[bytes], list[ConceptRow]]
Writer = Callable[[Iterable[ConceptRow], Origin], bytes]


class Format(NamedTuple):
    """How a format is read, if it can be, and written; what readers know it by; under what name and type it is sent."""

    read: Reader | None
    write: Writer
    label: StrOrPromise
    file: str
    content_type: str

    @property
    def is_text(self) -> bool:
        """Tell whether a file can be shown in a terminal."""
        return "charset=" in self.content_type


def _text(write: Callable[[Iterable[ConceptRow]], str]) -> Writer:
    """Make a writer of one that gives text, and whose files do not say where they come from."""
    return lambda rows, _origin: write(rows).encode()


FORMATS = {
    "csv": Format(csv.read, _text(csv.write), _("CSV (spreadsheets)"), "zhujie.csv", "text/csv; charset=utf-8"),
    "tbx": Format(
        tbx.read, _text(tbx.write), _("TBX (translators’ tools)"), "zhujie.tbx", "application/xml; charset=utf-8"
    ),
    "tsv": Format(
        tsv.read, _text(tsv.write), _("TSV (DeepL, Pontoon)"), "zhujie.tsv", "text/tab-separated-values; charset=utf-8"
    ),
    "cedict": Format(
        cedict.read, _text(cedict.write), _("CC-CEDICT (dictionary programs)"), "zhujie.u8", "text/plain; charset=utf-8"
    ),
    "pleco": Format(
        pleco.read, _text(pleco.write), _("Pleco (user dictionary)"), "zhujie-pleco.txt", "text/plain; charset=utf-8"
    ),
    "yomitan": Format(
        None, yomitan.write, _("Yomitan (pop-up dictionary, updates itself)"), "zhujie-yomitan.zip", "application/zip"
    ),
    "anki": Format(None, _text(anki.write), _("Anki (notes)"), "zhujie-anki.txt", "text/plain; charset=utf-8"),
}
READERS: dict[str, Reader] = {name: known.read for name, known in FORMATS.items() if known.read}
