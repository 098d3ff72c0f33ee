"""Ask everybody who has to sign: what role and dates say, written down round by round."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from agreements.audience import (
    Expected,
    Pair,
    expected_on,
    renewed_yearly,
    signed_by_parents,
)
from agreements.models import AgreementVersion, Obligation
from agreements.queries.texts import live_versions
from agreements.vocabulary import PUPILS, Audience, Change, Trigger
from agreements.workflow import PAST
from audit.actions import record
from people.models import AcademicYear, Person, School

AT_ONCE = 2_000
# Those who are new among them sign within the days of induction (AGR-27).
INDUCTED = {Audience.STAFF, Audience.GOVERNOR, Audience.VOLUNTEER, Audience.EXTERNAL}
SIGNED = ("active", "countersign", "covered", "familiarised")


@dataclass
class Issued:
    """What a sweep has written: rounds begun, ended and moved to another version."""

    asked: int = 0
    ended: int = 0
    moved: int = 0

    def __bool__(self) -> bool:
        return bool(self.asked or self.ended or self.moved)


@transaction.atomic
def issue_obligations(
    *,
    school: School,
    by: Person | str,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Issued:
    """Write the obligations that follow from role and dates today (AGR-02, AGR-03, AGR-06).

    Joining, September, a new role or key stage, a material version and a return begin a round; who
    has left is asked no more. May be repeated at any time: it writes only what is missing.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    versions = live_versions(school)
    issued = Issued()
    for done, version in enumerate(versions):
        progress(done, len(versions))
        _Round(school, version, localdate(at), at).write(issued)
    progress(len(versions), len(versions))
    if issued:
        record("issue_obligations", school, by=by, at=at, facts=vars(issued), school_id=school.pk)
    return issued


@dataclass
class _Round:
    """One live version against everybody it is asked of."""

    school: School
    version: AgreementVersion
    day: date
    at: datetime
    begun: list[Obligation] = field(default_factory=list)
    over: list[int] = field(default_factory=list)

    def write(self, issued: Issued) -> None:
        """Write what is missing."""
        expected = expected_on(self.version, school=self.school, on=self.day)
        rows = Obligation.objects.filter(agreement=self.version.agreement)
        now = {
            Pair(row.signer_id, row.about_id or 0): row
            for row in rows.exclude(state__in=PAST).select_related("version")
        }
        left = [row.pk for pair, row in now.items() if pair not in expected.pairs]
        self._renew(expected, now)
        self._begin(expected, now, rows)
        issued.ended += rows.filter(pk__in=left).update(
            state="ended", changed_at=self.at, reason="No longer belongs to those who sign this."
        )
        if expected.asks:
            outdated = rows.filter(state="due").exclude(version=self.version, asks=expected.asks)
            issued.moved += outdated.update(version=self.version, asks=expected.asks)
        if self._needs_both():
            issued.moved += rows.filter(state="covered").update(state="due", changed_at=self.at)
        rows.filter(pk__in=self.over).update(state="superseded", changed_at=self.at)
        for start in range(0, len(self.begun), AT_ONCE):
            Obligation.objects.bulk_create(
                self.begun[start : start + AT_ONCE], ignore_conflicts=True
            )
        issued.asked += len(self.begun)

    def _renew(self, expected: Expected, now: dict[Pair, Obligation]) -> None:
        """Begin a new round for those whose signature no longer covers what it should."""
        year = self._year_start() if renewed_yearly(self.school, self.version.agreement) else None
        material = self._last_material()
        for pair, roles in expected.pairs.items():
            row = now.get(pair)
            if row is None or row.state not in SIGNED:
                continue
            why = self._why_again(row, roles, year=year, material=material)
            if why:
                self.over.append(row.pk)
                self.begun.append(self._row(expected, pair, roles, *why))

    def _why_again(
        self, row: Obligation, roles: list[str], *, year: date | None, material: int
    ) -> tuple[str, str] | None:
        if row.version.number < material:
            return Trigger.VERSION, f"v{self.version.number}"
        if year and localdate(row.issued_at) < year:
            return Trigger.SEPTEMBER, str(year.year)
        if set(roles) - set(row.roles) and row.state == "active":
            return Trigger.ROLE, f"role-{self.day}"
        return None

    def _begin(self, expected: Expected, now: dict[Pair, Obligation], rows) -> None:
        """Ask those who were never asked, and those who have come back."""
        new = [pair for pair in expected.pairs if pair not in now]
        if not new:
            return
        before = set(rows.values_list("signer_id", "about_id"))
        moved_up = self._from_another_stage()
        covered = self._covered(now)
        for pair in new:
            if (pair.signer, pair.about or None) in before:
                why = (Trigger.RETURN, f"return-{self.day}")
            elif (pair.about or pair.signer) in moved_up:
                why = (Trigger.KEY_STAGE, "entry")
            else:
                why = (Trigger.JOINING, "entry")
            row = self._row(expected, pair, expected.pairs[pair], *why)
            if pair.about in covered:
                row.state = "covered"
            self.begun.append(row)

    def _row(
        self, expected: Expected, pair: Pair, roles: list[str], trigger: str, cycle: str
    ) -> Obligation:
        return Obligation(
            school=self.school,
            agreement=self.version.agreement,
            version=self.version,
            signer_id=pair.signer,
            about_id=pair.about or None,
            asks=expected.asks,
            trigger=trigger,
            cycle=cycle,
            roles=roles,
            issued_at=self.at,
            due_date=self.day + timedelta(days=self._days(trigger)),
            changed_at=self.at,
        )

    def _days(self, trigger: str) -> int:
        new = trigger in {Trigger.JOINING, Trigger.RETURN}
        inducted = new and self.version.agreement.audience in INDUCTED
        return int(self.school.setting("induction_days" if inducted else "sign_days"))

    def _year_start(self) -> date:
        year = (
            AcademicYear.objects.filter(school=self.school, start_date__lte=self.day)
            .order_by("-start_date")
            .first()
        )
        if year and year.end_date >= self.day:
            return year.start_date
        return date(self.day.year if self.day.month >= 9 else self.day.year - 1, 9, 1)

    def _last_material(self) -> int:
        published = AgreementVersion.objects.filter(
            agreement=self.version.agreement, status="published", change=Change.MATERIAL
        )
        return published.aggregate(last=Max("number"))["last"] or 0

    def _from_another_stage(self) -> set[int]:
        """Return the pupils for whom another agreement of pupils was signed before."""
        if self.version.agreement.audience not in PUPILS:
            return set()
        earlier = Obligation.objects.filter(
            school=self.school, agreement__audience__in=PUPILS
        ).exclude(agreement=self.version.agreement)
        return {about or signer for signer, about in earlier.values_list("signer_id", "about_id")}

    def _covered(self, now: dict[Pair, Obligation]) -> set[int]:
        """Return the pupils for whom one signature of a parent is there and is enough."""
        if self._needs_both() or not signed_by_parents(self.school, self.version.agreement):
            return set()
        return {
            pair.about
            for pair, row in now.items()
            if pair.about and row.state == "active" and row.pk not in set(self.over)
        }

    def _needs_both(self) -> bool:
        return self.school.setting("parents_needed") == "both"
