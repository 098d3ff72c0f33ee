"""Staff as a school's MIS lists them."""

from people.imports import cells
from people.imports.columns import EMAIL, JOINED, KNOWN_AS, LEFT, PHONE, TITLE, Field, names
from people.imports.importer import Importer, Tell
from people.imports.plan import Leaver, Plan
from people.imports.rows import Key, Values
from people.imports.writing import BATCH, add_people, change_people, mark_left
from people.models import Person, StaffDetails


class StaffImporter(Importer):
    """Members of staff: name, post, when they started and leave."""

    person_kind = Person.Kind.STAFF
    fields = (
        Field(
            "external_id",
            "Staff number",
            cells.text(60),
            "staff id|arbor staff id|employee id|employee number|staff code|person id|mis id"
            "|external id|id",
            required=True,
        ),
        TITLE,
        *names(),
        KNOWN_AS,
        Field(
            "job_title",
            "Post",
            cells.text(120),
            "job title|role|position|post title|main role|occupation",
            of_person=False,
        ),
        EMAIL,
        PHONE,
        JOINED,
        LEFT,
    )

    def read_register(self) -> None:
        """Read the school's staff with their posts in one query."""
        self.read_people("staff__job_title")
        for values in self.people.values():
            values["job_title"] = values.pop("staff__job_title") or ""

    def before(self, key: Key) -> Values | None:
        """Return what the register holds of a member of staff."""
        return self.people.get(key[0])

    def detail(self, values: Values) -> str:
        """Return the post."""
        return str(values["job_title"])

    def leavers(self, keys: set[Key]) -> list[Leaver]:
        """Return the current staff with a number of the MIS that the file does not name."""
        return self.people_not_named({number for (number,) in keys})

    def write(self, plan: Plan, *, leavers: bool, tell: Tell) -> None:
        """Write staff and their posts; nobody gets an account or a role."""
        people = add_people(self, plan.added, tell) | change_people(self, plan.changed, tell)
        details = [
            StaffDetails(
                school=self.school,
                person=people[entry.key[0]],
                job_title=entry.after["job_title"],
                start_date=entry.after["joined_date"],
                end_date=entry.after["left_date"],
            )
            for entry in (*plan.added, *plan.changed)
        ]
        StaffDetails.objects.bulk_create(
            details,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["job_title", "start_date", "end_date"],
        )
        if leavers:
            last_day = mark_left(plan.leavers, self.today)
            left = [leaver.person_id for leaver in plan.leavers]
            StaffDetails.objects.filter(person__in=left).update(end_date=last_day)
