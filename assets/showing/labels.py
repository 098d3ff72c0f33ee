"""What stands on the label of a device."""

from django.conf import settings

from assets.models import Asset
from common.pages import page_url
from people.models import School


def scan_address(school: School, asset: Asset) -> str:
    """Return the address that the code on a device's label holds."""
    return f"{settings.SITE_URL}{page_url(school, 'asset_scan', asset.tag)}"
