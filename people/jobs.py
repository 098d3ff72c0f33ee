"""Background work that a person asked for: start it, say how far it is, end it in words.

The caller starts a job and sends the person to the page ``job_detail``; the Celery task does the
work inside ``running``::

    @shared_task
    def make_document(*, job_id: int, school_id: int) -> None:
        with running(job_id, school_id) as job:
            keep_result(job, name="2026-0042.pdf", content=render(job.input["incident_id"]))

Where a job does many things and some are refused, ``job.result["refused"]`` lists them, each with a
``label``, a ``url`` and ``why``; its page shows them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any

import structlog
from celery import Task
from celery.exceptions import Ignore, SoftTimeLimitExceeded
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.actions import record
from common.errors import Refusal
from common.scope import school_scope
from people.models import Job, Person, School

# Celery kills a task after eleven minutes: a job without an end by then has lost its worker.
LONGEST_RUN = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=2)
RESULTS_KEPT = timedelta(days=1)

# Whoever may bring in people or equipment sees how far an import is, whoever asked for it.
SHARED_KINDS = {"people_import": "import_people", "asset_import": "import_assets"}

LOST = "The work stopped before it was finished and changed nothing. Please start it again."
TOO_LONG = "The work took too long and was stopped. Nothing was changed. Ask for less at a time."
BROKEN = "Something went wrong on our side. Nothing was changed. Please try again later."

log = structlog.get_logger(__name__)


@transaction.atomic
def start_job(
    *,
    school: School,
    kind: str,
    label: str,
    task: Task,
    input: dict[str, Any],  # noqa: A002  the job's own word
    by: Person,
    at: datetime,
    power: str = "",
    back: tuple[str | int, ...] = (),
) -> Job:
    """Write down a piece of background work and queue it once this transaction is committed.

    ``task`` is called with ``job_id`` and ``school_id``; it finds the rest in ``job.input``. The
    download of a result asks for ``power`` again. ``back`` names the page, with its arguments, to
    which the job's page leads back.
    """
    job = Job.objects.create(
        school=school,
        kind=kind,
        label=label[:120],
        power=power,
        input={**input, "back": list(back)},
        requested_by=by,
        requested_at=at,
    )
    record("start_job", job, by=by, at=at, facts={"kind": kind})
    transaction.on_commit(
        lambda: task.delay(job_id=job.pk, school_id=school.pk),
        robust=True,  # an unreachable queue leaves the job waiting, and the sweep says so
    )
    return job


@contextmanager
def running(job_id: int, school_id: int) -> Iterator[Job]:
    """Do the work of a job in one transaction of its school; its end is written with the work.

    A ``Refusal`` ends the job with its own sentence, any other exception with a plain one and is
    raised again. A job that has ended, or whose worker was lost, is not done a second time.
    """
    job = _claim(job_id, school_id)
    try:
        with school_scope(school_id):
            yield job
            _finish(job)
    except Refusal as refusal:
        _fail(job, str(refusal))
    except SoftTimeLimitExceeded:
        _fail(job, TOO_LONG)
        raise
    except Exception:
        _fail(job, BROKEN)
        raise


def progress(job_id: int, done: int, total: int) -> None:
    """Say how far a job is. Kept in the cache, so that it shows before the work is committed."""
    cache.set(_key(job_id), (done, total), timeout=int(LONGEST_RUN.total_seconds()))


def keep_result(job: Job, *, name: str, content: bytes) -> None:
    """Store the file that a job made; it goes again if the work fails, and after a day."""
    job.result_name = name[:120]
    job.result_file.save(name, ContentFile(content), save=False)


@transaction.atomic
def take_result(*, job: Job, by: Person, at: datetime) -> IO[bytes]:
    """Return a job's file to the person who asked for it, and write that down (SYS-03).

    Refuses a job without a file: not finished, or the file was removed after a day.
    """
    if not job.result_file:
        raise Refusal("This file is no longer kept. Ask for it again.")
    record("take_result", job, by=by, at=at, facts={"kind": job.kind})
    return job.result_file.open("rb")


def visible_jobs(person: Person, powers: frozenset[str]) -> QuerySet[Job, Job]:
    """Return a person's own jobs, and those of kinds that a power of theirs opens."""
    kinds = [kind for kind, power in SHARED_KINDS.items() if power in powers]
    return Job.objects.filter(
        Q(requested_by=person) | Q(kind__in=kinds), school=person.school_id
    ).select_related("requested_by")


def show_progress(job: Job) -> Job:
    """Put the progress of the moment into a job that is still running."""
    if not job.finished:
        job.done, job.total = cache.get(_key(job.pk)) or (job.done, job.total)
    return job


def end_lost_jobs(*, school: School, at: datetime) -> int:
    """Mark as stopped the jobs whose worker never came back; returns how many. May be repeated."""
    lost = Job.objects.filter(
        Q(state=Job.State.RUNNING, started_at__lt=at - LONGEST_RUN)
        | Q(state=Job.State.WAITING, requested_at__lt=at - LONGEST_WAIT),
        school=school,
    )
    return lost.update(state=Job.State.FAILED, message=LOST, finished_at=at)


def remove_old_results(*, school: School, at: datetime) -> int:
    """Remove the files of jobs that ended over a day ago; returns how many. May be repeated."""
    ended = Job.objects.filter(school=school, finished_at__lt=at - RESULTS_KEPT)
    old = ended.exclude(result_file="")
    for job in old:
        _remove_file(job)
    return old.update(result_file="")


def _claim(job_id: int, school_id: int) -> Job:
    """Take a waiting job; one that was running already lost its worker and is ended instead."""
    with school_scope(school_id):
        job = (
            Job.objects.select_for_update(of=("self",))
            .select_related("school", "requested_by")
            .filter(pk=job_id, state__in=[Job.State.WAITING, Job.State.RUNNING])
            .first()
        )
        if job and job.state == Job.State.WAITING:
            job.state, job.started_at = Job.State.RUNNING, timezone.now()
            job.save(update_fields=["state", "started_at"])
            return job
    if job:
        _fail(job, LOST)
    raise Ignore


def _finish(job: Job) -> None:
    show_progress(job)
    job.done = job.total
    ended = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.DONE,
        finished_at=timezone.now(),
        done=job.done,
        total=job.total,
        message=job.message[:500],
        result=job.result,
        result_file=job.result_file.name or "",
        result_name=job.result_name,
    )
    if not ended:
        raise Refusal(LOST)


def _fail(job: Job, message: str) -> None:
    if job.result_file:
        _remove_file(job)
    log.warning("job_failed", job=job.pk, kind=job.kind)
    with school_scope(job.school_id):
        Job.objects.filter(pk=job.pk, finished_at=None).update(
            state=Job.State.FAILED,
            message=message[:500],
            finished_at=timezone.now(),
        )


def _remove_file(job: Job) -> None:
    job.result_file.storage.delete(str(job.result_file.name))


def _key(job_id: int) -> str:
    return f"job-progress-{job_id}"
