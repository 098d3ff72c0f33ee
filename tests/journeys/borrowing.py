"""Remind borrowers as the clock does, some days from now: ``python -m …borrowing 1 7``.

Only of loans: what else falls due until then is no part of the journey, nor of any other.
"""

import sys
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

import django
import time_machine

ALONE = ("loan_due", "loan_overdue")


def main(*days: int) -> None:
    """Remind at ten on days so far from now, were they school days or not."""
    from common.scope import school_scope
    from people.calendar import LONDON
    from people.models import School
    from reminders.actions import sweep_school
    from safeguard.celery import app

    app.conf.task_always_eager = True
    school = School.objects.get(slug="oak-hill")
    with school_scope(school.pk):
        today = datetime.combine(datetime.now(LONDON).date(), time(10), LONDON)
        for at in (today + timedelta(days=number) for number in days):
            with (
                time_machine.travel(at, tick=False),
                patch("reminders.actions.sweeping.collect_dues", _of_loans),
                patch("reminders.actions.sweeping.may_remind", lambda _school, at: bool(at)),
            ):
                sweep_school(school=school, at=at)


def _of_loans(school: Any, *, on: date) -> dict:
    from assets.duties.lifecycle import reminders_due

    dues = [due for due in reminders_due(school, on=on) if due.duty in ALONE]
    return {(due.duty, due.person_id, due.period): due for due in dues}


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:]))
