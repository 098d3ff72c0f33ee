"""May this be done with this disposal now? What no role overrides (AST-03 to AST-08, AST-27)."""

import re
from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate

from assets.conditions.disposal_companies import check_in_force
from assets.disposal_needs import DisposalFile, MediumFile, Proof, may_be_destroyed
from assets.models import DisposalBatch, DisposalCompany
from assets.vocabulary import BY_COMPANY, MediumKind, Method, PaperKind, Result, Route
from common.dates import whole_minute
from common.errors import Conflicted, Refusal
from people.models import Person, School

MAGNET = re.compile(r"degauss|magnet", re.IGNORECASE)
MAGNETIC = (MediumKind.HDD, MediumKind.TAPE)
# What overwriting does not reach everywhere: worn cells keep what was on them (R-NIST-1).
FLASH = (MediumKind.SSD, MediumKind.NVME, MediumKind.FLASH, MediumKind.STICK)
# Papers that only exist once the devices are gone.
AFTERWARDS = (PaperKind.RECEIPT, PaperKind.WEEE)
MOST_NAMED = 6


def check_route(
    school: School, route: str, company: DisposalCompany | None, recipient: str, on: date
) -> None:
    """Refuse a route without the company or the recipient it needs (AST-03, AST-06)."""
    if route in BY_COMPANY:
        if company:
            if company.school_id != school.pk:
                raise Refusal("Choose a company of your own register.")
            check_in_force(company, on)
        elif school.setting("company_required"):
            raise Refusal("Choose a company of the register: it is the one that takes them away.")
        elif not recipient:
            raise Refusal("Choose a company, or say who takes them away.")
    elif not recipient:
        words = "given" if route == Route.DONATION else "returned"
        raise Refusal(f"Say to whom they are {words}.")


def check_apart(batch: DisposalBatch, by: Person) -> None:
    """Refuse whoever prepared a disposal or put a device into it: another decides (AST-27)."""
    own = batch.prepared_by_id == by.pk
    if own or batch.items.filter(removed_at=None, added_by=by).exists():
        raise Conflicted("You prepared this disposal, so somebody else has to decide on it.")


def check_nothing_missing(missing: Collection[Proof], lead: str) -> None:
    """Refuse while something is missing, and name it."""
    if not missing:
        return
    named = "; ".join(_about(one) for one in list(missing)[:MOST_NAMED])
    more = len(missing) - MOST_NAMED
    raise Refusal(f"{lead} {named}{f'; and {more} more' if more > 0 else ''}.")


def _about(proof: Proof) -> str:
    return f"{proof.asset}: {proof.label}" if proof.asset else proof.label


def check_handed_over(
    file: DisposalFile, *, count: int, witness: Person, when: datetime, by: Person, at: datetime
) -> None:
    """Refuse to hand over what is not ready, not counted, or not seen by two (AST-03, AST-05).

    The company has to be in force on the day it is collected and today; every medium is wiped or
    destroyed unless the company does that under its guarantee.
    """
    batch = file.batch
    if batch.company:
        check_in_force(batch.company, localdate(when))
        check_in_force(batch.company, localdate(at))
    check_nothing_missing(file.missing(early=True), "Before it leaves, this is missing:")
    if when > at:
        raise Refusal("It cannot have been collected after now.")
    if batch.decided_at and when < whole_minute(batch.decided_at):
        raise Refusal("Nothing leaves before it is approved. Look at the date and time.")
    if count != len(file.devices):
        raise Refusal(
            f"You counted {count} and the disposal holds {len(file.devices)}. Count again. What "
            "stays here is taken out of a new proposal; nothing leaves that is not in it."
        )
    if witness.pk == by.pk:
        raise Conflicted("A second person stands there too, and it cannot be you.")
    if witness.school_id != batch.school_id or witness.kind == Person.Kind.PUPIL:
        raise Refusal("Choose a member of your staff who stood there with you.")


def check_method(
    one: MediumFile, batch: DisposalBatch, *, method: str, technique: str, result: str
) -> None:
    """Refuse a method that does not do for a medium what it says (AST-05, R-NIST-1)."""
    kind = one.medium.kind
    if one.proof:
        raise Refusal(f"{one.medium} has been dealt with already. Nothing is left on it.")
    if MAGNET.search(technique) and (method == Method.DESTROY or kind not in MAGNETIC):
        raise Refusal(
            "A magnet does not destroy a storage medium, and does nothing to flash memory. Shred, "
            "melt or burn it; on a hard disk or tape a magnet counts as “Purge” at most."
        )
    if kind == MediumKind.OPTICAL and method != Method.DESTROY:
        raise Refusal("A CD or DVD cannot be wiped. It has to be destroyed.")
    if method == Method.CLEAR and kind in FLASH and result == Result.DONE:
        raise Refusal(
            "Overwriting does not reach all of a solid-state disk or flash memory. Use its "
            "built-in or cryptographic erase (“Purge”), or record that overwriting failed."
        )
    if method == Method.DESTROY and not may_be_destroyed(one, batch):
        raise Refusal(
            "At this school a medium is destroyed only after a wipe of it failed. Record the wipe "
            "that failed first, and why."
        )


def check_paper(
    batch: DisposalBatch, *, kind: str, dated: date, devices: int | None, on: date
) -> None:
    """Refuse a paper of a day to come, one before its time, and one that must count and does not.

    The receipt, the transfer note and the evidence of treatment say for how many devices they are,
    so that the counts can be compared (AST-04, AST-08).
    """
    if dated > on:
        raise Refusal("The paper cannot be of a day to come.")
    if kind in AFTERWARDS:
        if batch.collected_at is None:
            raise Refusal("This paper comes after the devices were handed over. Do that first.")
        if dated < localdate(batch.collected_at):
            raise Refusal("This paper cannot be older than the day the devices were collected.")
    counts = {PaperKind.RECEIPT, PaperKind.TRANSFER, PaperKind.WEEE, PaperKind.HAZARDOUS}
    if kind in counts and not devices:
        raise Refusal("Say for how many devices the paper is.")
