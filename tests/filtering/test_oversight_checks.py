"""Filter checks: where, by whom, what they found, and what is not checked this term (R-FM-3)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DataError, transaction

from common.errors import Conflicted, Refusal, StepRefused
from filtering.actions.checking import Tried, add_check_points, end_check_point
from filtering.models import CheckPoint, FailureReport, FilterCheck
from filtering.queries.checks import grid_of
from filtering.vocabulary import CheckTest
from tests.cast import NOW
from tests.filtering import walk_alerts
from tests.filtering import walk_oversight as walk

TODAY = NOW.date()


def grid(cast, on: date = TODAY) -> list[list[str]]:
    """Return what each place shows for each test: what was last found, and whether it counts."""
    return [
        [
            f"{cell.result.actual if cell.result else 'never'}{'' if cell.tried else ' -'}"
            for cell in line.cells
        ]
        for line in grid_of(cast.school, on=on).lines
    ]


# Places -------------------------------------------------------------------------------------------


def test_every_combination_of_what_is_ticked_becomes_a_place(cast):
    added = walk.points(
        cast,
        "Tablet",
        "Laptop",
        networks=["Pupil Wi-Fi", "Guest Wi-Fi"],
        profiles=[walk.profile(cast), walk.profile(cast, "Staff")],
    )

    assert sorted(str(point) for point in added) == [
        f"{kind}, Main school, {network}, {profile}"
        for kind in ("Laptop", "Tablet")
        for network in ("Guest Wi-Fi", "Pupil Wi-Fi")
        for profile in ("Pupils", "Staff")
    ]


def test_place_that_is_there_stays_as_it_is(cast):
    walk.points(cast, "Tablet")
    added = walk.points(cast, "Tablet", "Laptop")

    assert [point.device_kind for point in added] == ["Laptop"]
    with pytest.raises(Refusal, match="Filtering is checked at each of these places already"):
        walk.points(cast, "Tablet")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"networks": ["Moon"]}, "Choose from the kinds of device, sites and networks"),
        ({"sites": []}, "Choose from the kinds of device, sites and networks"),
        ({"profiles": []}, "Choose from the profiles that are in force"),
    ],
)
def test_place_the_school_does_not_have_is_refused(cast, chosen, words):
    with pytest.raises(Refusal, match=words):
        walk.points(cast, **chosen)


def test_more_than_sixty_places_at_once_are_refused(cast):
    profiles = [walk.profile(cast, f"Group {number}") for number in range(31)]
    with pytest.raises(Refusal, match="That makes 62 places"):
        walk.points(cast, "Tablet", "Laptop", profiles=profiles)


def test_profile_that_has_ended_is_refused(cast):
    profile = walk.profile(cast)
    profile.ended_at, profile.ended_by = NOW, cast.tina
    with pytest.raises(Refusal, match="Choose from the profiles that are in force"):
        walk.points(cast, profiles=[profile])


def test_ended_place_is_checked_no_longer_and_its_checks_stay(cast):
    made = walk.check(cast)
    end_check_point(point=made.point, by=cast.tina, at=NOW)

    assert (grid(cast), FilterCheck.objects.get()) == ([], made)
    with pytest.raises(StepRefused, match="no longer checked there already"):
        end_check_point(point=made.point, by=cast.tina, at=NOW)
    with pytest.raises(StepRefused, match="Choose another place"):
        walk.check(cast, CheckPoint.objects.get())


def test_places_need_their_power(cast):
    with pytest.raises(StepRefused, match="Your role"):
        add_check_points(
            school=cast.school,
            device_kinds=["Tablet"],
            sites=["Main school"],
            networks=["Wired"],
            profiles=[walk.profile(cast)],
            by=cast.hana,
            at=NOW,
        )


# A check ------------------------------------------------------------------------------------------


def test_check_keeps_who_what_and_when(cast):
    made = walk.check(cast, note="All went well.")
    found = {row.test: (row.expected, row.actual, row.failure) for row in made.results.all()}

    assert (made.safeguarding_by, made.it_by, made.checked_date, made.device) == (
        cast.dora,
        cast.tina,
        TODAY,
        "Tablet 7",
    )
    assert found == {test.value: ("blocked", "blocked", None) for test in CheckTest}
    assert FailureReport.objects.count() == 0


def test_same_form_sent_twice_makes_one_check(cast):
    submission = uuid4()
    results = walk.results(adult="reached")
    first = walk.check(cast, submission=submission, results=results)
    again = walk.check(cast, submission=submission, results=results)

    assert (again, FilterCheck.objects.count(), FailureReport.objects.count()) == (first, 1, 1)


def test_what_was_reached_is_reported_at_once_as_one_report(cast):
    made = walk.check(cast, results=walk.results(adult="reached", terrorism="reached"))
    report = FailureReport.objects.get()
    linked = {row.test: row.failure for row in made.results.all()}

    assert (report.kind, report.exposed, report.device, report.site, report.address) == (
        "failure",
        "no",
        "Tablet 7",
        "Main school",
        "",
    )
    assert report.what == (
        f"Found in a filter check ({made.point}): reached, not blocked: Terrorism list, "
        "Adult content."
    )
    assert linked == {"child_abuse": None, "terrorism": report, "adult": report}


def test_what_the_profile_may_open_is_no_failure(cast):
    open_to_staff = walk.results() | {CheckTest.ADULT: Tried("reached", expected="reached")}
    walk.check(cast, results=open_to_staff)

    assert FailureReport.objects.count() == 0


def test_neither_check_nor_report_is_written_without_the_other(cast):
    """A note that is too long is refused by the database after the report was written."""
    results = walk.results() | {CheckTest.ADULT: Tried("reached", note="x" * 501)}
    point = walk.point(cast)
    with pytest.raises(DataError), transaction.atomic():
        walk.check(cast, point, results=results)

    assert (FilterCheck.objects.count(), FailureReport.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"checked_date": TODAY + timedelta(days=1)}, "cannot have been made after today"),
        ({"by": "hana"}, "One of the two people who made the check records it"),
        ({"by": "tom"}, "Your role at this school does not allow this step"),
        ({"it_by": "tom"}, "Tom Teale held no role on that day in which to check for IT"),
        (
            {"safeguarding_by": "tina", "it_by": "dora"},
            "Tina Techworth held no role on that day in which to check for safeguarding",
        ),
        ({"results": {CheckTest.ADULT: Tried("blocked")}}, "each of the three tests"),
        (
            {"results": {test: Tried("reached", expected="reached") for test in CheckTest}},
            "only “Blocked” can be expected",
        ),
    ],
)
def test_check_is_refused(cast, changed, words):
    named = {
        key: getattr(cast, value) if isinstance(value, str) else value
        for key, value in changed.items()
    }
    with pytest.raises(Refusal, match=words):
        walk.check(cast, **named)
    assert FilterCheck.objects.count() == 0


def test_one_person_cannot_be_both(cast):
    walk_alerts.give(cast, "dora", "mon_lead")
    with pytest.raises(Conflicted, match="Two different people check the filter"):
        walk.check(cast, it_by=cast.dora, by=cast.dora)


# The grid of the term -----------------------------------------------------------------------------


def test_grid_shows_the_last_result_of_each_test(cast):
    point = walk.point(cast)
    walk.points(cast, "Laptop")
    walk.check(cast, point, checked_date=date(2026, 9, 10), results=walk.results(adult="reached"))
    walk.check(cast, point, checked_date=date(2026, 9, 14), results=walk.results())

    assert grid(cast) == [["never -"] * 3, ["blocked"] * 3]


def test_check_of_an_earlier_term_does_not_count(cast):
    """The autumn term began on 2 September and ends on 18 December, the spring one on 4 January."""
    walk.check(cast)

    assert grid(cast, on=date(2026, 12, 28)) == [["blocked"] * 3]
    assert grid(cast, on=date(2027, 1, 4)) == [["blocked -"] * 3]


def test_test_that_could_not_be_made_does_not_count(cast):
    results = walk.results() | {CheckTest.TERRORISM: Tried("not_tested", note="Page was down.")}
    walk.check(cast, results=results)

    assert grid(cast) == [["blocked", "not_tested -", "blocked"]]
    assert (grid_of(cast.school, on=TODAY).done, grid_of(cast.school, on=TODAY).missing) == (0, 1)


def test_test_that_could_not_be_made_gives_way_to_an_answer_of_the_term(cast):
    walk.check(cast, checked_date=date(2026, 9, 10))
    walk.check(cast, results=walk.results(adult="not_tested"))

    assert grid(cast) == [["blocked"] * 3]
    assert grid_of(cast.school, on=TODAY).done == 1


def test_place_of_a_profile_nobody_uses_is_marked(cast):
    profile = walk.point(cast).profile
    profile.ended_at, profile.ended_by = NOW, cast.tina
    profile.save(update_fields=["ended_at", "ended_by"])

    assert [line.idle for line in grid_of(cast.school, on=TODAY).lines] == [True]
