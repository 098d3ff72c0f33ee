"""Read the programs of a school: licences, how many are used, and where they are (AST-02)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When
from django.db.models.functions import Upper
from django.http import Http404

from assets.models import Asset, Installation, Software
from assets.vocabulary import LicenceKind
from people.models import School

IN_PLACE = Q(installations__removed_date=None)
# Of the programs of ``software_of``, which know how many are used.
OVER_USED = Q(licence_kind__in=[LicenceKind.SEATS, LicenceKind.USERS], used__gt=F("seats"))
UNAPPROVED = Q(approved=False, devices__gt=0)


def software_of(school: School) -> QuerySet[Software, Software]:
    """Return the programs of a school, each knowing how many of its licence are ``used``.

    A licence for computers counts devices; one for people counts who holds the devices, and every
    device that nobody holds as one person.
    """
    devices = Count("installations", filter=IN_PLACE)
    people = Count("installations__asset__holder", filter=IN_PLACE, distinct=True) + Count(
        "installations", filter=IN_PLACE & Q(installations__asset__holder=None)
    )
    return Software.objects.filter(school=school).annotate(
        devices=devices,
        used=Case(
            When(licence_kind=LicenceKind.USERS, then=people),
            default=devices,
            output_field=IntegerField(),
        ),
    )


def software_in_use(school: School) -> QuerySet[Software, Software]:
    """Return the programs that are in use."""
    return software_of(school).filter(ended_at=None)


def over_used(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the programs of which more is used than was bought (AST-02)."""
    return rows.filter(OVER_USED)


def unapproved(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the programs that nobody allowed and that are on a device (AST-29)."""
    return rows.filter(UNAPPROVED)


def expiring(school: School, on: date, days: int) -> QuerySet[Software, Software]:
    """Return the licences in use that end within some days, or have ended."""
    rows = Software.objects.filter(school=school, ended_at=None)
    return rows.filter(expires_date__lte=on + timedelta(days=days)).order_by("expires_date", "pk")


def software_or_404(school: School, pk: int) -> Software:
    """Return one program of a school with how many are used."""
    found = software_of(school).select_related("school", "added_by").filter(pk=pk).first()
    if found is None:
        raise Http404("no such program")
    return found


def installations_of(software: Software) -> QuerySet[Installation, Installation]:
    """Return where a program is, by tag."""
    rows = software.installations.filter(removed_date=None)
    return rows.select_related("asset__room", "asset__holder").order_by("asset__tag", "pk")


def installation_or_404(school: School, pk: int) -> Installation:
    """Return one installation of a school."""
    rows = Installation.objects.filter(school=school).select_related("software", "asset")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("no such installation")
    return found


def devices_by_tag(school: School, tags: Iterable[str]) -> dict[str, Asset]:
    """Return the devices of some tags by tag in capitals. One query."""
    rows = Asset.objects.filter(school=school).annotate(capital=Upper("tag"))
    found = rows.filter(capital__in=[tag.strip().upper() for tag in tags])
    return {asset.tag.upper(): asset for asset in found}
