"""What else stands open or is in force for the same, for more or for part of it (FIL-07)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from filtering.asking.addresses import relation
from filtering.asking.words import DONE, words_of
from filtering.conditions.changes import Asked
from filtering.models import ChangeRequest, ChangeTarget, Rule
from filtering.queries.changes import live_parts, live_targets, open_changes, with_asked
from filtering.queries.provision import latest_profiles
from filtering.vocabulary import TargetKind
from people.models import School

MOST = 20
RELATIONS = {
    "same": "the same",
    "covers": "part of what is asked for here",
    "covered": "more than is asked for here",
}


@dataclass(frozen=True)
class Overlap:
    """One other request, or one rule in force, that is about the same or touches it."""

    words: str
    relation: str
    reference: str = ""

    @property
    def how(self) -> str:
        """Return how it stands to what is asked for."""
        return RELATIONS[self.relation]


def overlaps_of(change: ChangeRequest) -> list[Overlap]:
    """Return what overlaps a change: open requests first, then rules in force. Five queries.

    What a request for more time extends is no overlap of it.
    """
    targets, newest = live_targets(change), latest_profiles(change.school)
    profiles = [newest[part.profile_id] for part in live_parts(change)]
    own = [change.pk, *([change.extends_id] if change.extends_id else [])]
    others = open_changes(change.school).exclude(pk__in=own).exclude(extends__in=own)
    rules = Rule.objects.filter(profile__in=profiles, ended_at=None).exclude(change__in=own)
    return [*_open(targets, others), *_in_force(targets, rules)][:MOST]


def _touching(targets: Iterable[ChangeTarget | Rule]) -> Q:
    """Return the condition that a row is about a site or a category of some targets."""
    listed = list(targets)
    domains = {one.domain for one in listed if one.kind == TargetKind.ADDRESS}
    codes = {one.target for one in listed if one.kind == TargetKind.CATEGORY}
    return Q(kind=TargetKind.ADDRESS, domain__in=domains) | Q(
        kind=TargetKind.CATEGORY, target__in=codes
    )


def _how(targets: Iterable[ChangeTarget], other: ChangeTarget | Rule) -> str:
    """Return the nearest relation of any of the targets to another one."""
    found = {
        ("same" if one.target == other.target else "")
        if one.kind == TargetKind.CATEGORY
        else relation(one.target, other.target)
        for one in targets
        if one.kind == other.kind
    }
    return next((how for how in RELATIONS if how in found), "")


def _open(
    targets: list[ChangeTarget], others: QuerySet[ChangeRequest, ChangeRequest]
) -> list[Overlap]:
    rows = ChangeTarget.objects.filter(_touching(targets), dropped_at=None, change__in=others)
    found = []
    for row in rows.select_related("change").order_by("-change__asked_at", "pk")[: MOST * 3]:
        how = _how(targets, row)
        if how:
            other = row.change
            words = f"{other.get_direction_display()} {words_of(row)}: {other.get_state_display()}"
            found.append(Overlap(words, how, other.reference))
    return found


def _in_force(targets: list[ChangeTarget], rules: QuerySet[Rule, Rule]) -> list[Overlap]:
    rows = rules.filter(_touching(targets)).select_related("profile", "change")
    found = []
    for rule in rows[: MOST * 3]:
        how = _how(targets, rule)
        if how:
            words = f"{words_of(rule)} is {DONE[rule.direction]} for {rule.profile} now"
            found.append(Overlap(words, how, rule.change.reference if rule.change else ""))
    return found


def open_twin(asked: Asked, school: School) -> ChangeRequest | None:
    """Return the open request that asks for exactly the same by the same profiles and sites.

    For good and for a time are not the same.
    """
    others = open_changes(school).filter(direction=asked.direction, extends=None)
    others = others.filter(until_date__isnull=asked.until_date is None)
    near = others.filter(
        targets__target__in=[target for _, target in asked.targets], targets__dropped_at=None
    )
    newest = latest_profiles(school)
    profiles = {profile.pk for profile in asked.profiles}
    for other in with_asked(near.distinct()):
        targets = frozenset((row.kind, row.target) for row in live_targets(other))
        parts = {newest[row.profile_id].pk for row in live_parts(other)}
        same = (targets, parts, set(other.sites)) == (asked.targets, profiles, set(asked.sites))
        if same:
            return other
    return None


def is_in_force(asked: Asked) -> bool:
    """Return whether all that is asked for is so already, for every profile and site asked for.

    What stands open for a time only is no reason not to ask for it for good.
    """
    rows = Rule.objects.filter(
        profile__in=asked.profiles, ended_at=None, direction=asked.direction
    ).filter(target__in=[target for _, target in asked.targets])
    if asked.until_date is None:
        rows = rows.filter(Q(change=None) | Q(change__until_date=None))
    stands = {
        (rule.profile_id, rule.kind, rule.target)
        for rule in rows
        if not rule.sites or (asked.sites and set(asked.sites) <= set(rule.sites))
    }
    return all(
        (profile.pk, *target) in stands for profile in asked.profiles for target in asked.targets
    )
