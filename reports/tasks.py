"""Celery entry points of reports."""

from celery import shared_task
from django.utils import timezone

from people.jobs import running
from reports.document_jobs import make_report


@shared_task
def make_report_pdf(*, job_id: int, school_id: int) -> None:
    """Make the PDF of a report to governors that a person asked for."""
    with running(job_id, school_id) as job:
        make_report(job=job, at=timezone.now())
