"""The one page of everything that comes round: met, late, missing, switched off (REP-14)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions.settings import change_setting
from people.models import School
from reminders.actions import attest_duty, open_occurrences
from reminders.models import DutyOccurrence
from reminders.recurring import setting_of
from tests.cast import NOW
from tests.reminders.conftest import without_vacancies

PAGE = "figures/compliance/"


@pytest.fixture
def opened(cast, today):
    """Give a school whose duties are open: one is met, one not, one late, one switched off."""
    without_vacancies(cast.school)
    change_setting(
        school=cast.school, name=setting_of("policy_review"), value="off", by=cast.hana, at=NOW
    )
    school = School.objects.get(pk=cast.school.pk)
    open_occurrences(school=school, at=NOW)
    for duty, result in (("technical_passwords", "met"), ("technical_malware", "not_met")):
        row = DutyOccurrence.objects.get(duty=duty)
        words = {"note": "Old tablets.", "action": "Take them out of use."}
        values = {"result": result, "upload": None, "by": cast.tina, "at": NOW, **words}
        attest_duty(occurrence=row, version=row.version, **values)
    late = DutyOccurrence.objects.filter(duty="technical_security")
    late.update(starts_date="2026-09-01", due_date=NOW.date() - timedelta(days=1))
    return cast


def text(cast, who):
    page = cast.client(who).get(cast.url(PAGE)).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("who", ["hana", "dora", "olga"])
def test_page_says_what_is_met_late_and_off_without_a_name_or_a_note(opened, who):
    response = opened.client(who).get(opened.url(PAGE))
    behind = {line.duty.code for line in response.context["behind"]}
    lines = [line for _, lines in response.context["groups"] for line in lines]
    met = next(line for line in lines if line.duty.code == "technical_passwords")

    assert behind == {"technical_malware", "technical_security"}
    assert (met.standing[0], met.done, met.is_behind) == ("Met", "Tue 15 Sep 2026", False)
    assert "policy_review" not in {line.duty.code for line in lines}
    sample = next(line for line in lines if line.duty.code == "alert_sample")
    assert sample.standing[0] == "Nothing to do so far"
    shown = text(opened, who)
    assert "Switched off in the settings: Review of the online-safety policy" in shown
    assert "Tina" not in shown
    assert "Old tablets" not in shown


def test_others_do_not_open_it_and_it_costs_the_same_for_many_periods(opened):
    assert opened.client("tom").get(opened.url(PAGE)).status_code == 403

    def cost():
        with CaptureQueriesContext(connection) as seen:
            opened.client("olga").get(opened.url(PAGE))
        return len(seen.captured_queries)

    cost()
    few = cost()
    rows = list(DutyOccurrence.objects.all())
    for number in range(3):
        for row in rows:
            row.pk, row.period = None, f"{row.period}-{number}"
            row.starts_date = row.starts_date
        DutyOccurrence.objects.bulk_create(rows)
    assert cost() == few
