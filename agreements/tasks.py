"""Celery entry points: certificates, and the sweep that asks everybody who has to sign."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from agreements.actions.access import ask_for_reviews
from agreements.actions.issuing import issue_obligations
from agreements.certificates import make_certificate_file
from agreements.queries.lists import signatures_without_certificate
from agreements.sheet_jobs import make_sheets
from common.scope import school_scope
from people.jobs import progress, running
from people.models import School

ALLOWED = timedelta(minutes=10)  # for the worker to make a certificate by itself


@shared_task(autoretry_for=(OSError,), retry_backoff=30, max_retries=3)
def make_certificate(*, signature_id: int, school_id: int) -> None:
    """Make the certificate of one signature; safe to repeat."""
    with school_scope(school_id):
        make_certificate_file(signature_id=signature_id, at=timezone.now())


@shared_task
def issue_now(*, job_id: int, school_id: int) -> None:
    """Ask everybody of a school who has to sign, with progress, because somebody said so."""
    with running(job_id, school_id) as job:
        issued = issue_obligations(
            school=job.school,
            by=job.requested_by or "issue_now",
            at=timezone.now(),
            progress=lambda done, total: progress(job_id, done, total),
        )
        job.message = (
            f"{issued.asked} asked now, {issued.moved} moved to the newest text, "
            f"{issued.ended} no longer asked."
        )


@shared_task
def make_sheets_pdf(*, job_id: int, school_id: int) -> None:
    """Make the sheets that a person asked for as one PDF."""
    with running(job_id, school_id) as job:
        make_sheets(job=job, at=timezone.now())


@shared_task
def sweep_agreements() -> None:
    """Write every school's obligations, reviews of access and certificates that are missing."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            issue_obligations(school=school, by="sweep_agreements", at=now)
            ask_for_reviews(school=school, at=now)
            missing = signatures_without_certificate(school, before=now - ALLOWED)
        for number in missing:
            make_certificate.delay(signature_id=number, school_id=school.pk)
