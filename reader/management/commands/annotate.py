"""Print the annotation of a text: ``manage.py annotate [FILE|-] [--script …] [--tones …] [--sandhi] [--spoken]``."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossary import lexicon
from reader.annotate import Speech, annotate
from zhtext.script import Script
from zhtext.tones import Tones


class Command(BaseCommand):
    """Annotate UTF-8 text as it is, and print one JSON object."""

    help = "Annotate UTF-8 text as it is (no cleaning) and print one JSON object; offsets are code points."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a file, or - for the standard input")
        parser.add_argument("--script", choices=[script.value for script in Script], help="how words are shown")
        parser.add_argument(
            "--tones",
            choices=[tones.value for tones in Tones],
            default=Tones.MARKS.value,
            help="how readings are written: zhōng, zhong1 or ㄓㄨㄥ",
        )
        parser.add_argument("--sandhi", action="store_true", help="give the tones as spoken: ní hǎo, bú shì, yí gè")
        parser.add_argument("--spoken", action="store_true", help="read digits, too: 3.5%% is 百分之三点五")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
            script = Script(options["script"]) if options["script"] else None
            speech = Speech(Tones(options["tones"]), options["sandhi"], options["spoken"])
            annotation = annotate(content.decode("utf8"), lexicon.current(), script, speech)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file']} is not UTF-8: byte {error.start} cannot be decoded.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(annotation, ensure_ascii=False, separators=(",", ":")))
