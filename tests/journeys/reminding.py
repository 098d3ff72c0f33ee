"""Do what the clock does for duties, at moments: ``python -m …reminding 2026-12-04T10:00``."""

import sys
from datetime import datetime

import django
import time_machine


def main(*moments: str) -> None:
    """Sweep the cast's school at moments in London, and send its mail, as the worker would."""
    from people.calendar import LONDON
    from people.models import School
    from reminders.tasks import sweep_reminders_of
    from safeguard.celery import app

    app.conf.task_always_eager = True
    school = School.objects.get(slug="oak-hill")
    for moment in moments:
        at = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        with time_machine.travel(at, tick=False):
            sweep_reminders_of(school_id=school.pk)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
