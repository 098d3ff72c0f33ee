"""Visitors, volunteers and supply staff sign at reception, for a time (AGR-17)."""

from datetime import timedelta

import pytest

from agreements.actions.kiosks import close_kiosk, open_kiosk, sign_visit
from agreements.models import Kiosk, Signature
from agreements.queries.kiosks import kiosk_with_code, kiosks_of, texts_at_kiosk
from agreements.queries.signatures import seal_holds
from agreements.shown import Opened, shown_to
from audit.models import Entry
from common.errors import Refusal, StaleRecord
from common.scope import school_scope
from tests.agreements.test_issuing import setting
from tests.agreements.walk import published
from tests.cast import NOW

TODAY = NOW.date()
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def kiosk(cast):
    """Give the place at reception."""
    return open_kiosk(school=cast.school, label="Reception", by=cast.hana, at=NOW)


@pytest.fixture
def text(cast):
    """Give the agreement of visitors."""
    return published(cast, "visitor", at=NOW)[0]


def visit(kiosk, version, **more):
    shown = shown_to(version, "en")
    given = {
        "audience": version.agreement.audience,
        "opened": Opened((), shown.sha256, "en", NOW),
        "typed_name": "Vera  Visitor",
        "organisation": "Fire safety Ltd",
        "visiting": "Hana Headley",
        "valid_until": TODAY,
        "at": LATER,
    }
    return sign_visit(kiosk=kiosk, **given | more)


def test_a_visitor_signs_for_the_day(cast, kiosk, text):
    signature = visit(kiosk, text)

    assert (signature.method, signature.capacity, signature.signer) == ("kiosk", "self", None)
    assert (signature.typed_name, signature.organisation) == ("Vera Visitor", "Fire safety Ltd")
    assert (signature.job, signature.valid_until) == ("Hana Headley", TODAY)
    assert signature.assurance == "own word at “Reception”"
    assert seal_holds(signature)
    assert Entry.objects.get(verb="sign_agreement").actor_name == "visitor"


def test_supply_staff_and_volunteers_sign_their_own_text(cast, kiosk, text):
    (volunteer,) = published(cast, "volunteer", at=NOW)

    assert texts_at_kiosk(cast.school) == {"visitor": text, "volunteer": volunteer}
    assert visit(kiosk, volunteer).version == volunteer


def test_sending_the_page_twice_makes_one_signature(cast, kiosk, text):
    first = visit(kiosk, text)

    assert visit(kiosk, text, at=LATER + timedelta(seconds=1)) == first
    assert visit(kiosk, text, typed_name="Walter Visitor") != first
    assert Signature.objects.count() == 2


def test_the_last_day_is_what_the_school_allows(cast, kiosk, text):
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refusal, match="from today to Tue 15 Sep 2026"):
            visit(kiosk, text, valid_until=day)
    setting(cast, "visitor_days", 7)

    assert visit(kiosk, text, valid_until=TODAY + timedelta(days=6)).valid_until.day == 21
    with pytest.raises(Refusal, match="to Mon 21 Sep 2026"):
        visit(kiosk, text, valid_until=TODAY + timedelta(days=7))


def test_a_closed_place_takes_no_signature(cast, kiosk, text):
    close_kiosk(kiosk=kiosk, by=cast.hana, at=NOW)

    with pytest.raises(Refusal, match="Nobody can sign here any more"):
        visit(kiosk, text)
    with pytest.raises(Refusal, match="closed already"):
        close_kiosk(kiosk=kiosk, by=cast.hana, at=NOW)
    assert not Signature.objects.exists()


def test_only_what_is_in_use_can_be_signed(cast, kiosk):
    (staff,) = published(cast, "staff", at=NOW)

    with pytest.raises(Refusal, match="nothing to sign here now"):
        visit(kiosk, staff)
    with pytest.raises(Refusal, match="nothing to sign here now"):
        visit(kiosk, staff, audience="visitor")


def test_a_text_that_changed_is_not_signed(cast, kiosk, text):
    with pytest.raises(StaleRecord, match="has changed"):
        visit(kiosk, text, opened=Opened((), "0" * 64, "en", NOW))


def test_a_name_is_needed(cast, kiosk, text):
    with pytest.raises(Refusal, match="full name"):
        visit(kiosk, text, typed_name=" V ")


def test_every_place_has_a_code_nobody_guesses(cast, kiosk):
    another = open_kiosk(school=cast.school, label="Hall", by=cast.hana, at=NOW)

    assert len(kiosk.code) == 12
    assert kiosk.code != another.code
    assert kiosk_with_code(cast.school, kiosk.code) == kiosk
    assert kiosk_with_code(cast.school, "reception") is None


def test_a_name_is_used_once_among_open_places(cast, kiosk):
    with pytest.raises(Refusal, match="open already"):
        open_kiosk(school=cast.school, label=" reception ", by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="where visitors sign"):
        open_kiosk(school=cast.school, label="  ", by=cast.hana, at=NOW)
    close_kiosk(kiosk=kiosk, by=cast.hana, at=NOW)
    new = open_kiosk(school=cast.school, label="Reception", by=cast.hana, at=NOW)

    assert list(kiosks_of(cast.school)) == [new, kiosk]


def test_a_place_of_another_school_is_not_there(cast, other, kiosk):
    with school_scope(other.school.pk):
        assert kiosk_with_code(other.school, kiosk.code) is None
        assert not Kiosk.objects.exists()
