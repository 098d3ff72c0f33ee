"""A recurring duty as its pages show it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from common.dates import uk_date
from common.duties import RecurringDuty
from people.models import Person
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties

KINDS = {
    "open": ("To be done", "wait", "clock"),
    "overdue": ("Overdue", "late", "clock"),
    "met": ("Met", "done", "circle-check"),
    "partly": ("Partly met", "information", "info"),
    "not_met": ("Not met", "late", "triangle-alert"),
    "missed": ("Missed", "late", "triangle-alert"),
    "withdrawn": ("No longer asked for", "", ""),
}
PERIODS = {
    "week": "the week",
    "month": "the month",
    "half_term": "the half-term",
    "term": "the term",
    "year": "the school year",
}


@dataclass(frozen=True)
class Shown:
    """One duty in its period: what it is, whose, how it stands, and what of it may be read."""

    row: DutyOccurrence
    duty: RecurringDuty
    own: bool
    told: bool
    today: date

    @property
    def standing(self) -> tuple[str, str, str]:
        """Return how it stands: words, kind of tag, icon."""
        return KINDS["overdue" if self.overdue else self.row.state]

    @property
    def overdue(self) -> bool:
        """Return whether it is open and its day has passed."""
        return self.row.state == "open" and self.row.due_date < self.today

    @property
    def period(self) -> str:
        """Return its period in words."""
        kind = PERIODS[self.row.period.partition("-")[0]]
        return f"{kind} from {uk_date(self.row.starts_date)} to {uk_date(self.row.due_date)}"

    @property
    def attestable(self) -> bool:
        """Return whether this person may say now how it was met."""
        return self.own and self.row.state == "open" and self.duty.evidence is None


def shown(
    row: DutyOccurrence, person: Person, role_codes: Collection[str], today: date
) -> Shown | None:
    """Return a duty as a person sees it; None when the product no longer knows it.

    What was found is for those whose duty it is, those told when it is late, and whoever wrote it:
    notes on supervision or a finding may be about people (ROL-07).
    """
    duty = recurring_duties().get(row.duty)
    if duty is None:
        return None
    held = set(role_codes)
    own = bool(held & set(duty.roles))
    told = own or bool(held & set(duty.escalate)) or row.done_by_id == person.pk
    return Shown(row, duty, own, told, today)
