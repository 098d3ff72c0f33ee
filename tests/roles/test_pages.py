"""The pages of roles: who holds what, giving, ending, covering, naming, closing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from roles.actions import arrange_cover, assign_role, close_role, edit_role
from roles.models import MatrixOverride, Responsibility, Role, RoleAssignment
from roles.queries import current_holders, granted_cells, statements_of, statements_to_accept
from tests.cast import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("today")


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def held(cast, code: str, name: str) -> RoleAssignment:
    return RoleAssignment.objects.get(role__code=code, person=getattr(cast, name))


def text_of(response) -> str:
    """Return what a page says, without tags and spare space."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def problems(response) -> list[str]:
    """Return the lines of the error summary."""
    summary = re.search(r'error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[1], re.DOTALL) if summary else []
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def boxes(name: str, day) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def rows_of(response) -> dict[str, list[str]]:
    return {
        role.code: [f"{row.standing}:{row.person.given_name}" for row in role.held_now]
        for role in response.context["page"]
    }


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
    from common.scope import school_scope

    with school_scope(other.school.pk):
        theirs = RoleAssignment.objects.filter(person=other.oscar)[0]
    assert cast.client("hana").get(cast.url(f"assignments/{theirs.pk}/end")).status_code == 404


# Naming and closing ------------------------------------------------------------------------------


def test_school_names_a_role_as_it_likes(cast):
    client = cast.client("hana")
    client.post(cast.url("roles/osl/edit"), {"label": "E-safety officer", "aliases": "OSL"})

    osl = role(cast, "osl")
    assert (osl.label, osl.aliases, osl.changed_by) == ("E-safety officer", "OSL", cast.hana)
    assert "E-safety officer OSL" in text_of(client.get(cast.url("roles/?q=osl")))


def test_two_who_rename_at_once_do_not_overwrite_each_other(cast):
    client = cast.client("hana")
    opened = client.get(cast.url("roles/osl/edit"))
    edit_role(role=role(cast, "osl"), label="Hers", aliases="", seen="", by=cast.dora, at=NOW)
    stale = {"label": "Mine", "aliases": "", "seen": opened.context["form"].initial["seen"]}
    response = client.post(cast.url("roles/osl/edit"), stale)

    assert problems(response) == ["Somebody else has changed Hers since you opened this page."]
    assert 'value="Mine"' in response.content.decode()
    assert role(cast, "osl").label == "Hers"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("", "Enter “What the school calls it”"),
        ("headteacher", "Another role is called “headteacher” already."),
        ("Online safety lead", "Nothing was changed."),
    ],
)
def test_name_that_will_not_do_is_refused(cast, label, words):
    aliases = role(cast, "osl").aliases
    response = cast.client("hana").post(
        cast.url("roles/osl/edit"), {"label": label, "aliases": aliases}
    )

    assert problems(response) == [words]


def test_role_is_closed_and_used_again(cast):
    client = cast.client("hana")
    client.post(cast.url("roles/bursar/close"))
    assert role(cast, "bursar").active is False
    client.post(cast.url("roles/bursar/close"))
    assert role(cast, "bursar").active is True
    assert problems(client.post(cast.url("roles/tech/close"))) == [
        "Tina Techworth holds Technician or network manager. End that first."
    ]


# Who may do what ---------------------------------------------------------------------------------


def test_matrix_in_force_is_shown_with_its_reasons(cast):
    page = cast.client("tom").get(cast.url("permissions/"))

    lines = {line.power: line for part in page.context["sheet"] for line in part.lines}
    assert {
        (cell.role.code, power) for power, line in lines.items() for cell in line.held
    } == granted_cells(cast.school)
    assert "See who did and read what Headteacher, Designated safeguarding lead" in text_of(page)
    assert "SYS-03, domain feature 86" in text_of(page)


def test_cell_is_overridden_with_a_reason_and_restored(cast):
    client = cast.client("hana")
    url = cast.url("permissions/view_people/tech/")
    assert problems(client.post(url, {"reason": ""})) == [
        "Answer “Why does the school depart from the rule?”"
    ]
    client.post(url, {"reason": "The technician makes the accounts."})
    assert ("tech", "view_people") in granted_cells(cast.school)

    said = text_of(client.get(cast.url("permissions/")))
    assert "Technician or network manager added here" in said
    assert "The technician makes the accounts." in said
    made = MatrixOverride.objects.get()
    back = client.post(cast.url(f"permissions/overrides/{made.pk}/restore"))
    assert back.url == cast.url("permissions/?role=tech")
    assert ("tech", "view_people") not in granted_cells(cast.school)
    assert "The technician makes the accounts." in text_of(client.get(url))


def test_ones_own_role_is_not_widened_on_the_page(cast):
    response = cast.client("hana").post(
        cast.url("permissions/edit_policy/staff/"), {"reason": "Handy"}
    )

    assert problems(response) == [
        "You cannot give more rights to a role you hold yourself. Ask somebody else to do it."
    ]
    assert response.context["form"]["reason"].value() == "Handy"


def test_matrix_of_one_role_and_of_a_word(cast):
    client = cast.client("hana")
    page = client.get(cast.url("permissions/?role=pupil&q=report"))

    lines = [line for part in page.context["sheet"] for line in part.lines]
    assert all("report" in line.sentence.casefold() for line in lines)
    assert {line.chosen.role.code for line in lines} == {"pupil"}
    assert client.get(cast.url("permissions/?role=king")).context["role"] is None


@pytest.mark.parametrize("path", ["rule_the_world/head/", "view_people/king/", "view_people/pta/"])
def test_cell_that_does_not_exist_is_not_there(cast, path):
    assert cast.client("hana").get(cast.url(f"permissions/{path}")).status_code == 404


# Responsibilities --------------------------------------------------------------------------------


def test_holder_accepts_on_the_page(cast):
    client = cast.client("tina")
    asked = list(statements_to_accept(cast.tina, on=timezone.localdate()))
    assert "Please accept them by Tue 29 Sep 2026." in text_of(
        client.get(cast.url("responsibilities/"))
    )
    client.post(cast.url("responsibilities/"), {"statements": [asked[0].pk, asked[1].pk]})

    left = list(statements_to_accept(cast.tina, on=timezone.localdate()))
    assert [row.pk for row in left] == [row.pk for row in asked[2:]]
    forged = client.post(cast.url("responsibilities/"), {"statements": [asked[0].pk]})
    assert problems(forged) == [
        "A statement was changed since you opened this page. Read it again."
    ]
    assert problems(client.post(cast.url("responsibilities/"))) == [
        "Tick the statements you have read and accept."
    ]


def test_parent_and_pupil_read_their_own(cast):
    for name in ("paul", "pia"):
        page = cast.client(name).get(cast.url("responsibilities/"))
        assert page.status_code == 200
        assert len(page.context["waiting"]) == 3


def test_statement_is_added_revised_and_taken_away_on_the_pages(cast):
    client = cast.client("hana")
    words = {"source": "Policy, 2.4", "evidence": "record", "frequency": "termly"}
    client.post(
        cast.url("roles/clerk/responsibilities/add"), {"statement": "Write minutes.", **words}
    )
    added = Responsibility.objects.get(statement="Write minutes.")
    assert (added.source, added.evidence, added.frequency) == ("Policy, 2.4", "record", "termly")
    client.post(
        cast.url(f"responsibilities/{added.pk}/revise"), {"statement": "Keep minutes.", **words}
    )
    (kept,) = statements_of(role(cast, "clerk"))
    assert kept.statement == "Keep minutes."
    gone = client.get(cast.url(f"responsibilities/{added.pk}/revise"))
    assert gone.status_code == 404
    client.post(cast.url(f"responsibilities/{kept.pk}/end"))
    assert list(statements_of(role(cast, "clerk"))) == []


def test_only_those_who_word_responsibilities_can(cast):
    row = statements_of(role(cast, "tech"))[0]
    for path in (
        "roles/tech/responsibilities/add",
        f"responsibilities/{row.pk}/revise",
        f"responsibilities/{row.pk}/end",
    ):
        assert cast.client("tina").post(cast.url(path)).status_code == 403
