"""The formats glossaries come and go in: one module each, one line in the registry."""

from glossary.formats import cedict, csv, pleco, tbx, tsv

FORMATS = {"csv": csv, "tbx": tbx, "tsv": tsv, "cedict": cedict, "pleco": pleco}
