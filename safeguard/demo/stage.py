"""A demo school set up and ready for its stories: people, policy, calendar and clock."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from incidents.models import Agency, Incident
from incidents.queries import agency_of
from people.calendar import LONDON, SchoolCalendar
from people.models import Person, School, SchoolClass
from policies.models import Infringement, PolicyVersion, RiskTheme, SanctionType
from policies.queries import ladder_on
from roles.queries import current_holders


@dataclass(frozen=True)
class Called:
    """How a text calls a person: ``{a}`` in full, ``{a.first}`` as friends and teachers do."""

    whole: str
    first: str

    def __str__(self) -> str:
        return self.whole


@dataclass
class Stage:
    """What the telling of a school's stories needs to look up, read once."""

    school: School
    by_code: dict[str, Person]
    now: datetime
    pupils: dict[str, list[Person]] = field(default_factory=dict)
    told: dict[str, Incident] = field(default_factory=dict)
    casts: dict[str, dict[str, Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = SchoolCalendar(self.school)
        self.today: date = self.now.astimezone(LONDON).date()
        version = ladder_on(self.school, self.today)
        assert version is not None, "the ladder is put in force before stories are told"  # noqa: S101
        self.version: PolicyVersion = version
        self._infringements = {
            (row.subject, row.key): row
            for row in version.infringements.select_related("category", "clause")
        }
        self._themes = {row.key: row for row in version.themes.all()}
        self._sanctions = {row.code: row for row in version.sanction_types.all()}

    @property
    def lead(self) -> Person:
        """Return who gets the school's reports first."""
        code = self.school.setting("pupil_route")[0]
        return current_holders(self.school, code, on=self.today)[0]

    def some_pupil(self, year: str, random: Random, besides: set[Person]) -> Person:
        """Return a pupil of a year group who is not in the story yet."""
        return random.choice([pupil for pupil in self.pupils[year] if pupil not in besides])

    def class_teacher(self, pupil: Person) -> Person | None:
        """Return the teacher of a pupil's class."""
        return SchoolClass.objects.get(enrolments__pupil=pupil, enrolments__end_date=None).teacher

    def infringement(self, about: str, key: str) -> Infringement | None:
        """Return the ladder's row for a key, or None where the story names none."""
        if not key:
            return None
        subject = "pupil" if about == "pupil" else "staff"
        return self._infringements.get((subject, key)) or self._infringements["any", key]

    def theme(self, key: str) -> RiskTheme:
        """Return a theme of the ladder."""
        return self._themes[key]

    def sanction(self, code: str) -> SanctionType:
        """Return a kind of sanction of the ladder."""
        return self._sanctions[code]

    def agency(self, code: str) -> Agency:
        """Return an outside body of the school's directory."""
        return agency_of(self.school, code)

    def days_back(self, count: int) -> date:
        """Return the date so many school days before today; 0 is today, whatever day it is."""
        day = self.today
        while count:
            day -= timedelta(days=1)
            count -= self.calendar.is_school_day(day)
        return day

    def moment(self, day: date, clock: str) -> datetime:
        """Return a time of day, never later than now."""
        return min(datetime.combine(day, time.fromisoformat(clock), LONDON), self.now)


def called(person: Person) -> Called:
    """Return how texts call a person: grown-ups by title and family name."""
    if person.title:
        return Called(person.full_name, f"{person.title} {person.family_name}")
    return Called(person.full_name, person.known_as or person.given_name)
