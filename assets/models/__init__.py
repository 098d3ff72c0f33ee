"""Equipment and software of the school, what became of them, and people's own devices."""

from assets.models.audits import AuditAction, EquipmentAudit, PaperDestruction
from assets.models.care import DeviceCheck, UseDeclaration
from assets.models.disposal import (
    BatchItem,
    CompanyPaper,
    DisposalBatch,
    DisposalCompany,
    DisposalPaper,
    Sanitisation,
)
from assets.models.inventory import Asset, AssetEvent, AssetImport, Medium, Room
from assets.models.lifecycle import Loan, Loss, Quarantine, Upkeep
from assets.models.own_devices import (
    Exemption,
    PersonalDevice,
    RecordingNote,
    RecordingPermission,
    RecordingUse,
)
from assets.models.phones import HandIn, Misuse, PhoneUse, PrivateCall
from assets.models.premises import Camera, RoomAccess
from assets.models.software import Installation, Software
from assets.models.stock import StockMark, StockTake
from assets.models.taken import Confiscation, ItemEvent, SearchRecord

__all__ = [
    "Asset",
    "AssetEvent",
    "AssetImport",
    "AuditAction",
    "BatchItem",
    "Camera",
    "CompanyPaper",
    "Confiscation",
    "DeviceCheck",
    "DisposalBatch",
    "DisposalCompany",
    "DisposalPaper",
    "EquipmentAudit",
    "Exemption",
    "HandIn",
    "Installation",
    "ItemEvent",
    "Loan",
    "Loss",
    "Medium",
    "Misuse",
    "PaperDestruction",
    "PersonalDevice",
    "PhoneUse",
    "PrivateCall",
    "Quarantine",
    "RecordingNote",
    "RecordingPermission",
    "RecordingUse",
    "Room",
    "RoomAccess",
    "Sanitisation",
    "SearchRecord",
    "Software",
    "StockMark",
    "StockTake",
    "Upkeep",
    "UseDeclaration",
]
