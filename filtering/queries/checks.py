"""Where filtering is checked, what was found there, and what has not been checked (R-FM-3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.http import Http404

from filtering.models import CheckPoint, CheckResult, FilterCheck
from filtering.queries.periods import Period, term_at
from filtering.vocabulary import CheckTest, Outcome
from people.models import Person, School
from roles.queries import holders_by_role


def points_of(school: School) -> QuerySet[CheckPoint, CheckPoint]:
    """Return the places in use where filtering is checked."""
    rows = CheckPoint.objects.filter(school=school, ended_at=None)
    return rows.select_related("profile__replaced_by")


def point_or_404(school: School, number: int) -> CheckPoint:
    """Return one place in use, or raise the page for nothing."""
    point = points_of(school).filter(pk=number).first()
    if point is None:
        raise Http404("no such place")
    return point


def checks_of(school: School) -> QuerySet[FilterCheck, FilterCheck]:
    """Return the checks that were made, the newest first, with their results in ``found``."""
    results = CheckResult.objects.select_related("failure")
    return (
        FilterCheck.objects.filter(school=school)
        .select_related("point__profile", "safeguarding_by", "it_by", "recorded_by")
        .prefetch_related(Prefetch("results", results, to_attr="found"))
    )


def check_or_404(school: School, number: int) -> FilterCheck:
    """Return one check, or raise the page for nothing."""
    check = checks_of(school).filter(pk=number).first()
    if check is None:
        raise Http404("no such check")
    return check


def went_wrong(result: CheckResult) -> bool:
    """Return whether something was reached that should have been blocked."""
    return result.expected == Outcome.BLOCKED and result.actual == Outcome.REACHED


@dataclass(frozen=True)
class Cell:
    """The last result of one test at one place; nothing when it was never tried."""

    test: CheckTest
    result: CheckResult | None
    this_term: bool

    @property
    def tried(self) -> bool:
        """Return whether the test gave an answer this term."""
        return (
            self.this_term and self.result is not None and self.result.actual != Outcome.NOT_TESTED
        )

    @property
    def failed(self) -> bool:
        """Return whether something was reached that should have been blocked."""
        return self.result is not None and went_wrong(self.result)


@dataclass(frozen=True)
class Line:
    """One place with the last result of each test."""

    point: CheckPoint
    cells: list[Cell]

    @property
    def idle(self) -> bool:
        """Return whether nobody is filtered by its profile any more, or by one that replaced it."""
        profile = self.point.profile
        return profile.ended_at is not None and not hasattr(profile, "replaced_by")

    @property
    def checked(self) -> bool:
        """Return whether every test gave an answer this term."""
        return all(cell.tried for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """Every place, and how many of them are checked this term."""

    term: Period
    lines: list[Line]

    @property
    def done(self) -> int:
        """Return how many places are checked this term."""
        return sum(line.checked for line in self.lines)

    @property
    def missing(self) -> int:
        """Return how many places are not checked this term."""
        return len(self.lines) - self.done


def grid_of(
    school: School, *, on: date, points: QuerySet[CheckPoint, CheckPoint] | None = None
) -> Grid:
    """Return what was last found at each place, and what is not checked this term (R-FM-3).

    A test that could not be made gives way to an earlier answer of the same term, but never counts
    as one. Two queries besides the term.
    """
    term = term_at(school, on)
    rows = list(points_of(school) if points is None else points)
    last = _last_results(rows, term)
    return Grid(
        term,
        [
            Line(point, [_cell(last.get((point.pk, test)), test, term) for test in CheckTest])
            for point in rows
        ],
    )


def _cell(result: CheckResult | None, test: CheckTest, term: Period) -> Cell:
    now = result is not None and result.check_made.checked_date >= term.start
    return Cell(test, result, now)


def _last_results(points: list[CheckPoint], term: Period) -> dict[tuple[int, str], CheckResult]:
    rank = Case(
        When(
            check_made__checked_date__gte=term.start,
            actual__in=[Outcome.BLOCKED, Outcome.REACHED],
            then=Value(0),
        ),
        When(check_made__checked_date__gte=term.start, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = (
        CheckResult.objects.filter(check_made__point__in=points)
        .select_related("check_made")
        .order_by("check_made__point_id", "test", rank, "-check_made__checked_date", "-pk")
        .distinct("check_made__point_id", "test")
    )
    return {(row.check_made.point_id, row.test): row for row in rows}


def checkers_of(
    school: School, roles: Mapping[str, Collection[str]], *, on: date
) -> dict[str, list[Person]]:
    """Return who may check the filter for each side on a day, each once, by name."""
    codes = {code for side in roles.values() for code in side}
    holders = holders_by_role(school, sorted(codes), on=on)
    return {
        side: sorted(
            {person for code in held for person in holders[code]},
            key=lambda person: (person.family_name, person.given_name, person.pk),
        )
        for side, held in roles.items()
    }
