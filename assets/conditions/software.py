"""May this be done to this program now? Conditions that no role overrides."""

from collections.abc import Mapping, Sequence

from assets.models import Asset, Software
from assets.vocabulary import LicenceKind
from assets.workflow import ASSET_GONE
from common.errors import Refusal
from people.models import School

COUNTED = (LicenceKind.SEATS, LicenceKind.USERS)


def check_counted(licence_kind: str, seats: int | None) -> None:
    """Refuse a licence for a number of computers or people that does not say the number."""
    if licence_kind in COUNTED and seats is None:
        raise Refusal("Say for how many the licence is.")


def check_title_free(
    school: School, title: str, release: str, software: Software | None = None
) -> None:
    """Refuse a title and release that are listed already, in large or small letters."""
    same = Software.objects.filter(
        school=school, title__iexact=title, release__iexact=release, ended_at=None
    )
    if same.exclude(pk__in=[software.pk] if software else []).exists():
        raise Refusal("This program is listed already. Change its entry, or give the release.")


def check_in_use(software: Software) -> None:
    """Refuse work on a program that is no longer used."""
    if software.ended_at:
        raise Refusal("This program is no longer used. Enter it again if it is used again.")


def check_devices(wanted: Sequence[str], found: Mapping[str, Asset]) -> None:
    """Refuse no tags, tags that nobody knows, and devices that are disposed of."""
    if not wanted:
        raise Refusal("Type at least one tag.")
    unknown = [tag for tag in wanted if tag.upper() not in found]
    if unknown:
        raise Refusal(f"No device has the tag {', '.join(f'“{tag}”' for tag in unknown[:5])}.")
    gone = [asset.tag for asset in found.values() if asset.state in ASSET_GONE]
    if gone:
        raise Refusal(f"{', '.join(gone[:5])}: disposed of.")
