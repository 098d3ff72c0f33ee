"""Naming and closing roles, through the pages."""

import pytest

from roles.actions import edit_role
from tests.cast import NOW
from tests.roles.reading import problems, role, text_of

pytestmark = pytest.mark.usefixtures("today")


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
