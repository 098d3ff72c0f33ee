"""Which step of a device's life is the likely one now, and which others there are."""

from typing import Any

from assets.models import Asset
from assets.queries.device_checks import goes_about, scan_is_missing
from assets.workflow import ASSET
from common.pages import page_url
from common.requests import SchoolRequest
from common.workflow import Step

CHECK = "check_asset"
NEED_SCAN = ("put_in_service", "lend_asset")  # refused before a scan that is needed
SCAN = "It has to be scanned for viruses before it joins the network."
PAGES = (
    ("asset_edit", "Change its details"),
    ("device_check_create", "Check how it is protected"),
    ("medium_add", "Add a disk"),
)
LEADS = {
    "registered": "Set it up, then put it in service.",
    "quarantined": "It is evidence. Whoever leads the case releases it.",
    "redundant": "It waits to be put in a disposal.",
    "disposing": "It is in a disposal.",
    "disposed": "It is disposed of. Its record stays.",
}


def next_steps(request: SchoolRequest, asset: Asset) -> dict[str, Any]:
    """Return the panel “Next step”: the one button, the other steps, and why there may be none."""
    steps = [step for step in ASSET.open_to(asset.state, request.powers) if step.page]
    scan = scan_is_missing(asset)
    if scan:
        steps = [step for step in steps if step.name not in NEED_SCAN]
    main = next((step for step in steps if step.main or (scan and step.name == CHECK)), None)
    others = [_link(request, step, asset) for step in steps if step is not main]
    if request.may("edit_assets") and asset.state != "disposed":
        others += [
            {"label": label, "url": page_url(request.school, page, asset.pk)}
            for page, label in PAGES
            if page != "device_check_create" or goes_about(asset)
        ]
        label_url = f"{page_url(request.school, 'label_sheet')}?asset={asset.pk}"
        others.append({"label": "Print its label", "url": label_url})
    lead = SCAN if scan else LEADS.get(asset.state, "")
    if not (main or others or lead):
        lead = "There is nothing for you to do here now."
    return {"lead": lead, "deed": main and _link(request, main, asset), "deeds": others}


def _link(request: SchoolRequest, step: Step, asset: Asset) -> dict[str, str]:
    return {"label": step.label, "url": page_url(request.school, step.page, asset.pk)}
