"""The tables of a report that say which incidents there were (REP-02)."""

from collections.abc import Iterable

from common.sections import Row, Table
from incidents.queries.figures import moments_of
from incidents.queries.figures_outcomes import categories_of
from incidents.tally import Tally, count_by
from incidents.vocabulary import Place, RiskArea, Severity, SubjectKind
from people.models.pupils import year_words
from policies.models import SanctionCategory
from policies.queries import ladder_on
from policies.vocabulary import Subject

HOURS = ((0, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24))
YEARS = ["N", "R", *(str(year) for year in range(1, 14))]


def _subject(tally: Tally) -> Table:
    counts = count_by(tally.profile, "subject_kind")
    rows = (Row(kind, label, counts[kind]) for kind, label in SubjectKind.choices)
    return Table(
        "subject",
        "Whose conduct incidents were about, restricted cases among them",
        "About",
        (*rows, Row("total", "All incidents", tally.total)),
        adds_up=True,
        chart=True,
    )


def _category(tally: Tally) -> Table:
    classified = count_by((row for row in tally.shown if not row.category), "classified")
    return tally.whole(
        "category",
        "Which category of the policy incidents fell into",
        "Category",
        (
            *_category_rows(tally),
            Row("none", "No category", classified[True]),
            Row("unclassified", "Not classified yet", classified[False]),
        ),
        chart=True,
    )


def _category_rows(tally: Tally) -> Iterable[Row]:
    """Return the categories in force at the end and all others that occur, lightest first."""
    ladder = ladder_on(tally.school, tally.period.end)
    counts = tally.by("category")
    alike: dict[tuple[str, str], list[SanctionCategory]] = {}
    for one in categories_of(tally.school):
        if one.pk in counts or (ladder and one.version_id == ladder.pk):
            alike.setdefault((one.subject, one.code), []).append(one)
    for (subject, code), same in sorted(alike.items()):
        staff = subject == Subject.STAFF
        yield tally.row(
            f"{subject}_{code}",
            f"Staff, category {code}: {same[-1].name}" if staff else str(same[-1]),
            sum(counts[one.pk] for one in same),
            category=code,
            about=subject,
        )


def _area(tally: Tally) -> Table:
    counts = tally.by("areas")
    rows = (
        tally.row(area, label, sum(n for areas, n in counts.items() if area in areas), area=area)
        for area, label in RiskArea.choices
    )
    return Table(
        "area",
        "Which of the four areas of risk incidents touched",
        "Area",
        (*rows, Row("none", "No area given", counts[()])),
        chart=True,
        note="An incident may touch several areas and then counts in each.",
    )


def _severity(tally: Tally) -> Table:
    counts = tally.by("severity")
    rows = (tally.row(code, label, counts[code], severity=code) for code, label in Severity.choices)
    return tally.whole("severity", "How quickly somebody had to act", "Urgency", rows)


def _year(tally: Tally) -> Table:
    counts = tally.pupils.years
    found = sorted(counts, key=lambda year: YEARS.index(year) if year in YEARS else len(YEARS))
    return Table(
        "year",
        "From which year groups the pupils are who are said to have done it",
        "Year group",
        tuple(Row(f"year_{year}", year_words(year) or "Not known", counts[year]) for year in found),
        chart=True,
        note="An incident with pupils of several years counts in each, one without pupils in none.",
    )


def _place(tally: Tally) -> Table:
    counts = tally.by("place")
    rows = (tally.row(code, label, counts[code], place=code) for code, label in Place.choices)
    return tally.whole("place", "Where incidents happened", "Place", rows)


def _time(tally: Tally) -> tuple[Table, Table]:
    """Return at what time of day and on what sort of day incidents happened."""
    moments = moments_of(tally.school, tally.period)
    hours = (
        Row(
            f"from_{start:02}",
            f"{start:02}:00 to {end:02}:00",
            sum(count for _, hour, count in moments if start <= hour < end),
        )
        for start, end in HOURS
    )
    at_school = sum(count for day, _, count in moments if tally.calendar.is_school_day(day))
    days = (
        Row("school_day", "On a school day", at_school),
        Row("other_day", "On another day", tally.broken_down - at_school),
    )
    return (
        tally.whole(
            "hour", "At what time of day incidents happened", "Time of day", hours, chart=True
        ),
        tally.whole("day", "Whether incidents happened on school days", "Day", days),
    )


def tables_of(tally: Tally) -> tuple[Table, ...]:
    """Return the tables in the order in which a reader meets them."""
    return (
        _subject(tally),
        _category(tally),
        _area(tally),
        _severity(tally),
        _year(tally),
        _place(tally),
        *_time(tally),
    )
