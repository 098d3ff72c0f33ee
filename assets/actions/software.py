"""Enter the programs of the school and where they are installed (AST-02, AST-29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version
from assets.conditions.software import (
    check_counted,
    check_devices,
    check_in_use,
    check_title_free,
)
from assets.models import Installation, Software
from assets.queries.software import devices_by_tag
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School


@dataclass(frozen=True)
class SoftwareDetails:
    """What a school knows of a program and its licence."""

    title: str
    licence_kind: str
    release: str = ""
    publisher: str = ""
    supplier: str = ""
    licence_number: str = ""
    seats: int | None = None
    expires_date: date | None = None
    approved: bool = True
    note: str = ""


@transaction.atomic
def add_software(
    *, school: School, submission: UUID, details: SoftwareDetails, by: Person, at: datetime
) -> Software:
    """Enter a program with its licence (AST-02).

    The same ``submission`` sent twice gives the one program it made. Refuses a title and release
    that are listed already, and a counted licence that does not say for how many.
    """
    check_power(by, "edit_assets", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = Software.objects.filter(school=school, submission=submission).first()
    if made:
        return made
    check_counted(details.licence_kind, details.seats)
    check_title_free(school, details.title, details.release)
    software = Software.objects.create(
        school=school, submission=submission, added_by=by, added_at=at, **vars(details)
    )
    facts = {"kind": software.licence_kind, "approved": software.approved}
    record("add_software", software, by=by, at=at, facts=facts)
    return software


@transaction.atomic
def edit_software(
    *, software: Software, details: SoftwareDetails, version: int, by: Person, at: datetime
) -> Software:
    """Change what is known of a program, for example its new expiry (AST-02).

    Refuses a page that is out of date, one that is no longer in use, a title and release that are
    listed already, and no change at all.
    """
    check_power(by, "edit_assets", at)
    software = _locked(software)
    check_version(software.version, version)
    check_in_use(software)
    check_counted(details.licence_kind, details.seats)
    check_title_free(software.school, details.title, details.release, software)
    changed = [name for name, value in vars(details).items() if getattr(software, name) != value]
    if not changed:
        raise Refusal("Nothing was changed.")
    for name in changed:
        setattr(software, name, getattr(details, name))
    software.version += 1
    software.save(update_fields=[*changed, "version"])
    record("edit_software", software, by=by, at=at, facts={"fields": changed})
    return software


@transaction.atomic
def end_software(*, software: Software, by: Person, at: datetime) -> Software:
    """Say that a program is no longer used; its record stays (AST-02).

    Refuses one that is still installed somewhere.
    """
    check_power(by, "edit_assets", at)
    software = _locked(software)
    check_in_use(software)
    count = software.installations.filter(removed_date=None).count()
    if count:
        devices = "1 device" if count == 1 else f"{count} devices"
        raise Refusal(f"It is still on {devices}. Take it off them first.")
    software.ended_at = at
    software.version += 1
    software.save(update_fields=["ended_at", "version"])
    record("end_software", software, by=by, at=at)
    return software


@transaction.atomic
def add_installations(*, software: Software, tags: Iterable[str], by: Person, at: datetime) -> int:
    """Note that a program is on some devices, by their tags; returns on how many it is new.

    Refuses a tag that nobody knows, naming it, and a device that is disposed of. A device that
    has the program already is left alone.
    """
    check_power(by, "edit_assets", at)
    software = _locked(software)
    check_in_use(software)
    wanted = list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    found = devices_by_tag(software.school, wanted)
    check_devices(wanted, found)
    has = set(software.installations.filter(removed_date=None).values_list("asset_id", flat=True))
    new = [asset for asset in found.values() if asset.pk not in has]
    Installation.objects.bulk_create(
        Installation(
            school=software.school,
            software=software,
            asset=asset,
            installed_date=localdate(at),
        )
        for asset in new
    )
    record("add_installations", software, by=by, at=at, facts={"count": len(new)})
    return len(new)


@transaction.atomic
def remove_installation(*, installation: Installation, by: Person, at: datetime) -> None:
    """Note that a program is no longer on a device; refuses one that was noted before."""
    check_power(by, "edit_assets", at)
    rows = Installation.objects.select_for_update(of=("self",)).select_related("software")
    installation = rows.get(pk=installation.pk)
    if installation.removed_date:
        raise Refusal("It was taken off this device before.")
    installation.removed_date = localdate(at)
    installation.save(update_fields=["removed_date"])
    facts = {"asset": installation.asset_id}
    record("remove_installation", installation.software, by=by, at=at, facts=facts)


def _locked(software: Software) -> Software:
    rows = Software.objects.select_for_update(of=("self",)).select_related("school")
    return rows.get(pk=software.pk)
