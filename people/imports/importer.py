"""What is particular to one kind of people, behind one interface."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from people.imports.columns import Field
from people.imports.plan import Leaver, Plan
from people.imports.rows import Key, Row, Values, name_of
from people.models import Person, School

Tell = Callable[[int], None]


class Importer(ABC):
    """What is particular to staff, pupils or carers; one instance is one look at the register.

    ``people`` holds by number what the register knows of everybody who came from the MIS, ``ids``
    their keys, ``here`` the numbers of those who have not left, ``names`` the names of all who
    are here, with or without a number.
    """

    person_kind: ClassVar[Person.Kind]
    fields: ClassVar[tuple[Field, ...]]
    key_fields: ClassVar[tuple[str, ...]] = ("external_id",)

    def __init__(self, school: School, today: date) -> None:
        self.school = school
        self.today = today
        self.people: dict[str, Values] = {}
        self.ids: dict[str, int] = {}
        self.here: set[str] = set()
        self.names: set[tuple[str, str]] = set()
        self.read_register()

    @abstractmethod
    def read_register(self) -> None:
        """Read what the register holds now, in a number of queries that does not grow."""

    @abstractmethod
    def before(self, key: Key) -> Values | None:
        """Return what the register holds for a row, or None when the person is new."""

    @abstractmethod
    def detail(self, values: Values) -> str:
        """Return what tells two people of one name apart, for the preview."""

    @abstractmethod
    def leavers(self, keys: set[Key]) -> list[Leaver]:
        """Return who is in the register, came from the MIS, and is not among the keys."""

    @abstractmethod
    def write(self, plan: Plan, *, leavers: bool, tell: Tell) -> None:
        """Write a plan, with or without its leavers; ``tell`` is told how many rows are written."""

    def check_file(self, keys: Sequence[tuple[int, Key]]) -> None:  # noqa: B027  most have no say
        """Refuse a file that contradicts itself as a whole."""

    def check_row(self, row: Row) -> list[str]:  # noqa: ARG002  most have no say
        """Return why a row cannot be taken although each of its cells is good."""
        return []

    @property
    def compared(self) -> list[tuple[str, str]]:
        """Return the names and labels of the values that are compared, in order."""
        return [(one.name, one.label) for one in self.fields if one.name not in self.key_fields]

    def merge(self, key: Key, before: Values, values: Values) -> Values:
        """Return what would hold after a row: the file's values over what holds now.

        Somebody who had left and is in the file again comes back, unless the file says otherwise.
        """
        blank = {one.name: one.blank for one in self.fields}
        kept = {name: value for name, value in values.items() if value is not None}
        after = {**blank, "external_id": key[0], **before, **kept}
        left = values.get("left_date", after.get("left_date"))
        comes_back = "left_date" not in values and left is not None and left < self.today
        after["left_date"] = None if comes_back else left
        return after

    def note(self, before: Values | None, after: Values) -> str:
        """Return what to look at twice: a new person with the name of one who is here already."""
        if before is None and _folded(after) in self.names:
            return "Somebody of this name is in the register already."
        return ""

    def read_people(self, *more: str) -> None:
        """Read everybody of the kind, with ``more`` columns, in one query."""
        own = [one.name for one in self.fields if one.of_person]
        found = Person.objects.filter(school=self.school, kind=self.person_kind)
        for values in found.values("pk", *dict.fromkeys([*own, "left_date", *more])):
            here = values["left_date"] is None or values["left_date"] >= self.today
            if here:
                self.names.add(_folded(values))
            pk, number = values.pop("pk"), values["external_id"]
            if number:
                self.people[number], self.ids[number] = values, pk
                if here:
                    self.here.add(number)

    def people_not_named(self, numbers: set[str]) -> list[Leaver]:
        """Return the people who are here, came from the MIS, and are not among the numbers."""
        return [
            Leaver(name_of(values), self.detail(values), self.ids[number])
            for number, values in self.people.items()
            if number in self.here and number not in numbers
        ]


def _folded(values: Mapping[str, Any]) -> tuple[str, str]:
    return values["given_name"].casefold(), values["family_name"].casefold()
