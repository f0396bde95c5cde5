"""The formats glossaries come and go in: one module each, one line in the registry."""

from glossary.formats import csv, tbx

FORMATS = {"csv": csv, "tbx": tbx}
