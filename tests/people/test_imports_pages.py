"""The pages of an import: upload, columns, preview, apply or cancel, and the history."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Job, PeopleImport, Person
from tests.cast import NOW
from tests.people.imports import PUPILS, STAFF, brought_in, person, register, uploaded

PAGES = ("", "new", "{pk}/columns", "{pk}/preview")
DEEDS = ("{pk}/apply", "{pk}/cancel")


@pytest.fixture(autouse=True)
def at_work():
    """Let the clock stand at the time of the cast."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hana(cast):
    """Give the headteacher's browserless client."""
    return cast.client("hana")


def url(cast, path: str, upload: PeopleImport | None = None) -> str:
    return cast.url("people/imports/" + path.format(pk=upload.pk if upload else 0))


def form_of(client, cast, upload) -> dict:
    """Return what the form under the preview would send with nothing ticked."""
    response = client.get(url(cast, "{pk}/preview", upload))
    return {"digest": response.context["form"].initial["digest"]}


def test_file_goes_from_upload_to_register_in_four_pages(
    cast, hana, django_capture_on_commit_callbacks
):
    empty = hana.get(url(cast, ""))
    assert "Nobody was brought in yet" in empty.content.decode()

    file = SimpleUploadedFile("pupils.csv", PUPILS.encode())
    response = hana.post(url(cast, "new"), {"kind": "pupils", "file": file})
    upload = PeopleImport.objects.get()
    assert response.url == url(cast, "{pk}/columns", upload)
    assert (upload.file_name, upload.rows, upload.uploaded_by) == ("pupils.csv", 3, cast.hana)

    page = hana.get(response.url)
    guessed = page.context["form"].initial
    assert guessed == {
        "external_id": "Pupil number",
        "given_name": "First name",
        "family_name": "Last name",
        "class_name": "Class",
        "year_group": "Year group",
        "joined_date": "Starting date",
    }
    assert "For example 5T, 3S, RK" in page.content.decode()
    response = hana.post(response.url, guessed)
    assert response.url == url(cast, "{pk}/preview", upload)

    page = hana.get(response.url)
    assert [(part["code"], part["count"]) for part in page.context["parts"]] == [
        ("bad", 0),
        ("changed", 0),
        ("added", 3),
        ("leavers", 0),
    ]
    assert page.context["chosen"] == "added"
    assert [row.name for row in page.context["page"]] == ["Amy Apple", "Bob Berry", "Cat Cherry"]

    with django_capture_on_commit_callbacks(execute=True):
        response = hana.post(url(cast, "{pk}/apply", upload), form_of(hana, cast, upload))
    job = Job.objects.get()
    assert response.url == cast.url(f"jobs/{job.pk}/")
    page = hana.get(response.url).content.decode()
    assert "3 added, 0 changed, 0 unchanged." in page
    assert "data-progress-done" in page
    assert f'href="{url(cast, "")}"' in page
    assert person(cast, "P1").full_name == "Amy Apple"

    history = hana.get(url(cast, "")).content.decode()
    assert "3 added, 0 changed, 0 marked as left" in history
    assert "by Hana Headley" in history


def test_upload_says_what_is_missing(cast, hana):
    response = hana.post(url(cast, "new"), {})

    assert response.context["form"].errors == {
        "kind": ["This field is required."],
        "file": ["Choose the file."],
    }
    assert "Answer “Who is in the file?”" in response.content.decode()


def test_columns_page_keeps_the_answers_with_the_refusal(cast, hana):
    upload = uploaded(cast, "staff", STAFF)
    before = upload.columns

    response = hana.post(
        url(cast, "{pk}/columns", upload),
        {"external_id": "Post", "given_name": "Post", "family_name": "Last name"},
    )

    assert response.status_code == 200
    form = response.context["form"]
    assert form.non_field_errors() == ["The column “Post” is chosen twice."]
    assert (form["given_name"].value(), form["family_name"].value()) == ("Post", "Last name")
    upload.refresh_from_db()
    assert upload.columns == before


def test_preview_without_columns_leads_to_the_columns(cast, hana):
    upload = uploaded(cast, "staff", STAFF)
    PeopleImport.objects.filter(pk=upload.pk).update(columns={})

    response = hana.get(url(cast, "{pk}/preview", upload))
    assert response.url == url(cast, "{pk}/columns", upload)


def test_preview_shows_each_part_with_what_it_is_about(cast, hana):
    brought_in(cast, "pupils", PUPILS)
    content = PUPILS.replace("P1,Amy,Apple,5T", "P1,Amy,Apple,3S").replace("P2,", "P4,")
    upload = uploaded(cast, "pupils", content.replace("Reception", "Year 99"))
    client_url = url(cast, "{pk}/preview", upload)

    def page(part: str):
        response = hana.get(f"{client_url}?show={part}")
        return response, response.content.decode()

    response, drawn = page("")
    assert response.context["chosen"] == "bad"
    assert "Leave out the 1 row that cannot be brought in" in drawn
    assert "Mark people who are not in this file as left" in drawn
    assert "Year group “Year 99” is not a year group" in drawn
    response, drawn = page("changed")
    assert [row.name for row in response.context["page"]] == ["Amy Apple"]
    assert "Class: 5T" in drawn
    response, drawn = page("added")
    assert [(row.row, row.detail) for row in response.context["page"]] == [(3, "3S, Year 3")]
    response, drawn = page("leavers")
    assert [row.name for row in response.context["page"]] == ["Bob Berry"]
    assert page("nonsense")[0].context["chosen"] == "bad"


def test_refused_application_shows_the_preview_again_with_the_ticks_kept(cast, hana):
    brought_in(cast, "pupils", PUPILS)
    upload = uploaded(cast, "pupils", PUPILS.replace("Year 5", "Year 15").replace("P2", "P5"))
    before = register(cast)

    response = hana.post(
        url(cast, "{pk}/apply", upload), form_of(hana, cast, upload) | {"mark_leavers": "on"}
    )

    assert response.status_code == 200
    assert str(response.context["refusal"]).startswith("Some rows cannot be brought in.")
    assert response.context["form"]["mark_leavers"].value() is True
    assert response.context["form"]["leave_out_bad"].value() is False
    assert (register(cast), Job.objects.filter(state="waiting").count()) == (before, 0)


def test_forged_or_stale_digest_is_refused_and_the_fresh_plan_is_shown(cast, hana):
    upload = uploaded(cast, "staff", STAFF)
    stale = form_of(hana, cast, upload)
    Person.objects.create(
        school=cast.school, kind="staff", given_name="Ada", family_name="A", external_id="S1"
    )
    before = register(cast)

    for sent in (stale, {"digest": "forged" * 20}, {}):
        response = hana.post(url(cast, "{pk}/apply", upload), sent)
        assert str(response.context["refusal"]).startswith("The register has changed")
        assert response.context["form"].initial["digest"] != stale["digest"]
        assert [part["count"] for part in response.context["parts"]] == [0, 1, 1, 0]
    assert (register(cast), Job.objects.count()) == (before, 0)


def test_second_press_of_the_button_is_refused(cast, hana):
    upload = uploaded(cast, "staff", STAFF)
    sent = form_of(hana, cast, upload)
    hana.post(url(cast, "{pk}/apply", upload), sent)

    response = hana.post(url(cast, "{pk}/apply", upload), sent)

    assert "at this moment" in str(response.context["refusal"])
    assert Job.objects.count() == 1
    assert hana.get(url(cast, "{pk}/preview", upload)).url == cast.url(
        f"jobs/{Job.objects.get().pk}/"
    )


def test_cancel_throws_the_file_away(cast, hana):
    upload = uploaded(cast, "staff", STAFF)
    before = register(cast)

    response = hana.post(url(cast, "{pk}/cancel", upload), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "The import was cancelled. Nothing was brought in."
    ]
    upload.refresh_from_db()
    assert (upload.state, register(cast)) == ("cancelled", before)
    again = hana.post(url(cast, "{pk}/cancel", upload), follow=True)
    assert [str(message) for message in again.context["messages"]] == [
        "This import is finished already: cancelled."
    ]
    for page in ("{pk}/columns", "{pk}/preview"):
        assert hana.get(url(cast, page, upload)).url == url(cast, "")
    assert hana.post(url(cast, "{pk}/apply", upload), {}).url == url(cast, "")


def test_deeds_are_not_done_by_looking(cast, hana):
    upload = uploaded(cast, "staff", STAFF)

    for deed in DEEDS:
        assert hana.get(url(cast, deed, upload)).status_code == 405
    upload.refresh_from_db()
    assert upload.state == "open"


@pytest.mark.parametrize("name", ["dora", "tom", "cara", "tina", "paul", "pia"])
def test_who_may_not_import_is_refused_everywhere(cast, name):
    upload = uploaded(cast, "staff", STAFF)
    client = cast.client(name)

    assert [client.get(url(cast, page, upload)).status_code for page in PAGES] == [403] * 4
    assert [client.post(url(cast, deed, upload)).status_code for deed in DEEDS] == [403] * 2
    upload.refresh_from_db()
    assert upload.state == "open"


def test_import_of_another_school_is_not_there(cast, other):
    upload = uploaded(cast, "staff", STAFF)
    client = other.client("oscar")

    for path in PAGES[2:]:
        assert client.get(url(other, path, upload)).status_code == 404
        assert client.get(url(cast, path, upload)).status_code == 404
    for deed in DEEDS:
        assert client.post(url(other, deed, upload)).status_code == 404
    assert "people.csv" not in client.get(url(other, "")).content.decode()
    upload.refresh_from_db()
    assert upload.state == "open"


def test_history_costs_the_same_for_one_row_as_for_thirty(cast, hana, django_assert_num_queries):
    uploaded(cast, "staff", STAFF)
    hana.get(url(cast, ""))
    with CaptureQueriesContext(connection) as one:
        hana.get(url(cast, ""))
    for number in range(30):
        PeopleImport.objects.create(
            school=cast.school,
            kind="staff",
            file_name=f"{number}.csv",
            uploaded_by=cast.hana,
            uploaded_at=NOW - timedelta(days=number),
            state="cancelled",
            finished_by=cast.tom,
            finished_at=NOW,
        )
    with django_assert_num_queries(len(one)):
        assert len(hana.get(url(cast, "")).context["page"]) == 25
