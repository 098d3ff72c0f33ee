"""Powers: the matrix, guardian's rows, overrides, and what user.has_perm says (ROL-30)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm, get_group_perms, get_objects_for_user, remove_perm

from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord
from common.scope import school_scope
from people.models import School
from roles.actions import (
    apply_matrix,
    arrange_cover,
    assign_role,
    close_role,
    end_override,
    override_matrix,
    set_up_roles,
)
from roles.catalogue import SIGN_IN_ROLES
from roles.matrix import GRANTS, MATRIX, usual_cells
from roles.models import MatrixOverride, Role, SchoolGroupObjectPermission
from roles.powers import all_powers
from roles.queries import (
    granted_cells,
    holders_of_power,
    person_may,
    powers_of,
    role_codes_of,
)
from tests.cast import NOW

TODAY = NOW.date()


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def override(cast, code: str, power: str, granted: bool, by: str = "hana") -> MatrixOverride:
    return override_matrix(
        role=role(cast, code),
        power=power,
        granted=granted,
        reason="Agreed by the governors",
        by=getattr(cast, by),
        at=NOW,
    )


def test_rows_of_a_new_school_are_the_matrix(cast):
    assert granted_cells(cast.school) == usual_cells()


def test_matrix_names_each_power_and_role_once_and_says_why():
    assert [row.power for row in MATRIX] == list(dict.fromkeys(row.power for row in MATRIX))
    assert [row for row in MATRIX if len(set(row.roles)) != len(row.roles)] == []
    assert [row.power for row in MATRIX if not row.why] == []
    assert {code for row in MATRIX for code in row.roles} <= set(SIGN_IN_ROLES)


def test_every_permission_reads_as_its_sentence(cast):
    rows = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(School), codename__in=all_powers()
    )

    assert dict(rows.values_list("codename", "name")) == all_powers()


def test_powers_are_the_union_of_a_persons_roles(cast):
    codes = role_codes_of(cast.dora, on=TODAY)

    assert codes == {"dsl", "staff"}
    assert powers_of(cast.dora, on=TODAY) == {
        power for power, roles in GRANTS.items() if codes & roles
    }


def test_powers_take_one_query(cast):
    with CaptureQueriesContext(connection) as seen:
        powers_of(cast.hana, on=TODAY)

    assert len(seen) == 1


def test_closed_role_gives_nothing(cast):
    Role.objects.filter(school=cast.school, code="os_gov").update(
        mandatory=False, active=False, closed_at=NOW
    )

    assert powers_of(cast.olga, on=TODAY) == frozenset()


# guardian -----------------------------------------------------------------------------------------


def test_guardian_uses_our_direct_table(cast):
    head = role(cast, "head").group
    assert set(get_group_perms(head, cast.school)) == {
        power for power, roles in GRANTS.items() if "head" in roles
    }

    granted = assign_perm("people.publish_policy", role(cast, "clerk").group, cast.school)
    assert isinstance(granted, SchoolGroupObjectPermission)
    assert ("clerk", "publish_policy") in granted_cells(cast.school)
    remove_perm("people.publish_policy", role(cast, "clerk").group, cast.school)
    assert ("clerk", "publish_policy") not in granted_cells(cast.school)


def test_has_perm_follows_dated_roles_and_not_group_membership(cast):
    cast.tess.user.groups.add(role(cast, "head").group)

    assert cast.tom.user.has_perm("report_incident", cast.school)
    assert cast.tom.user.has_perm("people.report_incident", cast.school)
    assert not cast.pia.user.has_perm("report_incident", cast.school)
    assert not cast.tom.user.has_perm("publish_policy", cast.school)
    assert not person_may(cast.tess, "publish_policy", on=TODAY)
    assert not cast.tom.user.has_perm("report_incident")


def test_has_perm_says_no_at_another_school_and_to_the_inactive(cast, other):
    assert not cast.hana.user.has_perm("report_incident", other.school)
    with school_scope(other.school.pk):
        assert not cast.hana.user.has_perm("report_incident", other.school)
        assert other.oscar.user.has_perm("report_incident", other.school)
    cast.hana.user.is_active = False
    assert not cast.hana.user.has_perm("report_incident", cast.school)


def test_superuser_flag_opens_no_page(cast, other):
    cast.tom.user.is_superuser = True
    cast.tom.user.save(update_fields=["is_superuser"])
    client = cast.client("tom")

    assert client.get(cast.url("trail/")).status_code == 403
    assert client.get(other.url("roles/")).status_code == 404


def test_global_permission_does_not_stand_in_for_one_of_several_on_the_object(cast, other):
    """One of two powers held globally, neither on the second school (GHSA-5729-mvhf-9gq4)."""
    user, group = cast.tom.user, role(cast, "clerk").group
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.get(codename="view_trail"))
    wanted = ["people.view_trail", "people.edit_policy", "people.publish_policy"]

    def found(**choice):
        user_again = type(user).objects.get(pk=user.pk)
        return list(get_objects_for_user(user_again, wanted, klass=School, **choice))

    assign_perm("people.edit_policy", group, cast.school)
    assert found(accept_global_perms=False) == found() == []
    assign_perm("people.publish_policy", group, cast.school)
    assert found(accept_global_perms=False) == []
    assert found() == [cast.school]
    assign_perm("people.view_trail", group, cast.school)
    assert found(accept_global_perms=False) == [cast.school]


def test_grants_of_another_school_are_neither_seen_nor_made(cast, other):
    with school_scope(cast.school.pk):
        assert granted_cells(other.school) == set()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            assign_perm("people.view_trail", role(cast, "clerk").group, other.school)


# Keeping step with the code -----------------------------------------------------------------------


def migrated() -> None:
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[])


def test_migration_brings_powers_and_rows_back_into_step_and_says_so(cast):
    rows = SchoolGroupObjectPermission.objects.filter(content_object=cast.school)
    rows.filter(permission__codename="view_trail").delete()
    stray = Permission.objects.get(codename="publish_policy")
    SchoolGroupObjectPermission.objects.create(
        content_object=cast.school, group=role(cast, "pupil").group, permission=stray
    )
    Permission.objects.filter(codename="view_trail").update(name="Old words")
    migrated()

    assert granted_cells(cast.school) == usual_cells()
    assert Permission.objects.get(codename="view_trail").name == all_powers()["view_trail"]
    entry = Entry.objects.filter(verb="set_up_roles").latest("sequence")
    assert (entry.actor_name, entry.facts) == (
        "migrate",
        {
            "roles": [],
            "statements": 0,
            "given": ["dpo:view_trail", "dsl:view_trail", "head:view_trail"],
            "taken": ["pupil:publish_policy"],
        },
    )


def test_migration_that_changes_nothing_writes_nothing(cast):
    before = Entry.objects.count()
    migrated()

    assert Entry.objects.count() == before


def test_migration_keeps_overrides_and_the_schools_own_words(cast):
    override(cast, "tech", "view_people", True)
    Role.objects.filter(pk=role(cast, "osl").pk).update(label="E-safety officer")
    migrated()

    assert ("tech", "view_people") in granted_cells(cast.school)
    assert role(cast, "osl").label == "E-safety officer"


def test_grant_to_a_foreign_group_is_swept_away(cast):
    stranger = Group.objects.create(name="strangers")
    assign_perm("people.view_trail", stranger, cast.school)

    assert apply_matrix(school=cast.school).taken == [f"{stranger.pk}:view_trail"]


def test_setting_up_twice_changes_nothing(cast):
    before = (Role.objects.count(), granted_cells(cast.school), Entry.objects.count())
    set_up_roles(school=cast.school, by="tests", at=NOW)

    assert (Role.objects.count(), granted_cells(cast.school), Entry.objects.count()) == before


# Overrides ----------------------------------------------------------------------------------------


def test_override_counts_at_once_and_is_on_the_trail(cast):
    made = override(cast, "tech", "view_people", True)

    assert person_may(cast.tina, "view_people", on=TODAY)
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.subject_id, entry.facts) == (
        "override_matrix",
        str(made.pk),
        {"role": "tech", "power": "view_people", "before": False, "after": True},
    )


def test_override_that_takes_away_counts_and_ends(cast):
    made = override(cast, "teacher", "report_incident", False)
    assert "report_incident" in powers_of(cast.tom, on=TODAY)  # as a member of staff
    override(cast, "staff", "report_incident", False, by="cara")
    assert "report_incident" not in powers_of(cast.tom, on=TODAY)

    end_override(override=made, by=cast.hana, at=NOW)
    assert "report_incident" in powers_of(cast.tom, on=TODAY)
    made.refresh_from_db()
    assert (made.ended_by, made.ended_at) == (cast.hana, NOW)


@pytest.mark.parametrize(
    ("code", "power", "granted", "reason", "words"),
    [
        ("tech", "rule_the_world", True, "x", "There is no such power"),
        ("tech", "view_people", True, "  ", "Say why"),
        ("pta", "view_people", True, "x", "does not sign in"),
        ("parent", "view_people", True, "x", "Pupils and parents cannot be given this power"),
        ("pupil", "view_all_incidents", True, "x", "Pupils and parents cannot be given"),
    ],
)
def test_override_is_refused_in_words(cast, code, power, granted, reason, words):
    with pytest.raises(Refusal, match=words):
        override_matrix(
            role=role(cast, code),
            power=power,
            granted=granted,
            reason=reason,
            by=cast.hana,
            at=NOW,
        )
    assert granted_cells(cast.school) == usual_cells()


def test_pupils_may_be_let_report(cast):
    override(cast, "pupil", "report_incident", True)

    assert person_may(cast.pia, "report_incident", on=TODAY)


def test_answer_already_in_force_is_refused(cast):
    with pytest.raises(StaleRecord, match="has this power already"):
        override(cast, "dsl", "view_people", True)
    with pytest.raises(StaleRecord, match="does not have this power already"):
        override(cast, "tech", "view_people", False)


def test_return_by_a_second_override_is_sent_to_the_usual_rule(cast):
    override(cast, "tech", "view_people", True)
    with pytest.raises(Refusal, match="go back to the usual rule instead"):
        override(cast, "tech", "view_people", False)


def test_nobody_widens_a_role_they_hold(cast):
    with pytest.raises(Conflicted, match="a role you hold yourself"):
        override(cast, "staff", "view_people", True)
    override(cast, "staff", "view_people", True, by="cara")


def test_nobody_widens_a_role_they_are_about_to_hold_or_cover(cast):
    assign_role(
        role=role(cast, "clerk"),
        person=cast.hana,
        start_date=TODAY + timedelta(days=30),
        end_date=TODAY + timedelta(days=60),
        by=cast.dora,
        at=NOW,
    )
    arrange_cover(
        assignment=cast.tom.assignments.get(role__code="teacher"),
        person=cast.hana,
        start_date=TODAY,
        end_date=TODAY,
        by=cast.dora,
        at=NOW,
    )
    for code in ("clerk", "teacher"):
        with pytest.raises(Conflicted, match="a role you hold yourself"):
            override(cast, code, "view_people", True)


def test_nobody_gives_their_own_role_back_what_was_taken(cast):
    taken = override(cast, "head", "export_trail", False, by="cara")
    with pytest.raises(Conflicted, match="a role you hold yourself"):
        end_override(override=taken, by=cast.hana, at=NOW)

    assert not person_may(cast.hana, "export_trail", on=TODAY)
    end_override(override=taken, by=cast.cara, at=NOW)
    assert person_may(cast.hana, "export_trail", on=TODAY)


def test_one_may_take_from_ones_own_role(cast):
    override(cast, "head", "export_trail", False)

    assert not person_may(cast.hana, "export_trail", on=TODAY)


def test_last_role_that_can_mend_things_keeps_its_power(cast):
    override(cast, "sysadmin", "assign_roles", False)
    with pytest.raises(Refusal, match="At least one role must keep this power"):
        override(cast, "head", "assign_roles", False)

    added = override(cast, "clerk", "assign_roles", True)
    taken = override(cast, "head", "assign_roles", False)
    with pytest.raises(Refusal, match="At least one role must keep this power"):
        end_override(override=added, by=cast.hana, at=NOW)
    end_override(override=taken, by=cast.cara, at=NOW)
    end_override(override=added, by=cast.hana, at=NOW)


def test_override_is_ended_once(cast):
    made = override(cast, "tech", "view_people", True)
    end_override(override=made, by=cast.hana, at=NOW)
    with pytest.raises(StaleRecord, match="already"):
        end_override(override=made, by=cast.hana, at=NOW)


def test_overrides_are_kept_for_ever(cast):
    made = override(cast, "tech", "view_people", True)
    with pytest.raises(IntegrityError, match="rows of roles_matrixoverride"), transaction.atomic():
        made.delete()


def test_holders_of_a_power_are_those_in_force_who_belong(cast):
    assert set(holders_of_power(cast.school, "confirm_decision", on=TODAY)) == {
        cast.hana,
        cast.cara,
    }
    cast.cara.left_date = TODAY - timedelta(days=1)
    cast.cara.save(update_fields=["left_date"])

    assert list(holders_of_power(cast.school, "confirm_decision", on=TODAY)) == [cast.hana]


def test_closing_a_role_needs_it_to_be_empty_and_optional(cast):
    with pytest.raises(Refusal, match="Every school must have this role"):
        close_role(role=role(cast, "dsl"), by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="Tina Techworth holds Technician or network manager"):
        close_role(role=role(cast, "tech"), by=cast.hana, at=NOW)
    close_role(role=role(cast, "bursar"), by=cast.hana, at=NOW)
    with pytest.raises(StaleRecord, match="closed already"):
        close_role(role=role(cast, "bursar"), by=cast.hana, at=NOW)
