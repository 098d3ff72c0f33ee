"""Draw a school's pupils, families, staff and governors as the rows an MIS would export."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from safeguard.demo.names import SHORT, Names
from safeguard.demo.profiles import Post, Profile
from safeguard.demo.years import birthdays_of, first_day_of_year

YEARS = ("R", "1", "2", "3", "4", "5", "6")
# Relation, and whether it says that the carer is a woman.
RELATIONS = (
    ("Mother", True),
    ("Father", False),
    ("Mother", True),
    ("Father", False),
    ("Grandmother", True),
    ("Stepfather", False),
    ("Foster carer", None),
)


@dataclass(frozen=True)
class Size:
    """How big a demo school is."""

    pupils_in_class: int = 30
    classes: tuple[str, ...] = YEARS
    leavers: int = 6
    governors: int = 10
    carers: int = 300


@dataclass
class Row:
    """One person as the school's MIS knows them."""

    external_id: str
    kind: str
    given: str
    family: str
    title: str = ""
    known_as: str = ""
    phone: str = ""
    joined: date | None = None
    left: date | None = None
    job_title: str = ""
    post: Post | None = None


@dataclass
class PupilRow(Row):
    """A pupil with the class they are in; a leaver has none."""

    year_group: str = ""
    class_name: str = ""
    born: date | None = None


@dataclass
class Link:
    """Who cares for whom."""

    carer: Row
    pupil: PupilRow
    relation: str
    may_sign: bool = True
    no_contact: bool = False


@dataclass
class ClassRow:
    """A class and its teacher."""

    name: str
    year_group: str
    teacher: Row


@dataclass
class Community:
    """Everybody who belongs to one school."""

    staff: list[Row] = field(default_factory=list)
    governors: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    classes: list[ClassRow] = field(default_factory=list)
    pupils: list[PupilRow] = field(default_factory=list)
    carers: list[Row] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def holder(self, code: str) -> Row:
        """Return the person whose sign-in bears a role's code."""
        people = [*self.staff, *self.governors, *self.others, *self.pupils, *self.carers]
        return next(row for row in people if row.post and row.post.code == code)


def draw_community(profile: Profile, size: Size, *, today: date) -> Community:
    """Return the people of a school; the same profile, size and year give the same people."""
    return _Drawing(profile, size, today).drawn()


class _Drawing:
    def __init__(self, profile: Profile, size: Size, today: date) -> None:
        self.profile, self.size = profile, size
        self.random = Random(profile.slug)  # noqa: S311  names, not secrets
        self.births = Random(f"births at {profile.slug}")  # noqa: S311
        self.names = Names(self.random)
        self.september = first_day_of_year(today)
        self.community = Community()

    def drawn(self) -> Community:
        self._employ()
        self._open_classes()
        self._enrol()
        self._find_families()
        self._mark_the_unusual()
        return self.community

    def _grown_up(self, kind: str, number: int, **fields: object) -> Row:
        family = self.names.family()
        title, given = self.names.adult(family)
        letter = {"staff": "E", "governor": "G"}.get(kind, "V")
        return Row(f"{letter}{number:04d}", kind, given, family, title, **fields)  # type: ignore[arg-type]

    def _employ(self) -> None:
        lists = {"staff": self.community.staff, "governor": self.community.governors}
        for number, post in enumerate(self.profile.posts, start=1):
            row = self._grown_up(post.kind, number, job_title=post.title, post=post)
            row.joined = self._some_september(back=3 if post.kind == "governor" else 12)
            lists.get(post.kind, self.community.others).append(row)
        for number in range(len(self.community.governors), self.size.governors):
            row = self._grown_up("governor", 100 + number, joined=self._some_september(back=3))
            self.community.governors.append(row)
        leaver = self._grown_up("staff", 900, job_title="Class teacher")
        leaver.joined, leaver.left = self._some_september(back=6), self._last_july()
        self.community.staff.append(leaver)

    def _open_classes(self) -> None:
        teachers = [row for row in self.community.staff if row.post and row.post.teaches]
        by_year = {row.post.teaches: row for row in teachers if row.post}
        for year in self.size.classes:
            name = self.profile.classes[YEARS.index(year)]
            self.community.classes.append(ClassRow(name, year, by_year[year]))

    def _enrol(self) -> None:
        number = 0
        for group in self.community.classes:
            for _ in range(self.size.pupils_in_class):
                number += 1
                age = YEARS.index(group.year_group)
                self.community.pupils.append(
                    PupilRow(
                        external_id=f"P{number:04d}",
                        kind="pupil",
                        given="",
                        family="",
                        joined=self.september.replace(year=self.september.year - age),
                        year_group=group.year_group,
                        class_name=group.name,
                        born=self._birthday(group.year_group, self.september.year),
                    )
                )

    def _find_families(self) -> None:
        """Make households of one to three children of different years, with their carers."""
        waiting = list(self.community.pupils)
        self._first_family(waiting)
        while waiting:
            children = self._siblings(waiting)
            left = self.size.carers - len(self.community.carers)
            households = max(1, round((len(waiting) + len(children)) / 1.45))
            grown_ups = 1 + (self.random.random() < left / households - 1)
            self._household(children, grown_ups)

    def _first_family(self, waiting: list[PupilRow]) -> None:
        """Give the demo's parent two children, one of them the demo's pupil."""
        groups = {group.teacher.post.code: group for group in self.community.classes}  # type: ignore[union-attr]
        taught = groups["teacher"].name
        pupil = next(row for row in waiting if row.class_name == taught)
        sibling = next(row for row in waiting if row.class_name != taught)
        pupil.post = Post("pupil", "Pupil", "pupil")
        for child in (pupil, sibling):
            waiting.remove(child)
        self._household([pupil, sibling], 2)
        self.community.carers[0].post = Post("parent", "Parent", "carer")

    def _siblings(self, waiting: list[PupilRow]) -> list[PupilRow]:
        children = [waiting.pop(0)]
        wanted = self.random.choices((0, 1, 2), (60, 33, 7))[0]
        others = [row for row in waiting if row.year_group != children[0].year_group]
        for child in self.random.sample(others, min(wanted, len(others))):
            if child.year_group not in {row.year_group for row in children}:
                waiting.remove(child)
                children.append(child)
        return children

    def _household(self, children: list[PupilRow], grown_ups: int) -> None:
        family = self.names.family()
        for child in children:
            child.family, child.given = family, self.names.child(family)
        relations = self.random.sample(RELATIONS, grown_ups)
        for relation, woman in relations:
            number = len(self.community.carers) + 1
            name = family if self.random.random() < 0.7 else self.names.family()
            title, given = self.names.adult(name, woman=woman)
            carer = Row(f"C{number:04d}", "carer", given, name, title)
            carer.phone = f"01632 960{number % 1000:03d}"  # a range kept free for invented numbers
            self.community.carers.append(carer)
            self.community.links += [Link(carer, child, relation) for child in children]

    def _mark_the_unusual(self) -> None:
        """Set some no-contact flags, names people are known by, and leavers."""
        by_pupil: dict[str, list[Link]] = {}
        for link in self.community.links:
            by_pupil.setdefault(link.pupil.external_id, []).append(link)
        apart = [links[1] for links in by_pupil.values() if len(links) > 1][7::41]
        for link in apart:
            link.no_contact, link.may_sign = True, False
        for pupil in self.community.pupils:
            pupil.known_as = SHORT.get(pupil.given, "")
        for number in range(self.size.leavers):
            self._leave(number)

    def _leave(self, number: int) -> None:
        family = self.names.family()
        self.community.pupils.append(
            PupilRow(
                external_id=f"P{900 + number:04d}",
                kind="pupil",
                given=self.names.child(family),
                family=family,
                joined=self._some_september(back=5),
                left=self._last_july(),
                year_group="6",
                born=self._birthday("6", self.september.year - 1),
            )
        )

    def _birthday(self, year_group: str, begins: int) -> date:
        first, last = birthdays_of(year_group, begins)
        return first + timedelta(days=self.births.randint(0, (last - first).days))

    def _some_september(self, *, back: int) -> date:
        year = self.september.year - self.random.randint(1, back)
        return self.september.replace(year=year)

    def _last_july(self) -> date:
        return self.september - timedelta(days=45)
