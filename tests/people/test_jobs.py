"""Background work: it shows how far it is, ends in words, and hands its file to one person."""

from datetime import timedelta

import pytest
from celery import shared_task
from celery.exceptions import Ignore
from django.utils import timezone

from audit.queries import trail_of
from common.errors import Refusal
from common.scope import school_scope
from people.jobs import (
    BROKEN,
    LOST,
    end_lost_jobs,
    keep_result,
    progress,
    remove_old_results,
    running,
    start_job,
)
from people.models import Job, SchoolClass
from people.tasks import sweep_jobs
from tests.cast import NOW


@shared_task
def make_file(*, job_id: int, school_id: int) -> None:
    """Make a small file, as a document job does."""
    with running(job_id, school_id) as job:
        progress(job.pk, 2, 5)
        keep_result(job, name="list.csv", content=job.input["text"].encode())
        job.message = "Five lines were written."


@shared_task
def refuse(*, job_id: int, school_id: int) -> None:
    """Write something, then refuse."""
    with running(job_id, school_id) as job:
        SchoolClass.objects.create(school_id=school_id, name="New", year_group="1")
        keep_result(job, name="half.csv", content=b"half")
        raise Refusal("The register has changed.")


@shared_task
def break_down(*, job_id: int, school_id: int) -> None:
    """Write something, then fail as no job should."""
    with running(job_id, school_id):
        SchoolClass.objects.create(school_id=school_id, name="New", year_group="1")
        raise ZeroDivisionError


def ask(cast, task, name="hana", **more) -> Job:
    return start_job(
        school=cast.school,
        kind="test_file",
        label="A list of five",
        task=task,
        input={"text": "one,two"},
        by=getattr(cast, name),
        at=timezone.now(),
        **more,
    )


def run(job: Job, task) -> Job:
    task(job_id=job.pk, school_id=job.school_id)
    job.refresh_from_db()
    return job


def test_job_is_queued_only_once_the_request_is_committed(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = ask(cast, make_file)

    assert (job.state, job.input) == ("waiting", {"text": "one,two", "back": []})
    assert len(callbacks) == 1
    assert [entry.verb for entry in trail_of(job)] == ["start_job"]

    callbacks[0]()
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "Five lines were written.")
    assert (job.done, job.total, job.result_name) == (5, 5, "list.csv")
    assert job.result_file.read() == b"one,two"


def test_refused_job_says_why_and_changes_nothing(cast, own_files):
    job = run(ask(cast, refuse), refuse)

    assert (job.state, job.message) == ("failed", "The register has changed.")
    assert job.result_file.name == ""
    assert SchoolClass.objects.filter(name="New").count() == 0
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


def test_broken_job_says_so_in_plain_words_and_changes_nothing(cast):
    job = ask(cast, break_down)
    with pytest.raises(ZeroDivisionError):
        run(job, break_down)
    job.refresh_from_db()

    assert (job.state, job.message) == ("failed", BROKEN)
    assert SchoolClass.objects.filter(name="New").count() == 0


def test_job_is_done_once_however_often_it_is_delivered(cast):
    job = run(ask(cast, make_file), make_file)
    first = job.result_file.name

    with pytest.raises(Ignore):
        make_file(job_id=job.pk, school_id=job.school_id)

    job.refresh_from_db()
    assert (job.state, job.result_file.name) == ("done", first)


def test_job_delivered_again_after_its_worker_died_is_ended_in_words(cast):
    job = ask(cast, make_file)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=timezone.now())

    with pytest.raises(Ignore):
        make_file(job_id=job.pk, school_id=job.school_id)

    job.refresh_from_db()
    assert (job.state, job.message, job.result_file.name) == ("failed", LOST, "")


def test_sweep_ends_only_jobs_without_a_worker(cast):
    now = timezone.now()
    ages = {"lost": 16, "young": 14}
    for label, minutes in ages.items():
        job = ask(cast, make_file)
        started = now - timedelta(minutes=minutes)
        Job.objects.filter(pk=job.pk).update(state="running", label=label, started_at=started)
    for label, hours in {"forgotten": 3, "patient": 1}.items():
        job = ask(cast, make_file)
        asked = now - timedelta(hours=hours)
        Job.objects.filter(pk=job.pk).update(label=label, requested_at=asked)

    assert end_lost_jobs(school=cast.school, at=now) == 2
    assert end_lost_jobs(school=cast.school, at=now) == 0
    states = dict(Job.objects.values_list("label", "state"))
    assert states == {
        "lost": "failed",
        "young": "running",
        "forgotten": "failed",
        "patient": "waiting",
    }


def test_sweep_reaches_every_school(cast, other):
    jobs = []
    for person in (cast.hana, other.oscar):
        with school_scope(person.school_id):
            job = start_job(
                school=person.school,
                kind="test_file",
                label="Lost",
                task=make_file,
                input={},
                by=person,
                at=timezone.now() - timedelta(hours=3),
            )
            jobs.append(job)

    sweep_jobs()

    for job in jobs:
        with school_scope(job.school_id):
            job.refresh_from_db()
            assert (job.state, job.message) == ("failed", LOST)


def test_result_goes_after_a_day(cast, own_files):
    job = run(ask(cast, make_file), make_file)

    assert remove_old_results(school=cast.school, at=timezone.now()) == 0
    assert remove_old_results(school=cast.school, at=timezone.now() + timedelta(hours=25)) == 1
    job.refresh_from_db()
    assert job.result_file.name == ""
    assert [path for path in own_files.rglob("*") if path.is_file()] == []

    response = cast.client("hana").get(cast.url(f"jobs/{job.pk}/result"))
    assert response.status_code == 409
    assert response.context["refusal"].args == ("This file is no longer kept. Ask for it again.",)


def test_page_shows_how_far_the_work_is_before_it_is_committed(cast):
    job = ask(cast, make_file)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=timezone.now())
    progress(job.pk, 40, 50)

    page = cast.client("hana").get(cast.url(f"jobs/{job.pk}/")).content.decode()

    assert '<progress aria-labelledby="progress-label"' in page
    assert 'max="50" value="40"' in page
    assert "40 of 50" in page
    assert f'href="/oak-hill/jobs/{job.pk}/"' in page
    assert "data-progress-done" not in page


def test_page_of_a_stopped_job_says_why(cast):
    job = run(ask(cast, refuse, back=("job_detail", "1")), refuse)

    response = cast.client("hana").get(cast.url(f"jobs/{job.pk}/"))

    page = response.content.decode()
    assert "The register has changed." in page
    assert "data-progress-done" in page
    assert response.context["back_url"] == "/oak-hill/jobs/1/"


def test_result_is_handed_out_as_an_attachment_and_that_is_recorded(cast):
    job = run(ask(cast, make_file), make_file)

    response = cast.client("hana").get(cast.url(f"jobs/{job.pk}/result"))

    assert b"".join(response.streaming_content) == b"one,two"
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    taken = trail_of(job).first()
    assert (taken.verb, taken.actor_id) == ("take_result", cast.hana.pk)


@pytest.mark.parametrize("name", ["dora", "tom", "paul", "pia"])
def test_job_of_another_person_is_not_there(cast, name):
    job = run(ask(cast, make_file), make_file)

    client = cast.client(name)
    assert client.get(cast.url(f"jobs/{job.pk}/")).status_code == 404
    assert client.get(cast.url(f"jobs/{job.pk}/result")).status_code == 404
    assert [entry.verb for entry in trail_of(job)] == ["start_job"]


def test_job_of_another_school_is_not_there(cast, other):
    job = run(ask(cast, make_file), make_file)

    client = other.client("oscar")
    assert client.get(other.url(f"jobs/{job.pk}/")).status_code == 404
    assert client.get(cast.url(f"jobs/{job.pk}/")).status_code == 404


def test_import_job_is_seen_by_all_who_may_import_but_its_file_by_none_of_them(cast):
    job = run(ask(cast, make_file, name="tom"), make_file)
    Job.objects.filter(pk=job.pk).update(kind="people_import")

    assert cast.client("hana").get(cast.url(f"jobs/{job.pk}/")).status_code == 200
    assert cast.client("hana").get(cast.url(f"jobs/{job.pk}/result")).status_code == 404
    assert cast.client("dora").get(cast.url(f"jobs/{job.pk}/")).status_code == 404


def test_result_is_refused_once_the_power_is_gone(cast):
    job = run(ask(cast, make_file, name="tom", power="print_incident"), make_file)

    assert cast.client("tom").get(cast.url(f"jobs/{job.pk}/")).status_code == 200
    assert cast.client("tom").get(cast.url(f"jobs/{job.pk}/result")).status_code == 403


def test_job_asked_now_waits_for_a_worker(cast):
    job = ask(cast, make_file)

    assert Job.objects.filter(pk=job.pk, requested_at__gt=NOW, finished_at=None).count() == 1
    page = cast.client("hana").get(cast.url(f"jobs/{job.pk}/")).content.decode()
    assert "Waiting to start" in page
