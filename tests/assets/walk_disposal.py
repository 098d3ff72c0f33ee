"""Walk companies and disposals into every state by the real actions.

Tina prepares, Hana approves, Tom stands beside when things are fetched, Dora looks at wipes.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from assets.actions import (
    disposal_companies,
    disposal_deciding,
    disposal_handing,
    disposal_media,
    disposal_papers,
    disposal_preparing,
)
from assets.actions.disposal_companies import CompanyDetails
from assets.actions.disposal_media import Wipe
from assets.actions.disposal_papers import PaperDetails
from assets.actions.disposal_preparing import DisposalDetails
from assets.models import Asset, DisposalBatch, DisposalCompany, DisposalPaper, Medium, Sanitisation
from tests.assets import things
from tests.cast import NOW, Cast

MINUTE = timedelta(minutes=1)
LATER = NOW + 10 * MINUTE
FETCHED = LATER + 10 * MINUTE
AFTER = FETCHED + timedelta(days=2)
YEAR = date(2027, 8, 31)
LETTER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def letter(words: str = "paper", name: str = "paper.pdf") -> SimpleUploadedFile:
    """Return a PDF to upload; other words, another file."""
    return SimpleUploadedFile(name, LETTER + words.encode())


def details(name: str = "Green Chips Ltd", **more: Any) -> CompanyDetails:
    """Return what is known of a company."""
    told: dict[str, Any] = {
        "name": name,
        "carrier_licence": "CBDU123456",
        "licence_until": YEAR,
        "guarantee_until": YEAR,
    }
    return CompanyDetails(**told | more)


def company(cast: Cast, name: str = "Green Chips Ltd", *, at: datetime = NOW, **more: Any) -> Any:
    """Let Tina enter a company with its licence and guarantee on file."""
    told = details(name, **more)
    made = disposal_companies.enter_company(school=cast.school, details=told, by=cast.tina, at=at)
    for kind, until in (("licence", told.licence_until), ("guarantee", told.guarantee_until)):
        disposal_companies.add_company_paper(
            company=made,
            kind=kind,
            upload=letter(f"{name} {kind}"),
            valid_until=until,
            by=cast.tina,
            at=at,
        )
    return made


def approved_company(cast: Cast, name: str = "Green Chips Ltd", **more: Any) -> DisposalCompany:
    """Return a company that Hana has approved."""
    made = company(cast, name, **more)
    return disposal_companies.approve_company(
        company=made, version=made.version, by=cast.hana, at=more.get("at", NOW)
    )


def in_register(cast: Cast) -> DisposalCompany:
    """Return the company of these tests, entered and approved when first asked for."""
    found = DisposalCompany.objects.filter(ended_at=None).exclude(approved_by=None).first()
    return found or approved_company(cast)


def device(cast: Cast, tag: str, *disks: str, kind: str = "laptop", **more: Any) -> Asset:
    """Return a device that is no longer wanted; disks are written “kind serial”."""
    asset = things.in_service(cast, tag, kind, **more)
    for disk in disks:
        sort, serial = disk.split()
        things.medium(cast, asset, serial, sort)
    return things.redundant(cast, asset)


def propose(cast: Cast, *tags: str, route: str = "recycle", at: datetime = NOW, **more: Any) -> Any:
    """Let Tina prepare a disposal of devices by their tags."""
    by_company = route in {"recycle", "destroy", "resale"}
    told: dict[str, Any] = {
        "route": route,
        "reason": "Too old to be patched.",
        "company": in_register(cast) if by_company else None,
        "recipient": "" if by_company else "The village hall",
    }
    batch = disposal_preparing.prepare_disposal(
        school=cast.school,
        submission=uuid4(),
        details=DisposalDetails(**told | more),
        by=cast.tina,
        at=at,
    )
    if tags:
        put_in(cast, batch, *tags, at=at)
    return now(batch)


def put_in(cast: Cast, batch: DisposalBatch, *tags: str, by: str = "tina", **more: Any) -> Any:
    """Put devices in."""
    values = {"condition": "broken", "at": NOW, **more}
    return disposal_preparing.add_devices(batch=batch, tags=tags, by=getattr(cast, by), **values)


def act(deed: str, cast: Cast, batch: DisposalBatch, *, by: str = "tina", **values: Any) -> Any:
    """Do a deed on a disposal as it stands now."""
    modules = (disposal_preparing, disposal_deciding, disposal_handing)
    found = next(getattr(module, deed) for module in modules if hasattr(module, deed))
    values = {"version": now(batch).version, "at": LATER, **values}
    return found(batch=batch, by=getattr(cast, by), **values)


def approve(cast: Cast, batch: DisposalBatch, *, at: datetime = NOW) -> DisposalBatch:
    """Ask for approval and give it."""
    act("submit_disposal", cast, batch, at=at)
    return act("approve_disposal", cast, batch, by="hana", at=at)


def wipe(cast: Cast, batch: DisposalBatch, medium: Medium, **more: Any) -> Sanitisation:
    """Record a wipe: Tina erased it, Dora looked."""
    told: dict[str, Any] = {
        "method": "purge",
        "technique": "Secure erase",
        "tool": "nwipe",
        "tool_version": "0.36",
        "result": "done",
        "done_by": cast.tina,
        "done_at": LATER,
        "verified_by": cast.dora,
        "verification": "Read ten places",
    }
    told |= more
    at = max(told["done_at"], told.pop("at", LATER))
    submission = told.pop("submission", None) or uuid4()
    return disposal_media.sanitise_medium(
        batch=batch, medium=medium, submission=submission, wipe=Wipe(**told), by=cast.tina, at=at
    )


def failed(cast: Cast, batch: DisposalBatch, medium: Medium, **more: Any) -> Sanitisation:
    """Record a wipe that failed."""
    return wipe(cast, batch, medium, result="failed", failure="Does not spin up", **more)


def destroy(cast: Cast, batch: DisposalBatch, medium: Medium, **more: Any) -> Sanitisation:
    """Record that a medium was shredded."""
    told = {"method": "destroy", "technique": "Shredded to 6 mm", "tool": "", "tool_version": ""}
    return wipe(cast, batch, medium, **told | {"place": "Workshop"} | more)


def hand_over(cast: Cast, batch: DisposalBatch, count: int, **more: Any) -> DisposalBatch:
    """Hand the devices over: Tina, with Tom beside her."""
    seen = {"collected_by": "A driver", "collected_at": FETCHED, "witness": cast.tom, **more}
    at = seen.pop("at", FETCHED)
    handed = disposal_handing.HandOver(count=count, **seen)
    return act("collect_disposal", cast, batch, seen=handed, at=at)


def paper(cast: Cast, batch: DisposalBatch, kind: str, **more: Any) -> list[DisposalPaper]:
    """Put a paper on file two days after the devices were fetched."""
    told: dict[str, Any] = {"kind": kind, "dated": AFTER.date(), "number": f"{kind}-1", **more}
    at, words = told.pop("at", AFTER), told.pop("words", kind)
    return disposal_papers.add_disposal_paper(
        batch=batch,
        submission=told.pop("submission", None) or uuid4(),
        details=PaperDetails(**told),
        upload=letter(words),
        by=cast.tina,
        at=at,
    )


def papers(cast: Cast, batch: DisposalBatch, count: int) -> None:
    """Put the papers of waste on file, each for so many devices."""
    for kind in ("transfer", "weee"):
        paper(cast, batch, kind, devices=count)
    paper(cast, batch, "receipt", devices=count, accepts_duty=True)


def close(cast: Cast, batch: DisposalBatch, *, at: datetime = AFTER) -> DisposalBatch:
    """Close it."""
    return act("finish_disposal", cast, batch, at=at)


def make(cast: Cast, state: str, tag: str = "WALK-1") -> DisposalBatch:
    """Return a disposal of one laptop with one disk that was walked into a state."""
    disk = things.medium
    asset = things.in_service(cast, tag)
    medium = disk(cast, asset, f"S-{tag}")
    things.redundant(cast, asset)
    batch = propose(cast, tag)
    if state == "withdrawn":
        act("withdraw_disposal", cast, batch, reason="Wanted again.")
    elif state == "refused":
        act("submit_disposal", cast, batch)
        act("refuse_disposal", cast, batch, by="hana", note="Still good.")
    elif state == "submitted":
        act("submit_disposal", cast, batch)
    elif state in {"approved", "collected", "disposed"}:
        approve(cast, batch)
        if state != "approved":
            wipe(cast, batch, medium)
            hand_over(cast, batch, 1)
        if state == "disposed":
            papers(cast, batch, 1)
            close(cast, batch)
    return now(batch)


def now(batch: DisposalBatch) -> DisposalBatch:
    """Return a disposal as it stands in the database."""
    rows = DisposalBatch.objects.select_related("school", "company__school")
    return rows.get(pk=batch.pk)
