"""The rules a change writes when it is made, and takes back when it is put back (R-FM-1).

A rule in force is never altered: it is ended, and what holds from then on is written anew.
"""

from datetime import datetime

from django.db.models import QuerySet

from common.errors import Refusal
from filtering.asking.words import DONE, words_of
from filtering.models import ChangeProfile, ChangeRequest, ChangeTarget, Profile, Rule
from filtering.queries.changes import live_parts, live_targets
from filtering.queries.provision import latest_profiles
from people.models import Person

Key = tuple[int, str, str]


def write_rules(change: ChangeRequest, *, by: Person, at: datetime) -> None:
    """End the rules a change replaces and write its own, for every profile it is for."""
    profiles = _profiles(change, live_parts(change))
    for target in live_targets(change):
        for profile in profiles:
            _write(change, target, profile, by, at)


def take_back_rules(change: ChangeRequest, *, by: Person, at: datetime) -> None:
    """End the rules a change wrote and write again what held before.

    Where a later change has replaced one of them, that later decision stands.
    """
    newest = latest_profiles(change.school)

    def key(rule: Rule) -> Key:
        return newest[rule.profile_id].pk, rule.kind, rule.target

    before = list(change.rules_ended.filter(ended_at=change.made_at))
    standing = {key(rule): rule for rule in change.rules_made.filter(ended_at=None)}
    for rule in standing.values():
        _end(Rule.objects.filter(pk=rule.pk), change, by, at)
    for rule in before:
        if key(rule) in standing:
            Rule.objects.create(
                school_id=rule.school_id,
                profile=newest[rule.profile_id],
                kind=rule.kind,
                target=rule.target,
                domain=rule.domain,
                direction=rule.direction,
                why=rule.why,
                sites=rule.sites,
                change_id=rule.change_id,
                from_at=at,
                entered_by=by,
            )


def standing_words(change: ChangeRequest) -> dict[int, str]:
    """Return what holds now of what a change is about, by profile. Four queries.

    It is offered as the value before a change is made; whoever makes it sets it right.
    """
    targets, parts = live_targets(change), live_parts(change)
    newest = latest_profiles(change.school)
    rules = Rule.objects.filter(
        profile__in=[newest[part.profile_id] for part in parts],
        target__in=[target.target for target in targets],
        ended_at=None,
    )
    held = {(rule.profile_id, rule.kind, rule.target): DONE[rule.direction] for rule in rules}
    return {
        part.profile_id: "; ".join(
            f"{words_of(one)}: "
            + held.get((newest[part.profile_id].pk, one.kind, one.target), "no rule of its own")
            for one in targets
        )[:500]
        for part in parts
    }


def wanted_words(change: ChangeRequest) -> str:
    """Return what holds once a change is made."""
    done = DONE[change.direction]
    return "; ".join(f"{words_of(one)}: {done}" for one in live_targets(change))[:500]


def _profiles(change: ChangeRequest, parts: list[ChangeProfile]) -> list[Profile]:
    """Return the rows now in force of the profiles a change is for; refuses one that ended."""
    newest = latest_profiles(change.school)
    found = [newest[part.profile_id] for part in parts]
    for profile in found:
        if profile.ended_at is not None:
            raise Refusal(
                f"The profile “{profile}” is no longer in use, so this cannot be made for it."
            )
    return found


def _write(
    change: ChangeRequest, target: ChangeTarget, profile: Profile, by: Person, at: datetime
) -> None:
    """Write one rule; those of the same target that it replaces end in the same moment."""
    held = Rule.objects.filter(
        profile=profile, kind=target.kind, target=target.target, ended_at=None
    )
    sites = set(change.sites)
    replaced = [rule.pk for rule in held if not sites or (rule.sites and set(rule.sites) <= sites)]
    _end(Rule.objects.filter(pk__in=replaced), change, by, at)
    Rule.objects.create(
        school_id=change.school_id,
        profile=profile,
        kind=target.kind,
        target=target.target,
        domain=target.domain,
        direction=change.direction,
        why=f"{change.get_reason_kind_display()}: filter change {change.reference}",
        sites=change.sites,
        change=change,
        from_at=at,
        entered_by=by,
        replaces_id=replaced[0] if replaced else None,
    )


def _end(rules: QuerySet[Rule, Rule], change: ChangeRequest, by: Person, at: datetime) -> None:
    rules.update(ended_at=at, ended_by=by, ended_change=change)
