"""Whom the school reminds to sign, when, and when it stops (AGR-25, CON-03)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core import mail

from agreements import reading_duties
from agreements.actions.issuing import issue_obligations
from agreements.actions.sittings import mark_present, open_sitting
from agreements.duties import door, reminders_due
from agreements.queries.links import link_of
from agreements.queries.texts import live_versions
from people.calendar import SchoolCalendar
from people.models import CarerLink, SchoolClass
from reminders.actions import sweep_school
from reminders.delivery import deliver_digest
from reminders.models import Digest
from tests.agreements.test_issuing import setting
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW


def due(cast, day, duty="agreement_to_sign"):
    parts = (reminders_due, reading_duties.reminders_due)
    dues = [one for part in parts for one in part(cast.school, on=day)]
    return [one for one in dues if one.duty == duty]


def days_after(cast, count):
    return SchoolCalendar(cast.school).add_school_days(NOW.date(), count)


def test_somebody_is_told_when_asked_and_reminded_in_intervals(cast):
    """AGR-25: at once, first after five school days, then every three."""
    asked(cast, "staff", at=NOW)
    periods = [
        {one.period.rpartition("-")[2] for one in due(cast, days_after(cast, count))}
        for count in (0, 4, 5, 7, 8, 11, 17)
    ]
    assert periods == [{"0"}, {"0"}, {"1"}, {"1"}, {"2"}, {"3"}, {"5"}]


def test_reminders_end_and_the_leads_are_told(cast):
    """AGR-25: at most five, then the online safety lead, then the headteacher."""
    asked(cast, "staff", at=NOW)
    assert due(cast, days_after(cast, 20)) == []
    told = {one.person_id for one in due(cast, days_after(cast, 23), "agreement_unsigned")}
    assert cast.hana.pk in told
    assert not due(cast, days_after(cast, 19), "agreement_unsigned")


def test_signing_stops_it(cast):
    """Never reminded after signing."""
    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    assert cast.tom.pk not in {one.person_id for one in due(cast, days_after(cast, 5))}


def test_nobody_with_no_contact_is_reminded(cast):
    """R-DP-4: even when they were asked before."""
    asked(cast, "parent", at=NOW)
    assert [one.person_id for one in due(cast, NOW.date())] == [cast.paul.pk] * 2
    CarerLink.objects.filter(carer=cast.paul).update(may_sign=False, no_contact=True)
    assert due(cast, NOW.date()) == []


def test_limits_are_settings(cast):
    """Every limit is a school setting."""
    for name, value in (("remind_first_days", 2), ("remind_every_days", 1), ("remind_most", 1)):
        setting(cast, name, value)
    asked(cast, "staff", at=NOW)
    assert {one.period[-1] for one in due(cast, days_after(cast, 2))} == {"1"}
    assert due(cast, days_after(cast, 3)) == []


def test_one_mail_a_person_and_day_with_a_link_for_those_without_an_account(cast, time_machine):
    """One digest; it says neither what nor whom, and its link opens the signing pages."""
    time_machine.move_to(NOW)
    cast.pia.birth_date = date(2016, 3, 31)
    cast.pia.save()
    cast.paul.user = None
    cast.paul.save()
    asked(cast, "parent", "staff", at=NOW)
    sweep_school(school=cast.school, at=NOW)
    sweep_school(school=cast.school, at=NOW + timedelta(minutes=10))
    digests = Digest.objects.all()
    assert set(Counter(one.person_id for one in digests).values()) == {1}
    paul = digests.get(person=cast.paul)
    assert paul.count == 2
    deliver_digest(digest_id=paul.pk, school_id=cast.school.pk)
    (message,) = mail.outbox
    assert "Pease" not in message.body
    assert "Pia" not in message.body
    token = message.body.split("/sign/open/")[1].split("/")[0]
    assert link_of(token, at=NOW).signer == cast.paul


def test_no_door_for_somebody_with_an_account_or_without_a_known_date(cast):
    """A PIN is never mailed."""
    asked(cast, "parent", at=NOW)
    assert door(cast.paul, at=NOW) == ""
    cast.paul.user = None
    cast.paul.save()
    assert door(cast.paul, at=NOW) == ""
    cast.pia.birth_date = date(2016, 3, 31)
    cast.pia.save()
    first = door(cast.paul, at=NOW)
    assert first.startswith("/oak-hill/sign/open/")
    assert door(cast.paul, at=NOW) == first


@pytest.mark.parametrize("name", ["tom", "paul", "pia"])
def test_the_home_page_says_what_to_sign(cast, name):
    """What needs me now: the agreement with its button."""
    asked(cast, "staff", "parent", "pupil_ks2", at=NOW)
    page = cast.client(name).get(cast.url("")).content.decode()
    assert "Read and sign" in page


def test_a_new_round_is_reminded_anew(cast):
    """Next September's round has periods of its own."""
    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    september = NOW.replace(year=2027, month=9, day=6)
    issue_obligations(school=cast.school, by="tests", at=september)
    assert cast.tom.pk in {one.person_id for one in due(cast, september.date())}


def test_a_class_teacher_is_told_to_read_with_the_class_until_they_have(cast):
    """AGR-08: the teacher of each class, from the first day of the period."""
    asked(cast, "pupil_ks2", at=NOW)
    told = due(cast, NOW.date(), "class_reading")
    assert {one.person_id for one in told} == {cast.tom.pk, cast.tess.pk}
    page = cast.client("tom").get(cast.url("")).content.decode()
    assert "Read the agreement with 5T" in page
    group = SchoolClass.objects.get(teacher=cast.tom)
    (version,) = live_versions(cast.school)
    sitting = open_sitting(school_class=group, version=version, language="en", by=cast.tom, at=NOW)
    mark_present(sitting=sitting, pupils=[cast.pia], by=cast.tom, at=NOW)
    assert [one.person_id for one in due(cast, NOW.date(), "class_reading")] == [cast.tess.pk]
    setting(cast, "discussed", "never")
    assert due(cast, NOW.date(), "class_reading") == []
