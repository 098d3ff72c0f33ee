"""Enter profiles and their baseline, and confirm it (FIL-02, FIL-23, R-FM-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from filtering.categories import Category, categories_of
from filtering.conditions.provision import (
    check_baseline_open,
    check_confirmable,
    check_name_free,
    check_no_open_change,
    check_owner,
    check_power,
    locked_in_force,
)
from filtering.log import write_entry
from filtering.models import Profile, Rule, Service
from filtering.provision_words import (
    CAUSE,
    PROFILE_FIELDS,
    changed_fields,
    in_words,
    owner_words,
    whole,
)
from filtering.queries.provision import baseline_of, changed_categories
from filtering.vocabulary import Direction, EntryKind, TargetKind
from people.models import Person, School

DONE = {Direction.BLOCK: "blocked", Direction.ALLOW: "allowed"}


@dataclass(frozen=True)
class ProfileDetails:
    """What a school says about a group of users that is filtered in its own way."""

    name: str
    whom: str
    service: Service
    owner: Person
    network: str = ""


@dataclass(frozen=True)
class Entered:
    """What a baseline says of one category: block or allow, and why."""

    direction: str
    why: str


@transaction.atomic
def enter_profile(*, school: School, details: ProfileDetails, by: Person, at: datetime) -> Profile:
    """Enter a group of users that is filtered in its own way (FIL-23).

    Refuses a name that is in the register already, a product that is not in use, and an owner who
    is not of the staff.
    """
    check_power(by, "edit_provision", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    check_name_free(Profile.objects.filter(school=school), details.name)
    profile = _write(school, details, None, by, at)
    _log(
        profile,
        f"Profile “{profile}” came into use.",
        after=whole(profile, PROFILE_FIELDS),
        by=by,
        at=at,
    )
    record("enter_profile", profile, by=by, at=at)
    return profile


@transaction.atomic
def replace_profile(
    *, profile: Profile, details: ProfileDetails, by: Person, at: datetime
) -> Profile:
    """Write anew for whom a profile is; its rules and its confirmation go on with the new row.

    Refuses one that was replaced or ended since, a name that is taken, and no change at all.
    """
    check_power(by, "edit_provision", at)
    old = locked_in_force(profile)
    check_name_free(Profile.objects.filter(school=old.school), details.name, old)
    rules = _end(old, by, at)
    new = _write(old.school, details, old, by, at)
    names = changed_fields(old, new, PROFILE_FIELDS)
    if not names:
        raise Refusal("Nothing was changed.")
    Rule.objects.bulk_create(_again(rule, new, at) for rule in rules)
    _log(
        new,
        f"Profile “{new}” is described anew.",
        before=in_words(old, names, PROFILE_FIELDS),
        after=in_words(new, names, PROFILE_FIELDS),
        text=owner_words(old, new),
        by=by,
        at=at,
    )
    record("replace_profile", new, by=by, at=at, facts={"fields": names, "replaces": old.pk})
    return new


@transaction.atomic
def end_profile(*, profile: Profile, reason: str, by: Person, at: datetime) -> Profile:
    """Say that nobody is filtered by a profile any more, and why; its rules end with it.

    Refuses one that was replaced or ended since, and one for which a filter change is open.
    """
    check_power(by, "edit_provision", at)
    profile = locked_in_force(profile)
    check_no_open_change(profile)
    _end(profile, by, at)
    words = f"Profile “{profile}” is no longer in use."
    _log(profile, words, before=whole(profile, PROFILE_FIELDS), text=reason, by=by, at=at)
    record("end_profile", profile, by=by, at=at)
    return profile


@transaction.atomic
def enter_baseline(
    *, profile: Profile, entries: Mapping[str, Entered], by: Person, at: datetime
) -> int:
    """Say of each category whether it is blocked or allowed, and why; returns how many changed.

    Categories that are left out have no rule of their own. Refuses a confirmed baseline, a
    category on lists nobody can switch off, one that a change has set, and one without a reason.
    """
    check_power(by, "edit_provision", at)
    profile = locked_in_force(profile)
    check_baseline_open(profile)
    categories = categories_of(profile.school)
    by_change = changed_categories(profile)
    for code, entered in entries.items():
        _check_entry(categories.get(code), entered, by_change.get(code))
    held = baseline_of(profile)
    changed = 0
    for code, category in categories.items():
        changed += _set(profile, category, held.get(code), entries.get(code), by, at)
    if changed:
        record("enter_baseline", profile, by=by, at=at, facts={"categories": changed})
    return changed


@transaction.atomic
def confirm_profile(*, profile: Profile, mark: str, by: Person, at: datetime) -> Profile:
    """Confirm a baseline as headteacher: from now on only an approved change alters it (FIL-02).

    ``mark`` is that of the baseline that was shown. Refuses one that is empty, changed since or
    confirmed already, and whoever entered any of it.
    """
    check_power(by, "confirm_provision", at)
    profile = locked_in_force(profile)
    check_confirmable(profile, mark, by)
    profile.confirmed_at, profile.confirmed_by = at, by
    profile.save(update_fields=["confirmed_at", "confirmed_by"])
    words = f"Baseline of profile “{profile}” confirmed."
    _log(profile, words, kind=EntryKind.BASELINE, by=by, at=at)
    record("confirm_profile", profile, by=by, at=at, facts={"mark": mark})
    return profile


def _write(
    school: School, details: ProfileDetails, replaces: Profile | None, by: Person, at: datetime
) -> Profile:
    check_owner(school, details.owner)
    if details.service.school_id != school.pk or details.service.ended_at is not None:
        raise Refusal("Choose a product that is in use.")
    return Profile.objects.create(
        school=school,
        **vars(details),
        from_at=at,
        entered_by=by,
        replaces=replaces,
        confirmed_at=replaces.confirmed_at if replaces else None,
        confirmed_by=replaces.confirmed_by if replaces else None,
    )


def _end(profile: Profile, by: Person, at: datetime) -> list[Rule]:
    """End a profile with its rules; returns the rules that were in force until now."""
    profile.ended_at, profile.ended_by = at, by
    profile.save(update_fields=["ended_at", "ended_by"])
    rules = list(Rule.objects.filter(profile=profile, ended_at=None))
    Rule.objects.filter(pk__in=[rule.pk for rule in rules]).update(ended_at=at, ended_by=by)
    return rules


def _again(rule: Rule, profile: Profile, at: datetime) -> Rule:
    """Return a rule as it goes on under the new row of its profile; who entered it stays."""
    return Rule(
        school_id=rule.school_id,
        profile=profile,
        kind=rule.kind,
        target=rule.target,
        domain=rule.domain,
        direction=rule.direction,
        why=rule.why,
        sites=rule.sites,
        change_id=rule.change_id,
        from_at=at,
        entered_by_id=rule.entered_by_id,
        replaces=rule,
    )


def _check_entry(category: Category | None, entered: Entered, by_change: Rule | None) -> None:
    if category is None or entered.direction not in Direction.values:
        raise Refusal("Choose what is done with each category.")
    if category.locked:
        raise Refusal(f"“{category.label}” is on lists that nobody can switch off or open.")
    if by_change:
        raise Refusal(
            f"“{category.label}” was set by filter change {by_change.change}. Ask for a change."
        )
    if not entered.why.strip():
        raise Refusal(f"Say why “{category.label}” is blocked or allowed.")


def _set(
    profile: Profile,
    category: Category,
    held: Rule | None,
    entered: Entered | None,
    by: Person,
    at: datetime,
) -> bool:
    """Let a baseline say of a category what was entered; returns whether that is new."""
    said = (entered.direction, entered.why.strip()[:500]) if entered else None
    if said == ((held.direction, held.why) if held else None):
        return False
    if held:
        Rule.objects.filter(pk=held.pk).update(ended_at=at, ended_by=by)
    if said:
        Rule.objects.create(
            school=profile.school,
            profile=profile,
            kind=TargetKind.CATEGORY,
            target=category.code,
            direction=said[0],
            why=said[1],
            from_at=at,
            entered_by=by,
            replaces=held,
        )
    before, after = (
        DONE[Direction(one)] if one else "not set"
        for one in (held and held.direction, said and said[0])
    )
    _log(
        profile,
        f"Baseline of profile “{profile}”: {category.label} {after}.",
        kind=EntryKind.BASELINE,
        target=category.label,
        before=before,
        after=after,
        text=said[1] if said else "",
        by=by,
        at=at,
    )
    return True


def _log(
    profile: Profile,
    words: str,
    *,
    kind: EntryKind = EntryKind.PROFILE,
    by: Person,
    at: datetime,
    **more: str,
) -> None:
    write_entry(
        school=profile.school,
        kind=kind,
        words=words,
        profiles=[profile.name],
        cause=CAUSE,
        by=by,
        at=at,
        **more,  # type: ignore[arg-type]
    )
