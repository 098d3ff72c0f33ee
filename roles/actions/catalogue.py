"""Set up a school's roles, name them as the school does, and close those it does without."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.actions import record
from common.errors import Refusal, StaleRecord
from people.models import Person, School
from roles.actions.matrix import apply_matrix
from roles.actions.responsibilities import load_statements
from roles.catalogue import CATALOGUE
from roles.models import Role
from roles.queries import version_of


@transaction.atomic
def set_up_roles(*, school: School, by: Person | str, at: datetime) -> None:
    """Give a school the catalogue of roles, their responsibilities and powers (ROL-01, ROL-03).

    May be repeated, and is after every migration: labels and statements a school has changed and
    its overrides stay as they are. Records what it changed; writes nothing when nothing differs.
    """
    known = set(Role.objects.filter(school=school).values_list("code", flat=True))
    added = _add_roles(school, known)
    statements = load_statements(school=school, on=timezone.localdate(at))
    change = apply_matrix(school=school)
    if added or statements or change.given or change.taken:
        first = not known
        facts = {
            "roles": len(added) if first else added,
            "statements": statements,
            "given": len(change.given) if first else change.given,
            "taken": change.taken,
        }
        record("set_up_roles", school, by=by, at=at, facts=facts, school_id=school.pk)


def _add_roles(school: School, known: set[str]) -> list[str]:
    missing = [seed for seed in CATALOGUE if seed.code not in known]
    names = {seed.code: f"{school.slug}:{seed.code}" for seed in missing}
    Group.objects.bulk_create([Group(name=name) for name in names.values()], ignore_conflicts=True)
    groups = dict(Group.objects.filter(name__in=names.values()).values_list("name", "pk"))
    Role.objects.bulk_create(
        Role(
            school=school,
            code=seed.code,
            label=seed.label,
            aliases=seed.aliases,
            category=seed.category,
            order=CATALOGUE.index(seed),
            signs_in=seed.signs_in,
            mandatory=seed.mandatory,
            group_id=groups[names[seed.code]],
        )
        for seed in missing
    )
    return [seed.code for seed in missing]


@transaction.atomic
def edit_role(
    *,
    role: Role,
    label: str,
    aliases: str,
    seen: str,
    by: Person,
    at: datetime,
) -> None:
    """Call a role what the school calls it; its code and history stay (ROL-01).

    ``seen`` is the role's ``version_of`` when the page was opened. Refuses an empty or taken
    label, unchanged words, and a role that somebody else changed meanwhile.
    """
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    label, aliases = label.strip(), aliases.strip()
    if version_of(role) != seen:
        raise StaleRecord(f"Somebody else has changed {role.label} since you opened this page.")
    if not label:
        raise Refusal("Enter what the school calls this role.")
    same = Role.objects.filter(school=role.school_id, label__iexact=label).exclude(pk=role.pk)
    if same.exists():
        raise Refusal(f"Another role is called “{label}” already.")
    before = {"label": role.label, "aliases": role.aliases}
    if before == {"label": label, "aliases": aliases}:
        raise Refusal("Nothing was changed.")
    Role.objects.filter(pk=role.pk).update(
        label=label, aliases=aliases, changed_by=by, changed_at=at
    )
    after = {"label": label, "aliases": aliases}
    record("edit_role", role, by=by, at=at, facts={"before": before, "after": after})


@transaction.atomic
def close_role(*, role: Role, by: Person, at: datetime) -> None:
    """Say that a school does without a role; its past holders stay on record (ROL-01).

    Refuses a role every school must have, one that is closed already, and one that somebody holds
    or is about to hold.
    """
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if not role.active:
        raise StaleRecord(f"{role.label} was closed already.")
    if role.mandatory:
        raise Refusal(f"Every school must have this role: {role.label}.")
    today = timezone.localdate(at)
    held = role.assignments.filter(Q(end_date=None) | Q(end_date__gte=today))
    if held.exists():
        raise Refusal(f"{held[0].person} holds {role.label}. End that first.")
    Role.objects.filter(pk=role.pk).update(active=False, closed_by=by, closed_at=at)
    record("close_role", role, by=by, at=at)


@transaction.atomic
def reopen_role(*, role: Role, by: Person, at: datetime) -> None:
    """Use a closed role again (ROL-01); refuses one that is open."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if role.active:
        raise StaleRecord(f"{role.label} is in use already.")
    Role.objects.filter(pk=role.pk).update(active=True, closed_by=None, closed_at=None)
    record("reopen_role", role, by=by, at=at)
