"""Read filter changes: who may see which, what each is about, and what stands open."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404

from filtering.models import (
    ChangeProfile,
    ChangeRequest,
    ChangeTarget,
    LogEntry,
    Profile,
    SeparationException,
)
from filtering.workflow import CHANGE, CHANGE_OPEN
from people.models import Person, School, SchoolClass


def changes_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return the filter changes a person may see.

    All of them with the power to; else what they asked for or watch over, and what waits for a
    step they may take, such as a test by a second person.
    """
    rows = ChangeRequest.objects.filter(school=person.school_id)
    if "view_changes" in powers:
        return rows
    waiting = {
        state
        for step in CHANGE.steps
        if step.main and step.needs in powers
        for state in step.sources
    }
    return rows.filter(Q(asked_by=person) | Q(supervisor=person) | Q(state__in=waiting))


def change_or_404(person: Person, powers: Collection[str], reference: str) -> ChangeRequest:
    """Return one filter change with its people if the person may see it."""
    people = ("asked_by", "supervisor", "assessed_by", "decided_by", "made_by", "tested_by")
    rows = changes_visible_to(person, powers).select_related(
        *("school", "school_class", "failure", "extends", "put_back_by"), *people
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404("no such filter change")
    return found


def live_targets(change: ChangeRequest) -> list[ChangeTarget]:
    """Return what a change is about now, read once: what an edit took out is left out."""
    return _asked(change, "live_targets")


def live_parts(change: ChangeRequest) -> list[ChangeProfile]:
    """Return the profiles a change is for now, each with what was done for it, read once."""
    return _asked(change, "live_parts")


def forget_asked(change: ChangeRequest) -> None:
    """Let what a change is about and for whom be read again, after it was written anew."""
    for name in ("live_targets", "live_parts"):
        vars(change).pop(name, None)


def _asked(change: ChangeRequest, name: str) -> list[Any]:
    if name not in vars(change):
        prefetch_related_objects([change], *_asked_for())
    found: list[Any] = getattr(change, name)
    return found


def _asked_for() -> tuple[Prefetch, Prefetch]:
    targets = ChangeTarget.objects.filter(dropped_at=None)
    parts = ChangeProfile.objects.filter(dropped_at=None).select_related("profile")
    return (
        Prefetch("targets", queryset=targets, to_attr="live_targets"),
        Prefetch("parts", queryset=parts, to_attr="live_parts"),
    )


def change_rows(person: Person, powers: Collection[str]) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return the filter changes a person may see, ready for a list: three queries for any number.

    Each knows its ``live_targets`` and ``live_parts``.
    """
    return with_asked(changes_visible_to(person, powers)).select_related("asked_by")


def with_asked(
    rows: QuerySet[ChangeRequest, ChangeRequest],
) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return changes that know their ``live_targets`` and ``live_parts``: two more queries."""
    return rows.prefetch_related(*_asked_for())


def open_changes(school: School) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return the changes somebody still has something to do about, oldest first."""
    rows = ChangeRequest.objects.filter(school=school, state__in=CHANGE_OPEN)
    return rows.order_by("asked_at", "pk")


def active_unblocks(school: School) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return what stands open for a time now, first to end first (FIL-08)."""
    rows = ChangeRequest.objects.filter(
        school=school, state__in=CHANGE.step("expire_change").sources, until_date__isnull=False
    )
    return rows.order_by("until_date", "pk")


def made_under_exception(
    school: School, *, since: datetime
) -> QuerySet[ChangeRequest, ChangeRequest]:
    """Return the changes of which one person did two parts since a moment (FIL-06)."""
    rows = ChangeRequest.objects.filter(school=school, under_exception=True)
    return rows.filter(Q(decided_at__gte=since) | Q(made_at__gte=since))


def story_of(change: ChangeRequest) -> list[dict[str, Any]]:
    """Return the lines of the change log about a change, oldest first, as the timeline draws them.

    Lines about requests for more time are among them.
    """
    rows = LogEntry.objects.filter(Q(change=change) | Q(change__extends=change))
    return [
        {
            "title": entry.words,
            "by": entry.by or "The clock",
            "at": entry.at,
            "words": entry.text,
            "note": _values(entry),
            "kind": "warn" if entry.under_exception else "",
        }
        for entry in rows.select_related("by").order_by("at", "pk")
    ]


def _values(entry: LogEntry) -> str:
    if not entry.before and not entry.after:
        return ""
    names = ", ".join(entry.profiles)
    return f"{names}: before “{entry.before}”, after “{entry.after}”"


def profiles_to_choose(school: School) -> QuerySet[Profile, Profile]:
    """Return the profiles a change may be for: in force and confirmed (R-FM-5)."""
    return Profile.objects.filter(school=school, ended_at=None, confirmed_at__isnull=False)


def classes_of(school: School) -> QuerySet[SchoolClass, SchoolClass]:
    """Return the classes of a school by name."""
    return SchoolClass.objects.filter(school=school)


def exceptions_of(school: School) -> QuerySet[SeparationException, SeparationException]:
    """Return every exception of the governors a school ever recorded, newest first (FIL-06)."""
    rows = SeparationException.objects.filter(school=school)
    return rows.select_related("granted_by", "ended_by")


def exception_or_404(school: School, pk: int) -> SeparationException:
    """Return one exception of a school."""
    found = exceptions_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such exception")
    return found
