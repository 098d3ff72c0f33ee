"""Walk filter changes into every state by the real actions: Tom, Dora, Hana, Tina, Tess."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from filtering.actions import change_decisions, change_making, change_undoing, changing
from filtering.actions.exceptions import grant_exception
from filtering.models import (
    ChangeRequest,
    LogEntry,
    Profile,
    Rule,
    SeparationException,
    Service,
)
from people.calendar import LONDON
from people.models import Person
from tests.cast import NOW, Cast

UNTIL = date(2026, 9, 30)
MIDNIGHT = datetime(2026, 10, 1, tzinfo=LONDON)  # when the last day of a study is over
WHY = "The class reads two of its pages in history."
STUDY: dict[str, Any] = {"lesson": "History", "until_date": UNTIL, "purpose": "Sources on the war"}


def profile(cast: Cast, name: str = "Pupils", *, confirmed: bool = True) -> Profile:
    """Return a profile of the school in force, entered and confirmed when first asked for."""
    found = Profile.objects.filter(school=cast.school, name=name, ended_at=None).first()
    if found:
        return found
    entered = {"school": cast.school, "from_at": NOW - timedelta(days=7), "entered_by": cast.tina}
    service, _ = Service.objects.get_or_create(
        name="WebShield", kind="filter", purpose="Filtering", owner=cast.tina, defaults=entered
    )
    made = Profile.objects.create(
        **entered, name=name, whom=f"All {name.lower()}", service=service, owner=cast.tina
    )
    if confirmed:
        made.confirmed_at, made.confirmed_by = NOW - timedelta(days=6), cast.hana
        made.save(update_fields=["confirmed_at", "confirmed_by"])
    return made


def rule(cast: Cast, target: str, direction: str = "block", name: str = "Pupils") -> Rule:
    """Enter a category into the baseline of a profile."""
    return Rule.objects.create(
        school=cast.school,
        profile=profile(cast, name),
        kind="category",
        target=target,
        direction=direction,
        why="Baseline",
        from_at=NOW - timedelta(days=7),
        entered_by=cast.tina,
    )


def wanted(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Return what a teacher asks for: one page allowed for pupils, for good."""
    told: dict[str, Any] = {
        "direction": "allow",
        "addresses": "www.example.com/war",
        "categories": [],
        "profiles": [profile(cast)],
        "sites": [],
        "reason_kind": "teaching",
        "reason": WHY,
    }
    return told | changed


def ask(cast: Cast, *, by: str = "tom", at: datetime = NOW, **changed: Any) -> ChangeRequest:
    """Ask for a change."""
    more = {"submission": uuid4(), **wanted(cast), **changed}
    return changing.ask_for_change(school=cast.school, **more, by=getattr(cast, by), at=at)


def study(cast: Cast, **changed: Any) -> ChangeRequest:
    """Ask for an unblock for study, watched over by Tom."""
    return ask(cast, **{**STUDY, "supervisor": cast.tom, **changed})


def block(cast: Cast, *, by: str = "tina", at: datetime = NOW, **changed: Any) -> ChangeRequest:
    """Block an address at once."""
    told: dict[str, Any] = {
        "submission": uuid4(),
        "addresses": "bad.example.org",
        "categories": [],
        "profiles": [profile(cast)],
        "sites": [],
        "reason": "A pupil reached something cruel on it.",
        "before": {profile(cast).pk: "Allowed"},
        "after": {profile(cast).pk: "Blocked"},
    }
    return change_making.block_at_once(
        school=cast.school, **told | changed, by=getattr(cast, by), at=at
    )


def now(change: ChangeRequest) -> ChangeRequest:
    """Return the change as it stands in the database."""
    return ChangeRequest.objects.select_related("school").get(pk=change.pk)


def act(
    deed: Callable, change: ChangeRequest, /, *, by: Person, at: datetime = NOW, **more: Any
) -> Any:
    """Do a deed on the change as it stands, at its present version."""
    standing = now(change)
    return deed(change=standing, **{"version": standing.version} | more, by=by, at=at)


def by_profile(change: ChangeRequest, text: str) -> dict[int, str]:
    """Return one text for every profile of a change."""
    return dict.fromkeys(
        change.parts.filter(dropped_at=None).values_list("profile", flat=True), text
    )


def assess(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Dora assess the risk."""
    told = {"risk": "low", "assessment": "Two pages, nothing else is linked.", "by": cast.dora}
    return act(change_decisions.assess_change, change, **told | more)


def approve(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Hana approve."""
    return act(change_decisions.approve_change, change, **{"by": cast.hana} | more)


def make(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Tina make it."""
    values = {"before": by_profile(change, "Blocked"), "after": by_profile(change, "Allowed")}
    return act(change_making.make_change, change, **values | {"by": cast.tina} | more)


def tried(cast: Cast, change: ChangeRequest, result: str = "works", **more: Any) -> ChangeRequest:
    """Let Tess test it."""
    found = {"results": by_profile(change, result), "notes": by_profile(change, "Opened it.")}
    return act(change_making.test_change, change, **found | {"by": cast.tess} | more)


def revoke(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Dora end it at once."""
    told = {"reason": "It was used for something else.", "by": cast.dora}
    return act(change_undoing.revoke_change, change, **told | more)


def put_back(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Tina put it back."""
    values = {"before": by_profile(change, "Allowed"), "after": by_profile(change, "Blocked")}
    return act(change_undoing.put_back_change, change, **values | {"by": cast.tina} | more)


def check(cast: Cast, change: ChangeRequest, result: str = "works", **more: Any) -> ChangeRequest:
    """Let Tess check that it is gone."""
    found = {"results": by_profile(change, result), "notes": by_profile(change, "Tried it.")}
    return act(change_undoing.check_put_back, change, **found | {"by": cast.tess} | more)


WAYS: dict[str, tuple[Callable[[Cast, ChangeRequest], ChangeRequest], ...]] = {
    "submitted": (),
    "awaiting": (assess,),
    "approved": (assess, approve),
    "made": (assess, approve, make),
    "active": (assess, approve, make, tried),
    "undo": (assess, approve, make, tried, revoke),
    "put_back": (assess, approve, make, tried, revoke, put_back),
    "closed": (assess, approve, make, tried, revoke, put_back, check),
}


def bring(cast: Cast, state: str, change: ChangeRequest | None = None) -> ChangeRequest:
    """Bring an unblock for study, or another change, into a state."""
    change = change or study(cast)
    for deed in WAYS[state]:
        change = deed(cast, change)
    return now(change)


def extension(cast: Cast, change: ChangeRequest, **more: Any) -> ChangeRequest:
    """Let Tom ask for another week."""
    told = {"until_date": UNTIL + timedelta(weeks=1), "reason": "Snow.", "submission": uuid4()}
    return act(changing.extend_change, change, **told | {"by": cast.tom} | more)


def log_of(change: ChangeRequest) -> list[tuple[str, str]]:
    """Return the lines of the log about a change, oldest first: kind and words."""
    rows = LogEntry.objects.filter(change=change).order_by("pk")
    return list(rows.values_list("kind", "words"))


def in_force(cast: Cast, target: str, name: str = "Pupils") -> list[str]:
    """Return what holds now for a target and a profile."""
    rows = Rule.objects.filter(profile__name=name, target=target, ended_at=None)
    return list(rows.values_list("direction", flat=True))


def exception(cast: Cast, **changed: Any) -> SeparationException:
    """Let the chair record an exception of the governors until Christmas."""
    days = {"from_date": NOW.date(), "until_date": date(2026, 12, 18)}
    given = {"minute_reference": "2026/17", "reason": "One technician.", "by": cast.cara}
    return grant_exception(school=cast.school, at=NOW, **days | given | changed)
