"""Celery entry points of filtering and monitoring."""

from celery import shared_task
from django.utils import timezone

from common.scope import school_scope
from filtering.actions.alert_imports import drop_unread_exports, take_in_export
from filtering.actions.alerts import route_unopened_alerts
from filtering.actions.change_sweeps import alarm_late_undoing, expire_blocks, expire_changes
from filtering.actions.monitoring import open_monitoring_reports
from people.jobs import running
from people.models import School


@shared_task
def end_changes() -> None:
    """End unblocks whose time is over and blocks nobody approved, school by school (FIL-08)."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            expire_changes(school=school, at=now)
            expire_blocks(school=school, at=now)
            alarm_late_undoing(school=school, at=now)


@shared_task
def take_in_alerts(*, job_id: int, school_id: int) -> None:
    """Read the export of a monitoring product that a person uploaded, once (FIL-14)."""
    with running(job_id, school_id) as job:
        take_in_export(job=job, at=timezone.now())


@shared_task
def sweep_alerts() -> None:
    """Tell the next person of urgent alerts nobody opened, school by school (FIL-14)."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            route_unopened_alerts(school=school, at=now)
            drop_unread_exports(school=school, at=now)


@shared_task
def open_reports() -> None:
    """Open the weekly monitoring reports that are missing, school by school (R-FM-7)."""
    for school in School.objects.all():
        with school_scope(school.pk):
            open_monitoring_reports(school=school, at=timezone.now())
