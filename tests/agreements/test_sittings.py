"""A class reads its agreement with the teacher, and pupils sign in class (AGR-08)."""

from datetime import timedelta

import pytest

from agreements.actions.sittings import (
    close_sitting,
    mark_present,
    open_sitting,
    sign_in_class,
)
from agreements.actions.texts import (
    approve_agreement,
    publish_agreement,
    revise_agreement,
)
from agreements.models import Attendance, ClassSitting, Obligation, Signature
from agreements.queries.signatures import seal_holds
from agreements.queries.sittings import (
    class_rows,
    classes_led_by,
    read_since,
    register_of_classes,
    sitters_of,
    texts_for_class,
)
from agreements.queries.texts import hash_of
from agreements.shown import Opened, shown_to
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord
from common.scope import school_scope
from people.models import PupilEnrolment, SchoolClass
from roles.actions import arrange_cover
from roles.models import RoleAssignment
from roles.queries import powers_of
from tests.agreements.test_issuing import setting
from tests.agreements.walk import asked, obligation_of, published
from tests.cast import NOW, make_pupil

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def five(cast):
    """Give class 5T with Pia and Ravi."""
    five = SchoolClass.objects.get(school=cast.school, name="5T")
    cast.people.ravi = make_pupil(cast.school, "Ravi", "Rao", five)
    return five


@pytest.fixture
def text(cast, five):
    """Give the agreement of pupils in Years 3 to 6, asked of everybody."""
    return asked(cast, "pupil_ks2", at=NOW)[0]


def sit(cast, version, by="tom", **more):
    given = {"school_class": SchoolClass.objects.get(name="5T"), "language": "en", "at": NOW}
    return open_sitting(**given | more, version=version, by=getattr(cast, by))


def open_page(sitting):
    """Return what the class page shows."""
    shown = shown_to(sitting.version, sitting.language)
    return Opened((), shown.sha256, sitting.language, sitting.opened_at)


def tap(cast, sitting, pupil="pia", by="tom", **more):
    given = {"mark": "cat", "opened": open_page(sitting), "at": LATER}
    return sign_in_class(
        **given | more, sitting=sitting, pupil=getattr(cast, pupil), by=getattr(cast, by)
    )


TODAY = NOW.date()


def sees(person, on=TODAY):
    return {str(one) for one in classes_led_by(person, powers_of(person, on=on), on=on)}


def test_a_pupil_signs_with_the_teacher_as_witness(cast, text):
    sitting = sit(cast, text)
    signature = tap(cast, sitting)

    assert (signature.method, signature.capacity, signature.mark) == ("class", "witnessed", "cat")
    assert (signature.witness, signature.typed_name) == (cast.tom, "Pia Pease")
    assert signature.assurance == "witnessed by the teacher"
    assert signature.opened_at == NOW
    assert seal_holds(signature)
    assert obligation_of(cast.pia, "pupil-ks2").state == "active"
    assert Attendance.objects.get(sitting=sitting).pupil == cast.pia


def test_a_second_tap_makes_no_second_signature(cast, text):
    sitting = sit(cast, text)
    tap(cast, sitting)

    with pytest.raises(Refusal, match="Pia has signed already"):
        tap(cast, sitting, mark="dog")
    assert Signature.objects.count() == 1


def test_who_is_absent_stays_open(cast, text):
    sitting = sit(cast, text)
    tap(cast, sitting)
    closed = close_sitting(sitting=sitting, by=cast.tom, at=LATER)

    assert closed.closed_at == LATER
    assert obligation_of(cast.ravi, "pupil-ks2").state == "due"
    assert Entry.objects.get(verb="close_sitting").facts == {"there": 1, "absent": 1}
    with pytest.raises(Refusal, match="was closed"):
        tap(cast, sitting, "ravi")
    again = sit(cast, text, at=LATER)
    assert tap(cast, again, "ravi", at=LATER).signer == cast.ravi


def test_the_discussion_is_recorded_where_pupils_sign(cast, text):
    """AGR-08: Ravi listened and did not want to sign yet."""
    sitting = sit(cast, text)
    tap(cast, sitting)
    close_sitting(sitting=sitting, present=[cast.ravi], by=cast.tom, at=LATER)

    assert Attendance.objects.filter(sitting=sitting).count() == 2
    assert obligation_of(cast.ravi, "pupil-ks2").state == "due"


def test_pupils_are_made_familiar_where_they_do_not_sign(cast, five):
    setting(cast, "pupil_asked", "familiarise")
    (version,) = asked(cast, "pupil_ks2", at=NOW)
    sitting = sit(cast, version)

    assert sitting.asks == "familiarise"
    with pytest.raises(Refusal, match="Nobody has to sign"):
        tap(cast, sitting)
    assert mark_present(sitting=sitting, pupils=[cast.pia], by=cast.tom, at=LATER) == 1
    assert mark_present(sitting=sitting, pupils=[cast.pia], by=cast.tom, at=LATER) == 0
    assert obligation_of(cast.pia, "pupil-ks2").state == "familiarised"
    assert obligation_of(cast.ravi, "pupil-ks2").state == "due"
    assert not Signature.objects.exists()


def test_where_parents_sign_the_class_reads_all_the_same(cast):
    """AGR-04: the class has nothing to sign, and the discussion is recorded."""
    one = SchoolClass.objects.create(
        school=cast.school, name="1R", year_group="1", teacher=cast.tess
    )
    uma = make_pupil(cast.school, "Uma", "Umber", one)
    PupilEnrolment.objects.filter(pupil=uma).update(key_stage="KS1", year_group="1")
    (version,) = asked(cast, "pupil_ks1", at=NOW)
    sitting = sit(cast, version, by="tess", school_class=one, language="pl")

    assert (sitting.asks, sitting.language) == ("familiarise", "pl")
    assert [(s.signed, s.waiting) for s in sitters_of(sitting)] == [(False, False)]
    close_sitting(sitting=sitting, present=[uma], by=cast.tess, at=LATER)
    assert Attendance.objects.count() == 1
    assert set(Obligation.objects.values_list("state", flat=True)) <= {"due"}


def test_another_teacher_may_not_lead_the_class(cast, text):
    with pytest.raises(Conflicted, match="somebody else"):
        sit(cast, text, by="tess")
    sitting = sit(cast, text)
    deeds = (
        lambda: tap(cast, sitting, by="tess"),
        lambda: mark_present(sitting=sitting, pupils=[cast.pia], by=cast.tess, at=LATER),
        lambda: close_sitting(sitting=sitting, by=cast.tess, at=LATER),
    )
    for deed in deeds:
        with pytest.raises(Conflicted):
            deed()


def test_who_leads_which_classes(cast, text):
    assert sees(cast.tom) == {"5T"}
    assert sees(cast.hana) == sees(cast.dora) == {"3S", "5T"}
    assert sees(cast.tina) == sees(cast.olga) == sees(cast.paul) == sees(cast.pia) == set()


def test_whoever_covers_a_teacher_leads_the_class(cast, text):
    """ROL-04."""
    arrange_cover(
        assignment=RoleAssignment.objects.get(person=cast.tom, role__code="teacher"),
        person=cast.tina,
        start_date=TODAY,
        end_date=TODAY,
        by=cast.hana,
        at=NOW,
    )

    assert sees(cast.tina) == {"5T"}
    assert sees(cast.tina, TODAY + timedelta(days=1)) == set()
    assert tap(cast, sit(cast, text, by="tina"), by="tina").witness == cast.tina


def test_a_pupil_of_another_class_cannot_be_tapped(cast, text):
    sitting = sit(cast, text)
    with pytest.raises(Refusal, match="pupils of 5T"):
        tap(cast, sitting, "quin")
    with pytest.raises(Refusal, match="pupils of 5T"):
        mark_present(sitting=sitting, pupils=[cast.pia, cast.quin], by=cast.tom, at=LATER)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("mark", ["", "dragon", "cat dog"])
def test_a_mark_is_one_of_the_pictures(cast, text, mark):
    with pytest.raises(Refusal, match="one of the pictures"):
        tap(cast, sit(cast, text), mark=mark)


def test_a_text_that_changed_since_it_was_opened_is_not_signed(cast, text):
    sitting = sit(cast, text)
    page = open_page(sitting)
    draft = revise_agreement(
        version=text, change="material", note="One more rule.", by=cast.dora, at=LATER
    )
    approve_agreement(version=draft, seen=hash_of(draft), by=cast.hana, at=LATER)
    publish_agreement(version=draft, by=cast.hana, at=LATER)

    with pytest.raises(StaleRecord):
        tap(cast, sitting, opened=page)
    with pytest.raises(StaleRecord, match="newer version"):
        mark_present(sitting=sitting, pupils=[cast.pia], by=cast.tom, at=LATER)
    with pytest.raises(Refusal, match="in use"):
        sit(cast, text)
    assert not Signature.objects.exists()


def test_another_text_than_the_one_open_is_not_signed(cast, text):
    sitting = sit(cast, text)
    page = Opened((), "0" * 64, "en", NOW)

    with pytest.raises(StaleRecord, match="has changed"):
        tap(cast, sitting, opened=page)


def test_a_class_has_a_text_open_once(cast, text):
    sit(cast, text)
    with pytest.raises(Refusal, match="open already"):
        sit(cast, text, by="hana")
    assert ClassSitting.objects.count() == 1


def test_only_texts_for_the_class_can_be_opened(cast, text, five):
    (staff,) = published(cast, "staff", at=NOW)

    assert texts_for_class(five) == [text]
    with pytest.raises(Refusal, match="meant for this class"):
        sit(cast, staff)
    with pytest.raises(Refusal, match="not written in that language"):
        sit(cast, text, language="pl")


def test_the_list_says_who_has_signed_and_what_is_open(cast, text, five):
    classes = register_of_classes(SchoolClass.objects.filter(school=cast.school))
    since = read_since(cast.school, on=TODAY)

    def rows():
        return {
            row.school_class.name: (row.asked, row.signed, row.outstanding, row.read)
            for row in class_rows(classes.all(), since=since)
        }

    assert rows() == {"3S": (1, 0, 1, False), "5T": (2, 0, 2, False)}
    sitting = sit(cast, text)
    assert not rows()["5T"][3]
    tap(cast, sitting)
    assert rows() == {"3S": (1, 0, 1, False), "5T": (2, 1, 1, True)}


def test_another_school_leads_nothing_here(cast, other, text):
    with school_scope(other.school.pk):
        assert sees(other.oscar) == {"4Z"}
    with pytest.raises(Conflicted):
        open_sitting(
            school_class=SchoolClass.objects.get(name="5T"),
            version=text,
            language="en",
            by=other.oscar,
            at=NOW,
        )
