"""A demo school disposes of its old server and computers, and proves it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from assets.actions.disposal_companies import (
    CompanyDetails,
    add_company_paper,
    approve_company,
    enter_company,
)
from assets.actions.disposal_deciding import approve_disposal
from assets.actions.disposal_handing import HandOver, collect_disposal, finish_disposal
from assets.actions.disposal_media import Wipe, sanitise_medium
from assets.actions.disposal_papers import PaperDetails, add_disposal_paper
from assets.actions.disposal_preparing import (
    DisposalDetails,
    add_devices,
    prepare_disposal,
    submit_disposal,
)
from assets.actions.inventory import make_redundant
from assets.actions.witnessing import confirm_hand_over
from assets.models import Asset, DisposalBatch, DisposalCompany, Medium
from people.models import Person
from safeguard.demo.equipment_data import COMPANY, LAPSED
from safeguard.demo.files import small_file
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]

PAPERS = ("receipt", "transfer", "weee")


class Disposing:
    """Walks two disposals: the server's is closed, that of the computers waits for its papers."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made = 0
        self.batches: dict[str, DisposalBatch] = {}

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        yield self._on(38, "09:30"), self._enter_companies
        yield self._on(37, "11:00"), self._approve_company
        for model, days in (("Rack 0", 24), ("Tower 1", 13)):
            yield self._on(days, "09:20"), partial(self._prepare, model)
            yield self._on(days - 1, "15:30"), partial(self._approve, model)
            yield self._on(days - 2, "10:00"), partial(self._wipe, model)
            yield self._on(days - 4, "11:15"), partial(self._hand_over, model)
        yield self._on(15, "14:10"), self._close

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _number(self) -> UUID:
        self.made += 1
        return UUID(int=self.stage.school.pk * 100_000 + 60_000 + self.made, version=4)

    def _enter_companies(self, at: datetime) -> None:
        tech = self._person("tech")
        for told, licence, guarantee in ((COMPANY, 400, 50), (LAPSED, -20, 90)):
            ends = {
                "licence": self.stage.today + timedelta(days=licence),
                "guarantee": self.stage.today + timedelta(days=guarantee),
            }
            details = CompanyDetails(
                name=told["name"],
                carrier_licence=told["carrier_licence"],
                licence_until=ends["licence"],
                guarantee_until=ends["guarantee"],
                contact=told["contact"],
                standard=told.get("standard", ""),
                standard_number=told.get("standard_number", ""),
            )
            company = enter_company(school=self.stage.school, details=details, by=tech, at=at)
            for kind, until in ends.items():
                words = f"{company.name}: {kind}, made up for the demonstration."
                add_company_paper(
                    company=company,
                    kind=kind,
                    upload=small_file(f"{kind}.pdf", words),
                    valid_until=until,
                    by=tech,
                    at=at,
                )

    def _company(self) -> DisposalCompany:
        return DisposalCompany.objects.get(school=self.stage.school, name=COMPANY["name"])

    def _approve_company(self, at: datetime) -> None:
        company = self._company()
        approve_company(company=company, version=company.version, by=self._person("head"), at=at)

    def _prepare(self, model: str, at: datetime) -> None:
        tech = self._person("tech")
        old = list(Asset.objects.filter(school=self.stage.school, model=model).order_by("tag"))
        for asset in old:
            make_redundant(
                asset=asset,
                reason="Its system is no longer supported.",
                version=asset.version,
                by=tech,
                at=at,
            )
        details = DisposalDetails(
            route="recycle",
            reason="Too old to be kept safe. Nobody in school has a use for it.",
            company=self._company(),
        )
        batch = prepare_disposal(
            school=self.stage.school, submission=self._number(), details=details, by=tech, at=at
        )
        tags = [asset.tag for asset in old]
        add_devices(batch=batch, tags=tags, condition="worn", by=tech, at=at)
        batch.refresh_from_db()
        self.batches[model] = submit_disposal(batch=batch, version=batch.version, by=tech, at=at)

    def _approve(self, model: str, at: datetime) -> None:
        batch = self._now(model)
        head = self._person("head")
        approve_disposal(batch=batch, version=batch.version, note="Agreed.", by=head, at=at)

    def _wipe(self, model: str, at: datetime) -> None:
        """Wipe every disk; the server's second one fails and is shredded."""
        media = list(Medium.objects.filter(asset__disposals__batch=self.batches[model]))
        tech, witness = self._person("tech"), self._person("office_mgr")
        fine = Wipe(
            method="purge",
            technique="Built-in secure erase",
            result="done",
            done_at=at,
            done_by=tech,
            tool="Clean Slate",
            tool_version="4.2",
            verified_by=witness,
            verification="Ten places read back, all empty",
        )
        for number, medium in enumerate(media):
            wipes = [fine]
            if model == "Rack 0" and number == 1:
                broken = Wipe(
                    method="purge",
                    technique="Built-in secure erase",
                    result="failed",
                    done_at=at,
                    done_by=tech,
                    tool="Clean Slate",
                    tool_version="4.2",
                    failure="The disk does not answer any more.",
                )
                shredded = Wipe(
                    method="destroy",
                    technique="Shredded to 6 mm",
                    result="done",
                    done_at=at,
                    done_by=tech,
                    verified_by=witness,
                    verification="Watched, and the pieces weighed",
                )
                wipes = [broken, shredded]
            for wipe in wipes:
                sanitise_medium(
                    batch=self._now(model),
                    medium=medium,
                    submission=self._number(),
                    wipe=wipe,
                    by=tech,
                    at=at,
                )

    def _hand_over(self, model: str, at: datetime) -> None:
        batch = self._now(model)
        seen = HandOver(
            count=batch.items.filter(removed_at=None).count(),
            collected_by="The driver of the company",
            collected_at=at,
            witness=self._person("office_mgr"),
        )
        tech = self._person("tech")
        collect_disposal(batch=batch, version=batch.version, seen=seen, by=tech, at=at)

    def _close(self, at: datetime) -> None:
        batch = self._now("Rack 0")
        tech = self._person("tech")
        servers = list(Asset.objects.filter(disposals__batch=batch))
        for kind in (*PAPERS, "server"):
            details = PaperDetails(
                kind=kind,
                dated=at.date(),
                number=f"GL-{kind[:2].upper()}-2201",
                issuer=COMPANY["name"],
                devices=None if kind == "server" else batch.count_out,
                accepts_duty=kind == "receipt",
                servers=servers if kind == "server" else (),
            )
            paper = small_file(f"{kind}.pdf", f"{kind} for {batch}, made up for the demonstration.")
            add_disposal_paper(
                batch=batch,
                submission=self._number(),
                details=details,
                upload=paper,
                by=tech,
                at=at,
            )
        batch = self._now("Rack 0")
        confirm_hand_over(batch=batch, by=self._person("office_mgr"), at=at)
        finish_disposal(batch=batch, version=batch.version, by=tech, at=at)

    def _now(self, model: str) -> DisposalBatch:
        """Return a disposal as it stands now."""
        return DisposalBatch.objects.get(pk=self.batches[model].pk)
