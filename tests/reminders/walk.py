"""Give people tasks, let the day pass, and sweep."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from common.scope import school_scope
from incidents import actions
from incidents.models import Task
from people.models import Person, School
from reminders.actions import sweep_school
from reminders.models import Digest, Reminder
from tests.cast import NOW, Cast
from tests.incidents import walk

DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)
WORDS = "A task waits for you and its day has passed. This stops once you answer it."


def overdue(cast: Cast, owner: Person, by: str = "dora", alleged: str = "pia") -> Task:
    """Give somebody a task that was due yesterday."""
    first = next(iter(vars(cast.people))) if alleged == "zara" else "tom"
    incident = walk.opened(cast, alleged, by=first, opener=by)
    task: Task = walk.act(
        actions.add_task,
        incident,
        label="Ask Pia Pease again",
        owner=owner,
        due_date=NOW.date() - DAY,
        by=getattr(cast, by),
    )
    return task


def answer(task: Task) -> None:
    """Have the owner answer a task."""
    actions.answer_task(task=task, state="done", answer="Done.", by=task.owner, at=NOW)


def sweep(cast: Cast, capture: Any, *, at: datetime = NOW, lost: bool = False) -> int:
    """Sweep the school at a moment and send the mail, unless the worker is lost before that."""
    clock = time_machine.travel(at, tick=False)
    with clock, capture(execute=not lost), school_scope(cast.school.pk):
        return sweep_school(school=School.objects.get(pk=cast.school.pk), at=at)


def told() -> list[tuple[str, str]]:
    """Return who was reminded of what, oldest first."""
    rows = Reminder.objects.order_by("pk").select_related("person")
    return [(row.person.given_name, row.duty) for row in rows]


def digest_of(person: Person) -> Digest:
    """Return somebody's only digest."""
    return Digest.objects.get(person=person)
