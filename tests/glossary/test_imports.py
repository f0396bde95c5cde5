"""A file is checked, brought in and taken back in the background; whatever fails leaves no trace."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone

from glossary import edition, imports, lexicon, progress
from glossary.formats import csv
from glossary.formats.rows import BadFileError, ConceptRow, TermRow
from glossary.impact import Impact
from glossary.models import Concept, Import, ImportStatus, Relation, Source, Term
from glossary.transfer import import_rows
from glossary.undoing import edited_since
from glossary.writing import Hand
from reader import choices, notes
from reader.models import Document, User
from tests.glossary.test_transfer import state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_notes", "glossary")]
# A new concept, one with another gloss, a definition, a source and without two of its terms, and one that stays.
FILE = """\
key,zh_hans,en,subject,definition_en,source,variants
compute,算力,compute,brand-new,How much one can reckon.,A paper,
scaling-law,缩放定律,law of scale,,Loss falls.,Another paper,规模定律
agent,智能体,agent,,A program that acts.,,
"""


@pytest.fixture
def own_notes(settings: Any, tmp_path: Path) -> None:
    """Keep what other tests note of their imports apart."""
    settings.CACHE_DIR = tmp_path


def brought(text: str = FILE, *, confirmed: bool = True, user: User | None = None, name: str = "csv") -> Import:
    """Take a file in, check it, and bring it in if so asked."""
    job = imports.add(user=user, name="more.csv", format_name=name, content=text.encode())
    imports.run(job.pk)
    job.refresh_from_db()
    if confirmed:
        assert imports.confirm(job)
        imports.run(job.pk)
        job.refresh_from_db()
    return job


def taken_back(job: Import, user: User | None = None) -> Import:
    """Take an import back."""
    assert imports.ask_to_undo(job, user=user)
    imports.run(job.pk)
    job.refresh_from_db()
    return job


def contents() -> list[list[Any]]:
    """Give all that stands in the glossary, but for its histories and the number of its revision."""
    sources = list(Source.objects.order_by("pk").values())
    return [*map(list, state()[1:]), sources]


@pytest.mark.parametrize(
    ("name", "format_name"),
    [("a.csv", "csv"), ("A.TBX", "tbx"), ("b.tsv", "tsv"), ("cedict_ts.u8", "cedict"), ("p.txt", "pleco"),
     ("deck.apkg", ""), ("none", "")],
)  # fmt: skip
def test_the_name_of_a_file_tells_its_format(name: str, format_name: str) -> None:
    assert imports.guess_format(name) == format_name


def test_a_file_is_checked_and_nothing_is_changed_yet() -> None:
    before = state()
    job = brought(confirmed=False)
    assert (job.state, job.problems, job.confirmed) == (ImportStatus.READY, [], None)
    assert {name: job.report[name] for name in ("created", "changed", "unchanged")} == {
        "created": 1, "changed": 1, "unchanged": 1,
    }  # fmt: skip
    assert state() == before
    assert not Concept.history.filter(history_change_reason=job.reason).exists()


def test_the_report_tells_old_and_new_of_every_field() -> None:
    new, changed = brought(confirmed=False).report["details"]
    assert (new["key"], new["is_new"], changed["key"], changed["is_new"]) == ("compute", True, "scaling-law", False)
    assert ["term", "", "算力 (Chinese, preferred, full form)"] in new["differences"]
    assert ["source", "", "A paper"] in new["differences"]
    assert ["definition in English", "How loss falls.", "Loss falls."] in changed["differences"]
    assert ["term", "scaling law (English, preferred, full form)", ""] in changed["differences"]
    assert ["term", "", "law of scale (English, preferred, full form)"] in changed["differences"]
    assert len(changed["differences"]) == 6


def test_the_report_foresees_what_the_texts_will_show(document: Document, alice: User) -> None:
    text = document.revisions.get().text
    notes.add(user=alice, document=document, revision=1, start=text.index("参数"), end=text.index("参数") + 2, body="b")
    file = "zh_hans,en\n参数,parameter\n机械可解释性研究,research\n推理,deduction\n可解释,explainable\n量子,quantum\n"
    job = brought(file, confirmed=False)
    impact = Impact.of_json(job.report["impact"])
    # 推理 is marked already, as the names of two other concepts; 量子 stands nowhere.
    assert [(place.title, place.count) for place in impact.places] == [("规模与推理", 3)]
    assert (impact.holds, impact.inside, impact.notes) == (("机械可解释性",), ("可解释性",), 1)
    assert impact.shared == ("推理 (inference)", "推理 (reasoning)")


def test_all_that_an_import_writes_says_so_and_by_whom(alice: User) -> None:
    job = brought(user=alice)
    assert job.state is ImportStatus.DONE
    for model, count in ((Concept, 2), (Term, 6), (Source, 2)):
        manager: Any = model
        rows = manager.history.filter(history_change_reason=job.reason)
        assert (rows.count(), {row.history_user for row in rows}) == (count, {alice}), model
    assert Concept.objects.get(key="compute").preferred("zh") == "算力"
    assert bytes(job.content) == b""


def test_a_second_import_changes_nothing() -> None:
    brought()
    before = state()
    again = brought()
    assert (again.report["created"], again.report["changed"], again.report["unchanged"]) == (0, 0, 3)
    assert state() == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (FILE + "scaling-law,缩放,scaling,,,,\n", "Line 5: the key scaling-law stands on line 3 already."),
        (FILE + "key,算力,k,,,,\nBad Key,算力,k,,,,\n", "Line 6: key: Use small letters, digits and single hyphens."),
        ("no,header\n1,2\n", "zh_hans"),
    ],
)
def test_a_file_that_errs_on_its_last_line_leaves_no_trace(text: str, problem: str) -> None:
    before = state(), contents()
    job = brought(text, confirmed=False)
    assert job.state is ImportStatus.FAILED
    assert problem in job.problems[-1]
    assert (state(), contents()) == before
    assert not imports.confirm(job)


@pytest.mark.parametrize(
    ("error", "words"), [(Error("disk full"), "The database refused it: disk full"), (OSError(), "The server failed.")]
)
def test_what_breaks_at_the_end_leaves_no_trace(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    job = brought(confirmed=False)
    before = state(), contents(), Term.history.count()
    imports.confirm(job)

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("glossary.edition.advance", fail)
    imports.run(job.pk)
    job.refresh_from_db()
    assert job.state is ImportStatus.FAILED
    assert words in job.problems[0]
    assert (state(), contents(), Term.history.count()) == before
    assert not Concept.history.filter(history_change_reason=job.reason).exists()


def test_undoing_puts_everything_back_and_leaves_histories(alice: User) -> None:
    before = contents()
    number = edition.current()
    lexicon.current()
    job = taken_back(brought(), alice)
    assert job.state is ImportStatus.UNDONE
    assert (job.report["undone"], job.report["kept"]) == (2, [])
    assert sorted(map(str, contents()[1])) == sorted(map(str, before[1]))
    assert contents()[0] == before[0]
    assert contents()[2] == before[2]
    assert edition.current() == number + 2
    # What made it and what took it back are both told, and matchers learn of both.
    rows = Term.history.filter(history_change_reason=f"undo {job.reason}")
    assert (rows.count(), {row.history_user for row in rows}) == (6, {alice})
    assert not lexicon.current().find("算力")
    assert lexicon.current().find("缩放定律")
    assert not imports.ask_to_undo(job, user=alice)


def test_what_was_edited_since_is_left_alone(alice: User) -> None:
    job = brought()
    concept = Concept.objects.get(key="scaling-law")
    concept.terms.get(text="缩放定律").save()
    assert edited_since(job) == ["scaling-law"]
    taken_back(job)
    assert (job.report["undone"], job.report["kept"]) == (1, ["scaling-law"])
    assert not Concept.objects.filter(key="compute").exists()
    assert concept.terms.filter(text="law of scale").exists()


def test_a_later_import_counts_as_an_edit() -> None:
    first = brought()
    import_rows(csv.read(b"key,zh_hans,en\ncompute,\xe7\xae\x97\xe5\x8a\x9b,computing power\n"))
    assert edited_since(first) == ["compute"]


def test_who_is_silent_for_long_is_taken_for_gone_and_another_may_begin_anew() -> None:
    job = brought(confirmed=False)
    imports.confirm(job)
    job.refresh_from_db()
    assert (imports.is_stopped(job), imports.ask_again(job)) == (False, False)
    long_ago = timezone.now() - timedelta(minutes=5)
    Import.objects.filter(pk=job.pk).update(status=ImportStatus.RUNNING, started=long_ago)
    job.refresh_from_db()
    assert imports.is_stopped(job)
    # A sign of life since is as good as a beginning.
    progress.Meter(job.pk)(1, 2)
    assert not imports.is_stopped(job)
    progress.forget(job.pk)
    assert [each.state for each in imports.run_waiting()] == [ImportStatus.DONE]
    assert Concept.objects.filter(key="compute").exists()


def test_whoever_was_overtaken_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    job = brought(confirmed=False)
    imports.confirm(job)
    before = state()
    monkeypatch.setattr(
        "glossary.edition.advance", lambda: Import.objects.filter(pk=job.pk).update(started=timezone.now())
    )
    imports.run(job.pk)
    assert state() == before


def test_how_far_it_is_can_be_read_from_outside() -> None:
    assert progress.read(1) is None
    meter = progress.Meter(1)
    meter(10, 200)
    meter(20, 200)
    noted = progress.read(1)
    assert noted is not None
    assert noted[:2] == (10, 200)
    meter(200, 200)
    assert (progress.read(1) or ())[:2] == (200, 200)
    progress.forget(1)
    progress.forget(1)
    assert progress.read(1) is None


@pytest.mark.django_db(transaction=True)
def test_only_writing_keeps_others_from_writing(glossary: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, bool]] = []

    def note(done: int, total: int) -> None:
        seen.append((done, total, connection.in_atomic_block))

    monkeypatch.setattr(progress, "Meter", lambda _pk: note)
    brought(confirmed=False)
    assert [inside for _done, _total, inside in seen] == [False] * len(seen) != []
    seen.clear()
    brought()
    # First the rows are looked through, then all is written in one transaction.
    flags = [inside for _done, _total, inside in seen]
    assert (flags[0], flags[-1], flags) == (False, True, sorted(flags))


def test_the_command_runs_what_waits(capsys: pytest.CaptureFixture[str]) -> None:
    imports.add(user=None, name="more.csv", format_name="csv", content=FILE.encode())
    imports.add(user=None, name="bad.csv", format_name="csv", content=b"nothing\n")
    call_command("run_imports")
    said = capsys.readouterr().out
    assert "more.csv: checked" in said
    assert "bad.csv: not brought in" in said
    call_command("run_imports")
    assert "Nothing waits." in capsys.readouterr().out


def test_a_concept_that_goes_takes_along_what_hangs_on_it(alice: User) -> None:
    concept = Concept.objects.get(key="agent")
    terms = list(concept.terms.values_list("pk", flat=True))
    assert list(Hand(alice, "tidying", timezone.now()).delete(Concept, [concept.pk])) == [1]
    assert not Term.objects.filter(pk__in=terms).exists()
    assert Term.history.filter(id__in=terms, history_type="-").count() == len(terms)
    row = Concept.history.get(id=concept.pk, history_type="-")
    assert (row.history_user, row.history_change_reason) == (alice, "tidying")


def test_two_preferred_terms_in_one_language_are_refused_with_their_line() -> None:
    terms = tuple(TermRow("zh", text, "preferred") for text in ("算力", "计算"))
    with pytest.raises(BadFileError, match="Line 7: only one term in each language can be the preferred one"):
        import_rows([ConceptRow(7, "compute", terms)], dry_run=True)


def test_what_changed_while_rows_were_gathered_is_seen() -> None:
    concept = Concept.objects.get(key="agent")

    def meddle(_done: int, _total: int) -> None:
        # Somebody else saves the concept while its row is gathered, once.
        if not Concept.objects.filter(definition_zh="别的话。").exists():
            Concept.objects.get(pk=concept.pk).terms.get(text="agent").delete()
            Concept.objects.filter(pk=concept.pk).update(definition_zh="别的话。")
            edition.advance()

    import_rows(csv.read("key,zh_hans,en,definition_en\nagent,智能体,agent,New.\n".encode()), progress=meddle)
    concept.refresh_from_db()
    assert (concept.definition_zh, concept.definition_en) == ("别的话。", "New.")
    assert concept.terms.filter(text="agent").exists()


def test_what_editors_chose_since_keeps_the_concept(document: Document, alice: User) -> None:
    job = brought("zh_hans,en\n参数,parameter\n")
    made = Concept.objects.get(key="parameter")
    start = document.revisions.get().text.index("参数")
    place = (start, start + 2)
    choices.make(user=alice, document=document, revision=1, place=place, concept=made, throughout=False)
    assert taken_back(job).report["kept"] == ["parameter"]
    assert Concept.objects.filter(key="parameter").exists()


def test_a_relation_from_another_concept_keeps_it_too(document: Document) -> None:
    job = brought("zh_hans,en\n参数,parameter\n")
    Relation.objects.create(concept=Concept.objects.get(key="agent"), target=Concept.objects.get(key="parameter"))
    assert taken_back(job).report["kept"] == ["parameter"]


def test_an_import_is_taken_back_though_the_target_of_its_relation_is_gone() -> None:
    agent, target = Concept.objects.get(key="agent"), Concept.objects.get(key="resampling")
    Relation.objects.create(concept=agent, target=target)
    job = brought("key,zh_hans,en,related\nagent,智能体,agent,\n")
    assert not agent.relations.exists()
    target.delete()
    assert taken_back(job).state is ImportStatus.UNDONE
    assert not agent.relations.exists()
