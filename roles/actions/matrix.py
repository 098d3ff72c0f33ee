"""Write the matrix into the guardian rows, and let a school answer a cell in its own way."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from audit.actions import record
from common.errors import Refusal, StaleRecord
from people.models import Person, School
from roles import conditions
from roles.matrix import GRANTS, usual_cells
from roles.models import MatrixOverride, Role, SchoolGroupObjectPermission


class Change(NamedTuple):
    """The cells that came and went when the guardian rows were brought up to date."""

    given: list[str]
    taken: list[str]


@transaction.atomic
def apply_matrix(*, school: School) -> Change:
    """Write the matrix and the school's overrides into the guardian rows (ROL-30).

    Changes only what differs and returns it; the caller records it. An override of a power that
    the product no longer has is passed over.
    """
    # One change of the matrix at a time: whoever locks the school's first role goes first.
    Role.objects.select_for_update(no_key=True).filter(school=school).order_by("pk").first()
    groups = dict(Role.objects.filter(school=school).values_list("code", "group_id"))
    codes = {group_id: code for code, group_id in groups.items()}
    wanted = {(groups[code], power) for code, power in usual_cells() if code in groups}
    overrides = MatrixOverride.objects.filter(school=school, ended_at=None, power__in=GRANTS)
    for override in overrides.select_related("role"):
        cell = (override.role.group_id, override.power)
        (wanted.add if override.granted else wanted.discard)(cell)
    permissions = dict(
        Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(School)
        ).values_list("codename", "pk")
    )
    rows = SchoolGroupObjectPermission.objects.filter(content_object=school)
    now = {(g, p): pk for pk, g, p in rows.values_list("pk", "group_id", "permission__codename")}
    given, taken = sorted(wanted - set(now)), sorted(set(now) - wanted)
    rows.filter(pk__in=[now[cell] for cell in taken]).delete()
    SchoolGroupObjectPermission.objects.bulk_create(
        SchoolGroupObjectPermission(
            group_id=group_id, permission_id=permissions[power], content_object=school
        )
        for group_id, power in given
    )
    return Change(_named(given, codes), _named(taken, codes))


def _named(cells: list[tuple[int, str]], codes: dict[int, str]) -> list[str]:
    return sorted(f"{codes.get(group_id, group_id)}:{power}" for group_id, power in cells)


@transaction.atomic
def override_matrix(
    *, role: Role, power: str, granted: bool, reason: str, by: Person, at: datetime
) -> MatrixOverride:
    """Set a school's own answer for one cell of the matrix, from now on (ROL-30).

    Refuses an unknown power, a missing reason, an answer that is in force already, more rights for
    a role one holds oneself, powers that pupils and parents never get, and taking the last role
    away that can give roles or change this table.
    """
    if not reason.strip():
        raise Refusal("Say why the school departs from the usual rule.")
    conditions.check_cell(role, power)
    now = conditions.cell_in_force(role, power)
    if now == granted:
        raise StaleRecord(
            f"{role.label} {'has' if granted else 'does not have'} this power already. Nothing was "
            "changed."
        )
    if granted:
        conditions.check_not_own_role(role, by, at)
        conditions.check_fit_for_families(role, power)
    else:
        conditions.check_not_last_role(role, power)
    if (role.code in GRANTS[power]) == granted:
        raise Refusal("This is the usual rule again: go back to the usual rule instead.")
    try:
        with transaction.atomic():
            MatrixOverride.objects.filter(role=role, power=power, ended_at=None).update(
                ended_at=at, ended_by=by
            )
            override = MatrixOverride.objects.create(
                school_id=role.school_id,
                role=role,
                power=power,
                granted=granted,
                reason=reason.strip(),
                set_by=by,
                set_at=at,
            )
    except IntegrityError:
        raise StaleRecord("Somebody else has just changed this rule. Look at it again.") from None
    apply_matrix(school=role.school)
    record(
        "override_matrix",
        override,
        by=by,
        at=at,
        facts={"role": role.code, "power": power, "before": now, "after": granted},
    )
    return override


@transaction.atomic
def end_override(*, override: MatrixOverride, by: Person, at: datetime) -> None:
    """Return a cell to the usual rule (ROL-30).

    Refuses an override that was ended already, and a return that gives more rights to a role one
    holds oneself or takes them from the last role that can give roles.
    """
    override = MatrixOverride.objects.select_for_update(of=("self",)).get(pk=override.pk)
    role, power = override.role, override.power
    if override.ended_at:
        raise StaleRecord("This rule was returned to the usual one already.")
    usual = role.code in GRANTS.get(power, ())
    if usual and not override.granted:
        conditions.check_not_own_role(role, by, at)
    if override.granted and not usual:
        conditions.check_not_last_role(role, power)
    MatrixOverride.objects.filter(pk=override.pk).update(ended_by=by, ended_at=at)
    apply_matrix(school=role.school)
    record(
        "end_override",
        override,
        by=by,
        at=at,
        facts={"role": role.code, "power": power, "before": override.granted, "after": usual},
    )
