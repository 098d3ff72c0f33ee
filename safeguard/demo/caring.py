"""A demo school declares, checks, restricts a room, enters cameras, is audited, destroys paper."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from agreements.actions.access import override_access
from assets.actions.audits import (
    AuditDetails,
    add_audit_action,
    commission_audit,
    finish_audit_action,
    report_audit,
)
from assets.actions.cameras import CameraDetails, enter_camera, note_processing
from assets.actions.declarations import OwnUse, declare_use
from assets.actions.device_checks import (
    Found,
    Points,
    check_asset,
    check_device,
    file_certificate,
)
from assets.actions.inventory import AssetDetails, add_asset, put_in_service
from assets.actions.loans import LoanTerms, lend_asset, take_back_loan
from assets.actions.paper import PaperDetails, file_destruction, record_destruction
from assets.actions.room_access import Entrant, give_room_access, restrict_room
from assets.models import Asset, AuditAction, DisposalCompany, EquipmentAudit, Loan, Room
from assets.queries.declarations import TaxYear, tax_year_asked
from assets.queries.device_checks import mobile_devices, scan_is_missing
from people.models import Person
from safeguard.demo.equipment_data import COMPANY
from safeguard.demo.files import small_file
from safeguard.demo.stage import Stage
from safeguard.demo.years import first_day_of_year

Deed = tuple[datetime, Callable[[datetime], object]]

BORROWED = ("senco", "hoy", "deputy")  # by whom in the last tax year; the last says nothing
CAMERAS = (
    ("Main gate", "Who comes and goes, and the safety of pupils at the gate", 30),
    ("Bicycle shed", "Theft after hours", 14),
)
DAY = timedelta(days=1)


class Caring:
    """Walks what a school does about equipment besides the register itself."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made = 0

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        year = tax_year_asked(self.stage.school, self.stage.today)
        if year:
            yield from self._old_loans(year)
        first = first_day_of_year(self.stage.today)
        yield (
            self.stage.moment(first.replace(year=first.year - 1) + 9 * DAY, "11:00"),
            partial(self._enter_camera, ("Reception", "Safety of the staff at the desk", 30)),
        )
        yield self._on(36, "09:10"), self._restrict
        yield self._on(35, "14:00"), self._enter_cameras
        yield self._on(34, "09:30"), self._write_down
        yield self._on(33, "11:30"), self._ask_audit
        yield self._on(26, "15:10"), partial(self._collect, "Pupil files past their date", 6)
        yield self._on(22, "10:30"), self._check_display
        yield self._on(19, "09:45"), self._file_certificate
        yield self._on(16, "12:00"), self._shred
        yield self._on(12, "16:00"), self._report
        yield self._on(10, "13:30"), self._check_devices
        yield self._on(8, "15:20"), partial(self._collect, "Old mark books and registers", 3)
        yield self._on(4, "15:40"), self._act

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _number(self) -> UUID:
        self.made += 1
        return UUID(int=self.stage.school.pk * 100_000 + 80_000 + self.made, version=4)

    def _old_loans(self, year: TaxYear) -> Iterator[Deed]:
        """Lend three laptops in the tax year that is asked about; two of the three declare."""
        for number, code in enumerate(BORROWED):
            lent = self.stage.moment(year.ends - 60 * DAY, f"10:0{number}")
            yield lent, partial(self._lend, 900 + number, self._person(code))
            yield lent + 40 * DAY, partial(self._take_back, self._person(code))
        for number, code in enumerate(BORROWED[:2]):
            said = self.stage.moment(year.asked_from + 20 * DAY, f"16:1{number}")
            yield said, partial(self._declare, self._person(code), year)

    def _lend(self, number: int, borrower: Person, at: datetime) -> None:
        school, tech = self.stage.school, self._person("tech")
        asset = add_asset(
            school=school,
            submission=self._number(),
            details=AssetDetails(
                tag=f"{school.slug[:2].upper()}-{number}",
                kind="laptop",
                make="Alder",
                model="Book 12",
                room_name="Office cupboard",
                keeps_data=True,
            ),
            by=tech,
            at=at,
        )
        if scan_is_missing(asset):
            self._scan(asset, at)
        asset.refresh_from_db()
        put_in_service(
            asset=asset,
            encryption="yes",
            antivirus="Shield Basic",
            version=asset.version,
            by=tech,
            at=at,
        )
        override_access(
            person=borrower,
            reason="The new agreement is not published yet.",
            until_date=at.date() + 50 * DAY,
            by=self._person("head"),
            at=at,
        )
        terms = LoanTerms(borrower, "work", at.date() + 45 * DAY, "good")
        lend_asset(asset=asset, submission=self._number(), terms=terms, by=tech, at=at)

    def _take_back(self, borrower: Person, at: datetime) -> None:
        loan = Loan.objects.get(borrower=borrower, returned_at=None)
        take_back_loan(
            loan=loan,
            version=loan.version,
            condition="good",
            data_removed=True,
            by=self._person("tech"),
            at=at,
        )

    def _declare(self, person: Person, year: TaxYear, at: datetime) -> None:
        use = OwnUse(significant=False)
        if person == self._person(BORROWED[0]):
            words = "A private course in the evenings."
            use = OwnUse(True, year.ends - 50 * DAY, year.ends - 30 * DAY, words)
        declare_use(use=use, submission=self._number(), by=person, at=at)

    def _scan(self, asset: Asset, at: datetime) -> None:
        found = Found("scan", True, "Nothing found.", at.date())
        tech = self._person("tech")
        check_asset(asset=asset, submission=self._number(), found=found, by=tech, at=at)

    def _restrict(self, at: datetime) -> None:
        """The headteacher lists the technician, and the engineer of the firm."""
        head = self._person("head")
        room = Room.objects.get(school=self.stage.school, name="Server room")
        locked = "Locked; keys with the office and the technician"
        restrict_room(room=room, restricted=True, secured_by=locked, by=head, at=at)
        seen = at.date() - 20 * DAY
        entrants = (
            Entrant("Looks after the servers", seen, self._person("tech")),
            Entrant("Mends the servers", seen - 300 * DAY, outsider="The engineer of Harbour IT"),
        )
        for entrant in entrants:
            give_room_access(room=room, submission=self._number(), entrant=entrant, by=head, at=at)

    def _enter_camera(self, told: tuple[str, str, int], at: datetime) -> None:
        place, purpose, days = told
        viewers = "Headteacher and safeguarding lead, together"
        up: date | None = None if place == "Bicycle shed" else at.date()
        camera = enter_camera(
            school=self.stage.school,
            submission=self._number(),
            details=CameraDetails(place, purpose, days, viewers, up),
            by=self._person("office_mgr"),
            at=at,
        )
        self.cameras = [*getattr(self, "cameras", []), camera]

    def _enter_cameras(self, at: datetime) -> None:
        for told in CAMERAS:
            self._enter_camera(told, at)

    def _write_down(self, at: datetime) -> None:
        for camera in self.cameras[:2]:
            note_processing(camera=camera, version=camera.version, by=self._person("dpo"), at=at)

    def _ask_audit(self, at: datetime) -> None:
        details = AuditDetails(
            agency="Riverside Council, IT audit",
            reason="Every third year somebody from outside looks.",
            scope="Whether the register, the loans and the disposals of two years are complete",
            due_date=at.date() + 40 * DAY,
        )
        commission_audit(
            school=self.stage.school,
            submission=self._number(),
            details=details,
            by=self._person("head"),
            at=at,
        )

    def _audit(self) -> EquipmentAudit:
        return EquipmentAudit.objects.get(school=self.stage.school)

    def _report(self, at: datetime) -> None:
        audit, head = self._audit(), self._person("head")
        audit = report_audit(
            audit=audit,
            version=audit.version,
            result="The register is sound. Two memory sticks had no label, and keys of the server "
            "room were not signed for.",
            result_date=at.date() - DAY,
            upload=small_file("audit.pdf", "Report of the audit, made up for the demonstration."),
            by=head,
            at=at,
        )
        for words, days in (("Label every memory stick.", 3), ("Sign for the keys.", 20)):
            add_audit_action(
                audit=audit,
                version=audit.version,
                words=words,
                owner=self._person("tech"),
                due_date=at.date() + days * DAY,
                by=head,
                at=at,
            )
            audit = self._audit()

    def _act(self, at: datetime) -> None:
        action = AuditAction.objects.filter(audit=self._audit()).order_by("due_date")[0]
        tech = self._person("tech")
        finish_audit_action(action=action, note="All sticks have labels now.", by=tech, at=at)

    def _collect(self, what: str, sacks: int, at: datetime) -> None:
        company = DisposalCompany.objects.get(school=self.stage.school, name=COMPANY["name"])
        self._destroy(PaperDetails("company", at.date(), what, sacks, "sacks", company), at)

    def _shred(self, at: datetime) -> None:
        self._destroy(PaperDetails("shredder", at.date(), "Drafts of reports", 2, "sacks"), at)

    def _destroy(self, details: PaperDetails, at: datetime) -> None:
        made = record_destruction(
            school=self.stage.school,
            submission=self._number(),
            details=details,
            by=self._person("office_mgr"),
            at=at,
        )
        self.paper = getattr(self, "paper", made)

    def _file_certificate(self, at: datetime) -> None:
        words = "Certificate of destruction, made up for the demonstration."
        file_destruction(
            paper=self.paper,
            number="GL-P-0093",
            upload=small_file("certificate.pdf", words),
            by=self._person("office_mgr"),
            at=at,
        )

    def _check_display(self, at: datetime) -> None:
        """The yearly electrical check of a screen, by a firm, with its certificate."""
        rows = Asset.objects.filter(school=self.stage.school, kind="display", state="in_service")
        asset, tech = rows.order_by("-tag")[0], self._person("tech")
        found = Found("electrical", True, "Passed.", at.date(), "Safe Spark", at.date() + 365 * DAY)
        upkeep = check_asset(asset=asset, submission=self._number(), found=found, by=tech, at=at)
        words = "Electrical check passed, made up for the demonstration."
        file_certificate(upkeep=upkeep, upload=small_file("check.pdf", words), by=tech, at=at)

    def _check_devices(self, at: datetime) -> None:
        """Look at most of what goes about; a camera is not encrypted, two tablets wait."""
        tech, tablets = self._person("tech"), 0
        for asset in mobile_devices(self.stage.school).order_by("tag"):
            pin = asset.kind == "tablet"
            tablets += pin
            if pin and tablets <= 2:
                continue
            points = Points(
                encrypted=asset.kind != "camera",
                locked=True,
                protected=True,
                impersonal=True,
                account=f"tablets@{self.stage.school.slug}.example" if pin else "",
                custodian=tech if pin else None,
            )
            check_device(asset=asset, submission=self._number(), points=points, by=tech, at=at)
