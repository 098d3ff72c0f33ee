"""Giving, ending and covering roles (ROL-02, ROL-04, ROL-14, ROL-30)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord
from common.scope import school_scope
from people.models import Notice
from roles.actions import arrange_cover, assign_role, close_role, end_role
from roles.models import Role, RoleAssignment
from roles.queries import (
    acting_for,
    conflicting_unions,
    current_holders,
    powers_of,
    role_codes_of,
    vacancies,
)
from tests.cast import NOW, START

TODAY = NOW.date()
DAY = timedelta(days=1)


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def held(cast, code: str, name: str) -> RoleAssignment:
    return RoleAssignment.objects.get(role__code=code, person=getattr(cast, name))


def give(cast, code: str, name: str, start: date = TODAY, **fields) -> RoleAssignment:
    by = fields.pop("by", cast.hana)
    return assign_role(
        role=role(cast, code),
        person=getattr(cast, name),
        start_date=start,
        by=by,
        at=NOW,
        **fields,
    )


def test_assigned_role_gives_its_powers_from_the_first_day_to_the_last(cast):
    give(cast, "osl", "tom", TODAY + DAY, end_date=TODAY + 3 * DAY, scope="Years 5 and 6")

    days = [TODAY + n * DAY for n in range(6)]
    assert ["osl" in role_codes_of(cast.tom, on=day) for day in days] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert ["decide_incident" in powers_of(cast.tom, on=day) for day in days] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


def test_assignment_is_recorded_with_who_and_when(cast):
    made = give(cast, "os_gov", "cara", end_date=None, deputy=True, minute_reference=" 2026/14 ")

    entry = Entry.objects.filter(school_id=cast.school.pk).latest("sequence")
    assert (entry.verb, entry.actor_id, entry.subject_id) == (
        "assign_role",
        cast.hana.pk,
        str(made.pk),
    )
    assert entry.facts == {
        "role": "os_gov",
        "person": cast.cara.pk,
        "standing": "deputy",
        "from": str(TODAY),
        "to": "",
    }
    assert (made.assigned_by, made.assigned_at, made.minute_reference) == (
        cast.hana,
        NOW,
        "2026/14",
    )


def test_second_holder_of_a_mandatory_role_is_refused_and_a_deputy_is_not(cast):
    with pytest.raises(Refusal, match="Designated safeguarding lead already has a holder"):
        give(cast, "dsl", "tom")
    give(cast, "dsl", "tom", deputy=True)

    assert current_holders(cast.school, "dsl", on=TODAY) == [cast.dora, cast.tom]


def test_holder_may_follow_the_day_after_another_ends(cast):
    end_role(assignment=held(cast, "dsl", "dora"), end_date=TODAY, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="already has a holder"):
        give(cast, "dsl", "tess", TODAY)
    give(cast, "dsl", "tess", TODAY + DAY)

    assert current_holders(cast.school, "dsl", on=TODAY) == [cast.dora]
    assert current_holders(cast.school, "dsl", on=TODAY + DAY) == [cast.tess]


def test_same_role_twice_at_once_is_refused(cast):
    with pytest.raises(Refusal, match="Tom Teale already holds Class teacher in that time"):
        give(cast, "teacher", "tom", TODAY)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (TODAY, TODAY - DAY, "The last day is before the first day"),
        (date(1066, 10, 14), None, "Check the year of the first day"),
        (date(2206, 9, 1), None, "Check the year of the first day"),
        (TODAY, date(9026, 9, 1), "Check the year of the last day"),
    ],
)
def test_dates_that_cannot_be_are_refused(cast, start, end, words):
    with pytest.raises(Refusal, match=words):
        give(cast, "slt", "tom", start, end_date=end)


def test_nobody_gives_a_role_to_themselves(cast):
    with pytest.raises(Conflicted, match="You cannot give a role to yourself"):
        give(cast, "sysadmin", "hana")
    with pytest.raises(Conflicted, match="You cannot give a role to yourself"):
        arrange_cover(
            assignment=held(cast, "dsl", "dora"),
            person=cast.hana,
            start_date=TODAY,
            end_date=TODAY,
            by=cast.hana,
            at=NOW,
        )


def test_person_of_another_school_is_refused(cast, other):
    with school_scope(cast.school.pk), pytest.raises(Refusal, match="belongs to another school"):
        assign_role(
            role=role(cast, "slt"),
            person=other.oscar,
            start_date=TODAY,
            by=cast.hana,
            at=NOW,
        )


def test_somebody_who_left_is_refused_and_holds_nothing(cast):
    cast.dora.left_date = TODAY - DAY
    cast.dora.save(update_fields=["left_date"])

    with pytest.raises(Refusal, match="Dora Dale left the school on 14 September 2026"):
        give(cast, "slt", "dora")
    assert current_holders(cast.school, "dsl", on=TODAY) == []
    assert powers_of(cast.dora, on=TODAY) == frozenset()
    assert "dsl" in {vacant.code for vacant in vacancies(cast.school, on=TODAY)}


def test_pupil_gets_no_adults_role_and_no_adult_a_pupils(cast):
    with pytest.raises(Refusal, match="Pia Pease is a pupil, and cannot hold Governor"):
        give(cast, "governor", "pia")
    with pytest.raises(Refusal, match="Tom Teale is a member of staff, and cannot hold Pupil"):
        give(cast, "pupil", "tom")


def test_closed_role_is_refused(cast):
    close_role(role=role(cast, "pta"), by=cast.hana, at=NOW)

    with pytest.raises(Refusal, match="is not used at this school"):
        give(cast, "pta", "paul")


def test_ended_role_stays_on_record_and_ends_its_cover(cast):
    dora = held(cast, "dsl", "dora")
    soon = arrange_cover(
        assignment=dora,
        person=cast.tom,
        start_date=TODAY,
        end_date=TODAY + 9 * DAY,
        by=cast.hana,
        at=NOW,
    )
    later = arrange_cover(
        assignment=dora,
        person=cast.tess,
        start_date=TODAY + 20 * DAY,
        end_date=TODAY + 29 * DAY,
        by=cast.hana,
        at=NOW,
    )
    end_role(assignment=dora, end_date=TODAY + DAY, reason="Leaves us", by=cast.hana, at=NOW)

    for row in (dora, soon, later):
        row.refresh_from_db()
    assert (dora.end_date, dora.ended_by, dora.ended_at) == (TODAY + DAY, cast.hana, NOW)
    assert soon.end_date == TODAY + DAY
    assert (later.withdrawn, later.end_date) == (True, TODAY + 19 * DAY)
    assert powers_of(cast.tess, on=TODAY + 20 * DAY) == powers_of(cast.tess, on=TODAY)


def test_role_that_has_not_begun_is_withdrawn(cast):
    made = give(cast, "osl", "tom", TODAY + 30 * DAY)
    end_role(assignment=made, end_date=TODAY, by=cast.hana, at=NOW)

    made.refresh_from_db()
    assert made.withdrawn
    assert current_holders(cast.school, "osl", on=TODAY + 30 * DAY) == []
    give(cast, "osl", "tess", TODAY + 30 * DAY)


def test_role_that_began_today_can_be_taken_back_at_once(cast):
    made = give(cast, "osl", "tom")
    assert "decide_incident" in powers_of(cast.tom, on=TODAY)
    end_role(assignment=made, end_date=TODAY - DAY, by=cast.hana, at=NOW)

    assert "decide_incident" not in powers_of(cast.tom, on=TODAY)


def test_end_before_the_first_day_of_a_running_role_is_refused(cast):
    with pytest.raises(Refusal, match="The last day is before the first day"):
        end_role(
            assignment=held(cast, "dsl", "dora"),
            end_date=START - 9 * DAY,
            by=cast.hana,
            at=NOW,
        )


def test_role_is_not_ended_twice_or_lengthened(cast):
    dora = held(cast, "dsl", "dora")
    end_role(assignment=dora, end_date=TODAY, by=cast.hana, at=NOW)

    for day in (TODAY, TODAY + 9 * DAY):
        with pytest.raises(StaleRecord, match="ends already, on 15 September 2026"):
            end_role(assignment=dora, end_date=day, by=cast.hana, at=NOW)


def test_last_person_who_can_give_roles_cannot_go_at_once(cast):
    hana = held(cast, "head", "hana")
    with pytest.raises(Refusal, match="Nobody would be left who can give roles"):
        end_role(assignment=hana, end_date=TODAY - DAY, by="tests", at=NOW)
    give(cast, "sysadmin", "tina")
    end_role(assignment=hana, end_date=TODAY - DAY, by=cast.tina, at=NOW)

    assert role_codes_of(cast.hana, on=TODAY) == {"staff"}


def test_role_without_that_power_may_go_when_nobody_else_has_it(cast):
    end_role(assignment=held(cast, "teacher", "tom"), end_date=TODAY - DAY, by=cast.hana, at=NOW)

    assert role_codes_of(cast.tom, on=TODAY) == {"staff"}


def test_cover_is_reached_first_and_holds_the_powers_for_those_days(cast):
    arrange_cover(
        assignment=held(cast, "head", "hana"),
        person=cast.dora,
        start_date=TODAY,
        end_date=TODAY + DAY,
        by="tests",
        at=NOW,
    )

    assert current_holders(cast.school, "head", on=TODAY) == [cast.dora]
    assert current_holders(cast.school, "head", on=TODAY + 2 * DAY) == [cast.hana]
    assert "confirm_decision" in powers_of(cast.dora, on=TODAY + DAY)
    assert "confirm_decision" not in powers_of(cast.dora, on=TODAY + 2 * DAY)
    assert [row.role.code for row in acting_for(cast.dora, on=TODAY)] == ["head"]
    assert acting_for(cast.hana, on=TODAY) == []


def test_cover_by_oneself_outside_the_time_or_twice_is_refused(cast):
    dora = held(cast, "dsl", "dora")

    def cover(person, start, end):
        return arrange_cover(
            assignment=dora, person=person, start_date=start, end_date=end, by=cast.hana, at=NOW
        )

    with pytest.raises(Refusal, match="choose another person"):
        cover(cast.dora, TODAY, TODAY)
    with pytest.raises(Refusal, match="within the time for which the role is held"):
        cover(cast.tom, START - DAY, TODAY)
    made = cover(cast.tom, TODAY, TODAY + 5 * DAY)
    with pytest.raises(Refusal, match="Tom Teale covers in that time already"):
        cover(cast.tess, TODAY + 5 * DAY, TODAY + 6 * DAY)
    with pytest.raises(Refusal, match="This is cover already"):
        arrange_cover(
            assignment=made,
            person=cast.tess,
            start_date=TODAY,
            end_date=TODAY,
            by=cast.hana,
            at=NOW,
        )


def test_vacancy_of_a_mandatory_role_is_shown_and_mailed_to_the_head(cast):
    before = {vacant.code for vacant in vacancies(cast.school, on=TODAY)}
    end_role(assignment=held(cast, "os_gov", "olga"), end_date=TODAY - DAY, by=cast.hana, at=NOW)

    assert {vacant.code for vacant in vacancies(cast.school, on=TODAY)} - before == {"os_gov"}
    assert list(Notice.objects.values_list("person", "reason", "path")) == [
        (cast.hana.pk, "role_vacant", cast.url("roles/"))
    ]


def test_vacancy_of_the_head_is_mailed_to_the_chair(cast):
    give(cast, "sysadmin", "tina")
    end_role(assignment=held(cast, "head", "hana"), end_date=TODAY, by="tests", at=NOW)

    assert list(Notice.objects.values_list("person", flat=True)) == [cast.cara.pk]


def test_role_held_on_by_a_deputy_is_not_vacant(cast):
    give(cast, "os_gov", "cara", deputy=True)
    end_role(assignment=held(cast, "os_gov", "olga"), end_date=TODAY - DAY, by=cast.hana, at=NOW)

    assert "os_gov" not in {vacant.code for vacant in vacancies(cast.school, on=TODAY)}
    assert list(Notice.objects.all()) == []


def test_union_that_defeats_a_separation_is_listed_with_its_reason(cast):
    assert conflicting_unions(cast.school, on=TODAY) == []
    give(cast, "filt_mgr", "hana", by=cast.dora)

    (union,) = conflicting_unions(cast.school, on=TODAY)
    assert (union.person, union.roles) == (cast.hana, ["Filtering manager", "Headteacher"])
    assert union.why.endswith("does not carry it out (FIL-06).")


def test_database_refuses_to_forget_an_assignment(cast):
    with pytest.raises(IntegrityError, match="rows of roles_roleassignment"), transaction.atomic():
        held(cast, "dsl", "dora").delete()
