"""The sweep looks up what may be there in one statement, exactly for the school it is at."""

from datetime import timedelta

from common.scope import school_scope
from incidents.models import Task
from reminders.duties_due import collect_dues
from reminders.fulfilment import evidence_of
from reminders.lookups import lookup_of
from reminders.recurring import recurring_duties
from tests.cast import NOW
from tests.filtering import walk_oversight
from tests.reminders.walk import overdue

TODAY = NOW.date()
YEAR = (TODAY - timedelta(days=300), TODAY + timedelta(days=300))


def test_rows_are_found_at_their_own_school_only(cast, other, django_assert_num_queries):
    overdue(cast, cast.tess)
    lookup = lookup_of([Task.objects.filter(state="open"), Task.objects.filter(state="done")])

    with django_assert_num_queries(1):
        assert lookup.at(cast.school) == [True, False]
    with school_scope(other.school.pk):
        assert lookup.at(other.school) == [False, False]


def test_one_day_after_the_other_is_looked_up_by_its_own_dates(cast):
    overdue(cast, cast.tess)  # it was due yesterday
    found = [collect_dues(cast.school, on=TODAY - timedelta(days=back)) for back in (0, 1)]

    kinds = [{duty for duty, _, _ in dues} for dues in found]
    assert ["incident_task" in kind for kind in kinds] == [True, False]


def test_evidence_is_asked_for_only_where_there_may_be_some(cast, django_assert_num_queries):
    spans = [(code, *YEAR) for code, duty in recurring_duties().items() if duty.evidence]
    with django_assert_num_queries(1):
        assert evidence_of(spans, cast.school) == [None] * len(spans)
    assert evidence_of([], cast.school) == []

    walk_oversight.check(cast)
    found = dict(zip([code for code, _, _ in spans], evidence_of(spans, cast.school), strict=True))
    assert {code: at for code, at in found.items() if at} == {"filter_checks": NOW}


def test_duty_that_somebody_attests_has_no_evidence(cast):
    assert evidence_of([("technical_passwords", *YEAR)], cast.school) == [None]
