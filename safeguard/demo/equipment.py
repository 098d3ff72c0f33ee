"""A demo school enters its equipment, lends it, has it mended, counts it and loses one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from assets.actions.device_checks import Found, check_asset
from assets.actions.inventory import (
    AssetDetails,
    MediumDetails,
    add_asset,
    add_medium,
    put_in_service,
)
from assets.actions.loans import LoanTerms, accept_loan, lend_asset
from assets.actions.losses import report_loss
from assets.actions.software import SoftwareDetails, add_installations, add_software
from assets.actions.stock import close_stock_take, mark_found, mark_missing, open_stock_take
from assets.actions.upkeep import finish_upkeep, start_upkeep
from assets.models import Asset, StockTake
from assets.queries.device_checks import scan_is_missing
from assets.queries.loan_agreements import basis_for
from assets.vocabulary import KEEPS_DATA
from people.models import Person
from safeguard.demo.equipment_data import (
    MEDIA,
    OLD_SERVER,
    OWNED,
    PROGRAMS,
    ROOMS,
    SYSTEMS,
)
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]

YEAR = timedelta(days=365)
BORROWERS = ("teacher", "ta", "hoy", "senco", "comp_lead", "deputy", "pastoral", "slt")


class Equipment:
    """Walks a school's equipment through an autumn; later deeds know what earlier ones made."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made = 0

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        yield self._on(40, "09:00"), self._enter
        yield self._on(39, "10:00"), self._enter_programs
        yield self._on(30, "13:00"), self._lend
        yield self._on(25, "10:15"), self._repair
        yield self._on(12, "09:00"), self._count
        yield self._on(5, "08:40"), self._lose
        yield self._on(1, "15:00"), self._send_for_repair

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _number(self) -> UUID:
        self.made += 1
        return UUID(int=self.stage.school.pk * 100_000 + 50_000 + self.made, version=4)

    def _day(self, days: int) -> date:
        return self.stage.today + timedelta(days=days)

    def _enter(self, at: datetime) -> None:
        number = 1_000
        for kind, make, model, count, room, support in OWNED:
            for place in range(count):
                number += 1
                where = ROOMS[place % len(ROOMS)] if kind == "display" else room
                self._own(number, (kind, make, model, where), support, at)
        self._own(number + 1, OLD_SERVER, -400, at)
        for place in range(4):
            self._own(number + 2 + place, ("desktop", "Alder", "Tower 1", "Store"), -700, at)

    def _own(
        self, number: int, what: tuple[str, str, str, str], support: int | None, at: datetime
    ) -> None:
        kind, make, model, room = what
        keeps = kind in KEEPS_DATA
        bought = self._day(-300 - number % 7 * 130)
        details = AssetDetails(
            tag=f"{self.stage.school.slug[:2].upper()}-{number}",
            kind=kind,
            make=make,
            model=model,
            serial=f"{make[:2].upper()}{number * 7919 % 1_000_000:06d}",
            room_name=room,
            bought_date=bought,
            cost=Decimal(120 + number % 9 * 55),
            supplier="Northfield Supplies",
            warranty_until=bought + 3 * YEAR,
            operating_system=SYSTEMS.get(kind, ""),
            support_until=self._day(support) if support is not None else None,
            keeps_data=keeps,
            hazardous=kind == "display",
        )
        tech = self._person("tech")
        asset = add_asset(
            school=self.stage.school, submission=self._number(), details=details, by=tech, at=at
        )
        for disk in range(2 if kind == "server" else 1):
            if kind in MEDIA:
                medium, size = MEDIA[kind]
                serial = f"D{disk + 1}-{number * 104_729 % 10_000_000:07d}"
                told = MediumDetails(medium, serial, gigabytes=size)
                add_medium(asset=asset, details=told, by=tech, at=at)
        if scan_is_missing(asset):
            found = Found("scan", True, "Nothing found.", at.date())
            check_asset(asset=asset, submission=self._number(), found=found, by=tech, at=at)
        asset.refresh_from_db()
        # A camera cannot be encrypted; the removable sticks came encrypted.
        encryption = ("no" if kind == "camera" else "yes") if keeps else "not_needed"
        virus = "Shield Basic" if kind in {"laptop", "desktop", "server"} else "Built in"
        put_in_service(
            asset=asset,
            encryption=encryption,
            antivirus=virus if keeps else "",
            version=asset.version,
            by=tech,
            at=at,
        )

    def _assets(self, kind: str, model: str = "") -> list[Asset]:
        found = Asset.objects.filter(school=self.stage.school, kind=kind, state="in_service")
        return list(found.filter(model=model) if model else found)

    def _enter_programs(self, at: datetime) -> None:
        for title, publisher, licence, seats, days, allowed, on in PROGRAMS:
            details = SoftwareDetails(
                title,
                licence,
                release="3",
                publisher=publisher,
                seats=seats,
                expires_date=self._day(days) if days else None,
                approved=allowed,
            )
            software = add_software(
                school=self.stage.school,
                submission=self._number(),
                details=details,
                by=self._person("tech"),
                at=at,
            )
            tags = [asset.tag for asset in self._assets(on)]
            tags = tags if allowed else tags[:2]
            add_installations(software=software, tags=tags, by=self._person("tech"), at=at)

    def _lend(self, at: datetime) -> None:
        """Lend laptops to staff who have signed: one for long, one too late, one that ends soon."""
        laptops, tech = self._assets("laptop"), self._person("tech")
        staff = [self._person(code) for code in BORROWERS]
        signed = [one for one in staff if basis_for(one, on=at.date()).good]
        for asset, borrower, days in zip(laptops, signed, (120, -3, 5), strict=False):
            terms = LoanTerms(
                borrower=borrower,
                use="work",
                due_date=max(self._day(days), at.date()),
                condition_out="good",
                permitted="Lesson planning and school e-mail, at school and at home",
                with_it="Charger and bag",
            )
            loan = lend_asset(asset=asset, submission=self._number(), terms=terms, by=tech, at=at)
            if days > 0:
                accept_loan(loan=loan, version=loan.version, by=borrower, at=at)

    def _repair(self, at: datetime) -> None:
        tablet, tech = self._assets("tablet")[0], self._person("tech")
        start_upkeep(
            asset=tablet,
            submission=self._number(),
            kind="repair",
            reason="The screen is cracked.",
            supplier="Screen Doctor",
            by=tech,
            at=at,
        )
        later = at + timedelta(days=6)
        if later < self.stage.now:
            finish_upkeep(asset=tablet, result="New screen fitted and tested.", by=tech, at=later)

    def _send_for_repair(self, at: datetime) -> None:
        start_upkeep(
            asset=self._assets("display")[0],
            submission=self._number(),
            kind="electrical",
            reason="The yearly electrical check.",
            supplier="Safe Spark",
            back_due_date=self._day(6),
            by=self._person("tech"),
            at=at,
        )

    def _count(self, at: datetime) -> None:
        """Count two rooms; a memory stick is not where it should be."""
        office = self._person("office_mgr")
        take = open_stock_take(school=self.stage.school, name="Autumn count", by=office, at=at)
        for asset in Asset.objects.filter(school=self.stage.school).exclude(state="disposed"):
            if asset.kind == "removable" and not take.marks.filter(mark="missing").exists():
                mark_missing(take=take, asset=asset, by=office, at=at)
            else:
                mark_found(take=take, asset=asset, room=asset.room, by=office, at=at)
        take = StockTake.objects.get(pk=take.pk)
        close_stock_take(take=take, version=take.version, by=office, at=at + timedelta(hours=2))

    def _lose(self, at: datetime) -> None:
        report_loss(
            asset=self._assets("camera")[0],
            submission=self._number(),
            kind="lost",
            noticed_at=at - timedelta(hours=16),
            last_seen="On the coach back from the museum",
            what="It was in the red bag when the class got on, and not when it got off.",
            data="Pictures of a class on a trip.",
            by=self._person("teacher"),
            at=at,
        )
