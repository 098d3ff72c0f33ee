"""May this device be checked, lent or used now, as it is protected? (AST-15 to AST-18)."""

from datetime import datetime

from django.utils.timezone import localdate

from assets.models import Asset
from assets.queries.device_checks import goes_about, scan_is_missing
from assets.vocabulary import WITH_PIN, AssetKind, Encryption
from assets.workflow import ASSET_GONE
from common.errors import Refusal, StepRefused
from people.models import Person


def check_goes_about(asset: Asset) -> None:
    """Refuse a device that stays in its place, unless it is kept for investigations (AST-28)."""
    if asset.state in ASSET_GONE:
        raise StepRefused("This device is disposed of.")
    if not goes_about(asset):
        raise StepRefused("Only what goes about and may hold personal data is checked like this.")


def check_custodian(asset: Asset, account: str, custodian: Person | None, at: datetime) -> None:
    """Refuse a phone or tablet without its account and its custodian, who is here now (AST-15)."""
    if asset.kind in WITH_PIN and not (account.strip() and custodian):
        raise Refusal("A phone or tablet has a school account, and somebody who knows its PIN.")
    if custodian is None:
        return
    left = custodian.left_date is not None and custodian.left_date < localdate(at)
    if custodian.school_id != asset.school_id or custodian.kind != Person.Kind.STAFF or left:
        raise Refusal("Choose somebody of the staff who is at the school now.")


def check_scanned(asset: Asset) -> None:
    """Refuse to let a portable device join the network before its scan (AST-18)."""
    if scan_is_missing(asset):
        raise Refusal(
            "This device has to be scanned for viruses before it joins the network. Record the "
            "scan first, under “Record a check or scan”."
        )


def check_may_leave(asset: Asset, *, protected_data: bool) -> None:
    """Refuse to lend unencrypted what holds protected data, and any such stick (AST-16)."""
    if not asset.school.setting("encrypted_leaving") or asset.encryption == Encryption.YES:
        return
    if protected_data or asset.kind == AssetKind.REMOVABLE:
        raise Refusal(
            "This device is not known to be encrypted, so it does not leave the school with "
            "protected data. Encrypt it, and change its details first."
        )
