"""Keep a device as evidence of an incident, hand it to the police, let it go (AST-22, INC-24)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.evidence import hand_quarantined_to_police, quarantine_asset, release_asset
from assets.models import Asset, Quarantine
from common.errors import Refusal
from incidents.conditions import check_may_release, check_not_involved
from incidents.models import Incident
from incidents.steps import add_event
from incidents.vocabulary import EventKind
from people.models import Person

AFTERWARDS = {"in_service": "in service again", "redundant": "no longer wanted"}


@transaction.atomic
def keep_device(
    *,
    incident: Incident,
    asset: Asset,
    reason: str,
    place: str,
    seal: str = "",
    by: Person,
    at: datetime,
) -> Incident:
    """Take a device out of use as evidence; the incident's story and the device's life say so.

    Refuses whoever is involved, an incident that has ended, and what ``quarantine_asset`` refuses.
    """
    incident = _locked(incident, by)
    if not incident.is_open:
        raise Refusal("This incident has ended. Open it again to keep a device as evidence.")
    quarantine_asset(
        asset=asset,
        incident_reference=incident.reference,
        reason=reason,
        place=place,
        seal=seal,
        by=by,
        at=at,
    )
    sealed = f" Seal {seal}." if seal else ""
    _say(incident, f"{asset.name} ({asset.tag}) is kept as evidence: {place}.{sealed}", by, at)
    return incident


@transaction.atomic
def hand_device_to_police(
    *, incident: Incident, quarantine: Quarantine, reference: str, by: Person, at: datetime
) -> Incident:
    """Record that the police took a device that is kept; it stays kept for this incident.

    Refuses whoever is involved or neither handles the incident nor leads the school, and what
    ``hand_quarantined_to_police`` refuses.
    """
    incident = _locked(incident, by)
    check_may_release(incident, by, on=localdate(at))
    asset = _kept(incident, quarantine)
    hand_quarantined_to_police(asset=asset, reference=reference, by=by, at=at)
    _say(incident, f"The police took {asset.name} ({asset.tag}): {reference}.", by, at)
    return incident


@transaction.atomic
def release_device(
    *,
    incident: Incident,
    quarantine: Quarantine,
    after: str,
    why: str,
    by: Person,
    at: datetime,
) -> Incident:
    """Let a device go that was kept for an incident, into use or to be disposed of.

    Only whoever handles the incident, or the headteacher; the chair where it is about the
    headteacher (AST-22: release only by the case owner). Refuses a device kept for another one.
    """
    incident = _locked(incident, by)
    check_may_release(incident, by, on=localdate(at))
    asset = _kept(incident, quarantine)
    release_asset(asset=asset, why=why, after=after, by=by, at=at)
    words = f"{asset.name} ({asset.tag}) is evidence no longer and {AFTERWARDS[after]}: {why}"
    _say(incident, words, by, at)
    return incident


def _locked(incident: Incident, by: Person) -> Incident:
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    check_not_involved(locked, by)
    return locked


def _kept(incident: Incident, quarantine: Quarantine) -> Asset:
    if quarantine.incident_reference != incident.reference or quarantine.released_at:
        raise Refusal("This device is not kept for this incident any more.")
    return quarantine.asset


def _say(incident: Incident, text: str, by: Person, at: datetime) -> None:
    add_event(incident, kind=EventKind.EVIDENCE, text=text, by=by, at=at)
