"""May this be done with this filter change now? What no role overrides (FIL-05 to FIL-10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from common.dates import uk_date
from common.errors import Conflicted, Refusal, StaleRecord
from filtering.asking.addresses import Address, is_social
from filtering.categories import categories_of
from filtering.lists_of_school import names_of
from filtering.models import ChangeRequest, Profile, SeparationException
from filtering.vocabulary import Direction
from people.models import Person, School, SchoolClass

LOCKED = (
    "“{label}” is on lists that nobody at a school can switch off, change or ask to have changed: "
    "the provider keeps them with the Internet Watch Foundation and the police. To have something "
    "added to them, report it at report.iwf.org.uk, or terrorist content at gov.uk/ACT. Tell the "
    "safeguarding lead at once if anybody saw it. Do not open it, copy it or send it on."
)
STALE = (
    "Filter change {reference} was changed after you opened it. Nothing was saved, and what you "
    "typed is still here. Look again, then send it once more."
)
# Who may not be the same person: the deed, the earlier part, and the sentence (FIL-06).
APART: dict[str, tuple[tuple[str, str], ...]] = {
    "decide": (
        ("asked_by_id", "You asked for this change, so somebody else has to decide on it."),
        ("made_by_id", "You made this change, so somebody else has to decide on it."),
    ),
    "make": (
        ("decided_by_id", "You approved this change, so somebody else has to make it."),
        ("asked_by_id", "You asked for this change, so somebody else has to make it."),
    ),
}
# These two no exception lifts.
ALWAYS_APART = {
    "test": ("made_by_id", "You made this change, so somebody else has to test it."),
    "check": ("put_back_by_id", "You put this back yourself, so somebody else has to check it."),
}
# What there is to decide: which steps go with it, and what to say of the others.
DECISIONS: dict[str, tuple[str, ...]] = {
    "plain": ("approve_change", "reject_change", "return_change"),
    "blocked": ("confirm_block", "refuse_block"),
    "more_time": ("grant_time", "reject_change", "return_change"),
}
OTHERWISE = {
    "plain": "This is not made yet: approve it, refuse it, or send it back with a question.",
    "blocked": "This was blocked at once: approve what was blocked, or have it put back.",
    "more_time": "This asks for more time: give the time, refuse it, or send it back.",
}
# A setting that closes a category for good.
NEVER_OPENED = {
    "social": ("social_networks", "Social networks are never opened at this school."),
    "image_search": ("image_search", "Raw image search is never opened at this school."),
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, read and in order."""

    direction: str
    addresses: Sequence[Address] = ()
    categories: Sequence[str] = ()
    profiles: Sequence[Profile] = ()
    sites: Sequence[str] = ()
    purpose: str = ""
    lesson: str = ""
    school_class: SchoolClass | None = None
    supervisor: Person | None = None
    approving_body: str = ""
    from_date: date | None = None
    until_date: date | None = None
    targets: frozenset[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Put together what it is about, as it is compared with rules and other requests."""
        named = {("address", one.target) for one in self.addresses}
        listed = {("category", code) for code in self.categories}
        object.__setattr__(self, "targets", frozenset(named | listed))


def check_version(change: ChangeRequest, version: int) -> None:
    """Refuse what was sent from a page that was opened before somebody else's change."""
    if change.version != version:
        raise StaleRecord(STALE.format(reference=change.reference))


def exception_on(school: School, day: date) -> SeparationException | None:
    """Return the governors' exception in force on a day, if there is one (FIL-06)."""
    rows = SeparationException.objects.filter(school=school, ended_at=None)
    return rows.filter(from_date__lte=day, until_date__gte=day).first()


def conflict_of(change: ChangeRequest, part: str, by: Person) -> str:
    """Return why a person may not take a part because of an earlier one of theirs, or ""."""
    pairs = APART.get(part, ())
    return next((why for name, why in pairs if getattr(change, name) == by.pk), "")


def kind_of_decision(change: ChangeRequest) -> str:
    """Return what there is to decide: "plain", "blocked" at once already, or "more_time"."""
    if change.extends_id:
        return "more_time"
    return "blocked" if change.emergency and change.made_at else "plain"


def check_decision(step: str, change: ChangeRequest, *, on: date) -> None:
    """Refuse a step that does not answer what there is to decide, and time that is over."""
    kind = kind_of_decision(change)
    if step not in DECISIONS[kind]:
        raise Refusal(OTHERWISE[kind])
    giving = step in {"approve_change", "grant_time"}
    if giving and change.until_date and change.until_date < on:
        raise Refusal(
            f"The last day asked for was {uk_date(change.until_date)}. Refuse the request, or "
            "send it back for a new day."
        )


def check_apart(change: ChangeRequest, part: str, by: Person, *, on: date) -> bool:
    """Refuse a second part to one person; return whether an exception had to lift it (FIL-06).

    No exception lets somebody test what they made, or check what they put back.
    """
    if part in ALWAYS_APART:
        name, why = ALWAYS_APART[part]
        if getattr(change, name) == by.pk:
            raise Conflicted(why)
        return False
    why = conflict_of(change, part, by)
    if why and exception_on(change.school, on) is None:
        raise Conflicted(why)
    return bool(why)


def check_asked(asked: Asked, *, school: School, on: date) -> None:
    """Refuse a request that nobody could approve (R-FM-4, FIL-08 to FIL-10)."""
    if not asked.targets:
        raise Refusal("Say which web address or which category it is about.")
    _check_categories(asked, school)
    check_profiles(school, asked.profiles)
    unknown = set(asked.sites) - set(names_of(school, "sites"))
    if unknown:
        raise Refusal(f"“{min(unknown)}” is no site of this school.")
    if asked.direction == Direction.ALLOW:
        _check_opening(asked, school)
    if asked.until_date:
        _check_time(asked, school, on)


def _check_categories(asked: Asked, school: School) -> None:
    known = categories_of(school)
    for code in asked.categories:
        if code not in known:
            raise Refusal(f"“{code}” is no category of this school.")
        if known[code].locked:
            raise Refusal(LOCKED.format(label=known[code].label))


def check_profiles(school: School, profiles: Collection[Profile]) -> None:
    """Refuse no profile, one of another school, and one that is not confirmed and in force."""
    if not profiles:
        raise Refusal("Choose at least one profile: nothing is changed for everybody at once.")
    for profile in profiles:
        if profile.school_id != school.pk or profile.ended_at is not None:
            raise Refusal(f"The profile “{profile}” is no longer in use. Choose another one.")
        if profile.confirmed_at is None:
            raise Refusal(
                f"The profile “{profile}” has not been confirmed by the headteacher yet, so "
                "nothing can be changed for it."
            )


def _check_opening(asked: Asked, school: School) -> None:
    """Refuse to open what the school never opens, or without what opening it needs."""
    known = categories_of(school)
    codes = set(asked.categories)
    if any(is_social(one.domain) for one in asked.addresses):
        codes.add("social")
    for code, (setting, why) in NEVER_OPENED.items():
        if code in codes and school.setting(setting) == "never":
            raise Refusal(why)
    needs_purpose = [known[code].label for code in codes if known[code].purpose]
    if needs_purpose and not (asked.purpose.strip() and asked.until_date):
        raise Refusal(
            f"“{needs_purpose[0]}” are opened only for a purpose in teaching and for a time. "
            "Say what for, and until which day."
        )
    needs_body = [known[code].label for code in codes if known[code].body]
    if needs_body and not asked.approving_body.strip():
        raise Refusal(
            f"“{needs_body[0]}” is opened only if a regional or national body for education "
            "approves it. Say which body did."
        )


def _check_time(asked: Asked, school: School, on: date) -> None:
    """Refuse an unblock for study that the school does not allow or nobody watches over."""
    if asked.direction != Direction.ALLOW:
        raise Refusal("Only something that is opened can end by itself.")
    if not school.setting("unblock_allowed"):
        raise Refusal("At this school nothing is opened for a time only.")
    check_days(school, asked.from_date or on, asked.until_date or on, on=on)
    if not (asked.lesson.strip() or asked.school_class):
        raise Refusal("Say for which lesson or for which class it is opened.")
    person = asked.supervisor
    if person is None or person.school_id != school.pk or person.kind != Person.Kind.STAFF:
        raise Refusal("Choose the member of staff who watches over it.")
    if person.left_date and person.left_date < on:
        raise Refusal(f"{person} no longer works here. Choose somebody else to watch over it.")


def check_days(school: School, start: date, end: date, *, on: date) -> None:
    """Refuse days in the past or in the wrong order, and more weeks than the school allows."""
    weeks = school.setting("unblock_weeks")
    if start < on:
        raise Refusal("It cannot be opened from a day in the past.")
    if end < start:
        raise Refusal("The last day cannot be before the first.")
    last = start + timedelta(weeks=weeks)
    if end > last:
        raise Refusal(
            f"At this school something is opened for at most {weeks} weeks: until {uk_date(last)}."
        )
