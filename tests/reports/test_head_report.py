"""The lead reports to the headteacher, who opens it; the school reports to its authority."""

import pytest
import time_machine

from common.errors import Refusal, StepRefused
from people.models import Notice
from reminders.recurring import recurring_duties
from reports.checking import checks_of
from reports.figures import SAME_DAYS, seal_of
from reports.models import GovernorReport
from reports.queries.reports import issued_figures, reports_unread, reports_visible_to
from roles.queries import powers_of
from tests.reports import walk_reports as walk
from tests.reports.walk_reports import AT, AUTUMN

pytestmark = pytest.mark.usefixtures("end_of_term")


def unread(person):
    return reports_unread(person, powers_of(person, on=AT.date()), since=AUTUMN.begins_at)


def visible(person):
    return set(reports_visible_to(person, powers_of(person, on=AT.date())))


@pytest.fixture
def sent(cast) -> GovernorReport:
    report = walk.start(cast, audience="head")
    with pytest.raises(Refusal, match="no commentary"):
        walk.act("send_report", cast, report, by="dora")
    walk.act("comment_report", cast, report, by="dora", lead_words="Quiet.")
    with pytest.raises(StepRefused, match="no such step"):
        walk.act("submit_report", cast, report, by="dora")
    walk.act("send_report", cast, report, by="dora")
    return walk.now(report)


def test_report_to_the_head_is_frozen_told_and_its_opening_is_the_receipt(cast, sent):
    duty = recurring_duties()["monitoring_to_head"]
    assert duty.evidence(cast.school, AUTUMN.start, AUTUMN.end) == AT
    assert (
        recurring_duties()["governor_report"].evidence(cast.school, AUTUMN.start, AUTUMN.end)
        is None
    )
    assert [one.person for one in Notice.objects.filter(reason="report_sent")] == [cast.hana]
    assert all(one.holds for one in checks_of(sent))
    assert seal_of(sent) == sent.sha256
    assert (unread(cast.hana), unread(cast.dora), unread(cast.olga)) == ([sent], [], [])

    home = cast.client("hana").get(cast.url("")).content.decode()
    assert "Monitoring report to the headteacher" in home
    cast.client("hana").get(cast.url(f"governors/reports/{sent.pk}/"))

    assert unread(cast.hana) == []
    page = cast.client("dora").get(cast.url(f"governors/reports/{sent.pk}/")).content.decode()
    assert "Opened by" in page
    assert str(cast.hana) in page


def test_governors_get_the_heads_report_neither_to_see_nor_to_reckon_with(cast, sent):
    assert visible(cast.olga) == set()
    assert visible(cast.hana) == {sent}
    path = cast.url(f"governors/reports/{sent.pk}/")
    assert cast.client("olga").get(path).status_code == 404
    assert issued_figures(cast.school) == []
    theirs = walk.make(cast, "issued")
    assert theirs.edition == sent.edition
    assert issued_figures(cast.school) == [theirs.figures | {SAME_DAYS: False}]


def test_report_to_an_authority_names_who_gets_it_and_fulfils_its_duty(cast):
    with pytest.raises(Refusal, match="who gets"):
        walk.start(cast, audience="authority", recipient=" ")
    report = walk.start(cast, audience="authority", recipient="County safeguarding board")
    report = walk.walk(cast, report, "issued")

    duty = recurring_duties()["authority_report"]
    assert duty.evidence(cast.school, AUTUMN.start, AUTUMN.end) == AT
    assert not Notice.objects.filter(reason="report_issued").exists()
    page = cast.client("olga").get(cast.url(f"governors/reports/{report.pk}/")).content.decode()
    assert "County safeguarding board" in page
    assert "Ask a question" not in page


def test_halves_of_the_term_are_offered_and_a_report_started_on_one(cast):
    with time_machine.travel(AT, tick=False):
        client = cast.client("dora")
        page = client.get(cast.url("governors/reports/new/"))
        choices = dict(page.context["form"].fields["term"].choices)
        code = next(key for key, label in choices.items() if label.endswith("first half"))
        client.post(cast.url("governors/reports/new/"), {"audience": "head", "term": code})
    report = GovernorReport.objects.get()
    assert (report.audience, report.label) == ("head", choices[code])
    second = next(key for key, label in choices.items() if label.endswith("second half"))
    assert second.partition("_")[0] > str(report.period_end)
