"""Who may do what, and departing from it, through the pages."""

import pytest

from roles.models import MatrixOverride
from roles.queries import granted_cells
from tests.roles.reading import problems, text_of

pytestmark = pytest.mark.usefixtures("today")


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
