"""What was done about incidents, counted one by one in plain Python."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median

from incidents.models import Decision, Event, Incident
from tests.reports.slow_records import SlowRecords, local


class SlowResponse(SlowRecords):
    """What the school did about incidents, counted by walking through the records."""

    def _what_was_done(self) -> None:
        name, all_of_them = "incident_response", "incidents"
        late = sum(one.late for one in self.shown)
        again = [one for one in self.shown if self._happened_before(one)]
        named = [one for one in self.shown if self._accused(one)]
        decided = self._by_decision()
        parents, feedback = self._by_parents(), self._by_feedback()
        self._put(name, "speed", self._speeds())
        self._put(
            name, "reported", {"late": late, "in_time": len(self.shown) - late}, whole=all_of_them
        )
        self._put(name, "standing", self._by_standing(), whole=all_of_them)
        reopened = sum(any(e.kind == "reopened" for e in self._events(one)) for one in self.shown)
        counts = {"reopened": reopened, "never": len(self.shown) - reopened}
        self._put(name, "reopened", counts, whole=all_of_them)
        counts = {
            "again": len(again),
            "first": len(named) - len(again),
            "nobody": len(self.shown) - len(named),
        }
        self._put(name, "repeats", counts, whole=all_of_them)
        self._put(name, "decisions", decided, whole=all_of_them)
        self._put(name, "sanctions", self._by_sanction(), whole="own")
        self._put(name, "referrals", self._by_referral(), whole="own")
        self._put(name, "parents", parents, whole="own")
        self._put(name, "feedback", feedback, whole="own")
        heard = feedback["in_time"] + feedback["late"]
        in_force = decided["suggested"] + decided["departed"]
        shares = {
            "late": (late, len(self.shown)),
            "repeats": (len(again), len(named)),
            "departed": (decided["departed"], in_force),
            "told": (parents["told"], sum(parents.values())),
            "heard": (feedback["in_time"], heard),
        }
        hundredths = {
            key: (round(100 * part / whole) if whole else None, whole)
            for key, (part, whole) in shares.items()
        }
        self._put(name, "shares", hundredths)

    def _speeds(self) -> dict[str, tuple[float | None, int]]:
        opening = [one.opened_at - one.reported_at for one in self.shown if one.opened_at]
        closing = [
            one.closed_at - one.reported_at
            for one in self.shown
            if one.state == "closed" and one.closed_at
        ]
        return {"open": self._middle(opening), "close": self._middle(closing)}

    def _middle(self, spans: list[timedelta]) -> tuple[float | None, int]:
        if not spans:
            return None, 0
        return round(median(one.total_seconds() for one in spans) / 3600, 1), len(spans)

    def _events(self, incident: Incident) -> Iterable[Event]:
        return [one for one in self.events if one.incident_id == incident.pk]

    def _by_standing(self) -> dict[str, int]:
        counts = {"closed": 0, "out_of_scope": 0, "open": 0, "reopened": 0}
        for one in self.shown:
            standing = "open"
            for event in self._events(one):
                if event.kind in counts and local(event.at) <= self.end:
                    standing = event.kind
            counts[standing] += 1
        return counts

    def _happened_before(self, incident: Incident) -> bool:
        accused = self._accused(incident)
        for other in self.incidents:
            if other.restriction or not accused & self._accused(other):
                continue
            if (other.reported_at, other.pk) >= (incident.reported_at, incident.pk):
                continue
            if incident.reported_at - other.reported_at <= timedelta(days=365):
                return True
        return False

    def _latest(self, incident: Incident) -> tuple[Decision | None, str]:
        decision = None
        for one in self.decisions:
            if one.incident_id == incident.pk:
                decision = one
        if decision is None:
            return None, "none"
        answer = self.answers.get(decision.pk)
        if answer and not answer.confirmed:
            return decision, "returned"
        if decision.needs_confirmation and not answer:
            return decision, "waiting"
        return decision, "departed" if decision.departure_reason else "suggested"

    def _by_decision(self) -> dict[str, int]:
        found = Counter(self._latest(one)[1] for one in self.shown)
        kinds = ("suggested", "departed", "waiting", "returned", "none")
        return {kind: found[kind] for kind in kinds}

    def _by_sanction(self) -> dict[str, int]:
        shown = {one.pk for one in self.shown}
        rows = [one for one in self.sanctions if one.incident_id in shown]
        return dict(Counter(self.kinds[one.kind_id].code for one in rows))

    def _by_referral(self) -> dict[str, int]:
        shown = {one.pk for one in self.shown}
        counts: Counter[str] = Counter()
        for one in self.referrals:
            if one.incident_id in shown:
                outcome = "made" if one.made_at else "excused" if one.excused_reason else "open"
                counts[f"{one.agency.code}_{outcome}"] += 1
        return dict(counts)

    def _by_parents(self) -> dict[str, int]:
        counts = {"told": 0, "excused": 0, "neither": 0}
        for incident in self.shown:
            rows = [row for row in self.people if row.incident_id == incident.pk and row.person]
            pupils = {row.person_id for row in rows if row.person.kind == "pupil"}
            for pupil in pupils if incident.state != "out_of_scope" else ():
                entries = [
                    one.informed
                    for one in self.contacts
                    if one.incident_id == incident.pk and one.pupil_id == pupil
                ]
                kind = "told" if any(entries) else "excused" if entries else "neither"
                counts[kind] += 1
        return counts

    def _by_feedback(self) -> dict[str, int]:
        counts = {"in_time": 0, "late": 0, "excused": 0, "not_yet": 0}
        for incident in self.shown:
            decision, outcome = self._latest(incident)
            if decision is None or outcome not in ("suggested", "departed"):
                continue
            told = [one for one in self.feedback if one.incident_id == incident.pk]
            if not told:
                counts["not_yet"] += 1
            elif told[0].excused_reason:
                counts["excused"] += 1
            else:
                days = self._school_days_to(local(decision.decided_at), local(told[0].given_at))
                counts["in_time" if days <= 5 else "late"] += 1
        return counts

    def _school_days_to(self, decided: date, told: date) -> int:
        """Return on which school day after a decision the reporter heard.

        The day itself is none; when it is no school day, the next school day takes its place.
        """
        while not self.calendar.is_school_day(decided):
            decided += timedelta(days=1)
        days = 0
        while decided < told:
            decided += timedelta(days=1)
            # A weekend after the last day allowed is too late already.
            days += self.calendar.is_school_day(decided) or days == 5
        return days
