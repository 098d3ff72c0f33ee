"""People brought in from a file: seen before they are written, once, all or nothing."""

from datetime import date, timedelta

import pytest

from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from common.scope import school_scope
from people.actions.imports import (
    CHANGED_MEANWHILE,
    apply_import,
    cancel_abandoned,
    cancel_import,
    choose_columns,
)
from people.imports.plan import Change
from people.imports.queries import columns_of, table_of
from people.models import CarerLink, ImportMapping, Person, PupilEnrolment, SchoolClass, User
from tests.cast import NOW
from tests.people.imports import (
    BORN,
    CARERS,
    PUPILS,
    STAFF,
    applied,
    brought_in,
    person,
    plan,
    register,
    uploaded,
)

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def places(number: str) -> list[tuple]:
    rows = PupilEnrolment.objects.filter(pupil__external_id=number).order_by("start_date", "pk")
    return list(
        rows.values_list("school_class__name", "year_group", "key_stage", "start_date", "end_date")
    )


def links() -> list[tuple]:
    rows = CarerLink.objects.exclude(carer__external_id="").order_by("pk")
    return list(
        rows.values_list(
            "carer__external_id",
            "pupil__external_id",
            "relation",
            "parental_responsibility",
            "may_sign",
            "no_contact",
            "end_date",
        )
    )


# What is written -----------------------------------------------------------------------------


def test_staff_are_brought_in_with_post_and_dates_and_without_an_account(cast):
    users = User.objects.count()
    job = brought_in(cast, "staff", STAFF)

    assert (job.state, job.message) == ("done", "2 added, 0 changed, 0 unchanged.")
    ada = person(cast, "S1")
    assert (ada.kind, ada.title, ada.given_name, ada.family_name, ada.email) == (
        "staff",
        "Mrs",
        "Ada",
        "Ashby",
        "ada@oak-hill.example",
    )
    assert (ada.user, ada.joined_date, ada.left_date) == (None, date(2024, 9, 1), None)
    assert (ada.staff.job_title, ada.staff.start_date) == ("Teacher", date(2024, 9, 1))
    assert ada.assignments.count() == 0
    assert User.objects.count() == users


def test_pupils_are_brought_in_with_classes_and_places(cast):
    brought_in(cast, "pupils", PUPILS)

    assert list(
        SchoolClass.objects.order_by("name").values_list("name", "year_group", "teacher")
    ) == [("3S", "3", cast.tess.pk), ("5T", "5", cast.tom.pk), ("RK", "R", None)]
    first_day = date(2026, 9, 2)
    assert places("P1") == [("5T", "5", "KS2", first_day, None)]
    assert places("P2") == [("3S", "3", "KS2", first_day, None)]
    assert places("P3") == [("RK", "R", "EY", first_day, None)]


def test_dates_of_birth_are_brought_in_shown_when_changed_and_never_emptied(cast):
    brought_in(cast, "pupils", BORN)
    born = Person.objects.filter(external_id__in=["P1", "P2"]).order_by("external_id")
    assert list(born.values_list("birth_date", flat=True)) == [date(2017, 5, 3), None]

    again = uploaded(cast, "pupils", BORN.replace("3 May", "4 May").replace("2023,", "2023,1/9/18"))
    assert [change for entry in plan(again).changed for change in entry.changes] == [
        Change("Date of birth", "Wed 3 May 2017", "Thu 4 May 2017")
    ]
    assert [row.reasons for row in plan(again).bad] == [
        ("Date of birth “1/9/18” is not a date: write it like 01/09/2016.",)
    ]
    applied(again, leave_out_bad=True)
    brought_in(cast, "pupils", BORN.replace("3 May 2017", "").replace("Amy", "Amie"))
    brought_in(cast, "pupils", PUPILS.replace("Amy", "Aimee"))
    assert person(cast, "P1").birth_date == date(2017, 5, 4)


def test_date_of_birth_that_cannot_be_is_a_bad_row(cast):
    content = BORN.replace("3 May 2017", "16/09/2026").replace("2023,", "2023,14/09/2001")

    assert [row.reasons for row in plan(uploaded(cast, "pupils", content)).bad] == [
        ("Date of birth “16/09/2026” is in the future.",),
        ("Date of birth “14/09/2001” is more than 25 years ago.",),
    ]


def test_pupil_who_starts_later_has_a_place_from_that_day(cast):
    brought_in(cast, "pupils", PUPILS.replace("01/09/2026", "01/10/2026"))

    assert places("P3") == [("RK", "R", "EY", date(2026, 10, 1), None)]


def test_carers_are_brought_in_once_with_a_link_for_each_pupil(cast):
    brought_in(cast, "pupils", PUPILS)
    job = brought_in(cast, "carers", CARERS)

    assert job.message == "3 added, 0 changed, 0 unchanged."
    assert links() == [
        ("C1", "P1", "Mother", True, True, False, None),
        ("C1", "P2", "Aunt", False, True, False, None),
        ("C2", "P2", "Father", True, True, False, None),
    ]
    assert person(cast, "C2").phone == "+44 7700 900123"
    assert Person.objects.filter(kind="carer", external_id__in=["C1", "C2"]).count() == 2


@pytest.mark.parametrize(
    ("kind", "content", "rows"), [("staff", STAFF, 2), ("pupils", PUPILS, 3), ("carers", CARERS, 3)]
)
def test_same_file_again_changes_nothing(cast, kind, content, rows):
    if kind == "carers":
        brought_in(cast, "pupils", PUPILS)
    brought_in(cast, kind, content)
    before = register(cast)

    again = uploaded(cast, kind, content)

    assert plan(again).counts == {
        "added": 0,
        "changed": 0,
        "unchanged": rows,
        "leavers": 0,
        "bad": 0,
    }
    with pytest.raises(Refusal, match="There is nothing to bring in"):
        applied(again)
    assert register(cast) == before


def test_changed_values_are_shown_before_and_after_and_written(cast):
    brought_in(cast, "staff", STAFF)
    changed = STAFF.replace("Teacher", "Deputy head").replace("ada@oak-hill.example", "")
    upload = uploaded(cast, "staff", changed)

    (entry,) = plan(upload).changed
    assert (entry.row, entry.name) == (2, "Ada Ashby")
    assert [(one.label, one.before, one.after) for one in entry.changes] == [
        ("Post", "Teacher", "Deputy head"),
        ("E-mail address", "ada@oak-hill.example", "nothing"),
    ]
    assert applied(upload).message == "0 added, 1 changed, 1 unchanged."
    ada = person(cast, "S1")
    assert (ada.staff.job_title, ada.email) == ("Deputy head", "")


def test_column_that_is_not_in_the_file_leaves_what_the_register_knows(cast):
    brought_in(cast, "staff", STAFF)
    brought_in(cast, "staff", "Staff number,First name,Last name\nS1,Ada,Ashworth\nS2,Ben,Brook\n")

    ada = person(cast, "S1")
    assert (ada.family_name, ada.title, ada.email) == ("Ashworth", "Mrs", "ada@oak-hill.example")
    assert (ada.staff.job_title, ada.joined_date) == ("Teacher", date(2024, 9, 1))


def test_pupil_who_moves_class_keeps_the_old_place_with_its_end(cast):
    brought_in(cast, "pupils", PUPILS)
    later = NOW + timedelta(days=30)
    upload = uploaded(cast, "pupils", PUPILS.replace("3S,3", "5T,5"))
    applied(upload, at=later)

    assert places("P2") == [
        ("3S", "3", "KS2", date(2026, 9, 2), date(2026, 10, 14)),
        ("5T", "5", "KS2", date(2026, 10, 15), None),
    ]


def test_class_that_was_wrong_this_morning_is_put_right_and_not_ended(cast):
    brought_in(cast, "pupils", PUPILS.replace("01/09/2026", "15/09/2026"))
    brought_in(cast, "pupils", PUPILS.replace("RK,Reception,01/09/2026", "1A,1,15/09/2026"))

    assert places("P3") == [("1A", "1", "KS1", TODAY, None)]


def test_class_is_known_again_whatever_its_letters(cast):
    upload = uploaded(cast, "pupils", PUPILS.replace("5T", "5t"))
    applied(upload)

    assert places("P1")[0][0] == "5T"
    assert SchoolClass.objects.filter(name__iexact="5t").count() == 1


# Leavers -------------------------------------------------------------------------------------


def test_people_not_in_the_file_are_shown_and_stay_unless_they_are_to_be_marked(cast):
    brought_in(cast, "pupils", PUPILS)
    fewer = "\n".join(PUPILS.splitlines()[:3]).replace("Amy", "Amelia")
    upload = uploaded(cast, "pupils", fewer)

    assert [(one.name, one.detail) for one in plan(upload).leavers] == [
        ("Cat Cherry", "RK, Reception")
    ]
    assert applied(upload).message == "0 added, 1 changed, 1 unchanged."
    assert person(cast, "P3").left_date is None


def test_leaver_has_left_yesterday_with_places_and_links_ended(cast):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", CARERS)
    fewer = "\n".join(line for line in PUPILS.splitlines() if "P2" not in line)

    job = brought_in(cast, "pupils", fewer, mark_leavers=True)

    assert job.message == "0 added, 0 changed, 1 marked as left, 2 unchanged."
    assert person(cast, "P2").left_date == YESTERDAY
    assert places("P2") == [("3S", "3", "KS2", date(2026, 9, 2), YESTERDAY)]
    assert [(carer, pupil, ended) for carer, pupil, *_, ended in links()] == [
        ("C1", "P1", None),
        ("C1", "P2", YESTERDAY),
        ("C2", "P2", YESTERDAY),
    ]
    assert [cast.pia.left_date, cast.quin.left_date] == [None, None]


def test_leaver_loses_access_by_date_alone(cast):
    Person.objects.filter(pk=cast.tom.pk).update(external_id="S9")
    client = cast.client("tom")
    assert client.get(cast.url("people/find")).status_code == 200

    brought_in(cast, "staff", STAFF, mark_leavers=True)

    assert client.get(cast.url("people/find")).status_code == 404
    assert cast.tom.assignments.filter(end_date=None).count() == 2


def test_leaver_who_is_in_the_file_again_comes_back(cast):
    brought_in(cast, "pupils", PUPILS)
    fewer = "\n".join(line for line in PUPILS.splitlines() if "P2" not in line)
    brought_in(cast, "pupils", fewer, mark_leavers=True)

    upload = uploaded(cast, "pupils", PUPILS)
    (entry,) = plan(upload).changed
    assert [(one.label, one.before, one.after) for one in entry.changes] == [
        ("Class", "nothing", "3S"),
        ("Year group", "nothing", "3"),
        ("Leaving date", "Mon 14 Sep 2026", "nothing"),
    ]
    applied(upload)
    assert person(cast, "P2").left_date is None
    assert places("P2")[-1] == ("3S", "3", "KS2", TODAY, None)


def test_leaving_date_in_the_file_ends_the_place_and_is_idempotent(cast):
    headings, *rows = PUPILS.splitlines()
    lines = [f"{headings},Leaving date", *(f"{row}," for row in rows)]
    brought_in(cast, "pupils", "\n".join(lines))
    lines[2] += "10/09/2026"

    upload = uploaded(cast, "pupils", "\n".join(lines))
    assert [entry.key for entry in plan(upload).changed] == [("P2",)]
    applied(upload)

    assert places("P2")[0][-1] == date(2026, 9, 10)
    again = uploaded(cast, "pupils", "\n".join(lines))
    assert plan(again).counts["unchanged"] == 3


def test_people_who_left_before_and_were_never_here_are_not_added(cast):
    upload = uploaded(
        cast,
        "staff",
        "Staff number,First name,Last name,Leaving date\nS1,Ada,Ashby,\nS2,Ben,Brook,31/08/2020\n",
    )

    assert (plan(upload).left_before, len(plan(upload).added)) == (1, 1)
    applied(upload)
    assert Person.objects.filter(external_id="S2").count() == 0


def test_people_entered_by_hand_are_never_leavers(cast):
    assert plan(uploaded(cast, "staff", STAFF)).leavers == []


def test_nobody_marks_themselves_as_left(cast):
    Person.objects.filter(pk=cast.hana.pk).update(external_id="S7")
    upload = uploaded(cast, "staff", STAFF)

    with pytest.raises(Conflicted, match="You are not in this file yourself"):
        applied(upload, mark_leavers=True)
    applied(upload)
    cast.hana.refresh_from_db()
    assert cast.hana.left_date is None


def test_carer_link_that_the_file_no_longer_names_ends_when_leavers_are_marked(cast):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", CARERS)
    fewer = "\n".join(line for line in CARERS.splitlines() if "Aunt" not in line)
    upload = uploaded(cast, "carers", fewer)

    assert [(one.name, one.detail) for one in plan(upload).leavers] == [
        ("Ann Apple", "no longer carer of Bob Berry")
    ]
    applied(upload, mark_leavers=True)
    assert [row[-1] for row in links()] == [None, YESTERDAY, None]
    assert person(cast, "C1").left_date is None


# No contact ----------------------------------------------------------------------------------


def carers_with(no_contact: str, may_sign: str = "") -> str:
    return (
        "Carer number,Pupil number,First name,Last name,No contact,May sign\n"
        f"C1,P1,Ann,Apple,{no_contact},{may_sign}\n"
    )


def test_carer_whom_school_must_not_contact_may_not_sign(cast):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", carers_with("Yes"))

    assert links() == [("C1", "P1", "Parent or carer", True, False, True, None)]


def test_lifting_a_no_contact_flag_is_pointed_out(cast):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", carers_with("Yes"))

    (entry,) = plan(uploaded(cast, "carers", carers_with("No"))).changed
    assert entry.note == "This lifts the flag that school must not contact this carer."
    assert [(c.label, c.before, c.after) for c in entry.changes] == [
        ("School must not contact", "Yes", "No")
    ]


@pytest.mark.parametrize("no_contact", ["", "Yes"])
def test_no_contact_flag_stands_against_an_empty_cell_and_a_signature(cast, no_contact):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", carers_with("Yes"))

    assert plan(uploaded(cast, "carers", carers_with(""))).counts["unchanged"] == 1
    (bad,) = plan(uploaded(cast, "carers", carers_with(no_contact, "Yes"))).bad
    assert bad.reasons == ("Somebody whom school must not contact may not sign.",)


# Stale, cancelled, applied twice -------------------------------------------------------------


def test_register_that_changed_since_the_preview_refuses_the_import(cast):
    brought_in(cast, "staff", STAFF)
    upload = uploaded(cast, "staff", STAFF.replace("Teacher", "Deputy head"))
    seen = plan(upload).digest
    Person.objects.filter(external_id="S1").update(email="new@oak-hill.example")
    before = register(cast)

    with pytest.raises(StaleRecord, match="The register has changed"):
        applied(upload, digest=seen)

    assert register(cast) == before
    assert person(cast, "S1").staff.job_title == "Teacher"
    assert applied(upload).state == "done"


def test_register_that_changes_while_the_job_waits_ends_the_job_in_words(cast):
    upload = uploaded(cast, "staff", STAFF)
    seen = plan(upload).digest
    job = apply_import(
        upload=upload,
        digest=seen,
        leave_out_bad=False,
        mark_leavers=False,
        by=cast.hana,
        at=NOW,
    )
    Person.objects.create(
        school=cast.school, kind="staff", given_name="Ada", family_name="A", external_id="S1"
    )
    before = register(cast)

    from people.tasks import write_import

    write_import(job_id=job.pk, school_id=job.school_id)

    job.refresh_from_db()
    upload.refresh_from_db()
    assert (job.state, job.message) == ("failed", CHANGED_MEANWHILE)
    assert (upload.state, upload.finished_at) == ("open", None)
    assert register(cast) == before
    assert [row.name for row in plan(upload).changed] == ["Ada Ashby"]


def test_change_that_does_not_matter_does_not_stand_in_the_way(cast):
    upload = uploaded(cast, "staff", STAFF)
    seen = plan(upload).digest
    Person.objects.filter(pk=cast.paul.pk).update(phone="01234")

    assert applied(upload, digest=seen).state == "done"


def test_cancelled_import_changes_nothing_and_keeps_no_file(
    cast, own_files, django_capture_on_commit_callbacks
):
    upload = uploaded(cast, "staff", STAFF)
    before = register(cast)
    assert len([path for path in own_files.rglob("*") if path.is_file()]) == 1

    with django_capture_on_commit_callbacks(execute=True):
        cancel_import(upload=upload, by=cast.hana, at=NOW)

    upload.refresh_from_db()
    assert (upload.state, upload.finished_by, upload.file.name) == ("cancelled", cast.hana, "")
    assert [path for path in own_files.rglob("*") if path.is_file()] == []
    assert register(cast) == before
    with pytest.raises(StepRefused, match="finished already: cancelled"):
        apply_import(
            upload=upload,
            digest="",
            leave_out_bad=True,
            mark_leavers=True,
            by=cast.hana,
            at=NOW,
        )


def test_applied_import_keeps_no_file_and_cannot_be_applied_or_cancelled_again(
    cast, own_files, django_capture_on_commit_callbacks
):
    upload = uploaded(cast, "staff", STAFF)
    seen = plan(upload).digest
    with django_capture_on_commit_callbacks() as callbacks:
        applied(upload)
    callbacks[-1]()

    assert [path for path in own_files.rglob("*") if path.is_file()] == []
    for deed in (
        lambda: applied(upload, digest=seen),
        lambda: cancel_import(upload=upload, by=cast.hana, at=NOW),
        lambda: choose_columns(upload=upload, columns={}, by=cast.hana, at=NOW),
    ):
        with pytest.raises(StepRefused, match="finished already: brought in"):
            deed()


def test_import_that_is_being_applied_is_left_alone(cast):
    upload = uploaded(cast, "staff", STAFF)
    choices = {"digest": plan(upload).digest, "leave_out_bad": False, "mark_leavers": False}
    apply_import(upload=upload, by=cast.hana, at=NOW, **choices)

    with pytest.raises(StepRefused, match="at this moment"):
        apply_import(upload=upload, by=cast.hana, at=NOW, **choices)
    with pytest.raises(StepRefused, match="at this moment"):
        cancel_import(upload=upload, by=cast.hana, at=NOW)


def test_file_that_nobody_finishes_goes_after_a_day(
    cast, own_files, django_capture_on_commit_callbacks
):
    upload = uploaded(cast, "staff", STAFF)

    assert cancel_abandoned(school=cast.school, at=NOW + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert cancel_abandoned(school=cast.school, at=NOW + timedelta(hours=25)) == 1
    upload.refresh_from_db()
    assert (upload.state, upload.finished_by) == ("cancelled", None)
    assert [path for path in own_files.rglob("*") if path.is_file()] == []
    assert trail_of(upload).first().actor_name == "sweep_imports"


# Bad rows ------------------------------------------------------------------------------------


def test_bad_rows_stop_the_import_unless_they_are_to_be_left_out(cast):
    upload = uploaded(cast, "pupils", PUPILS.replace("Year 5", "Year 15"))
    before = register(cast)

    (bad,) = plan(upload).bad
    assert (bad.number, bad.name) == (2, "Amy Apple")
    assert " ".join(bad.reasons) == (
        "Year group “Year 15” is not a year group: write Nursery, Reception or a year from 1 to 13."
    )
    with pytest.raises(Refusal, match="Some rows cannot be brought in"):
        applied(upload)
    assert register(cast) == before

    assert applied(upload, leave_out_bad=True).message == (
        "2 added, 0 changed, 0 unchanged. 1 rows were left out."
    )
    assert Person.objects.filter(external_id="P1").count() == 0


def test_person_in_a_bad_row_is_not_a_leaver(cast):
    brought_in(cast, "pupils", PUPILS)
    upload = uploaded(cast, "pupils", PUPILS.replace("Year 5", "Year 15"))

    assert plan(upload).leavers == []


def test_new_person_with_a_known_name_is_pointed_out(cast):
    upload = uploaded(cast, "pupils", PUPILS.replace("Amy,Apple", "PIA,Pease"))

    assert [entry.note for entry in plan(upload).added] == [
        "Somebody of this name is in the register already.",
        "",
        "",
    ]


def test_carer_of_an_unknown_pupil_or_one_who_left_is_a_bad_row(cast):
    brought_in(cast, "pupils", PUPILS)
    Person.objects.filter(external_id="P2").update(left_date=YESTERDAY)
    rows = plan(uploaded(cast, "carers", CARERS.replace("C1,P1", "C1,P99"))).bad

    assert [(row.number, row.reasons) for row in rows] == [
        (2, ("No pupil has the number “P99”. Bring in the pupils first.",)),
        (3, ("The pupil with the number “P2” has left.",)),
        (4, ("The pupil with the number “P2” has left.",)),
    ]


def test_carer_with_other_details_in_another_row_is_a_bad_row(cast):
    brought_in(cast, "pupils", PUPILS)
    rows = plan(uploaded(cast, "carers", CARERS.replace("P2,Ann,Apple", "P2,Anna,Apple"))).bad

    assert [(row.number, row.reasons) for row in rows] == [
        (3, ("Row 2 gives other details for the same carer.",))
    ]


# Columns -------------------------------------------------------------------------------------


def test_columns_are_guessed_from_common_headings_and_remembered(cast):
    content = (
        "Adno,Legal Surname,Forename,Reg Group,NC Year,House,Email\nP1,Apple,Amy,5T,Year 5,Red,\n"
    )
    upload = uploaded(cast, "pupils", content)
    guessed = {
        "external_id": "Adno",
        "given_name": "Forename",
        "family_name": "Legal Surname",
        "class_name": "Reg Group",
        "year_group": "NC Year",
        "email": "Email",
    }
    assert upload.columns == guessed

    chosen = {name: heading for name, heading in guessed.items() if name != "email"}
    chosen["class_name"] = "House"
    choose_columns(upload=upload, columns=chosen, by=cast.hana, at=NOW)
    next_upload = uploaded(cast, "pupils", content)
    assert columns_of(next_upload, table_of(next_upload)) == chosen
    assert ImportMapping.objects.get(school=cast.school, kind="pupils").columns["email"] == ""


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"family_name": "Last name"}, "Choose the column that holds “Staff number”."),
        (
            {"external_id": "Secret", "given_name": "First name", "family_name": "Last name"},
            "There is no column “Secret” in this file.",
        ),
        (
            {"external_id": "Post", "given_name": "Post", "family_name": "Last name"},
            "The column “Post” is chosen twice.",
        ),
    ],
)
def test_columns_that_cannot_be_are_refused(cast, columns, sentence):
    upload = uploaded(cast, "staff", STAFF)
    before = upload.columns

    with pytest.raises(Refusal) as refused:
        choose_columns(upload=upload, columns=columns, by=cast.hana, at=NOW)

    assert str(refused.value) == sentence
    upload.refresh_from_db()
    assert upload.columns == before


# The trail and the other school --------------------------------------------------------------


def test_every_step_is_recorded_with_counts_only(cast):
    upload = uploaded(cast, "pupils", PUPILS)
    job = applied(upload)

    assert [(entry.verb, entry.facts) for entry in trail_of(upload).reverse()] == [
        ("open_import", {"kind": "pupils", "rows": 3}),
        ("choose_columns", {"columns": 6}),
        ("apply_import", {"added": 3, "changed": 0, "unchanged": 0, "leavers": 0, "bad": 0}),
    ]
    assert [entry.verb for entry in trail_of(job)] == ["start_job"]
    assert "Apple" not in str([entry.__dict__ for entry in trail_of(upload)])


def test_other_school_is_neither_seen_nor_touched(cast, other):
    with school_scope(other.school.pk):
        Person.objects.filter(pk=other.zara.pk).update(external_id="P1")
        Person.objects.create(
            school=other.school,
            kind="pupil",
            given_name="Yan",
            family_name="York",
            external_id="P77",
        )
    upload = uploaded(cast, "pupils", PUPILS)

    assert [entry.key for entry in plan(upload).added] == [("P1",), ("P2",), ("P3",)]
    assert plan(upload).leavers == []
    applied(upload, mark_leavers=False)
    with school_scope(other.school.pk):
        rows = Person.objects.filter(school=other.school, kind="pupil").order_by("external_id")
        assert list(rows.values_list("given_name", "external_id", "left_date")) == [
            ("Zara", "P1", None),
            ("Yan", "P77", None),
        ]
        assert SchoolClass.objects.filter(school=other.school).count() == 1
