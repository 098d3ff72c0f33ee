"""The figures of a report about incidents, counted one by one in plain Python.

Written apart from the queries and shares nothing with them: every record is read whole, and what
each figure means is said again here.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from incidents.models import (
    Decision,
    DecisionAnswer,
    Event,
    Feedback,
    Incident,
    Involvement,
    ParentContact,
    Referral,
    Sanction,
)
from people.calendar import LONDON, SchoolCalendar
from people.models import PupilEnrolment, School
from policies.models import LadderInForce, SanctionCategory, SanctionType

Figures = dict[tuple[str, str, str], tuple[float | None, int | None]]


def local(moment: datetime) -> date:
    """Return the day of a moment by the school's clock."""
    return moment.astimezone(LONDON).date()


class SlowCount:
    """Everything about a school's incidents, read once, and counted by walking through it."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.incidents = list(Incident.objects.all())
        self.people = list(Involvement.objects.select_related("person"))
        self.places = list(PupilEnrolment.objects.all())
        self.events = sorted(Event.objects.all(), key=lambda one: (one.at, one.pk))
        self.decisions = sorted(Decision.objects.all(), key=lambda one: one.pk)
        self.answers = {one.decision_id: one for one in DecisionAnswer.objects.all()}
        self.feedback = sorted(Feedback.objects.all(), key=lambda one: one.pk)
        self.sanctions = list(Sanction.objects.all())
        self.kinds = {one.pk: one for one in SanctionType.objects.all()}
        self.referrals = list(Referral.objects.select_related("agency"))
        self.contacts = list(ParentContact.objects.all())
        self.categories = {
            one.pk: one for one in SanctionCategory.objects.select_related("version")
        }
        self.ladders = sorted(LadderInForce.objects.all(), key=lambda one: (one.from_date, one.pk))
        self.calendar = SchoolCalendar(school)

    def count(self, start: date, end: date) -> Figures:
        """Return every figure of both sections on the days from one to another."""
        self.start, self.end = start, end
        self.all = [
            one
            for one in self.incidents
            if start <= local(one.reported_at) <= end and one.restriction != "head"
        ]
        self.shown = [one for one in self.all if one.restriction == ""]
        self.figures: Figures = {}
        self._what_happened()
        self._what_was_done()
        return self.figures

    def _put(self, section: str, table: str, counts: dict[str, Any], *, whole: str = "") -> None:
        if whole == "incidents":
            counts = counts | {
                "restricted": len(self.all) - len(self.shown),
                "total": len(self.all),
            }
        elif whole:
            counts = counts | {"total": sum(counts.values())}
        for key, value in counts.items():
            figure = value if isinstance(value, tuple) else (value, None)
            self.figures[section, table, key] = figure

    def _what_happened(self) -> None:
        name, all_of_them = "incidents", "incidents"
        kinds = dict.fromkeys(("pupil", "staff", "other"), 0)
        for one in self.all:
            kinds[one.subject_kind] += 1
        self._put(name, "subject", kinds | {"total": len(self.all)})
        self._put(name, "category", self._by_category(), whole=all_of_them)
        areas = dict.fromkeys(("content", "contact", "conduct", "commerce", "none"), 0)
        for one in self.shown:
            for area in one.areas or ["none"]:
                areas[area] += 1
        self._put(name, "area", areas)
        for field, values in (
            ("severity", ("low", "normal", "high", "critical")),
            ("place", ("school", "outside", "online")),
        ):
            found = Counter(getattr(one, field) for one in self.shown)
            self._put(name, field, {value: found[value] for value in values}, whole=all_of_them)
        self._put(name, "year", self._by_year())
        hours = dict.fromkeys((0, 6, 9, 12, 15, 18, 21), 0)
        days = {"school_day": 0, "other_day": 0}
        for one in self.shown:
            moment = one.occurred_at.astimezone(LONDON)
            hours[max(start for start in hours if start <= moment.hour)] += 1
            at_school = self.calendar.is_school_day(moment.date())
            days["school_day" if at_school else "other_day"] += 1
        bands = {f"from_{start:02}": count for start, count in hours.items()}
        self._put(name, "hour", bands, whole=all_of_them)
        self._put(name, "day", days, whole=all_of_them)

    def _by_category(self) -> dict[str, int]:
        begun = [one for one in self.ladders if one.from_date <= self.end]
        counts = {
            f"{one.subject}_{one.code}": 0
            for one in self.categories.values()
            if begun and one.version_id == begun[-1].version_id
        }
        counts |= {"none": 0, "unclassified": 0}
        for one in self.shown:
            if one.category_id:
                category = self.categories[one.category_id]
                key = f"{category.subject}_{category.code}"
            else:
                key = "none" if one.classified_at else "unclassified"
            counts[key] = counts.get(key, 0) + 1
        return counts

    def _by_year(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for one in self.shown:
            day = local(one.reported_at)
            found = [self._years(pupil, day) for pupil in self._accused(one)]
            counts.update(set().union(*found))
        return counts

    def _years(self, pupil: int, day: date) -> set[str]:
        found = {
            f"year_{place.year_group}"
            for place in self.places
            if place.pupil_id == pupil
            and place.start_date <= day
            and (place.end_date is None or day <= place.end_date)
        }
        return found or {"year_"}

    def _accused(self, incident: Incident) -> set[int]:
        return {
            row.person_id
            for row in self.people
            if row.incident_id == incident.pk
            and row.part == "alleged"
            and row.person
            and row.person.kind == "pupil"
        }

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
