"""Check a device on the spot: a scan, a safety check, how it is protected (AST-15 to AST-19)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import locked_asset, take_step, write_life
from assets.conditions.common import check_power, check_version, said
from assets.conditions.device_checks import check_custodian, check_goes_about
from assets.conditions.lifecycle import locked_loan
from assets.disposal_files import FIELDS, file_kept
from assets.models import Asset, DeviceCheck, Loan, Upkeep
from assets.vocabulary import UpkeepKind
from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person


@dataclass(frozen=True)
class Found:
    """What a check on the spot found: whether it passed, and when it is due again."""

    kind: str
    passed: bool
    result: str
    done_date: date
    supplier: str = ""
    next_date: date | None = None


@transaction.atomic
def check_asset(
    *,
    asset: Asset,
    submission: UUID,
    found: Found,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> Upkeep:
    """Record a scan, check or installation that was done where the device is (AST-18, AST-19).

    The device stays in the state it is in. The same ``submission`` sent twice gives the one record.
    Refuses a day to come, a next day that is none, and no word on what was found.
    """
    asset = locked_asset(asset)
    made = Upkeep.objects.filter(submission=submission).first()
    if made:
        return made
    if found.done_date > localdate(at):
        raise Refusal("The day of the check has not come yet.")
    if found.next_date and found.next_date <= localdate(at):
        raise Refusal("The next check lies in the future.")
    what = said(found.result, "Say what was found and done.", 500)
    passed = "passed" if found.passed else "not passed"
    asset = take_step(
        asset=asset,
        step="check_asset",
        text=f"{UpkeepKind(found.kind).label}, {passed}: {what}",
        facts={"kind": found.kind, "passed": found.passed},
        version=version,
        by=by,
        at=at,
    )
    return Upkeep.objects.create(
        school=asset.school,
        asset=asset,
        submission=submission,
        kind=found.kind,
        reason=UpkeepKind(found.kind).label,
        supplier=found.supplier.strip()[:80],
        started_date=found.done_date,
        started_by=by,
        finished_date=found.done_date,
        finished_by=by,
        result=what,
        passed=found.passed,
        next_date=found.next_date,
    )


@transaction.atomic
def file_certificate(*, upkeep: Upkeep, upload: UploadedFile, by: Person, at: datetime) -> Upkeep:
    """Put the certificate of a finished check or repair on file, once (AST-19).

    Refuses what is not over, a second certificate, and any file that ``check_upload`` refuses.
    """
    check_power(by, "edit_assets", at)
    rows = Upkeep.objects.select_for_update(of=("self",)).select_related("asset", "school")
    upkeep = rows.get(pk=upkeep.pk)
    if upkeep.finished_date is None:
        raise StepRefused("The device is not back yet. Say first what came of it.")
    if upkeep.sha256:
        raise StepRefused("A certificate is on file already.")
    upkeep.file_by, upkeep.file_at = by, at
    with file_kept(upkeep, upload):
        upkeep.save(update_fields=FIELDS)
        record("file_certificate", upkeep, by=by, at=at, facts={"sha256": upkeep.sha256})
    return upkeep


@dataclass(frozen=True)
class Points:
    """How a device is protected: the four points, its account, and who knows its PIN."""

    encrypted: bool
    locked: bool
    protected: bool
    impersonal: bool
    wiped_date: date | None = None
    account: str = ""
    custodian: Person | None = None
    note: str = ""


@transaction.atomic
def check_device(
    *, asset: Asset, submission: UUID, points: Points, by: Person, at: datetime
) -> DeviceCheck:
    """Write down how a device that goes about is protected; the latest check stands (AST-17).

    The same ``submission`` sent twice gives the one check. Refuses a device that stays where it is
    and is not kept for investigations, a day of wiping to come, and a phone or tablet without a
    school account and somebody of the staff who knows its PIN. The PIN is never stored (AST-15).
    """
    check_power(by, "edit_assets", at)
    asset = locked_asset(asset)
    made = DeviceCheck.objects.filter(submission=submission).first()
    if made:
        return made
    check_goes_about(asset)
    check_custodian(asset, points.account, points.custodian, at)
    if points.wiped_date and points.wiped_date > localdate(at):
        raise Refusal("The day on which it was wiped has not come yet.")
    values = {**vars(points), "account": points.account.strip(), "note": points.note.strip()}
    check = DeviceCheck.objects.create(
        school=asset.school, asset=asset, submission=submission, by=by, at=at, **values
    )
    asset.version += 1
    asset.save(update_fields=["version"])
    words = "Everything was in order" if check.good else "Something was not in order"
    write_life(asset=asset, step="check_device", before=asset.state, text=words, by=by, at=at)
    record("check_device", asset, by=by, at=at, facts={"check": check.pk, "good": check.good})
    return check


@transaction.atomic
def confirm_protection(*, loan: Loan, version: int, by: Person, at: datetime) -> Loan:
    """Say as the borrower that the virus protection of a device is up to date (AST-12).

    Refuses anybody else, and a device on which no data is kept.
    """
    loan = locked_loan(loan)
    check_version(loan.version, version)
    if by.pk != loan.borrower_id:
        raise StepRefused("Only the person who borrowed it says this.")
    if not loan.asset.keeps_data:
        raise StepRefused("No data is kept on this device, so nothing has to be confirmed.")
    loan.protected_at = at
    loan.version += 1
    loan.save(update_fields=["protected_at", "version"])
    record("confirm_protection", loan.asset, by=by, at=at)
    return loan
