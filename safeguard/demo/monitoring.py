"""A demo school is monitored: alerts, reports about filtering, weekly reports, checks, reviews."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from filtering.actions.alert_drills import start_drill
from filtering.actions.alert_hooks import receive_delivery
from filtering.actions.alert_sources import add_source
from filtering.actions.alerts import open_alert, triage_alert
from filtering.actions.failing import report_failure
from filtering.actions.mending import acknowledge_failure, fix_failure, verify_failure
from filtering.actions.monitoring import (
    note_monitoring,
    open_monitoring_reports,
    see_monitoring,
    sign_monitoring,
)
from filtering.models import (
    Alert,
    AlertSource,
    MonitoringReport,
)
from filtering.vocabulary import Severity, Verdict
from incidents.actions import Told
from incidents.actions.raising import raise_incident
from incidents.vocabulary import Place
from people.models import Person
from safeguard.demo.monitoring_data import ALERTS, LOOKS, REPORTS, WEEKS
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]


class Monitoring:
    """Walks what monitoring shows a school in an autumn, and what people make of it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.random = Random(f"{stage.school.slug} is watched")  # noqa: S311  the same every time
        self.source: AlertSource | None = None

    def deeds(self) -> Iterator[Deed]:
        """Yield what happens and what people do, each with its moment."""
        yield self._on(WEEKS * 5 + 1, "09:30"), self._add_source
        for days in range(WEEKS * 5, -1, -1):
            yield self._on(days, "10:50"), partial(self._deliver, days)
            yield self._on(days, "15:20"), partial(self._judge, days)
        yield self._on(20, "13:00"), self._drill
        for week in range(WEEKS):
            yield self._on(week * 5, "07:00"), self._open_weeks
            yield self._on(week * 5, "11:10"), partial(self._sign_weeks, week)
        yield from self._reports()

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _number(self, offset: int) -> UUID:
        return UUID(int=self.stage.school.pk * 100_000 + offset, version=4)

    def _add_source(self, at: datetime) -> None:
        self.source = add_source(
            school=self.stage.school, name="Lookout", product="generic", by=self._person("tech"),
            at=at,
        )  # fmt: skip

    def _deliver(self, days: int, at: datetime) -> None:
        """Let the product send what it noticed that morning; today something urgent is in it."""
        items = [self._item(days, place, at) for place in range(self.random.randint(1, 5))]
        if days == 0:
            items += [self._item(days, 8 + n, at) | told for n, told in enumerate(ALERTS[:2])]
        assert self.source is not None, "the source is there before its alerts"  # noqa: S101
        body = json.dumps({"alerts": items}).encode()
        receive_delivery(source=self.source, delivery=f"morning-{days}", body=body, at=at)

    def _item(self, days: int, place: int, at: datetime) -> dict[str, str]:
        years = [year for year in self.stage.pupils if year in "3456"]
        pupil = self.random.choice(self.stage.pupils[self.random.choice(years)])
        told = self.random.choice(ALERTS[3:])
        happened = at - timedelta(minutes=self.random.randint(5, 110))
        return dict(
            told,
            id=f"{days}-{place}",
            at=happened.isoformat(),
            device=f"LAP-{self.random.randint(1, 60):02d}",
            user=pupil.external_id,
        )

    def _judge(self, days: int, at: datetime) -> None:
        """Let the lead look at what came; the newest is left, and today one becomes an incident."""
        lead, left = self.stage.lead, 2 if days < 2 else 0
        rows = Alert.objects.filter(school=self.stage.school, state="received", drill=False)
        waiting = list(rows.select_related("person").order_by("-severity", "pk"))
        for alert in waiting[: max(len(waiting) - left, 0)]:
            if alert.severity == Severity.URGENT:
                continue
            open_alert(alert=alert, version=alert.version, by=lead, at=at)
            alert.refresh_from_db()
            if alert.rule == "Bullying":
                self._raise(alert, at)
                continue
            triage_alert(
                alert=alert,
                version=alert.version,
                verdict=Verdict.FALSE,
                reason=self.random.choice(LOOKS),
                by=lead,
                at=at,
            )

    def _raise(self, alert: Alert, at: datetime) -> None:
        raise_incident(
            origin=alert,
            submission=self._number(1),
            told=Told(
                about="pupil",
                description=f"Monitoring alert, rule {alert.rule}. Typed: {alert.term}",
                occurred_at=alert.happened_at,
                noticed_at=at,
                place=Place.SCHOOL,
                told_lead=True,
            ),
            by=self.stage.lead,
            at=at,
        )

    def _drill(self, at: datetime) -> None:
        drill = start_drill(school=self.stage.school, by=self._person("head"), at=at)
        later, lead = at + timedelta(minutes=6), self.stage.lead
        open_alert(alert=drill, version=drill.version, by=lead, at=later)
        drill.refresh_from_db()
        triage_alert(
            alert=drill,
            version=drill.version,
            verdict=Verdict.FALSE,
            reason="Drill: the message came through at once.",
            by=lead,
            at=later,
        )

    def _open_weeks(self, at: datetime) -> None:
        open_monitoring_reports(school=self.stage.school, at=at)

    def _sign_weeks(self, week: int, at: datetime) -> None:
        """Let IT look through each open week and the lead sign it; the latest waits."""
        lead = self._person("dsl")
        for report in MonitoringReport.objects.filter(school=self.stage.school, signed_at=None):
            if not report.noted_at:
                told = self.random.choice(LOOKS)
                note_monitoring(
                    report=report, version=report.version, text=told, by=self._person("tech"), at=at
                )
                report.refresh_from_db()
            if week:
                sign_monitoring(
                    report=report,
                    version=report.version,
                    breaches="",
                    actions="Spoke with the class teachers.",
                    without_look=False,
                    by=lead,
                    at=at + timedelta(minutes=20),
                )
        signed = MonitoringReport.objects.filter(
            school=self.stage.school, signed_at__isnull=False, seen_at=None
        )
        numbers = list(signed.values_list("pk", flat=True))
        if week == 1 and numbers:
            head = self._person("head")
            see_monitoring(school=self.stage.school, reports=numbers, by=head, at=at)

    def _reports(self) -> Iterator[Deed]:
        for number, (days, clock, by, told, until) in enumerate(REPORTS):
            moment = self._on(days, clock)
            yield moment, partial(self._report, number, by, told, until)

    def _report(self, number: int, by: str, told: dict[str, str], until: str, at: datetime) -> None:
        """Report something about filtering, and deal with it as far as the story goes."""
        made = report_failure(
            school=self.stage.school,
            submission=self._number(100 + number),
            site="Main school",
            seen_at=at - timedelta(minutes=10),
            by=self._person(by),
            at=at,
            **told,
        )
        if until == "reported":
            return
        acknowledge_failure(
            failure=made, version=made.version, note="Taken on.", by=self._person("tech"),
            at=at + timedelta(minutes=18),
        )  # fmt: skip
        made.refresh_from_db()
        if until == "acknowledged":
            return
        fix_failure(
            failure=made,
            version=made.version,
            cause="The address was in no category. It is blocked now.",
            by=self._person("tech"),
            at=at + timedelta(hours=3),
        )
        made.refresh_from_db()
        verify_failure(
            failure=made,
            version=made.version,
            note="Tried on a tablet: blocked.",
            no_incident_reason="It was closed before anybody saw more than its name.",
            by=self._person("comp_lead"),
            at=at + timedelta(hours=5),
        )
