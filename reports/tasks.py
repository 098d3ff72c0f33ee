"""Celery entry points of reports."""

from celery import shared_task
from django.utils import timezone

from common.scope import school_scope
from people.jobs import running
from people.models import School
from reports.actions.reviews import plan_governor_reviews
from reports.document_jobs import make_report
from reports.timetable import ONE_HOUR


@shared_task
def make_report_pdf(*, job_id: int, school_id: int) -> None:
    """Make the PDF of a report to governors that a person asked for."""
    with running(job_id, school_id) as job:
        make_report(job=job, at=timezone.now())


@shared_task
def plan_reviews() -> None:
    """Have every school's review planned, each by a task of its own (REP-03)."""
    for school_id in School.objects.values_list("pk", flat=True):
        plan_reviews_of.apply_async(kwargs={"school_id": school_id}, expires=ONE_HOUR)


@shared_task
def plan_reviews_of(*, school_id: int) -> None:
    """Plan a school's review and put its papers together in time; safe to repeat."""
    with school_scope(school_id):
        plan_governor_reviews(school=School.objects.get(pk=school_id), at=timezone.now())
