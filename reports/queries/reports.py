"""Read reports to governors: who may see which, their figures, and who has read them (REP-02)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.http import Http404

from audit.models import Entry
from common.sections import Period
from people.models import Person, School
from people.queries import threshold_of
from reports.audiences import Audience
from reports.figures import SAME_DAYS, Figures, compose
from reports.gathering import gather
from reports.models import GovernorReport, GovernorReview, ReportFile, ReportReading
from reports.periods import compared

WORKS = frozenset({"write_report", "issue_report"})
SEES_EXACT = "view_all_incidents"


def reports_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[GovernorReport, GovernorReport]:
    """Return the reports a person may open: issued ones, and all for those who work on them.

    What the lead tells the headteacher is for those who see every case anyway: others could work
    out what is withheld from them (REP-01, REP-17).
    """
    rows = GovernorReport.objects.filter(school=person.school_id)
    if SEES_EXACT not in powers:
        rows = rows.exclude(audience=Audience.HEAD)
    return rows if WORKS.intersection(powers) else rows.filter(state="issued")


def report_rows(
    person: Person, powers: Collection[str]
) -> QuerySet[GovernorReport, GovernorReport]:
    """Return the reports a person may open, ready for a list, without their figures.

    Each knows ``replaced``: whether a later edition was issued.
    """
    later = _editions().filter(edition__gt=OuterRef("edition"))
    rows = reports_visible_to(person, powers).select_related("issued_by", "started_by")
    return rows.defer("figures").annotate(replaced=Exists(later))


def _editions() -> QuerySet[GovernorReport, GovernorReport]:
    return GovernorReport.objects.filter(
        school=OuterRef("school"),
        audience=OuterRef("audience"),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
        state="issued",
    )


def report_or_404(person: Person, powers: Collection[str], pk: int) -> GovernorReport:
    """Return one report with its people if the person may open it."""
    rows = reports_visible_to(person, powers).select_related(
        "school", "started_by", "submitted_by", "issued_by"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("no such report")
    return found


def editions_of(report: GovernorReport, person: Person, powers: Collection[str]) -> list[Any]:
    """Return all editions of a report that a person may open, first one first."""
    rows = reports_visible_to(person, powers).filter(
        audience=report.audience, period_start=report.period_start, period_end=report.period_end
    )
    return list(rows.defer("figures").order_by("edition"))


def figures_of(report: GovernorReport) -> Figures:
    """Return what a report shows: counted now while it is written, and as frozen once issued."""
    return report.figures if report.state == "issued" else count_figures(report)


def count_figures(report: GovernorReport) -> Figures:
    """Count the figures of a report's period and of the two it is compared with."""
    school = report.school
    beside = compared(school, Period(report.period_start, report.period_end, report.label))
    periods = [p for p in (beside.period, beside.previous, beside.last_year) if p]
    return compose(
        [(period, gather(school, period)) for period in periods],
        threshold_of(school),
        issued_figures(school, since=min(period.start for period in periods)),
    )


def issued_figures(school: School, *, since: date = date.min) -> list[Figures]:
    """Return the figures governors have been given of days from one on, first given first.

    Those of issued reports and of the papers of reviews. A report tells of no days after its own,
    so those that ended before say nothing of them. What the headteacher alone was told is not among
    them. Papers are looked at for the very same days alone: of a term that runs on, governors see
    the figures grow from week to week anyway (ADR 0008).
    """
    reports = GovernorReport.objects.filter(school=school, state="issued", period_end__gte=since)
    told = reports.exclude(audience=Audience.HEAD).order_by()
    reviews = GovernorReview.objects.filter(school=school, due_date__gte=since).exclude(pack={})
    papers = reviews.order_by().values_list("prepared_at", "pack__figures", Value(True))
    found = told.values_list("issued_at", "figures", Value(False)).union(papers, all=True)
    return [
        figures | {SAME_DAYS: same_days} for _, figures, same_days in found.order_by("issued_at")
    ]


def reports_in_hand(school: School) -> list[GovernorReport]:
    """Return the reports that are being written or wait for the headteacher."""
    rows = GovernorReport.objects.filter(school=school).exclude(state="issued")
    return list(rows.defer("figures"))


def reports_unread(
    person: Person, powers: Collection[str], *, since: datetime
) -> list[GovernorReport]:
    """Return the reports issued since a moment that somebody has not opened, replaced ones not.

    Not those they issued, those for an outside body, and to whoever writes them those to others.
    """
    later = _editions().filter(edition__gt=OuterRef("edition"))
    wanted = Audience.HEAD if WORKS.intersection(powers) else Audience.GOVERNORS
    rows = reports_visible_to(person, powers).filter(
        ~Exists(later), audience=wanted, state="issued", issued_at__gte=since
    )
    return list(rows.exclude(readings__person=person).exclude(issued_by=person).defer("figures"))


def readings_of(report: GovernorReport) -> list[ReportReading]:
    """Return who has opened an issued report, and when first."""
    return list(report.readings.select_related("person"))


def has_read(report: GovernorReport, person: Person) -> bool:
    """Return whether somebody has opened an issued report before."""
    return ReportReading.objects.filter(report=report, person=person).exists()


def file_of(report: GovernorReport) -> ReportFile | None:
    """Return the PDF of an issued report, once it is made."""
    return ReportFile.objects.filter(report=report).first()


def trail_holds(report: GovernorReport) -> bool:
    """Return whether the trail still has the entry it ended with when a report was issued."""
    entries = Entry.objects.filter(school_id=report.school_id)
    return entries.filter(sequence=report.trail_sequence or 0, hash=report.trail_hash).exists()
