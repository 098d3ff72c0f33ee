"""Agreements, who is asked for them, what was signed, and consents."""

from agreements.models.consents import Consent, ConsentPurpose
from agreements.models.obligations import FollowUp, Obligation, Question
from agreements.models.signatures import (
    AccessOverride,
    Countersignature,
    Signature,
    SignatureEnd,
    SignatureFile,
)
from agreements.models.texts import Agreement, AgreementText, AgreementVersion, ShownText
from agreements.models.ways import Attendance, ClassSitting, Kiosk, PaperReturn, SigningLink

__all__ = [
    "AccessOverride",
    "Agreement",
    "AgreementText",
    "AgreementVersion",
    "Attendance",
    "ClassSitting",
    "Consent",
    "ConsentPurpose",
    "Countersignature",
    "FollowUp",
    "Kiosk",
    "Obligation",
    "PaperReturn",
    "Question",
    "ShownText",
    "Signature",
    "SignatureEnd",
    "SignatureFile",
    "SigningLink",
]
