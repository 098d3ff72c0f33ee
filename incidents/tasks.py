"""Celery entry points: reports nobody opened, and documents that take a while to make."""

from celery import shared_task
from django.utils import timezone

from common.scope import school_scope
from incidents.actions import route_unread
from incidents.document_jobs import make_chronology, make_incident
from incidents.orphans import remove_orphans
from people.jobs import running
from people.models import School


@shared_task
def route_unread_reports() -> None:
    """Send unopened reports on, school by school; safe to repeat and to run twice at once."""
    for school in School.objects.all():
        with school_scope(school.pk):
            route_unread(school=school, at=timezone.now())


@shared_task
def remove_orphan_files() -> None:
    """Remove files that a deed stored before it failed, school by school; safe to repeat."""
    for school in School.objects.all():
        with school_scope(school.pk):
            remove_orphans(school=school, at=timezone.now())


@shared_task
def make_incident_pdf(*, job_id: int, school_id: int) -> None:
    """Make the PDF of an incident that a person asked for."""
    with running(job_id, school_id) as job:
        make_incident(job=job, at=timezone.now())


@shared_task
def make_chronology_pdf(*, job_id: int, school_id: int) -> None:
    """Make the PDF of a pupil's chronology that a person asked for."""
    with running(job_id, school_id) as job:
        make_chronology(job=job, at=timezone.now())
