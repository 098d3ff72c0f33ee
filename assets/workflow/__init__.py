"""The tables of steps of equipment, disposal, people's own devices and items taken.

What differs from workflows c.12 and c.15, and why: ADR 0009.
"""

from assets.workflow.audits import AUDIT, AUDIT_STATES
from assets.workflow.devices import ITEM, ITEM_STATES, RECORDING, RECORDING_STATES
from assets.workflow.disposal import BATCH, BATCH_ENDED, BATCH_OPEN, BATCH_STATES
from assets.workflow.equipment import ASSET, ASSET_GONE, ASSET_STATES
from assets.workflow.phones import PHONE_USE, PHONE_USE_STATES

__all__ = [
    "ASSET",
    "ASSET_GONE",
    "ASSET_STATES",
    "AUDIT",
    "AUDIT_STATES",
    "BATCH",
    "BATCH_ENDED",
    "BATCH_OPEN",
    "BATCH_STATES",
    "ITEM",
    "ITEM_STATES",
    "PHONE_USE",
    "PHONE_USE_STATES",
    "RECORDING",
    "RECORDING_STATES",
]
