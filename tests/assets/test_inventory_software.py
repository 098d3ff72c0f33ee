"""Programs, their licences, and where they are (AST-02, AST-29)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from assets.actions import software as actions
from assets.actions.software import SoftwareDetails
from common.errors import Refusal, StaleRecord
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def test_what_is_used_is_counted_against_what_was_bought(cast):
    values = {"school": cast.school, "by": cast.tina, "at": NOW}
    with pytest.raises(Refusal, match="for how many"):
        actions.add_software(
            submission=uuid4(),
            details=SoftwareDetails(title="Word", licence_kind="seats"),
            **values,
        )
    client = cast.client("tina")
    form = {
        "submission": uuid4(),
        "title": "Word",
        "licence_kind": "seats",
        "seats": "1",
        "expires_date": str((NOW + timedelta(days=20)).date()),
        "approved": "",
    }
    page = client.post(cast.url("equipment/software/new/"), form, follow=True)
    word = page.context["software"]
    with pytest.raises(Refusal, match="listed already"):
        actions.add_software(submission=uuid4(), details=SoftwareDetails("WORD", "site"), **values)
    people = actions.add_software(
        submission=uuid4(), details=SoftwareDetails("Maths", "users", seats=2), **values
    )
    for tag, holder in (("L-1", cast.tom), ("L-2", cast.tom), ("L-3", None)):
        things.in_service(cast, tag, holder=holder)
    where = cast.url(f"equipment/software/{word.pk}/devices/")
    assert "No device has the tag “L-9”" in client.post(where, {"tags": "L-9"}).content.decode()
    client.post(where, {"tags": "l-1\nL-2\n\nL-1"})
    everywhere = ["L-1", "L-2", "L-3"]
    assert actions.add_installations(software=people, tags=everywhere, by=cast.tina, at=NOW) == 3
    shown = client.get(cast.url("equipment/software/"))
    assert [(one.title, one.use) for one in shown.context["page"]] == [
        ("Maths", "2 of 2"),
        ("Word", "2 of 1"),
    ]
    assert shown.context["page"][1].flags == [
        "More used than bought",
        "Not approved",
        "Licence ends soon",
    ]
    for watch, wanted in (
        ("over", ["Word"]),
        ("unapproved", ["Word"]),
        ("ending", ["Word"]),
        ("ended", []),
    ):
        found = client.get(cast.url(f"equipment/software/?watch={watch}")).context["page"]
        assert [one.title for one in found] == wanted, watch
    with pytest.raises(Refusal, match="still on 2 devices"):
        actions.end_software(software=word, by=cast.tina, at=NOW)
    for row in word.installations.all():
        client.post(cast.url(f"equipment/software/devices/{row.pk}/remove/"))
    assert client.post(cast.url(f"equipment/software/{word.pk}/end/")).status_code == 302
    lines = b"".join(cast.client("hana").get(cast.url("equipment/software/export/")))
    assert [line.split(",")[0] for line in lines.decode().splitlines()[1:]] == ["Maths"]


def test_a_program_is_changed_from_a_page_that_is_up_to_date(cast):
    software = actions.add_software(
        school=cast.school,
        submission=uuid4(),
        details=SoftwareDetails("Scratch", "free"),
        by=cast.tina,
        at=NOW,
    )
    given = {"software": software, "by": cast.tina, "at": NOW}
    new = SoftwareDetails("Scratch", "free", release="3.29")
    changed = actions.edit_software(details=new, version=1, **given)
    assert (changed.release, changed.version) == ("3.29", 2)
    with pytest.raises(StaleRecord):
        actions.edit_software(details=new, version=1, **given)
    with pytest.raises(Refusal, match=r"Nothing was changed\."):
        actions.edit_software(details=new, version=2, **given)
    sent = {"title": "Scratch", "licence_kind": "free", "release": "4", "version": "2"}
    path = cast.url(f"equipment/software/{software.pk}/edit/")
    assert cast.client("tina").post(path, sent).status_code == 302
