"""How often a device was lost, with the page of each loss: read where the device is shown."""

from django.db.models import Model

from assets.models import Asset
from assets.queries.lifecycle import losses_of
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import TrailLink


def followed_from(request: SchoolRequest, record: Model) -> list[TrailLink]:
    """Return the losses of a device, the latest first, for those who see the register."""
    if not isinstance(record, Asset) or not request.may("view_assets"):
        return []
    return [
        TrailLink(
            f"{loss.get_kind_display()}, reported {uk_date(loss.reported_at)}",
            page_url(request.school, "loss_detail", loss.pk),
        )
        for loss in losses_of(record)
    ]
