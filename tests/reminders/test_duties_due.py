"""Whose duty is due is reminded in time and once; others when it is late; and it ends when done."""

from datetime import datetime

import pytest

from people.calendar import LONDON
from people.models import School
from reminders.actions import attest_duty, open_occurrences
from reminders.duties import reminders_due
from reminders.models import DutyOccurrence, Reminder
from reminders.recurring import recurring_duties
from roles.actions import end_role
from roles.models import Role, RoleAssignment
from tests.cast import NOW
from tests.reminders.walk import DAY, sweep

PASSWORDS = "technical_passwords"


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def only_passwords(cast):
    """Leave one duty open, so that a test sees what becomes of that."""
    open_occurrences(school=cast.school, at=NOW)
    others = DutyOccurrence.objects.exclude(duty=PASSWORDS)
    others.update(state="met", done_at=NOW)


def moment(month, day, year=2026, hour=10):
    return datetime(year, month, day, hour, tzinfo=LONDON)


def reminders() -> list[Reminder]:
    return list(Reminder.objects.filter(duty="recurring_duty").order_by("pk"))


def told(cast, at) -> list[tuple[str, int]]:
    school = School.objects.get(pk=cast.school.pk)
    return sorted((due.duty, due.person_id) for due in reminders_due(school, on=at.date()))


def test_holders_are_reminded_at_each_lead_time_once(cast, capture):
    days = [moment(12, 3), moment(12, 4), moment(12, 7), moment(12, 14), moment(12, 15),
            moment(12, 16), moment(12, 18), moment(12, 18, hour=12)]  # fmt: skip
    for day in days:
        sweep(cast, capture, at=day)

    rows = reminders()
    assert {row.person for row in rows} == {cast.tina}
    assert {row.words for row in rows} == {recurring_duties()[PASSWORDS].words}
    assert [(row.made_at, row.period.partition("-")[2]) for row in rows] == [
        (moment(12, 4), "10"),
        (moment(12, 15), "3"),
        (moment(12, 18), "0"),
    ]


def test_lead_times_that_were_missed_are_caught_up_by_the_latest_only(cast, capture):
    for _ in range(2):
        sweep(cast, capture, at=moment(12, 17))
    assert [row.period.partition("-")[2] for row in reminders()] == ["3"]


def test_others_are_told_once_when_it_is_late(cast):
    day = moment(1, 7, 2027)  # four school days after the 18th of December
    assert told(cast, day) == [("recurring_duty", cast.tina.pk)]
    late = moment(1, 8, 2027)
    assert told(cast, late) == [
        ("recurring_duty", cast.tina.pk),
        ("recurring_duty_late", cast.hana.pk),
    ]


def test_others_are_told_of_what_was_missed_once_the_next_period_has_begun(cast):
    open_occurrences(school=School.objects.get(pk=cast.school.pk), at=moment(1, 4, 2027))

    missed = [("recurring_duty_missed", cast.hana.pk)]
    assert [told(cast, moment(1, day, 2027)) for day in (4, 8, 11)] == [missed, missed, []]


def test_reminders_stop_once_it_is_said_how_it_was_met(cast, capture):
    row = DutyOccurrence.objects.get(duty=PASSWORDS)
    sweep(cast, capture, at=moment(12, 4))
    attest_duty(
        occurrence=row,
        version=row.version,
        result="met",
        note="",
        action="",
        upload=None,
        by=cast.tina,
        at=moment(12, 7),
    )

    sweep(cast, capture, at=moment(12, 18))
    assert len(reminders()) == 1
    assert told(cast, moment(12, 18)) == []


def test_duty_whose_role_nobody_holds_comes_to_those_who_are_told(cast):
    for row in RoleAssignment.objects.filter(person=cast.tina, role__code="tech"):
        end_role(assignment=row, end_date=NOW.date(), reason="Left", by=cast.hana, at=NOW)

    assert told(cast, moment(12, 18)) == [("recurring_duty", cast.hana.pk)]


def test_headteacher_is_told_of_what_was_not_met(cast):
    DutyOccurrence.objects.filter(duty=PASSWORDS).update(
        state="not_met", done_at=NOW, done_by=cast.tina
    )
    assert told(cast, NOW + DAY) == [("duty_not_met", cast.hana.pk)]
    assert told(cast, NOW + DAY * 20) == []


def needs(cast, name) -> list:
    return cast.client(name).get(cast.url()).context["needs"]


def test_home_has_what_is_near_one_by_one_and_the_rest_in_a_line(cast, today):
    DutyOccurrence.objects.filter(duty__startswith="technical").update(state="open", done_at=None)
    DutyOccurrence.objects.filter(duty=PASSWORDS).update(due_date="2026-09-18")

    found = [(need.what, need.label, need.due) for need in needs(cast, "tina")]
    near, *others = [row for row in found if "dut" in row[0] or "Passwords" in row[0]]
    assert near == ("Passwords are enforced", "Say how it was met", "By Fri 18 Sep 2026")
    assert others == [("6 more duties of your roles", "See your duties", "")]


def test_home_of_those_who_are_told_shows_what_is_late(cast, today):
    DutyOccurrence.objects.filter(duty=PASSWORDS).update(
        starts_date="2026-09-02", due_date="2026-09-04"
    )

    (need,) = [need for need in needs(cast, "hana") if need.what == "Passwords are enforced"]
    assert (need.why, need.late) == ("Others have this duty, and it is late", True)
    assert [need.what for need in needs(cast, "dora") if "Passwords" in need.what] == []


def test_home_of_those_who_are_told_shows_what_was_missed(cast, today):
    row = DutyOccurrence.objects.filter(duty=PASSWORDS)
    row.update(starts_date="2026-09-02", due_date="2026-09-10", state="missed")

    (need,) = [need for need in needs(cast, "hana") if need.what == "Passwords are enforced"]
    assert need.why == "Others have this duty, and nobody did it in time"
    assert [one for one in needs(cast, "tina") if one.what == need.what] == []


def test_vacant_role_and_ending_term_are_told_to_the_head_and_chair(cast):
    from roles.duties import reminders_due as of_roles

    Role.objects.filter(school=cast.school, code="siro").update(mandatory=True)
    RoleAssignment.objects.filter(person=cast.olga, role__code="os_gov").update(
        end_date=NOW.date() + DAY * 30
    )
    dues = sorted((due.duty, due.person_id) for due in of_roles(cast.school, on=NOW.date()))

    assert dues == sorted(
        [
            ("role_vacant", cast.hana.pk),
            ("term_of_office", cast.hana.pk),
            ("term_of_office", cast.cara.pk),
        ]
    )
    RoleAssignment.objects.filter(person=cast.olga, role__code="os_gov").update(
        end_date=NOW.date() + DAY * 61
    )
    assert [due.duty for due in of_roles(cast.school, on=NOW.date())] == ["role_vacant"]
