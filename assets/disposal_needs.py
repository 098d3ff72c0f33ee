"""What a disposal needs, device by device and as a whole: one table for everybody who asks.

The page draws it, handing over and closing are refused by it, the reminders and the certificate
read it. What is needed depends on the route, the settings of the school, what is in each device
and what has happened (AST-04 to AST-08, R-NIST-1, R-WEEE-1).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q

from assets.conditions.disposal_companies import why_not
from assets.models import Asset, BatchItem, DisposalBatch, DisposalPaper, Medium, Sanitisation
from assets.vocabulary import BY_COMPANY, AssetKind, MediumKind, Method, PaperKind, Result, Route
from assets.workflow import BATCH_ENDED

# Routes by which equipment becomes waste, with the papers of waste.
WASTE = (Route.RECYCLE, Route.DESTROY)
OF_WASTE = (PaperKind.TRANSFER, PaperKind.WEEE)
WIPES = (Method.CLEAR, Method.PURGE)


@dataclass(frozen=True)
class Proof:
    """One thing a disposal needs: whether it is there, and what deals with it.

    ``early`` says that nothing is handed over without it. ``paper`` is the kind of paper to add,
    ``medium`` the medium to wipe or destroy, ``asset`` the device whose entry is to be mended.
    """

    label: str
    met: bool
    early: bool = False
    paper: str = ""
    medium: Medium | None = None
    asset: Asset | None = None


@dataclass
class MediumFile:
    """A storage medium with what was done to it in this disposal, oldest first."""

    medium: Medium
    wipes: list[Sanitisation] = field(default_factory=list)
    certificates: list[DisposalPaper] = field(default_factory=list)

    @property
    def proof(self) -> Sanitisation | None:
        """Return what shows that nothing is left on it, if anything does."""
        return next((one for one in self.wipes if one.result == Result.DONE), None)

    @property
    def wipe_failed(self) -> bool:
        """Return whether a wipe of it failed in this disposal."""
        return any(one.result == Result.FAILED and one.method in WIPES for one in self.wipes)


@dataclass
class DeviceFile:
    """A device of a disposal with its media, and what it needs."""

    item: BatchItem
    media: list[MediumFile]
    listed: bool
    proofs: list[Proof] = field(default_factory=list)

    @property
    def asset(self) -> Asset:
        """Return the device."""
        return self.item.asset


class DisposalFile:
    """A disposal with its devices, media and papers, and everything it needs. Five queries."""

    def __init__(self, batch: DisposalBatch, *, on: date) -> None:
        self.batch, self.on = batch, on
        self.school = batch.school
        self.papers = list(batch.papers.filter(replaced_by=None).select_related("added_by"))
        self.devices = _devices_of(batch, self.papers)
        for device in self.devices:
            device.proofs = list(self._of_device(device))

    @property
    def media(self) -> list[MediumFile]:
        """Return every medium of the disposal."""
        return [one for device in self.devices for one in device.media]

    @property
    def count(self) -> int:
        """Return how many devices left, or would leave now."""
        return len(self.devices) if self.batch.count_out is None else self.batch.count_out

    @cached_property
    def proofs(self) -> list[Proof]:
        """Return what the disposal needs as a whole."""
        return [*self._of_leaving(), *self._of_papers()]

    def missing(self, *, early: bool = False) -> list[Proof]:
        """Return what is not there yet; with ``early`` only what must be before it leaves."""
        every = [*(one for device in self.devices for one in device.proofs), *self.proofs]
        return [one for one in every if not one.met and (one.early or not early)]

    def may_leave_unwiped(self, one: MediumFile) -> bool:
        """Return whether the company may deal with a medium, under its written guarantee (AST-06).

        It wipes on the way to recycling. It destroys what could not be wiped, or whatever it is
        given where the school destroys without a failed wipe. All else is wiped by the school.
        """
        if self.batch.company_id is None or self.batch.route not in WASTE:
            return False
        return self.batch.route == Route.RECYCLE or may_be_destroyed(one, self.batch)

    def _of_device(self, device: DeviceFile) -> Iterator[Proof]:
        if device.asset.keeps_data:
            yield Proof(
                "Its storage media are listed", device.listed, early=True, asset=device.asset
            )
        for one in device.media:
            yield from self._of_medium(one)
        keeps = device.asset.kind == AssetKind.SERVER and device.asset.keeps_data
        if keeps and self.school.setting("server_certificate"):
            found = [
                paper
                for paper in self.papers
                if paper.kind == PaperKind.SERVER and paper.asset_id == device.asset.pk
            ]
            label = "Secure deletion certificate"
            yield Proof(label, bool(found), paper=PaperKind.SERVER, asset=device.asset)

    def _of_medium(self, one: MediumFile) -> Iterator[Proof]:
        proof, unwiped = one.proof, self.may_leave_unwiped(one)
        done = proof.get_method_display().partition(":")[0].lower() if proof else ""
        label = f"{one.medium}: {done}" if proof else f"{one.medium}: wiped or destroyed"
        yield Proof(label, proof is not None, early=not unwiped, medium=one.medium)
        by_company = proof.done_by_id is None if proof else self.batch.state == "collected"
        if by_company and self.school.setting("medium_certificate"):
            yield Proof(
                f"Certificate for {one.medium}",
                bool(one.certificates),
                paper=PaperKind.MEDIUM,
                medium=one.medium,
            )

    def _of_leaving(self) -> Iterator[Proof]:
        batch = self.batch
        yield Proof("Devices are in it", bool(self.devices), early=True)
        if batch.company:
            fine = bool(batch.collected_at) or not why_not(batch.company, self.on)
            yield Proof("The company is approved and in force", fine, early=True)
        if batch.collected_at:
            label = f"{_devices(self.count)} counted out, {len(self.devices)} in the disposal"
            yield Proof(label, batch.count_out == len(self.devices))

    def _of_papers(self) -> Iterator[Proof]:
        hazardous = sum(device.asset.hazardous for device in self.devices)
        if self.batch.route in WASTE:
            if hazardous:
                yield self._counted(PaperKind.HAZARDOUS, hazardous, early=True)
            yield from (self._counted(kind, self.count) for kind in OF_WASTE)
        yield self._counted(PaperKind.RECEIPT, self.count)
        if self.batch.route in BY_COMPANY and self.school.setting("receipt_required"):
            receipts = [one for one in self.papers if one.kind == PaperKind.RECEIPT]
            accepted = bool(receipts) and all(one.accepts_duty for one in receipts)
            label = "The receipt accepts the duty to destroy personal data"
            yield Proof(label, accepted, paper=PaperKind.RECEIPT)

    def _counted(self, kind: PaperKind, wanted: int, *, early: bool = False) -> Proof:
        """Return the need of papers of a kind that speak of exactly so many devices."""
        found = [one for one in self.papers if one.kind == kind]
        total = sum(one.devices or 0 for one in found)
        label = f"{kind.label} for {_devices(wanted)}"
        if found and total != wanted:
            label = f"{label}: what is here speaks of {total}"
        return Proof(label, bool(found) and total == wanted, early=early, paper=kind)


def may_be_destroyed(one: MediumFile, batch: DisposalBatch) -> bool:
    """Return whether a medium may be destroyed: a wipe failed, or the school allows it (AST-05).

    A CD or DVD cannot be wiped at all.
    """
    if one.wipe_failed or one.medium.kind == MediumKind.OPTICAL:
        return True
    return bool(batch.school.setting("destroy_without_failure"))


def _devices(count: int) -> str:
    return "1 device" if count == 1 else f"{count} devices"


def _devices_of(batch: DisposalBatch, papers: Sequence[DisposalPaper]) -> list[DeviceFile]:
    """Return the devices with their media. Three queries.

    Of a disposal that was refused or withdrawn: what was in it. A medium that was taken out of a
    device after it was put in still needs its proof.
    """
    rows = batch.items.select_related("asset", "added_by").order_by("asset__tag", "pk")
    if batch.state not in BATCH_ENDED or batch.state == "disposed":
        rows = rows.filter(removed_at=None)
    items = list(rows)
    media = defaultdict(list)
    for medium in Medium.objects.filter(asset__in=[item.asset_id for item in items]):
        media[medium.asset_id].append(medium)
    wipes = _wipes_of(batch, [one.pk for found in media.values() for one in found])
    return [
        DeviceFile(
            item,
            [
                MediumFile(
                    one,
                    wipes[one.pk],
                    [
                        paper
                        for paper in papers
                        if paper.kind == PaperKind.MEDIUM and paper.medium_id == one.pk
                    ],
                )
                for one in media[item.asset_id]
                if one.removed_at is None or one.removed_at >= item.added_at
            ],
            listed=bool(media[item.asset_id]),
        )
        for item in items
    ]


def _wipes_of(batch: DisposalBatch, media: list[int]) -> dict[int, list[Sanitisation]]:
    """Return what was done to media in a disposal; once destroyed counts wherever it was."""
    found = defaultdict(list)
    gone = Q(method=Method.DESTROY, result=Result.DONE)
    rows = Sanitisation.objects.filter(Q(batch=batch) | gone, medium__in=media)
    for wipe in rows.select_related("done_by", "verified_by"):
        found[wipe.medium_id].append(wipe)
    return found
