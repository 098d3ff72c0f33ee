"""Who gets a monitoring alert, who is next, and by when it is opened (FIL-14, FIL-16, c.8)."""

from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils.timezone import localdate

from filtering.models import Alert
from filtering.queries.alerts import sees_alert
from filtering.vocabulary import AboutWhom, Severity
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.models import CarerLink, Person, School
from roles.queries import holders_by_role, powers_of, roles_of

CHAINS = ("alert_chain", "head_alert_chain")


class Router:
    """The chain of one school at one moment; its people are read once for any number of alerts."""

    def __init__(self, school: School, *, at: datetime) -> None:
        self.school = school
        self.at = at
        self._powers: dict[int, frozenset[str]] = {}

    def chain(self, alert: Alert) -> list[str]:
        """Return the role codes an alert climbs, first choice first."""
        named = "head_alert_chain" if alert.about == AboutWhom.HEAD else "alert_chain"
        codes: list[str] = self.school.setting(named)
        return codes

    def first(self, alert: Alert) -> tuple[Person | None, int]:
        """Return who gets an alert and their place in the chain; (None, its length) for nobody."""
        return self._from(alert, 0, set())

    def after(self, alert: Alert) -> tuple[Person | None, int]:
        """Return who is next after the place an alert has reached, and that place.

        Whoever has had it already is not told twice.
        """
        had = {alert.owner_id}
        place = 0
        while place <= alert.position:
            person, place = self._from(alert, place, set())
            if person is None or place > alert.position:
                break
            had.add(person.pk)
            place += 1
        return self._from(alert, alert.position + 1, had)

    def role(self, alert: Alert, place: int) -> str:
        """Return what the school calls the role at a place of an alert's chain."""
        code = self.chain(alert)[place]
        return self._labels.get(code, code)

    def due_at(self, severity: int) -> datetime:
        """Return by when an alert received now has to be opened (FIL-16)."""
        if severity == Severity.URGENT:
            return self.at + timedelta(minutes=self.school.setting("urgent_minutes"))
        if severity == Severity.HIGH:
            return self.at + timedelta(minutes=self.school.setting("high_minutes"))
        return self._routine_due

    def may_take(self, alert: Alert, person: Person) -> bool:
        """Return whether a person may see an alert and has no part in it (ROL-31)."""
        if (person.pk, alert.person_id) in self._children:
            return False
        return sees_alert(alert, person, self._powers_of(person))

    def _from(
        self, alert: Alert, start: int, without: set[int | None]
    ) -> tuple[Person | None, int]:
        chain = self.chain(alert)
        for place in range(start, len(chain)):
            for person in self._holders.get(chain[place], []):
                if person.pk not in without and self.may_take(alert, person):
                    return person, place
        return None, len(chain)

    def _powers_of(self, person: Person) -> frozenset[str]:
        if person.pk not in self._powers:
            self._powers[person.pk] = powers_of(person, on=localdate(self.at))
        return self._powers[person.pk]

    @cached_property
    def _codes(self) -> set[str]:
        return {code for name in CHAINS for code in self.school.setting(name)}

    @cached_property
    def _holders(self) -> dict[str, list[Person]]:
        return holders_by_role(self.school, self._codes, on=localdate(self.at))

    @cached_property
    def _children(self) -> set[tuple[int, int | None]]:
        people = {person.pk for holders in self._holders.values() for person in holders}
        links = CarerLink.objects.filter(carer__in=people)
        return set(links.values_list("carer_id", "pupil_id"))

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(roles_of(self.school).values_list("code", "label"))

    @cached_property
    def _routine_due(self) -> datetime:
        days = self.school.setting("routine_days")
        day = SchoolCalendar(self.school).add_school_days(localdate(self.at), days)
        return end_of_school_day(self.school, datetime.combine(day, time(12), LONDON))
