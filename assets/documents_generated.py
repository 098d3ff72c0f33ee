"""Documents made from the tables of steps, so that they cannot go stale."""

from assets.workflow import ASSET, AUDIT, BATCH, ITEM, PHONE_USE, RECORDING

DOCUMENTS = {
    "docs/workflows/asset.md": ASSET.diagram,
    "docs/workflows/audit.md": AUDIT.diagram,
    "docs/workflows/disposal.md": BATCH.diagram,
    "docs/workflows/recording_permission.md": RECORDING.diagram,
    "docs/workflows/item_taken.md": ITEM.diagram,
    "docs/workflows/phone_use.md": PHONE_USE.diagram,
}
