"""Enter equipment, change what is known of it, and note the disks that are in it (AST-01)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from assets.actions.life import take_step, write_life
from assets.conditions.common import check_power
from assets.conditions.device_checks import check_scanned
from assets.conditions.inventory import (
    check_data,
    check_here,
    check_holder,
    check_medium_free,
    check_set_up,
    check_tag_free,
)
from assets.models import Asset, Medium
from assets.showing.asset_words import changed_words
from assets.steps.life import locked_asset
from assets.steps.rooms import room_called
from assets.vocabulary import Encryption
from audit.actions import record
from common.clean_text import tidy
from common.errors import Refusal
from people.models import Person, School


@dataclass(frozen=True)
class AssetDetails:
    """What a school knows of one piece of equipment.

    ``room_name`` is written as on its door: a room of that name is made when there is none.
    """

    tag: str
    kind: str
    make: str
    model: str
    serial: str = ""
    room_name: str = ""
    holder: Person | None = None
    used_for: str = ""
    bought_date: date | None = None
    cost: Decimal | None = None
    supplier: str = ""
    warranty_until: date | None = None
    review_date: date | None = None
    operating_system: str = ""
    support_until: date | None = None
    encryption: str = Encryption.UNKNOWN
    antivirus: str = ""
    keeps_data: bool = False
    hazardous: bool = False
    reserved: bool = False
    note: str = ""

    def values(self, school: School) -> dict[str, object]:
        """Return the fields of the register, the room found or made."""
        values = dict(vars(self))
        values["room"] = room_called(school, values.pop("room_name"))
        values["tag"] = tidy(self.tag)
        return values


@transaction.atomic
def add_asset(
    *, school: School, submission: UUID, details: AssetDetails, by: Person, at: datetime
) -> Asset:
    """Enter a piece of equipment; it is being set up until it is put in service (AST-01).

    The same ``submission`` sent twice gives the one device it made. Refuses a tag that is in use,
    and a holder who is not at the school.
    """
    check_power(by, "edit_assets", at)
    made = Asset.objects.filter(school=school, submission=submission).first()
    if made:
        return made
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = Asset.objects.filter(school=school, submission=submission).first()
    if made:
        return made
    check_tag_free(school, details.tag)
    check_holder(school, details.holder, at)
    check_data(details.keeps_data, details.encryption)
    asset = Asset.objects.create(
        school=school,
        submission=submission,
        added_by=by,
        added_at=at,
        **details.values(school),
    )
    write_life(asset=asset, step="add_asset", by=by, at=at)
    record("add_asset", asset, by=by, at=at, facts={"kind": asset.kind})
    return asset


@transaction.atomic
def edit_asset(
    *, asset: Asset, details: AssetDetails, version: int, by: Person, at: datetime
) -> Asset:
    """Change what is known of a device; what was changed is a line of its life (AST-01).

    Refuses a page that is out of date, a tag in use, a device that is disposed of, another holder
    while it is lent, no change at all, and saying that a device keeps no data once it kept
    protected data (AST-09).
    """
    check_power(by, "edit_assets", at)
    asset = locked_asset(asset, version=version)
    check_here(asset)
    check_tag_free(asset.school, details.tag, asset)
    check_holder(asset.school, details.holder, at, asset)
    check_data(details.keeps_data, details.encryption, asset)
    values = details.values(asset.school)
    before = {name: getattr(asset, name) for name in values}
    changed = [name for name, value in values.items() if value != before[name]]
    if not changed:
        raise Refusal("Nothing was changed.")
    for name in changed:
        setattr(asset, name, values[name])
    asset.version += 1
    asset.save(update_fields=[*changed, "version"])
    words = changed_words(before, values, changed)
    write_life(asset=asset, step="edit_asset", before=asset.state, text=words, by=by, at=at)
    record("edit_asset", asset, by=by, at=at, facts={"fields": changed})
    return asset


@dataclass(frozen=True)
class MediumDetails:
    """What is known of a disk, card or chip."""

    kind: str
    serial: str
    make: str = ""
    model: str = ""
    gigabytes: int | None = None


@transaction.atomic
def add_medium(*, asset: Asset, details: MediumDetails, by: Person, at: datetime) -> Medium:
    """Note a disk, card or chip of a device, with its own serial number (R-NIST-2).

    From then on the device counts as keeping data. Refuses a serial number that the device has
    already, and a device that is disposed of.
    """
    check_power(by, "edit_assets", at)
    asset = locked_asset(asset)
    check_here(asset)
    check_medium_free(asset, details.serial)
    medium = Medium.objects.create(
        school=asset.school,
        asset=asset,
        added_at=at,
        **{**vars(details), "serial": tidy(details.serial)},
    )
    if not asset.keeps_data:
        asset.keeps_data = True
    asset.version += 1
    asset.save(update_fields=["keeps_data", "version"])
    write_life(asset=asset, step="add_medium", before=asset.state, text=str(medium), by=by, at=at)
    record("add_medium", asset, by=by, at=at, facts={"medium": medium.pk})
    return medium


@transaction.atomic
def remove_medium(*, medium: Medium, reason: str, by: Person, at: datetime) -> Medium:
    """Note that a disk is no longer in its device, and why; the row stays (R-NIST-2).

    Refuses one that was taken out before, one whose device is in a disposal or disposed of, and
    no reason: what becomes of the disk has to be said.
    """
    check_power(by, "edit_assets", at)
    asset = locked_asset(medium.asset)
    medium = Medium.objects.select_for_update().get(pk=medium.pk)
    check_here(asset)
    if asset.state == "disposing":
        raise Refusal("This device is in a disposal. Its disks are dealt with there.")
    if asset.state == "quarantined":
        raise Refusal("This device is kept as evidence. Nothing is taken out of it.")
    if medium.removed_at:
        raise Refusal("This was taken out before.")
    if not reason.strip():
        raise Refusal("Say why it was taken out, and where it is now.")
    medium.removed_at, medium.removed_why = at, reason.strip()[:200]
    medium.save(update_fields=["removed_at", "removed_why"])
    asset.version += 1
    asset.save(update_fields=["version"])
    words = f"{medium}: {medium.removed_why}"
    write_life(asset=asset, step="remove_medium", before=asset.state, text=words, by=by, at=at)
    record("remove_medium", asset, by=by, at=at, facts={"medium": medium.pk})
    return medium


@transaction.atomic
def put_in_service(
    *, asset: Asset, encryption: str, antivirus: str, version: int, by: Person, at: datetime
) -> Asset:
    """Put a device in service once it is set up (workflows c.12).

    Refuses, for one that keeps data, without a word on encryption and on protection against
    viruses (AST-17), and a portable one that has to be scanned first (AST-18).
    """
    locked = locked_asset(asset, version=version)
    check_scanned(locked)
    check_set_up(locked, encryption, antivirus)
    return take_step(
        asset=locked,
        step="put_in_service",
        text="Set up; encryption and antivirus checked" if locked.keeps_data else "",
        changes={"encryption": encryption, "antivirus": antivirus.strip()},
        version=version,
        by=by,
        at=at,
    )


@transaction.atomic
def make_redundant(*, asset: Asset, reason: str, version: int, by: Person, at: datetime) -> Asset:
    """Say that a device is no longer wanted, and why; the next step is a disposal (AST-03).

    Refuses no reason, and the device that is kept for investigations (AST-28).
    """
    if not reason.strip():
        raise Refusal("Say why it is no longer wanted.")
    if asset.reserved:
        raise Refusal("This device is kept for investigations. Change that first.")
    return take_step(
        asset=asset,
        step="make_redundant",
        text=reason,
        changes={"holder": None},
        version=version,
        by=by,
        at=at,
    )
