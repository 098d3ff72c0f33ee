"""The register of roles, and giving, ending and covering them, through the pages."""

import pytest
from django.utils import timezone

from common.scope import school_scope
from roles.actions import arrange_cover, assign_role, close_role
from roles.models import RoleAssignment
from roles.queries import current_holders
from tests.cast import NOW
from tests.roles.reading import DAY, boxes, held, problems, role, rows_of, text_of

pytestmark = pytest.mark.usefixtures("today")


# The register ------------------------------------------------------------------------------------


def test_register_shows_holders_cover_and_vacancies(cast):
    today = timezone.localdate()
    arrange_cover(
        assignment=held(cast, "head", "hana"),
        person=cast.dora,
        start_date=today,
        end_date=today,
        by="tests",
        at=timezone.now(),
    )
    page = cast.client("tom").get(cast.url("roles/"))

    rows = rows_of(page)
    assert rows["head"] == ["cover:Dora", "primary:Hana"]
    assert rows["siro"] == []
    assert [role.code for role in page.context["vacancies"]] == ["osl", "filt_mgr", "siro"]
    said = text_of(page)
    assert "Nobody holds these roles" in said
    assert "Dora Dale Covers now for Hana Headley" in said


def test_register_warns_of_one_person_in_roles_that_check_one_another(cast):
    assign_role(
        role=role(cast, "filt_mgr"),
        person=cast.hana,
        start_date=NOW.date(),
        by=cast.dora,
        at=NOW,
    )
    said = text_of(cast.client("tom").get(cast.url("roles/")))

    assert "Hana Headley is Filtering manager and Headteacher." in said


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=headley", ["head", "staff"]),
        ("q=SMT", ["slt"]),
        ("held=vacant&category=safeguarding", ["osl", "pastoral", "investigator"]),
        ("held=held&category=governor", ["chair", "os_gov"]),
        ("held=closed", ["bursar"]),
    ],
)
def test_register_is_filtered(cast, query, codes):
    close_role(role=role(cast, "bursar"), by=cast.hana, at=NOW)
    page = cast.client("hana").get(cast.url(f"roles/?{query}"))

    assert [row.code for row in page.context["page"]] == codes


def test_role_page_shows_holders_now_and_ever(cast):
    assign_role(
        role=role(cast, "dsl"),
        person=cast.tom,
        start_date=NOW.date() - 400 * DAY,
        end_date=NOW.date() - 100 * DAY,
        by=cast.hana,
        at=NOW,
    )
    client = cast.client("olga")
    page = client.get(cast.url("roles/dsl/"))

    assert [(row.person, row.time) for row in page.context["page"]] == [
        (cast.dora, "now"),
        (cast.tom, "past"),
    ]
    past = client.get(cast.url("roles/dsl/?when=past"))
    assert [row.person for row in past.context["page"]] == [cast.tom]
    assert "Take the lead whenever" in text_of(page)
    assert page.context["steps"]["deed"] is None
    assert client.get(cast.url("roles/king/")).status_code == 404


def test_pupils_and_parents_do_not_see_the_register(cast):
    for name in ("pia", "paul"):
        assert cast.client(name).get(cast.url("roles/")).status_code == 403


# Giving, ending and covering ---------------------------------------------------------------------


def give(cast, code="osl", who="tom", by="hana", **changed):
    data = {
        "person": getattr(cast, who).pk,
        "standing": "primary",
        **boxes("start_date", timezone.localdate()),
        **changed,
    }
    return cast.client(by).post(cast.url(f"roles/{code}/assign"), data)


def test_role_is_given_on_its_page(cast):
    response = give(cast, scope="Years 5 and 6", reason="Agreed with the governors")

    assert response.url == cast.url("roles/osl/")
    made = held(cast, "osl", "tom")
    assert (made.standing, made.scope, made.reason, made.assigned_by) == (
        "primary",
        "Years 5 and 6",
        "Agreed with the governors",
        cast.hana,
    )


def test_governor_is_appointed_with_the_minute(cast):
    give(cast, "governor", "olga", minute_reference="2026/14")

    assert held(cast, "governor", "olga").minute_reference == "2026/14"
    assert "minute 2026/14" in text_of(cast.client("hana").get(cast.url("roles/governor/")))


@pytest.mark.parametrize(
    ("code", "who", "changed", "words"),
    [
        ("dsl", "tom", {}, "Designated safeguarding lead already has a holder in that time."),
        ("teacher", "tom", {}, "Tom Teale already holds Class teacher in that time."),
        ("osl", "hana", {}, "You cannot give a role to yourself."),
        ("osl", "tom", {"end_date": "2020-01-01"}, "The last day is before the first day."),
        ("osl", "tom", {"person": "0"}, "Choose a person from the list again."),
        ("osl", "tom", {"start_date_year": "1926"}, "Check the year of the first day."),
        ("osl", "tom", {"start_date_month": "13"}, ""),
    ],
)
def test_giving_is_refused_on_the_page_and_nothing_typed_is_lost(cast, code, who, changed, words):
    before = RoleAssignment.objects.count()
    response = give(cast, code, who, reason="Agreed", **changed)

    assert response.status_code == 200
    assert len(problems(response)) == 1
    assert problems(response)[0].startswith(words)
    assert 'value="Agreed"' in response.content.decode()
    assert RoleAssignment.objects.count() == before


def test_person_of_another_school_cannot_be_forged_in(cast, other):
    response = give(cast, person=other.oscar.pk)

    assert problems(response) == ["Choose a person from the list again."]


def test_pupil_is_not_among_those_to_choose_from(cast):
    assert problems(give(cast, person=cast.pia.pk)) == ["Choose a person from the list again."]
    page = cast.client("hana").get(cast.url("roles/osl/assign"))
    found = cast.client("hana").get(page.context["form"].fields["person"].source.url + "&q=pease")
    assert [one["name"] for one in found.json()["results"]] == ["Paul Pease"]


def test_role_ends_at_once_or_after_a_last_day(cast):
    client, today = cast.client("hana"), timezone.localdate()
    tom, tess = held(cast, "teacher", "tom"), held(cast, "teacher", "tess")
    client.post(cast.url(f"assignments/{tom.pk}/end"), {"when": "at_once", "reason": "Left"})
    client.post(
        cast.url(f"assignments/{tess.pk}/end"), {"when": "on_a_day", **boxes("end_date", today)}
    )
    tom.refresh_from_db()
    tess.refresh_from_db()

    assert (tom.end_date, tess.end_date) == (today - DAY, today)
    assert current_holders(cast.school, "teacher", on=today) == [cast.tess]
    again = client.post(cast.url(f"assignments/{tom.pk}/end"), {"when": "at_once"})
    assert problems(again)[0].startswith("This role ends already")


def test_last_day_has_to_be_said(cast):
    response = cast.client("hana").post(
        cast.url(f"assignments/{held(cast, 'teacher', 'tom').pk}/end"), {"when": "on_a_day"}
    )

    assert problems(response) == ["Enter the last day."]


def test_role_that_has_not_begun_is_withdrawn_on_its_page(cast):
    today = timezone.localdate()
    made = assign_role(
        role=role(cast, "osl"),
        person=cast.tom,
        start_date=today + 9 * DAY,
        by=cast.hana,
        at=timezone.now(),
    )
    client = cast.client("hana")
    assert "It will be withdrawn" in text_of(client.get(cast.url(f"assignments/{made.pk}/end")))
    client.post(cast.url(f"assignments/{made.pk}/end"), {"reason": "Changed our minds"})

    made.refresh_from_db()
    assert made.withdrawn
    assert "Withdrawn was to begin" in text_of(client.get(cast.url("roles/osl/")))


def test_cover_is_arranged_on_its_page(cast):
    today = timezone.localdate()
    dora = held(cast, "dsl", "dora")
    url = cast.url(f"assignments/{dora.pk}/cover")
    days = boxes("start_date", today) | boxes("end_date", today + DAY)
    own = cast.client("hana").post(url, {"person": cast.dora.pk, **days})
    assert problems(own) == ["Somebody else has to cover: choose another person."]
    done = cast.client("hana").post(url, {"person": cast.tom.pk, **days})

    assert done.url == cast.url("roles/dsl/")
    assert current_holders(cast.school, "dsl", on=today) == [cast.tom]


def test_only_those_who_may_give_roles_can(cast):
    dora = held(cast, "dsl", "dora")
    client = cast.client("dora")
    for path in (
        "roles/osl/assign",
        "roles/osl/edit",
        "roles/bursar/close",
        f"assignments/{dora.pk}/end",
        f"assignments/{dora.pk}/cover",
    ):
        assert client.get(cast.url(path)).status_code == 403
        assert client.post(cast.url(path)).status_code == 403


def test_assignment_of_another_school_is_not_there(cast, other):
    with school_scope(other.school.pk):
        theirs = RoleAssignment.objects.filter(person=other.oscar)[0]
    assert cast.client("hana").get(cast.url(f"assignments/{theirs.pk}/end")).status_code == 404
