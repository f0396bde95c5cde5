"""Files that editors bring in: checked first, then, when they say so, brought in; in the background, as rows say."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import Error, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary import progress
from glossary.formats import FORMATS, READERS
from glossary.formats.rows import BadFileError
from glossary.impact import impact_of_rows
from glossary.models import Import, ImportStatus
from glossary.reports import Report
from glossary.transfer import import_rows
from glossary.undoing import undo

# Who works at an import gives a sign every few seconds: after so long a silence nobody does any more.
SILENCE = timedelta(seconds=60)
logger = logging.getLogger(__name__)


class _OvertakenError(Exception):
    """Undoes the work of somebody who was silent for so long that another has begun anew."""


def guess_format(name: str) -> str:
    """Give the format that a file's name tells of; nothing where it tells of none that can be read."""
    endings = {PurePath(FORMATS[known].file).suffix: known for known in READERS}
    return endings.get(PurePath(name).suffix.lower(), "")


def add(*, user: AbstractBaseUser | None, name: str, format_name: str, content: bytes) -> Import:
    """Take a file in, to be checked."""
    fields: dict[str, Any] = {"user": user, "name": name[:200], "format": format_name}
    return Import.objects.create(**fields, content=content, size=len(content), started=timezone.now())


def start(pk: int) -> None:
    """Do in the background what waits for an import."""
    threading.Thread(target=_run_apart, args=(pk,), name=f"import {pk}", daemon=True).start()


def _run_apart(pk: int) -> None:
    try:
        run(pk)
    finally:
        connections.close_all()


def confirm(job: Import) -> bool:
    """Let a file that was checked be brought in; tells whether it was its turn."""
    return _go_on(job, ImportStatus.READY, status=ImportStatus.WAITING, confirmed=timezone.now())


def ask_to_undo(job: Import, *, user: AbstractBaseUser | None) -> bool:
    """Let an import be taken back; tells whether it was its turn."""
    return _go_on(job, ImportStatus.DONE, status=ImportStatus.UNDOING, undone_by=user, problems=[])


def ask_again(job: Import) -> bool:
    """Let what somebody began and did not end be done again; tells whether it was its turn."""
    status = ImportStatus.UNDOING if job.state is ImportStatus.UNDOING else ImportStatus.WAITING
    return is_stopped(job) and _go_on(job, job.state, status=status)


def _go_on(job: Import, turn: ImportStatus, **fields: Any) -> bool:
    rows = Import.objects.filter(pk=job.pk, status=turn, started=job.started)
    progress.forget(job.pk)
    return bool(rows.update(started=timezone.now(), **fields))


def is_stopped(job: Import) -> bool:
    """Tell whether something should happen, and nobody has given a sign for long."""
    noted = progress.read(job.pk)
    signs: list[datetime] = [sign for sign in (job.started, noted[2] if noted else None) if sign]
    return not job.state.is_settled and (not signs or timezone.now() - max(signs) > SILENCE)


def run_waiting() -> list[Import]:
    """Do all that waits, and what somebody began and did not end; gives the imports."""
    jobs = [job for job in Import.objects.defer("content").order_by("pk") if not job.state.is_settled]
    mine = [job for job in jobs if job.state is ImportStatus.WAITING or ask_again(job)]
    for job in mine:
        run(job.pk)
        job.refresh_from_db()
    return mine


def run(pk: int) -> None:
    """Do what waits for an import: check it, bring it in, or take it back; nothing where somebody does already."""
    job = _claimed(pk)
    if job is None:
        return
    try:
        _WORK[job.state](job)
    except BadFileError as error:
        _fail(job, error.problems)
    except _OvertakenError:
        logger.warning("Import %s was begun anew by another.", pk)
    except Error as error:
        logger.exception("Import %s failed.", pk)
        _fail(job, [_("The database refused it: %(why)s") % {"why": error}])
    except Exception:
        logger.exception("Import %s failed.", pk)
        _fail(job, [_("The server failed. An administrator finds the reason in its log.")])
    progress.forget(pk)


def _claimed(pk: int) -> Import | None:
    job = Import.objects.get(pk=pk)
    if job.state is not ImportStatus.WAITING:
        return job if job.state is ImportStatus.UNDOING else None
    working = ImportStatus.RUNNING if job.confirmed else ImportStatus.CHECKING
    claimed = _go_on(job, ImportStatus.WAITING, status=working)
    return Import.objects.get(pk=pk) if claimed else None


def _check(job: Import) -> None:
    """Say what a file would do; that takes a while and no transaction, so that nobody else has to wait to write."""
    rows = READERS[job.format](bytes(job.content))
    report = import_rows(rows, dry_run=True, progress=progress.Meter(job.pk))
    told = _as_json(report) | {"impact": asdict(impact_of_rows(rows))}
    _finish(job, status=ImportStatus.READY, problems=[], report=told, done=len(rows), total=len(rows))


def _bring_in(job: Import) -> None:
    rows = READERS[job.format](bytes(job.content))

    def finish(report: Report) -> None:
        done = {"done": len(rows), "total": len(rows), "content": b"", "confirmed": job.confirmed}
        _finish(job, status=ImportStatus.DONE, problems=[], report=_as_json(report), **done)

    import_rows(rows, user=job.user, reason=job.reason, progress=progress.Meter(job.pk), finish=finish)


def _take_back(job: Import) -> None:
    with transaction.atomic():
        undone = undo(job, user=job.undone_by, progress=progress.Meter(job.pk))
        _finish(job, status=ImportStatus.UNDONE, report=job.report | {"undone": undone.concepts, "kept": undone.kept})


_WORK: dict[ImportStatus, Callable[[Import], None]] = {
    ImportStatus.CHECKING: _check,
    ImportStatus.RUNNING: _bring_in,
    ImportStatus.UNDOING: _take_back,
}


def _as_json(report: Report) -> dict[str, Any]:
    counts = {name: len(getattr(report, name)) for name in ("created", "changed", "unchanged")}
    return counts | {"details": [asdict(detail) for detail in report.details]}


def _fail(job: Import, problems: list[str]) -> None:
    """Write down why nothing came of it; an import that could not be taken back is still there."""
    status = ImportStatus.DONE if job.state is ImportStatus.UNDOING else ImportStatus.FAILED
    with suppress(_OvertakenError):
        _finish(job, status=status, problems=problems)


def _finish(job: Import, **fields: Any) -> None:
    """Write down what became of an import. Raises _OvertakenError where another has begun anew meanwhile."""
    rows = Import.objects.filter(pk=job.pk, started=job.started, status=job.status)
    if not rows.update(finished=timezone.now(), **fields):
        raise _OvertakenError
