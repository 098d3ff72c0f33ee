"""Read reports about filtering: who may see which, and what came of each (FIL-11, FIL-24)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from filtering.models import ChangeRequest, FailureReport, FilterCheck, LogEntry
from filtering.workflow import FAILURE_STATES
from people.models import Person

OPEN = tuple(code for code in FAILURE_STATES if code != "closed")


def failures_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[FailureReport, FailureReport]:
    """Return the reports a person may see: all for those who see reports, else their own."""
    rows = FailureReport.objects.filter(school=person.school_id)
    return rows if "view_failures" in powers else rows.filter(reported_by=person)


def failure_or_404(person: Person, powers: Collection[str], reference: str) -> FailureReport:
    """Return one report with its people if the person may see it."""
    rows = failures_visible_to(person, powers).select_related(
        "school", "reported_by", "acknowledged_by", "fixed_by", "verified_by", "joined"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404("no such report")
    return found


def failure_rows(person: Person, powers: Collection[str]) -> QuerySet[FailureReport, FailureReport]:
    """Return the reports a person may see, ready for a list.

    Each knows ``standing``: its state, or that of the report it joined.
    """
    rows = failures_visible_to(person, powers).select_related("reported_by", "joined")
    return rows.annotate(standing=Coalesce("joined__state", "state"))


def reports_joined(failure: FailureReport) -> list[FailureReport]:
    """Return the reports that joined one, in the order they came."""
    return list(failure.joined_by.order_by("pk"))


def changes_from(failure: FailureReport) -> list[ChangeRequest]:
    """Return the filter changes that were asked for because of a report, newest first."""
    return list(failure.changes.order_by("-asked_at", "-pk"))


def checks_behind(failure: FailureReport) -> list[FilterCheck]:
    """Return the filter checks that found what a report is about."""
    return list(FilterCheck.objects.filter(results__failure=failure).distinct().order_by("pk"))


def story_of_failure(
    failure: FailureReport, reader: Person, powers: Collection[str]
) -> list[dict[str, Any]]:
    """Return the lines of the change log about a report, as the timeline draws them.

    Children and families are named only to those who see alerts.
    """
    entries = LogEntry.objects.filter(failure=failure).select_related("by").order_by("at", "pk")
    return [_told(entry, f"Report {failure}", reader, powers) for entry in entries]


def _told(entry: LogEntry, this: str, reader: Person, powers: Collection[str]) -> dict[str, Any]:
    title = entry.words.removeprefix(f"{this}: ")
    return {
        "title": f"{title[:1].upper()}{title[1:]}",
        "by": shown_reporter(entry.by, reader, powers) if entry.by else "",
        "at": entry.at,
        "words": entry.text,
        "note": "" if entry.cause == this else entry.cause,
    }


def shown_reporter(reporter: Person, reader: Person, powers: Collection[str]) -> str:
    """Return who reported something as a reader may know it (role-matrix b.3, rule 5).

    Those who mend need not know which child or family it was: without sight of alerts they read
    “A pupil”. Reporters read their own name.
    """
    family = {Person.Kind.PUPIL: "A pupil", Person.Kind.CARER: "A parent or carer"}
    if "view_alerts" in powers or reporter.pk == reader.pk:
        return str(reporter)
    return family.get(Person.Kind(reporter.kind), str(reporter))
