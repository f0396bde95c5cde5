"""Imports are all or nothing, say what they did, and change nothing the second time."""

from collections.abc import Callable

import pytest

from glossary import edition, lexicon
from glossary.formats import csv
from glossary.formats.rows import BadFileError
from glossary.models import Concept, SubjectField, Term
from glossary.transfer import Report, export_rows, import_rows
from tests import small

pytestmark = pytest.mark.django_db


def bring(text: str, *, dry_run: bool = False) -> Report:
    return import_rows(csv.read(text.encode()), dry_run=dry_run)


def state() -> tuple[int, list[object], list[object]]:
    """Give everything an import could change."""
    return (
        edition.current(),
        list(Concept.objects.values("key", "status", "subject", "definition_zh", "definition_en")),
        list(Term.objects.order_by("pk").values()),
    )


def test_an_import_says_what_it_did() -> None:
    report = small.build_glossary()
    assert str(report) == "9 concepts new, 0 changed, 0 unchanged"
    assert Concept.objects.published().count() == 8
    assert edition.current() == 1


def test_a_second_import_changes_nothing() -> None:
    small.build_glossary()
    before = state()
    assert str(small.build_glossary()) == "0 concepts new, 0 changed, 9 unchanged"
    assert state() == before
    assert Term.history.count() == Term.objects.count()


def test_a_dry_run_tells_all_and_changes_nothing(glossary: None) -> None:
    before = state()
    report = bring("zh_hans,en,subject\n算力,compute,brand-new\n缩放定律,scaling law,brand-new\n", dry_run=True)
    assert (report.created, report.changed) == (["compute"], ["scaling-law"])
    assert state() == before
    assert not SubjectField.objects.filter(slug="brand-new").exists()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        # Each problem has its line; the good lines beside it do not come in.
        (
            "zh_hans,en,pinyin\n算力,compute,suàn lì\n算子,operator,suàn\n",
            ["Line 3: reading: The reading has 1 syllables, but 算子 has 2 Han characters: "
             "write one syllable per character, separated by spaces."],
        ),
        (
            "zh_hans,en,status\n算力,compute,almost\n算子,operator,nearly\n",
            ["Line 2: status: Value 'almost' is not a valid choice.",
             "Line 3: status: Value 'nearly' is not a valid choice."],
        ),
        ("zh_hans,en\n算力,compute\n计算,compute\n", ["Line 3: the key compute stands on line 2 already."]),
        ("zh_hans,en\n算力,计算\n", ["Line 2: key: This field cannot be blank."]),
        ("zh_hans,en,key\n算力,compute,Com pute\n", ["Line 2: key: Use small letters, digits and single hyphens."]),
        # What is too long for a field.
        (f"zh_hans,en\n{'算' * 121},compute\n",
         ["Line 2: text: Ensure this value has at most 120 characters (it has 121)."]),
        # What the database would refuse is said by its line, too.
        ("zh_hans,en,zh_tw\nGPU,GPU,圖形處理器\n",
         ["Line 2: hant_tw: Only Chinese terms have a reading and traditional forms."]),
        # The subject stands in addresses.
        ("zh_hans,en,subject\n算力,compute,my subject\n",
         ["Line 2: subject: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."]),
    ],
)  # fmt: skip
def test_bad_rows_are_refused_by_line_and_nothing_is_changed(text: str, problems: list[str], glossary: None) -> None:
    before = state()
    with pytest.raises(BadFileError) as caught:
        bring(text)
    assert caught.value.problems == problems
    assert state() == before


def test_a_term_without_han_characters_may_have_another_english_name(glossary: None) -> None:
    bring("zh_hans,en\nGPU,graphics processing unit\n")
    concept = Concept.objects.get(key="graphics-processing-unit")
    assert {(term.text, term.status) for term in concept.terms.all()} == {
        ("GPU", "preferred"), ("graphics processing unit", "admitted"),
    }  # fmt: skip


def test_what_a_file_does_not_say_stays_as_it_is(glossary: None) -> None:
    bring("key,zh_hans,en\nagent,智能体,agent\nresampling,重采样,resampling\n")
    agent = Concept.objects.get(key="agent")
    assert (agent.subject.slug, agent.definition_en) == ("agents", "A program that acts.")
    assert agent.terms.get(language="zh").hant_tw == "AI代理"
    assert Term.objects.get(text="重采样").reading == "chóng cǎi yàng"


def test_what_a_file_says_is_empty_becomes_empty(glossary: None) -> None:
    bring("key,zh_hans,en,pinyin,definition_en\nresampling,重采样,resampling,,\n")
    assert Term.objects.get(text="重采样").reading == ""
    assert Concept.objects.get(key="resampling").definition_en == ""


def test_the_preferred_term_can_step_down_for_another(glossary: None) -> None:
    report = bring("key,zh_hans,en,variants\nscaling-law,规模定律,scaling law,缩放定律\n")
    concept = Concept.objects.get(key="scaling-law")
    assert report.changed == ["scaling-law"]
    assert concept.preferred("zh") == "规模定律"
    assert {term.text for term in concept.terms.all()} == {"规模定律", "缩放定律", "scaling law"}


def test_a_term_that_is_given_twice_is_kept_once(glossary: None) -> None:
    bring("zh_hans,en,variants\n算力,compute,算力|compute|计算力|计算力\n")
    terms = Concept.objects.get(key="compute").terms.all()
    assert {(term.text, term.status) for term in terms} == {
        ("算力", "preferred"), ("compute", "preferred"), ("计算力", "admitted"),
    }  # fmt: skip


def test_an_export_comes_back_without_a_change(glossary: None) -> None:
    before = state()
    report = bring(csv.write(export_rows()))
    assert str(report) == "0 concepts new, 0 changed, 9 unchanged"
    assert state() == before


def make_full_form_of_a_variant() -> None:
    Term.objects.filter(text="规模定律").update(kind="full-form")


def give_a_variant_a_reading() -> None:
    Term.objects.filter(text="规模定律").update(reading="guī mó dìng lǜ", hant_tw="規模法則")


def forbid_a_term() -> None:
    Term.objects.filter(text="缩放法则").update(status="forbidden")


def mark_one_no_more() -> None:
    Term.objects.filter(text="规模定律").update(annotate=False)


@pytest.mark.parametrize(
    "edit", [make_full_form_of_a_variant, give_a_variant_a_reading, forbid_a_term, mark_one_no_more]
)
def test_what_the_format_cannot_say_survives_an_export_and_its_import(edit: Callable[[], None], glossary: None) -> None:
    edit()
    before = state()
    report = bring(csv.write(export_rows()))
    assert report.changed == []
    assert state() == before


def test_an_export_fills_an_empty_glossary_with_the_same_concepts(glossary: None) -> None:
    exported = csv.write(export_rows())
    Concept.objects.all().delete()
    bring(exported)
    assert csv.write(export_rows()) == exported


def test_the_glossarys_revision_goes_on_with_a_change_and_only_then(glossary: None) -> None:
    before = edition.current()
    bring("key,zh_hans,en\nreasoning,推理,reasoning\n")
    assert edition.current() == before
    bring("key,zh_hans,en\nreasoning,推理,thinking\n")
    assert edition.current() == before + 1


def marks(key: str) -> dict[str, bool]:
    return dict(Term.objects.filter(concept__key=key).order_by("pk").values_list("text", "annotate"))


@pytest.mark.parametrize(
    ("column", "marked"),
    [
        # A new concept is marked unless the file says no.
        ("no", False),
        ("yes", True),
        ("", True),
    ],
)
def test_a_file_can_keep_a_new_concept_unmarked(column: str, marked: bool) -> None:
    bring(f"zh_hans,en,variants,marked\n软件,software,软体,{column}\n")
    assert marks("software") == {"软件": marked, "software": marked, "软体": marked}
    assert [match.start for match in lexicon.current().find("好软件")] == ([1] if marked else [])


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        # What the file does not say, or says nothing of, stays as it is.
        ("zh_hans,en\n软件,software\n", False),
        ("zh_hans,en,marked\n软件,software,\n", False),
        ("zh_hans,en,marked\n软件,software,yes\n", True),
    ],
)
def test_an_unmarked_concept_is_marked_again_only_by_word(text: str, marked: bool) -> None:
    bring("zh_hans,en,marked\n软件,software,no\n")
    report = bring(text)
    assert marks("software") == {"软件": marked, "software": marked}
    assert bool(report.changed) is marked


def test_what_is_unmarked_goes_out_and_comes_back_so(glossary: None) -> None:
    bring("zh_hans,en,zh_tw,marked\n软件,software,軟體,no\n")
    # Of this concept only one term is: no cell can say that, and none says otherwise.
    Term.objects.filter(text="规模定律").update(annotate=False)
    before, exported = state(), csv.write(export_rows())
    assert [line.split(",")[0] for line in exported.splitlines() if line.endswith(",no,,,")] == ["software"]
    assert str(bring(exported)) == "0 concepts new, 0 changed, 10 unchanged"
    assert state() == before
