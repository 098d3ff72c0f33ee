"""Parents and carers as a school's MIS lists them: one row for each carer and pupil."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from common.errors import Refusal
from people.imports import cells
from people.imports.columns import EMAIL, PHONE, TITLE, Field, names
from people.imports.importer import Importer, Tell
from people.imports.plan import Entry, Leaver, Plan
from people.imports.rows import Key, Row, Values, name_of
from people.imports.writing import BATCH, add_people, change_people, mark_left, rewrite
from people.models import CarerLink, Person

LINK = ("relation", "parental_responsibility", "may_sign", "no_contact")


class CarerImporter(Importer):
    """Carers and their links: a carer of three pupils has three rows."""

    person_kind = Person.Kind.CARER
    key_fields = ("external_id", "pupil_id")
    fields = (
        Field(
            "external_id",
            "Carer number",
            cells.text(60),
            "carer id|contact id|guardian id|arbor guardian id|parent id|person id|mis id"
            "|external id|id",
            required=True,
        ),
        Field(
            "pupil_id",
            "Pupil number",
            cells.text(60),
            "student id|arbor student id|child id|pupil external id|student mis id"
            "|admission number|adno|upn"
            "|unique pupil number",
            required=True,
            of_person=False,
        ),
        TITLE,
        *names("contact|carer|guardian|parent|primary contact"),
        Field(
            "relation",
            "Relation to the pupil",
            cells.text(40),
            "relation|relationship|relationship to student|relationship to pupil|contact type",
            of_person=False,
            blank="Parent or carer",
        ),
        Field(
            "parental_responsibility",
            "Parental responsibility",
            cells.yes_no,
            "has parental responsibility|responsibility|legal responsibility|pr",
            of_person=False,
            blank=True,
        ),
        Field(
            "may_sign",
            "May sign for the pupil",
            cells.yes_no,
            "may sign|can sign|can give consent|may give consent",
            of_person=False,
            blank=True,
        ),
        Field(
            "no_contact",
            "School must not contact",
            cells.yes_no,
            "no contact|do not contact|court order|contact barred|not to be contacted",
            of_person=False,
            blank=False,
        ),
        EMAIL,
        PHONE,
    )

    @property
    def compared(self) -> list[tuple[str, str]]:
        """Return the values that are compared, with whom the carer cares for and the last day."""
        return [("pupil", "Carer of"), *super().compared, ("left_date", "Last day")]

    def read_register(self) -> None:
        """Read the school's carers, pupils and open links in three queries."""
        self.read_people()
        pupils = Person.objects.filter(school=self.school, kind=Person.Kind.PUPIL)
        self.pupils = {
            row["external_id"]: row
            for row in pupils.exclude(external_id="").values(
                "pk", "external_id", "given_name", "family_name", "left_date"
            )
        }
        links = CarerLink.objects.filter(school=self.school, end_date=None)
        numbered = links.exclude(carer__external_id="").exclude(pupil__external_id="")
        self.links = {
            (link.carer.external_id, link.pupil.external_id): link
            for link in numbered.select_related("carer", "pupil")
        }
        self.details: dict[str, tuple[int, Values]] = {}

    def before(self, key: Key) -> Values | None:
        """Return what the register holds of a carer, and of the link when there is one."""
        person = self.people.get(key[0])
        link = self.links.get((key[0], key[1]))
        if person is None or link is None:
            return person
        return {**person, "pupil": name_of(self.pupils[key[1]])} | {
            name: getattr(link, name) for name in LINK
        }

    def merge(self, key: Key, before: Values, values: Values) -> Values:
        """Return what would hold after a row; whom school must not contact may not sign either."""
        kept = {name: value for name, value in values.items() if name != "pupil_id"}
        if not kept.get("relation"):
            kept.pop("relation", None)
        after = super().merge(key, before, kept) | {"pupil": name_of(self.pupils[key[1]])}
        del after["pupil_id"]
        after["may_sign"] = after["may_sign"] and not after["no_contact"]
        return after

    def note(self, before: Values | None, after: Values) -> str:
        """Return what to look at twice: above all a no-contact flag that the file would lift."""
        if before and before.get("no_contact") and not after["no_contact"]:
            return "This lifts the flag that school must not contact this carer."
        return super().note(before, after)

    def check_file(self, keys: Sequence[tuple[int, Key]]) -> None:
        """Refuse a file in which somebody is their own carer, or people care in a circle."""
        for number, (carer, pupil) in keys:
            if carer == pupil:
                raise Refusal(
                    f"Row {number} makes {carer[:60]} their own carer. If your MIS numbers carers "
                    "and pupils apart, put a letter before the carers' numbers, such as C17."
                )
        cares_for: dict[str, set[str]] = {}
        for carer, pupil in [*(key for _, key in keys), *self.links]:
            cares_for.setdefault(carer, set()).add(pupil)
        try:
            TopologicalSorter(cares_for).prepare()
        except CycleError as error:
            circle = " → ".join(number[:60] for number in error.args[1][:6])
            raise Refusal(
                f"These people are each other's carers in a circle: {circle}. If your MIS numbers "
                "carers and pupils apart, put a letter before the carers' numbers, such as C17."
            ) from None

    def check_row(self, row: Row) -> list[str]:
        """Return why a row cannot be taken: its pupil, what it says of signing, or its carer."""
        return [
            reason for reason in (self._pupil(row), self._signing(row), self._same(row)) if reason
        ]

    def _pupil(self, row: Row) -> str:
        pupil = self.pupils.get(row.key[1])
        if pupil is None:
            return f"No pupil has the number “{row.key[1]}”. Bring in the pupils first."
        if pupil["left_date"] and pupil["left_date"] < self.today:
            return f"The pupil with the number “{row.key[1]}” has left."
        return ""

    def _signing(self, row: Row) -> str:
        link = self.links.get((row.key[0], row.key[1]))
        barred = row.values.get("no_contact")
        if barred is None:
            barred = bool(link and link.no_contact)
        if barred and row.values.get("may_sign"):
            return "Somebody whom school must not contact may not sign."
        return ""

    def _same(self, row: Row) -> str:
        """Return whether another row says something else about the same carer."""
        own = {one.name: row.values.get(one.name) for one in self.fields if one.of_person}
        first, details = self.details.setdefault(row.key[0], (row.number, own))
        if details != own:
            return f"Row {first} gives other details for the same carer."
        return ""

    def detail(self, values: Values) -> str:
        """Return whom the carer cares for and in what relation, or how to reach the carer."""
        if "pupil" in values:
            return f"{values['relation']} of {values['pupil']}"
        return str(values["email"] or values["phone"])

    def leavers(self, keys: set[Key]) -> list[Leaver]:
        """Return the carers the file does not name, and the links it does not name of others."""
        named = {carer for carer, _ in keys}
        gone = self.people_not_named(named)
        ended = [
            Leaver(
                name_of(self.people[carer]),
                f"no longer carer of {link.pupil.full_name}",
                link.carer_id,
                link.pk,
            )
            for (carer, pupil), link in self.links.items()
            if carer in named and (carer, pupil) not in keys
        ]
        return gone + ended

    def write(self, plan: Plan, *, leavers: bool, tell: Tell) -> None:
        """Write carers and their links; nobody gets an account or a role."""
        people = add_people(self, plan.added, tell) | change_people(self, plan.changed, tell)
        new: list[CarerLink] = []
        changed: list[CarerLink] = []
        for entry in (*plan.added, *plan.changed):
            link = self.links.get((entry.key[0], entry.key[1]))
            (changed if link else new).append(self._link(link, people[entry.key[0]], entry))
        CarerLink.objects.bulk_create(new, batch_size=BATCH)
        rewrite(changed, LINK)
        if leavers:
            last_day = mark_left(plan.leavers, self.today)
            ended = [leaver.link_id for leaver in plan.leavers if leaver.link_id]
            CarerLink.objects.filter(pk__in=ended).update(end_date=last_day)

    def _link(self, link: CarerLink | None, carer: Person, entry: Entry) -> CarerLink:
        link = link or CarerLink(
            school=self.school,
            carer=carer,
            pupil_id=self.pupils[entry.key[1]]["pk"],
            start_date=self.today,
        )
        for name in LINK:
            setattr(link, name, entry.after[name])
        return link
