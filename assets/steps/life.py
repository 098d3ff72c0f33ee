"""How every change of a device begins: locked, and the page still up to date."""

from assets.conditions.common import check_version
from assets.models import Asset


def locked_asset(asset: Asset, *, version: int | None = None) -> Asset:
    """Lock a device and return it as it stands now; refuses a page that is out of date."""
    rows = Asset.objects.select_for_update(of=("self",)).select_related("school", "room", "holder")
    locked = rows.get(pk=asset.pk)
    check_version(locked.version, version)
    return locked
