"""May this be done to what is in use now? Conditions that no role overrides."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.utils.timezone import localdate

from common.errors import Conflicted, Refusal, StaleRecord
from filtering.models import ChangeProfile, Profile, Rule, Service
from filtering.models.register import InForce
from filtering.queries.provision import baseline_mark, latest_profiles, latest_services
from filtering.vocabulary import Statement
from filtering.workflow import CHANGE_OPEN
from people.models import Person, School
from roles.queries import person_may

Row = TypeVar("Row", bound=InForce)

# What only the headteacher confirms; the rest technical staff and leaders record (FIL-01, FIL-18).
OF_THE_HEAD = (Statement.STANDARD, Statement.STRATEGY, Statement.STATUS)
LONGEST = timedelta(days=366)


def check_power(by: Person, power: str, at: datetime) -> None:
    """Refuse whoever does not hold a power."""
    if not person_may(by, power, on=localdate(at)):
        raise Refusal("Your role at this school does not allow this step.")


def locked_in_force(row: Row) -> Row:
    """Lock a row of the register and return it; refuses one that was ended or replaced since."""
    kind: Any = type(row)
    locked = kind.objects.select_for_update(of=("self",)).select_related("school").get(pk=row.pk)
    if locked.ended_at is not None:
        raise StaleRecord(
            "Somebody changed or ended this after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what is in use now."
        )
    return locked


def check_name_free(rows: Any, name: str, but: InForce | None = None) -> None:
    """Refuse a name that something in force carries already, so that one sent twice stays one."""
    held = rows.filter(name__iexact=name.strip(), ended_at=None)
    if held.exclude(pk=but.pk if but else None).exists():
        raise Refusal(f"“{name.strip()}” is in the register already.")


def check_owner(school: School, owner: Person) -> None:
    """Refuse an owner who is not of this school's staff."""
    if owner.school_id != school.pk or owner.kind != Person.Kind.STAFF:
        raise Refusal("Choose a member of your own staff who looks after it.")


def check_not_used(service: Service) -> None:
    """Refuse to end a product by which a profile is filtered."""
    newest = latest_services(service.school)
    for profile in Profile.objects.filter(school=service.school, ended_at=None):
        if newest[profile.service_id].pk == service.pk:
            raise Refusal(
                f"The profile “{profile}” is filtered by it. Move that to another product first."
            )


def check_no_open_change(profile: Profile) -> None:
    """Refuse to end a profile for which a filter change is under way."""
    newest = latest_profiles(profile.school)
    parts = ChangeProfile.objects.filter(
        school=profile.school, dropped_at=None, change__state__in=CHANGE_OPEN
    )
    for part in parts.select_related("change"):
        if newest[part.profile_id].pk == profile.pk:
            raise Refusal(f"Filter change {part.change} for this profile has not ended yet.")


def check_baseline_open(profile: Profile) -> None:
    """Refuse to alter a confirmed baseline: that takes an approved change (FIL-02)."""
    if profile.confirmed_at is not None:
        raise Refusal("The baseline of this profile is confirmed. Ask for a change instead.")


def check_confirmable(profile: Profile, mark: str, by: Person) -> None:
    """Refuse to confirm a baseline that is empty, changed since, or the reader's own (FIL-02)."""
    check_baseline_open(profile)
    rules = Rule.objects.filter(profile=profile, change=None, ended_at=None)
    if not rules.exists():
        raise Refusal("Nothing is entered for this profile yet. The baseline has to come first.")
    if mark != baseline_mark(profile):
        raise StaleRecord(
            "Somebody changed the baseline after you opened the page. Read it again, then confirm."
        )
    if by.pk == profile.entered_by_id or rules.filter(entered_by=by).exists():
        raise Conflicted("You entered this yourself, so somebody else has to confirm it.")


def check_statement(statement: str, by: Person, at: datetime) -> None:
    """Refuse whoever may not confirm a statement: some only the headteacher does."""
    power = "confirm_provision" if statement in OF_THE_HEAD else "attest_provision"
    check_power(by, power, at)


def check_next_date(next_date: date, at: datetime) -> None:
    """Refuse a next date that has come already or is more than a year away (FIL-01, FIL-22)."""
    if not localdate(at) < next_date <= localdate(at) + LONGEST:
        raise Refusal("The next date lies after today, and at most a year away.")
