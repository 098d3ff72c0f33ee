"""Walk declarations, checks, restricted rooms, cameras, audits and paper by the real actions.

Tina checks devices, Hana restricts rooms and asks for audits, Iris keeps cameras and paper, Dee is
the data-protection officer.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from assets.actions import audits, cameras, declarations, device_checks, paper, room_access
from assets.models import (
    Asset,
    AuditAction,
    Camera,
    DeviceCheck,
    EquipmentAudit,
    Loan,
    PaperDestruction,
    Room,
    RoomAccess,
    Upkeep,
    UseDeclaration,
)
from people.models import Person
from tests.assets import things, walk_disposal
from tests.assets import walk_lifecycle as walk
from tests.assets.walk_disposal import letter
from tests.assets.walk_taken import office
from tests.cast import NOW, Cast, make_person

DAY = timedelta(days=1)
TODAY = NOW.date()
IN_YEAR = NOW.replace(month=3, day=2)  # a day of the tax year that is asked about


def officer(cast: Cast) -> Person:
    """Return Dee, the data-protection officer, made when first asked for."""
    if not hasattr(cast.people, "dee"):
        cast.people.dee = make_person(cast.school, "Dee", "Dutton", "external", "dpo")
    return cast.people.dee


def borrowed(cast: Cast, tag: str, who: str = "tom", **more: Any) -> Loan:
    """Return a loan of the tax year the school asks about; its protection is confirmed."""
    loan = walk.lent(cast, tag, who, **more)
    Loan.objects.filter(pk=loan.pk).update(lent_at=IN_YEAR, protected_at=NOW)
    return walk.again(loan)


def declared(cast: Cast, who: str = "tom", *, yes: bool = True, **more: Any) -> UseDeclaration:
    """Let somebody who borrowed something declare."""
    use = declarations.OwnUse(False)
    if yes:
        days = (IN_YEAR.date(), IN_YEAR.date() + 20 * DAY)
        use = declarations.OwnUse(True, *days, "A private course.")
    told = {"submission": uuid4(), "at": NOW, **more}
    return declarations.declare_use(use=use, by=getattr(cast, who), **told)


def scanned(cast: Cast, asset: Asset, *, passed: bool = True, **more: Any) -> Upkeep:
    """Record a scan of a device, or another check of it."""
    told = {"kind": "scan", "result": "Nothing.", "done_date": TODAY, "passed": passed, **more}
    found = device_checks.Found(**told)
    return device_checks.check_asset(
        asset=asset, submission=uuid4(), found=found, by=cast.tina, at=NOW
    )


def checked(cast: Cast, asset: Asset, *, at: Any = NOW, **more: Any) -> DeviceCheck:
    """Write down how a device is protected: all in order unless said otherwise."""
    told: dict[str, Any] = dict.fromkeys(("encrypted", "locked", "protected", "impersonal"), True)
    points = device_checks.Points(**told | more)
    return device_checks.check_device(
        asset=asset, submission=uuid4(), points=points, by=cast.tina, at=at
    )


def restricted(cast: Cast, name: str = "Server room") -> Room:
    """Return a room that Hana has restricted, with a server in it."""
    asset = things.in_service(cast, f"S-{name}", "server", room_name=name)
    return room_access.restrict_room(
        room=asset.room, restricted=True, secured_by="Locked", by=cast.hana, at=NOW
    )


def let_in(cast: Cast, room: Room, **more: Any) -> RoomAccess:
    """Let Tina enter a restricted room."""
    told = {"why": "Servers", "dbs_seen_date": TODAY - 30 * DAY, "person": cast.tina, **more}
    return room_access.give_room_access(
        room=room, submission=uuid4(), entrant=room_access.Entrant(**told), by=cast.hana, at=NOW
    )


def camera(cast: Cast, place: str = "Gate", **more: Any) -> Camera:
    """Return a camera that Iris has entered."""
    told = {
        "purpose": "Safety",
        "retention_days": 30,
        "viewers": "Headteacher",
        "notice_date": TODAY,
        **more,
    }
    details = cameras.CameraDetails(place=place, **told)
    by = office(cast)
    return cameras.enter_camera(
        school=cast.school, submission=uuid4(), details=details, by=by, at=NOW
    )


def audit(cast: Cast, agency: str = "Council IT", **more: Any) -> EquipmentAudit:
    """Return an audit that Hana has asked for."""
    told = {"reason": "Every third year", "scope": "The register", "due_date": TODAY + 30 * DAY}
    details = audits.AuditDetails(agency=agency, **told | more)
    return audits.commission_audit(
        school=cast.school, submission=uuid4(), details=details, by=cast.hana, at=NOW
    )


def reported(cast: Cast, **more: Any) -> EquipmentAudit:
    """Return an audit whose report is on file."""
    made = audit(cast, **more)
    return audits.report_audit(
        audit=made,
        version=made.version,
        result="Sound.",
        result_date=TODAY,
        upload=letter("report"),
        by=cast.hana,
        at=NOW,
    )


def asked(cast: Cast, made: EquipmentAudit, who: str = "tina") -> AuditAction:
    """Write down that an audit asks something of somebody."""
    made.refresh_from_db()
    return audits.add_audit_action(
        audit=made,
        version=made.version,
        words="Label the sticks.",
        owner=getattr(cast, who),
        due_date=TODAY + 5 * DAY,
        by=cast.hana,
        at=NOW,
    )


def destroyed(cast: Cast, what: str = "Old files", **more: Any) -> PaperDestruction:
    """Return paper that the company of the register collected, or was shredded."""
    told: dict[str, Any] = {
        "method": "company",
        "destroyed_date": TODAY,
        "amount": 3,
        "unit": "sacks",
        **more,
    }
    if told["method"] == "company" and "company" not in told:
        told["company"] = walk_disposal.in_register(cast)
    details = paper.PaperDetails(what=what, **told)
    return paper.record_destruction(
        school=cast.school, submission=uuid4(), details=details, by=office(cast), at=NOW
    )


def certified(cast: Cast, made: PaperDestruction) -> PaperDestruction:
    """Put the certificate of a collection on file."""
    return paper.file_destruction(
        paper=made, number="P-1", upload=letter("certificate"), by=office(cast), at=NOW
    )
