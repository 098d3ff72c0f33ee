"""Records for the pages of declarations, checks, rooms, cameras, audits and paper, and their rows.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.actions.device_checks import file_certificate
from assets.models import (
    Asset,
    AuditAction,
    Camera,
    EquipmentAudit,
    Loan,
    PaperDestruction,
    RoomAccess,
    Upkeep,
    UseDeclaration,
)
from tests.assets import things, walk_care, walk_disposal, walk_taken
from tests.assets import walk_lifecycle as walk
from tests.cast import NOW, Cast, make_person
from tests.list_page import ListPage


def tablet(cast: Cast) -> Asset:
    """Return a tablet in service that was checked."""
    asset = things.in_service(cast, "SAMPLE-TABLET", "tablet")
    walk_care.checked(cast, asset, account="tablets", custodian=cast.tina)
    return things.again(asset)


def certificate(cast: Cast) -> Upkeep:
    """Return an electrical check with its certificate."""
    asset = things.in_service(cast, "SAMPLE-SCREEN", "display")
    upkeep = walk_care.scanned(cast, asset, kind="electrical")
    upload = walk_disposal.letter("check")
    return file_certificate(upkeep=upkeep, upload=upload, by=cast.tina, at=NOW)


def loan(cast: Cast) -> Loan:
    """Return a loan of the last tax year to Tess, so that she is asked to declare."""
    walk.let_borrow(cast, cast.tess)
    return walk_care.borrowed(cast, "SAMPLE-OLD", "tess")


def access(cast: Cast) -> RoomAccess:
    """Return Tina's access to a restricted room."""
    return walk_care.let_in(cast, walk_care.restricted(cast))


def camera(cast: Cast) -> Camera:
    """Return a camera that is not in the record of processing."""
    return walk_care.camera(cast)


def audit(cast: Cast) -> EquipmentAudit:
    """Return an audit whose report is on file."""
    return walk_care.reported(cast)


def action(cast: Cast) -> AuditAction:
    """Return an action of an audit that is Hana's."""
    return walk_care.asked(cast, walk_care.reported(cast, agency="Another"), "hana")


def paper(cast: Cast) -> PaperDestruction:
    """Return a collection with its certificate."""
    return walk_care.certified(cast, walk_care.destroyed(cast))


def declaration(cast: Cast) -> UseDeclaration:
    """Return what Dora declared, who had something on loan too."""
    walk.let_borrow(cast, cast.dora)
    walk_care.borrowed(cast, "SAMPLE-DECLARED", "dora")
    return walk_care.declared(cast, "dora")


def _declaring(made: Any) -> dict[str, Any]:
    """Let Tess owe a declaration and Dora have made hers; the page has no arguments."""
    made.once(loan)
    made.once(declaration)
    return {}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("asset_check", "device_check_create"), lambda made: {"pk": made.once(tablet).pk}
    ),
    **dict.fromkeys(
        ("upkeep_certificate", "upkeep_certificate_copy"),
        lambda made: {"pk": made.once(certificate).pk},
    ),
    "declaration_create": _declaring,
    "loan_protect": lambda made: {"pk": made.once(loan).pk},
    **dict.fromkeys(
        ("room_access_detail", "room_access_edit", "room_access_create", "room_open"),
        lambda made: {"pk": made.once(access).room_id},
    ),
    "room_access_end": lambda made: {"pk": made.once(access).pk},
    **dict.fromkeys(
        ("camera_detail", "camera_edit", "camera_review", "camera_record", "camera_end"),
        lambda made: {"pk": made.once(camera).pk},
    ),
    **dict.fromkeys(
        ("audit_detail", "audit_report", "audit_report_copy", "audit_action_create", "audit_close"),
        lambda made: {"pk": made.once(audit).pk},
    ),
    "audit_action_finish": lambda made: {"pk": made.once(action).pk},
    **dict.fromkeys(
        ("destruction_certificate", "destruction_certificate_copy"),
        lambda made: {"pk": made.once(paper).pk},
    ),
}


def _declare(cast: Cast, number: int) -> None:
    """One more who declared, and one more who has not; Iris reads the list."""
    walk_taken.office(cast)
    for name, says in ((f"Says{number}", True), (f"Owes{number}", False)):
        setattr(cast.people, name, make_person(cast.school, name, "Row", "staff", "staff"))
        walk.let_borrow(cast, getattr(cast, name))
        walk_care.borrowed(cast, f"ROW-{name}", name)
        if says:
            walk_care.declared(cast, name)


def _check(cast: Cast, number: int) -> None:
    asset = things.in_service(cast, f"ROW-{number}", "tablet", holder=cast.tom)
    walk_care.checked(cast, asset, account="tablets", custodian=cast.tina)


def _restrict(cast: Cast, number: int) -> None:
    walk_care.let_in(cast, walk_care.restricted(cast, f"Room {number}"))


def _audit(cast: Cast, number: int) -> None:
    walk_care.asked(cast, walk_care.reported(cast, agency=f"Agency {number}"))


def _destroy(cast: Cast, number: int) -> None:
    made = walk_care.destroyed(cast, f"Files {number}")
    if number % 2:
        walk_care.certified(cast, made)


LISTS: dict[str, ListPage] = {
    "declaration_list": ListPage(_declare, who="iris"),
    "device_check_list": ListPage(_check),
    "room_access_list": ListPage(_restrict),
    "camera_list": ListPage(lambda cast, number: walk_care.camera(cast, f"Place {number}")),
    "audit_list": ListPage(_audit),
    "destruction_list": ListPage(_destroy),
}
