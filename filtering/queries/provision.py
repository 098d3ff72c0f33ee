"""Read what is in use: products, profiles and rules, now or as at any moment (FIL-02, R-FM-1)."""

import hashlib
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from filtering.models import Profile, Rule, Service
from filtering.models.register import InForce
from filtering.vocabulary import TargetKind
from people.calendar import LONDON
from people.models import School

Row = TypeVar("Row", bound=InForce)


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day: “as at” a date means what was in force then."""
    return datetime.combine(day, time.max, LONDON)


def in_force(rows: QuerySet[Row, Row], at: datetime) -> QuerySet[Row, Row]:
    """Narrow rows of the register to those that were in force at a moment."""
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=at), from_at__lte=at)


def services_in_force(school: School, at: datetime) -> QuerySet[Service, Service]:
    """Return the products in use at a moment (FIL-01, FIL-31, FIL-34)."""
    return in_force(Service.objects.filter(school=school), at).select_related("owner")


def profiles_in_force(school: School, at: datetime) -> QuerySet[Profile, Profile]:
    """Return the profiles in force at a moment, by name (FIL-23)."""
    return in_force(Profile.objects.filter(school=school), at).select_related("service", "owner")


def rules_in_force(school: School, at: datetime) -> QuerySet[Rule, Rule]:
    """Return what was blocked or allowed at a moment, of every profile, with its change."""
    rows = in_force(Rule.objects.filter(school=school), at)
    return rows.select_related("profile", "change")


def latest_of(rows: QuerySet[Row, Row]) -> dict[int, Row]:
    """Return the newest row that stands for each row ever written, by number. One query.

    A row is replaced when it changes; what points to an old row means the newest of its line.
    """
    by_number: dict[int, Any] = {row.pk: row for row in rows}
    followed_by = {row.replaces_id: row for row in by_number.values() if row.replaces_id}

    def newest(row: Any) -> Row:
        while row.pk in followed_by:
            row = followed_by[row.pk]
        return row

    return {number: newest(row) for number, row in by_number.items()}


def latest_profiles(school: School) -> dict[int, Profile]:
    """Return the newest row of each profile by the number of any of its rows."""
    return latest_of(Profile.objects.filter(school=school))


def latest_services(school: School) -> dict[int, Service]:
    """Return the newest row of each product by the number of any of its rows."""
    return latest_of(Service.objects.filter(school=school))


def baseline_of(profile: Profile) -> dict[str, Rule]:
    """Return the rules of a profile's baseline in force now, by category (FIL-02)."""
    rows = Rule.objects.filter(
        profile=profile, kind=TargetKind.CATEGORY, change=None, ended_at=None
    )
    return {rule.target: rule for rule in rows}


def baseline_mark(profile: Profile) -> str:
    """Return a mark of a baseline as it stands, so that nobody confirms what they have not seen."""
    numbers = sorted(rule.pk for rule in baseline_of(profile).values())
    return hashlib.sha256(repr((profile.pk, numbers)).encode()).hexdigest()[:32]


def changed_categories(profile: Profile) -> dict[str, Rule]:
    """Return the categories of a profile that an approved change has set, by code."""
    rows = Rule.objects.filter(
        profile=profile, kind=TargetKind.CATEGORY, change__isnull=False, ended_at=None
    )
    return {rule.target: rule for rule in rows.select_related("change")}


def service_or_404(school: School, pk: int) -> Service:
    """Return one row of a product of a school, in force or not."""
    return _or_404(Service.objects.filter(school=school).select_related("owner"), pk)


def profile_or_404(school: School, pk: int) -> Profile:
    """Return one row of a profile of a school, in force or not."""
    rows = Profile.objects.filter(school=school)
    return _or_404(rows.select_related("service", "owner", "confirmed_by", "entered_by"), pk)


def _or_404(rows: QuerySet[Any, Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("nothing in the register under this number")
    return found
