"""Pupils as a school's MIS lists them, with their classes."""

from collections.abc import Sequence
from datetime import date, timedelta

from people.imports import cells
from people.imports.columns import EMAIL, JOINED, KNOWN_AS, LEFT, Field, names
from people.imports.importer import Importer, Tell
from people.imports.plan import Entry, Leaver, Plan
from people.imports.rows import Key, Values
from people.imports.writing import BATCH, add_people, change_people, mark_left, rewrite
from people.models import AcademicYear, Person, PupilEnrolment, SchoolClass
from people.models.pupils import key_stage_of, year_words


class PupilImporter(Importer):
    """Pupils: name, date of birth, class, year group, when they came and leave."""

    person_kind = Person.Kind.PUPIL
    fields = (
        Field(
            "external_id",
            "Pupil number",
            cells.text(60),
            "pupil id|student id|arbor student id|person id|mis id|external id|admission number"
            "|adno|adm no"
            "|unique pupil number|upn|id",
            required=True,
        ),
        *names(),
        KNOWN_AS,
        Field(
            "birth_date",
            "Date of birth",
            cells.pupil_birth_date,
            "dob|birth date|birthdate|date of birth (dob)|student date of birth|birthday",
            blank=None,
        ),
        Field(
            "class_name",
            "Class",
            cells.text(40),
            "class name|registration group|reg group|reg|tutor group|registration form|reg form"
            "|form",
            of_person=False,
        ),
        Field(
            "year_group",
            "Year group",
            cells.year_group,
            "year|nc year|national curriculum year|year taught in|curriculum year|ncy",
            required=True,
            of_person=False,
        ),
        EMAIL,
        JOINED,
        LEFT,
    )

    def read_register(self) -> None:
        """Read the school's pupils, their open places and its classes in three queries."""
        self.read_people()
        places = PupilEnrolment.objects.filter(school=self.school, end_date=None)
        self.places = {place.pupil_id: place for place in places.select_related("school_class")}
        self.classes = {
            group.name.casefold(): group for group in SchoolClass.objects.filter(school=self.school)
        }
        for number, values in self.people.items():
            place = self.places.get(self.ids[number])
            group = place.school_class if place else None
            values["class_name"] = group.name if group else ""
            values["year_group"] = place.year_group if place else ""

    def before(self, key: Key) -> Values | None:
        """Return what the register holds of a pupil."""
        return self.people.get(key[0])

    def merge(self, key: Key, before: Values, values: Values) -> Values:
        """Return what would hold after a row, with the class spelled as the register spells it.

        Whoever has left is in no class, whatever the file says of it.
        """
        after = super().merge(key, before, values)
        if before and after["left_date"] and after["left_date"] < self.today:
            return after | {name: before[name] for name in ("class_name", "year_group")}
        known = self.classes.get(after["class_name"].casefold())
        if known:
            after["class_name"] = known.name
        return after

    def detail(self, values: Values) -> str:
        """Return class and year."""
        parts = (values["class_name"], year_words(values["year_group"]))
        return ", ".join(dict.fromkeys(part for part in parts if part))

    def leavers(self, keys: set[Key]) -> list[Leaver]:
        """Return the current pupils with a number of the MIS that the file does not name."""
        return self.people_not_named({number for (number,) in keys})

    def write(self, plan: Plan, *, leavers: bool, tell: Tell) -> None:
        """Write pupils, new classes and places; a moved pupil keeps the old place with its end."""
        moved = [e for e in plan.changed if e.changed & {"class_name", "year_group"}]
        self._add_classes([*plan.added, *moved])
        added = add_people(self, plan.added, tell)
        change_people(self, plan.changed, tell)
        first_day = self._first_day()
        places = [
            self._place(added[entry.key[0]].pk, entry, self._start(entry, first_day))
            for entry in plan.added
        ]
        places += self._move(moved)
        PupilEnrolment.objects.bulk_create(places, batch_size=BATCH)
        if leavers:
            mark_left(plan.leavers, self.today)

    def _add_classes(self, entries: Sequence[Entry]) -> None:
        new: dict[str, SchoolClass] = {}
        for entry in entries:
            name = entry.after["class_name"]
            if name and name.casefold() not in self.classes:
                group = SchoolClass(
                    school=self.school, name=name, year_group=entry.after["year_group"]
                )
                new.setdefault(name.casefold(), group)
        SchoolClass.objects.bulk_create(new.values())
        self.classes |= new

    def _move(self, entries: Sequence[Entry]) -> list[PupilEnrolment]:
        """End the places that pupils move out of and return the new ones.

        A place that began today or later was a slip: it is put right, not ended.
        """
        ended, corrected, new = [], [], []
        for entry in entries:
            pupil_id = self.ids[entry.key[0]]
            place = self._place(pupil_id, entry, self.today)
            old = self.places.get(pupil_id)
            if old and old.start_date >= self.today:
                place.pk, place.start_date = old.pk, old.start_date
                corrected.append(place)
                continue
            if old:
                ended.append(old.pk)
            new.append(place)
        PupilEnrolment.objects.filter(pk__in=ended).update(end_date=self.today - timedelta(days=1))
        rewrite(corrected, ["school_class", "year_group", "key_stage"])
        return new

    def _place(self, pupil_id: int, entry: Entry, start: date) -> PupilEnrolment:
        year_group = entry.after["year_group"]
        return PupilEnrolment(
            school=self.school,
            pupil_id=pupil_id,
            school_class=self.classes.get(entry.after["class_name"].casefold()),
            year_group=year_group,
            key_stage=key_stage_of(year_group),
            start_date=start,
        )

    def _first_day(self) -> date:
        """Return since when new pupils count as in their class: this school year, else today."""
        year = AcademicYear.objects.filter(
            school=self.school, start_date__lte=self.today, end_date__gte=self.today
        ).first()
        return year.start_date if year else self.today

    def _start(self, entry: Entry, first_day: date) -> date:
        return max(entry.after["joined_date"] or first_day, first_day)
