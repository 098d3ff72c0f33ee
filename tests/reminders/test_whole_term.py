"""A whole autumn term, day by day with the real sweeps: who was reminded of what, when and why."""

from collections import defaultdict
from datetime import date, datetime, time

import pytest
import time_machine
from django.core import mail
from django.utils.timezone import localdate

from audit.queries import trail
from people.calendar import LONDON
from people.models import Notice, Person, School
from reminders.duties_due import collect_dues, parts_that_remind
from reminders.models import Digest, DutyOccurrence, Reminder
from tests.filtering.staff import give_status
from tests.reminders.term import Life, sweep
from tests.reminders.walk import DAY

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 8)
SWEPT, ACTS = time(10), time(11)
FREE = [
    (date(2026, 8, 31), date(2026, 9, 1)),
    (date(2026, 10, 26), date(2026, 10, 30)),
    (date(2026, 12, 19), date(2027, 1, 3)),
]
ENDS = ("This stops", "You are told of it once", "A drill ends this", "ask for it now")
LEADS = "4 Dec, 15 Dec, 18 Dec"  # ten, three and no school days before the end of the term
TECHNICAL = (
    "account_review", "restore_test", "technical_access", "technical_accounts",
    "technical_filtering", "technical_monitoring",
)  # fmt: skip
VACANT = ("incident_audit", "office_data", "platform_data")
EXPECTED: dict[str, dict[str, str]] = {
    # Asked on the third, and again after five school days and then every three until they sign.
    "agreement_to_sign": {
        "Tom": "3 Sep, 10 Sep",
        "Tess": "3 Sep, 10 Sep, 15 Sep",
        "Tina": "3 Sep, 10 Sep, 15 Sep, 18 Sep, 23 Sep, 28 Sep",
    },
    # Tina never signs: after five reminders the headteacher is told, and she hears no more.
    "agreement_unsigned": {"Hana": "6 Oct"},
    # Decided on the second school day; its last day is the thirtieth, put back a day too late.
    "change_to_decide": {"Hana": "16 Sep, 17 Sep"},
    "unblock_ends": {"Tom": "28 Sep, 29 Sep", "Tina": "28 Sep, 29 Sep"},
    "put_back_due": {"Tina": "1 Oct"},
    "put_back_late": {"Hana": "2 Oct"},
    # The page brings a profile into the register; nothing was ever confirmed about it.
    "filtering_confirmation": {"Hana": "15 Sep", "Tina": "15 Sep"},
    "incident_task": {"Tess": "18 Sep"},
    # Signed every Monday but for one week, which the headteacher hears of after two school days.
    "monitoring_report": {"Dora": "18 Sep, 20 Nov", "Hana": "24 Nov"},
    "governor_review_soon": {"Dora": "4 Dec", "Olga": "4 Dec"},
    "recurring_duty monitoring_to_head": {"Dora": "16 Oct, 11 Dec, 18 Dec"},
    # Signed in time but for the first week and the forgotten one; nobody shows them to the head.
    "recurring_duty_missed log_review": {"Hana": "21 Sep, 23 Nov"},
    "recurring_duty log_review_head": {
        "Hana": "23 Sep, 30 Sep, 16 Oct, 23 Oct, 23 Nov, 30 Nov, 11 Dec, 18 Dec"
    },
    "recurring_duty_missed log_review_head": dict.fromkeys(
        ("Cara", "Olga"), "1 Oct, 2 Nov, 1 Dec, 4 Jan"
    ),
    "recurring_duty committee_meeting": {"Dora": "4 Dec, 18 Dec"},
    "recurring_duty_missed committee_meeting": {"Hana": "4 Jan", "Olga": "4 Jan"},
    "recurring_duty leaders_meeting": {"Dora": "16 Oct, 23 Oct, 11 Dec, 18 Dec"},
    # Checked after the first reminder; the drill never takes place.
    "recurring_duty filter_checks": {"Dora": "4 Dec", "Tina": "4 Dec"},
    "recurring_duty alert_drill": {"Dora": LEADS},
    "recurring_duty_missed alert_drill": {"Hana": "4 Jan"},
    "recurring_duty technical_passwords": {"Tina": "4 Dec"},
    "recurring_duty technical_security": {"Tina": "4 Dec"},
    "duty_not_met technical_security": {"Hana": "8 Dec"},
    "recurring_duty governor_report": {"Hana": "4 Dec, 15 Dec"},
    "recurring_duty supervision": {"Hana": LEADS},
    "recurring_duty_missed leaders_meeting": {"Hana": "2 Nov, 4 Jan"},
    "recurring_duty_missed monitoring_to_head": {"Hana": "4 Jan"},
    "recurring_duty_missed supervision": {"Cara": "4 Jan"},
    **{f"recurring_duty {duty}": {"Tina": LEADS} for duty in TECHNICAL},
    **{f"recurring_duty {duty}": {"Hana": LEADS} for duty in VACANT},
    **{f"recurring_duty_missed {duty}": {"Hana": "4 Jan"} for duty in (*TECHNICAL, *VACANT)},
}
STATES = {
    **{f"{duty} Dec": "missed" for duty in (*TECHNICAL, *VACANT, "supervision")},
    "alert_drill Dec": "missed",
    "committee_meeting Dec": "missed",
    "filter_checks Dec": "met",
    "log_review Sep": "missed met",
    "log_review Oct": "met met met met",
    "log_review Nov": "met met missed met",
    "log_review Dec": "met met met",
    **{f"log_review_head {month}": "missed" for month in ("Sep", "Oct", "Nov", "Dec")},
    "leaders_meeting Oct": "missed",
    "leaders_meeting Dec": "missed",
    "monitoring_to_head Oct": "met",
    "monitoring_to_head Dec": "missed",
    "technical_malware Dec": "met",
    "technical_passwords Dec": "met",
    "technical_security Dec": "not_met",
    "governor_report Dec": "met",
    "governor_review Dec": "met",
}


@pytest.fixture
def lived(cast, django_capture_on_commit_callbacks) -> None:
    """Let the term go by: each day the clock sweeps, and after whatever somebody does."""
    give_status(cast)
    life = Life(cast)
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + DAY * number
        morning, later = (datetime.combine(day, hour, LONDON) for hour in (SWEPT, ACTS))
        with (
            time_machine.travel(morning, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            sweep(cast.school.pk, morning)
        with time_machine.travel(later, tick=False):
            if life.acts(later):
                with django_capture_on_commit_callbacks(execute=True):
                    sweep(cast.school.pk, later)
            assert passed_over(cast.school.pk, day) == []


def passed_over(school_id: int, day: date) -> list[tuple[str, int, str]]:
    """Return what parts would have reminded of that the sweep did not ask."""
    school = School.objects.get(pk=school_id)
    dues = (one for part in parts_that_remind() for one in part.reminders_due(school, on=day))
    keys = {(one.duty, one.person_id, one.period) for one in dues}
    return sorted(keys - collect_dues(school, on=day).keys())


def reminded() -> dict[str, dict[str, str]]:
    """Return on which days who was reminded of what."""
    duties = dict(DutyOccurrence.objects.values_list("pk", "duty"))
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in Reminder.objects.order_by("made_at").select_related("person"):
        number = row.period.partition("-")[0]
        recurs = row.duty.startswith(("recurring", "duty_not_met"))
        what = f"{row.duty} {duties[int(number)]}" if recurs else row.duty
        found[what][row.person.given_name].append(f"{row.made_at.day} {row.made_at:%b}")
    return {what: {who: ", ".join(days) for who, days in of.items()} for what, of in found.items()}


def is_free(day: date) -> bool:
    return day.weekday() >= 5 or any(start <= day <= end for start, end in FREE)


def reminded_after_done() -> list[Reminder]:
    """Return the reminders of recurring duties that came when those were done already."""
    done = dict(DutyOccurrence.objects.exclude(done_at=None).values_list("pk", "done_at"))
    rows = [
        (int(row.period.partition("-")[0]), row)
        for row in Reminder.objects.filter(duty="recurring_duty")
    ]
    return [row for number, row in rows if number in done and row.made_at >= done[number]]


def ended() -> dict[str, str]:
    """Return what became of each duty of the term and its halves, with the month it was due.

    Of weeks, one after the other.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for row in DutyOccurrence.objects.filter(due_date__lt=date(2027, 1, 1)).order_by("due_date"):
        found[f"{row.duty} {row.due_date:%b}"].append(row.state)
    return {duty: " ".join(states) for duty, states in found.items()}


def names_in_mail() -> list[str]:
    names = {name for one in Person.objects.all() for name in (one.given_name, one.family_name)}
    text = "".join(message.subject + message.body for message in mail.outbox)
    return [name for name in names if name in text]


def test_term_reminds_of_each_thing_once_until_it_is_done(cast, lived):
    """Who, of what, on which day; why and until when; in one mail; on the trail (SYS-02)."""
    assert reminded() == EXPECTED

    rows = list(Reminder.objects.select_related("digest"))
    assert [row.words for row in rows if not any(words in row.words for words in ENDS)] == []
    assert [row for row in rows if is_free(localdate(row.made_at))] == []
    assert reminded_after_done() == []

    digests = Digest.objects.all()
    assert {row.digest for row in rows} == set(digests)
    assert [one for one in digests if not one.sent_at or localdate(one.sent_at) != one.day] == []
    told = Notice.objects.filter(reason="reminders", sent_at__isnull=False)
    assert len(told) == len(digests) == len({(one.person_id, one.day) for one in digests})
    assert names_in_mail() == []

    assert ended() == STATES
    swept = trail(cast.school.pk).filter(verb="sweep_school")
    assert sum(entry.facts["reminders"] for entry in swept) == len(rows)
