"""What the house would write for a new term: offered to the editor, never saved unasked."""

from dataclasses import asdict, dataclass

from glossary import corpus, lexicon
from zhtext.keys import Pattern
from zhtext.matcher import Matcher
from zhtext.pinyin import read
from zhtext.script import Script, convert


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading, the plain conversions, and in how many places of how many texts the term would be marked."""

    reading: str
    hant: str
    hant_tw: str
    hant_hk: str
    occurrences: int
    documents: int

    def as_json(self) -> dict[str, str | int]:
        """Give the proposal as JSON can hold it."""
        return asdict(self)


def propose(text: str) -> Proposal:
    """Propose reading and traditional forms for a term, and count where it would be marked now.

    Raises ValueError for a text that holds NUL or lone surrogates.
    """
    counts = occurrence_counts(text)
    return Proposal(
        reading=" ".join(syllable for syllable in read(text) if syllable),
        hant=convert(text, Script.HANT),
        hant_tw=convert(text, Script.HANT_TW),
        hant_hk=convert(text, Script.HANT_HK),
        occurrences=sum(counts),
        documents=len(counts),
    )


def occurrence_counts(surface: str) -> list[int]:
    """Count the places of one surface form in each public text that has any."""
    segmenter = lexicon.current().words.segmenter
    matcher = Matcher([Pattern(0, surface)], segmenter)
    return [count for count in (len(matcher.find(text.text)) for text in corpus.texts()) if count]
