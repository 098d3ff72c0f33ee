"""Filter checks: where they are made, and what they found (R-FM-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import product
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Conflicted, Refusal, StepRefused
from filtering.actions.failing import report_failure
from filtering.conditions.oversight import CHECKING, SIDES, check_power
from filtering.lists_of_school import names_of
from filtering.models import CheckPoint, CheckResult, FailureReport, FilterCheck, Profile
from filtering.vocabulary import CheckTest, Exposed, Outcome, ReportKind
from people.calendar import LONDON
from people.models import Person, School
from roles.queries import role_codes_of

MOST_POINTS = 60
LOCKED = (CheckTest.CHILD_ABUSE, CheckTest.TERRORISM)  # nobody may expect to reach these (R-FM-4)


@dataclass(frozen=True)
class Tried:
    """What one test gave."""

    actual: str
    expected: str = Outcome.BLOCKED
    note: str = ""

    @property
    def failed(self) -> bool:
        """Return whether something was reached that should have been blocked."""
        return self.expected == Outcome.BLOCKED and self.actual == Outcome.REACHED


@transaction.atomic
def add_check_points(
    *,
    school: School,
    device_kinds: Sequence[str],
    sites: Sequence[str],
    networks: Sequence[str],
    profiles: Sequence[Profile],
    by: Person,
    at: datetime,
) -> list[CheckPoint]:
    """Say where filtering is checked every term: each combination of what was chosen (R-FM-3).

    What is there already stays as it is. Refuses more than 60 at once, names the school does not
    use, profiles that have ended, and a choice that adds nothing.
    """
    check_power(by, "edit_check_points", at=at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    for setting, chosen in (
        ("device_kinds", device_kinds),
        ("sites", sites),
        ("networks", networks),
    ):
        if not chosen or set(chosen) - set(names_of(school, setting)):
            raise Refusal("Choose from the kinds of device, sites and networks of your school.")
    if not profiles or any(one.ended_at or one.school_id != school.pk for one in profiles):
        raise Refusal("Choose from the profiles that are in force.")
    wanted = list(product(device_kinds, sites, networks, profiles))
    if len(wanted) > MOST_POINTS:
        raise Refusal(
            f"That makes {len(wanted)} places. Add at most {MOST_POINTS} at once, and only those "
            "that exist at your school."
        )
    return _add(school, wanted, by, at)


def _add(
    school: School, wanted: list[tuple[str, str, str, Profile]], by: Person, at: datetime
) -> list[CheckPoint]:
    rows = CheckPoint.objects.filter(school=school, ended_at=None)
    have = set(rows.values_list("device_kind", "site", "network", "profile__name"))
    added = CheckPoint.objects.bulk_create(
        CheckPoint(
            school=school,
            device_kind=kind,
            site=site,
            network=network,
            profile=profile,
            added_by=by,
            added_at=at,
        )
        for kind, site, network, profile in wanted
        if (kind, site, network, profile.name) not in have
    )
    if not added:
        raise Refusal("Filtering is checked at each of these places already.")
    facts = {"points": [str(point) for point in added]}
    record("add_check_points", school, by=by, at=at, facts=facts, school_id=school.pk)
    return added


@transaction.atomic
def end_check_point(*, point: CheckPoint, by: Person, at: datetime) -> CheckPoint:
    """Say that filtering is no longer checked at a place; its checks stay. Refuses an ended one."""
    point = CheckPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    check_power(by, "edit_check_points", at=at)
    if point.ended_at:
        raise StepRefused("Filtering is no longer checked there already.")
    point.ended_by, point.ended_at = by, at
    point.save(update_fields=["ended_by", "ended_at"])
    record("end_check_point", point, by=by, at=at)
    return point


@transaction.atomic
def record_check(
    *,
    point: CheckPoint,
    submission: UUID,
    checked_date: date,
    safeguarding_by: Person,
    it_by: Person,
    device: str,
    results: Mapping[CheckTest, Tried],
    note: str = "",
    by: Person,
    at: datetime,
) -> FilterCheck:
    """Record a check made by somebody from safeguarding and somebody from IT together (R-FM-3).

    What was reached and should have been blocked becomes a report about filtering at once; all of
    one check become one report. The same ``submission`` twice makes one check. Refuses one person
    as both, roles that do not fit, a day to come, a test left out, anybody but the two recording
    it, and a place that has ended. Holds no picture and no address.
    """
    school = School.objects.select_for_update(no_key=True).get(pk=point.school_id)
    if made := FilterCheck.objects.filter(submission=submission, recorded_by=by).first():
        return made
    check_power(by, "record_check", at=at)
    _check(point, checked_date, safeguarding_by, it_by, results, by, at)
    failure = _report(school, point, submission, checked_date, device, results, by, at)
    check = FilterCheck.objects.create(
        school=school,
        point=point,
        submission=submission,
        checked_date=checked_date,
        safeguarding_by=safeguarding_by,
        it_by=it_by,
        device=device.strip(),
        note=note.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    CheckResult.objects.bulk_create(
        CheckResult(
            school=school,
            check_made=check,
            test=test,
            expected=tried.expected,
            actual=tried.actual,
            note=tried.note.strip(),
            failure=failure if tried.failed else None,
        )
        for test, tried in results.items()
    )
    facts = {test.value: tried.actual for test, tried in results.items()}
    if failure:
        facts["failure"] = failure.reference
    record("record_check", check, by=by, at=at, facts=facts)
    return check


def _check(
    point: CheckPoint,
    checked_date: date,
    safeguarding_by: Person,
    it_by: Person,
    results: Mapping[CheckTest, Tried],
    by: Person,
    at: datetime,
) -> None:
    if point.ended_at:
        raise StepRefused("Filtering is no longer checked there. Choose another place.")
    if safeguarding_by.pk == it_by.pk:
        raise Conflicted("Two different people check the filter: safeguarding and IT together.")
    for person, side in ((safeguarding_by, "safeguarding"), (it_by, "it")):
        if not CHECKING[side] & role_codes_of(person, on=checked_date):
            raise Refusal(f"{person} held no role on that day in which to check for {SIDES[side]}.")
    if by.pk not in {safeguarding_by.pk, it_by.pk}:
        raise Refusal("One of the two people who made the check records it.")
    if checked_date > localdate(at):
        raise Refusal("The check cannot have been made after today.")
    if set(results) != set(CheckTest):
        raise Refusal("Say what each of the three tests gave.")
    if any(results[test].expected != Outcome.BLOCKED for test in LOCKED):
        raise Refusal("These lists are on for everybody: only “Blocked” can be expected.")


def _report(
    school: School,
    point: CheckPoint,
    submission: UUID,
    checked_date: date,
    device: str,
    results: Mapping[CheckTest, Tried],
    by: Person,
    at: datetime,
) -> FailureReport | None:
    """Report what was reached, in the same transaction; nothing when the filter held."""
    reached = [test.label for test, tried in results.items() if tried.failed]
    if not reached:
        return None
    today = checked_date == localdate(at)
    return report_failure(
        school=school,
        submission=uuid5(submission, "failure"),
        kind=ReportKind.FAILURE,
        address="",
        what=f"Found in a filter check ({point}): reached, not blocked: {', '.join(reached)}.",
        device=device,
        site=point.site if point.site in names_of(school, "sites") else "",
        seen_at=at if today else datetime.combine(checked_date, time(12), LONDON),
        exposed=Exposed.NO,
        by=by,
        at=at,
    )
