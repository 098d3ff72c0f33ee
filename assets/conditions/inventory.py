"""May this be done to this piece of equipment now? Conditions that no role overrides."""

from datetime import datetime

from django.utils.timezone import localdate

from assets.models import Asset, Medium
from assets.vocabulary import Encryption
from assets.workflow import ASSET_GONE
from common.clean_text import tidy
from common.errors import Refusal
from people.models import Person, School


def check_tag_free(school: School, tag: str, asset: Asset | None = None) -> None:
    """Refuse a tag that another device has, in large or small letters (AST-01)."""
    if not tidy(tag):
        raise Refusal("Give it a tag: the number on its label.")
    others = Asset.objects.filter(school=school, tag__iexact=tidy(tag))
    if others.exclude(pk__in=[asset.pk] if asset else []).exists():
        raise Refusal(f"Another device has the tag “{tidy(tag)}”. Each has its own.")


def check_here(asset: Asset) -> None:
    """Refuse to change what is known of a device that is disposed of (AST-27)."""
    if asset.state in ASSET_GONE:
        raise Refusal("This device is disposed of. What is known of it stays as it is.")


def check_holder(
    school: School, holder: Person | None, at: datetime, asset: Asset | None = None
) -> None:
    """Refuse a holder who is not at the school now, and another one while a device is lent."""
    if asset and asset.state == "on_loan" and holder != asset.holder:
        raise Refusal("This device is lent. Take it back before somebody else holds it.")
    if holder is None or (asset and holder == asset.holder):
        return
    left = holder.left_date and holder.left_date < localdate(at)
    if holder.school_id != school.pk or left:
        raise Refusal("Choose somebody who is at the school now.")


def check_data(keeps_data: bool, encryption: str, asset: Asset | None = None) -> None:
    """Refuse what cannot be so of the data on a device (AST-09, AST-17)."""
    if keeps_data:
        if encryption == Encryption.NOT_NEEDED:
            raise Refusal("A device on which data is kept is encrypted, not encrypted, or unknown.")
        return
    if asset and asset.protected_data:
        raise Refusal("Protected data was kept on this device, so it counts as keeping data.")
    if asset and asset.media.filter(removed_at=None).exists():
        raise Refusal("Disks are in this device, so it counts as keeping data.")


def check_medium_free(asset: Asset, serial: str) -> None:
    """Refuse a serial number that a disk of this device has or had (R-NIST-2)."""
    if not tidy(serial):
        raise Refusal("Give its serial number: wiping and destruction are proved by it.")
    if Medium.objects.filter(asset=asset, serial__iexact=tidy(serial)).exists():
        raise Refusal(f"A disk with the serial number “{tidy(serial)}” is listed here already.")


def check_set_up(asset: Asset, encryption: str, antivirus: str) -> None:
    """Refuse to use a device that keeps data before both are settled (AST-17, AST-18)."""
    if not asset.keeps_data:
        return
    if encryption not in {Encryption.YES, Encryption.NO}:
        raise Refusal("Data is kept on this device: say whether it is encrypted.")
    if not antivirus.strip():
        raise Refusal("Say what protects it against viruses, or why nothing is needed.")
