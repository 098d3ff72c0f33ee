"""Recurring duties in their periods: whose they are, which are open, what became of them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Case, F, Max, Q, QuerySet, Value, When

from people.models import Person, School
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties

LONGEST_HOLIDAY = timedelta(days=60)

Occurrences = QuerySet[DutyOccurrence, DutyOccurrence]


def duties_of_roles(role_codes: Collection[str], *, told: bool = False) -> list[str]:
    """Return the codes of the duties of some roles; with ``told``, of those they are told of."""
    return [
        code
        for code, duty in recurring_duties().items()
        if set(duty.escalate if told else duty.roles) & set(role_codes)
    ]


def occurrences_in(school: School) -> Occurrences:
    """Return every duty of a school in every period so far."""
    return DutyOccurrence.objects.filter(school=school).select_related("done_by")


def visible_occurrences(
    person: Person, powers: Collection[str], role_codes: Collection[str]
) -> Occurrences:
    """Return the duties a person may see: the whole school's with the power, else their roles'."""
    rows = occurrences_in(person.school)
    if "view_duties" in powers:
        return rows
    return rows.filter(Q(duty__in=duties_of_roles(role_codes)) | Q(done_by=person))


def mine_first(rows: Occurrences, role_codes: Collection[str]) -> Occurrences:
    """Return duties with those of some roles that are open first, then other open ones, then past.

    What is open comes soonest first, what is past latest first.
    """
    rank = Case(
        When(state="open", duty__in=duties_of_roles(role_codes), then=Value(0)),
        When(state="open", then=Value(1)),
        default=Value(2),
    )
    soonest = Case(When(state="open", then=F("due_date")))
    return rows.annotate(rank=rank).order_by("rank", soonest, "-due_date", "duty", "pk")


def latest_of_each(school: School) -> list[DutyOccurrence]:
    """Return each duty in its latest period, by the duty's code. One query."""
    rows = occurrences_in(school).exclude(state="withdrawn")
    return list(rows.order_by("duty", "-starts_date", "-pk").distinct("duty"))


def last_done(school: School) -> dict[str, datetime]:
    """Return when each duty was last met or partly met, by its code. One query."""
    done = DutyOccurrence.objects.filter(school=school, state__in=["met", "partly"])
    return dict(done.order_by().values_list("duty").annotate(at=Max("done_at")))


def occurrence_of(
    person: Person, powers: Collection[str], role_codes: Collection[str], pk: int
) -> DutyOccurrence | None:
    """Return one duty in its period by its number, or None when the person may not see it."""
    return visible_occurrences(person, powers, role_codes).filter(pk=pk).first()


def open_for(school: School, role_codes: Collection[str]) -> Occurrences:
    """Return the open duties of some roles, soonest first."""
    rows = occurrences_in(school).filter(state="open", duty__in=duties_of_roles(role_codes))
    return rows.order_by("due_date", "pk")


def waiting_for(
    school: School, role_codes: Collection[str], *, on: date, since: date
) -> Occurrences:
    """Return what some roles have to know of, soonest first: their own, others' late or missed.

    What was not met since a day is told to the headteacher (ROL-19).
    """
    wanted = Q(state="open", duty__in=duties_of_roles(role_codes))
    told = duties_of_roles(role_codes, told=True)
    wanted |= Q(state="open", duty__in=told, due_date__lt=on)
    wanted |= Q(duty__in=told) & _missed(on)
    if "head" in role_codes:
        wanted |= _not_met(since)
    return occurrences_in(school).filter(wanted).order_by("due_date", "pk")


def open_or_told(school: School, *, on: date, since: date) -> Occurrences:
    """Return the open duties, those missed before the last holiday, those not met since a day."""
    rows = DutyOccurrence.objects.filter(school=school)
    return rows.filter(Q(state="open") | _missed(on) | _not_met(since))


def _missed(on: date) -> Q:
    return Q(state="missed", due_date__gte=on - LONGEST_HOLIDAY)


def _not_met(since: date) -> Q:
    return Q(state="not_met", done_at__date__gte=since)
