"""Personal links: one person's, for a time, with a second check, locked after five tries."""

from datetime import date, timedelta

import pytest

from agreements.actions.links import (
    end_link_when_done,
    make_link,
    try_link,
)
from agreements.models import SigningLink
from agreements.queries.links import link_of, token_of
from common.errors import Refusal
from people.models import CarerLink
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW


@pytest.fixture
def link(cast):
    """Make a link for Paul, whose daughter's date of birth the school knows."""
    cast.pia.birth_date = date(2016, 3, 31)
    cast.pia.save()
    asked(cast, "parent", at=NOW)
    return make_link(signer=cast.paul, by=cast.hana, at=NOW).link


def test_a_link_asks_for_the_childs_date_of_birth(link):
    """AGR-12: a second check."""
    assert link.check_kind == "birth_date"
    assert try_link(link=link, answer="2016-03-30", at=NOW) is False
    assert try_link(link=link, answer="2016-03-31", at=NOW) is True
    link.refresh_from_db()
    assert (link.wrong_tries, link.opened_at) == (0, NOW)


def test_a_link_without_a_known_date_has_a_pin(cast):
    """The PIN is shown once and stored as a hash."""
    asked(cast, "staff", at=NOW)
    made = make_link(signer=cast.tom, by=cast.hana, at=NOW)
    assert (made.link.check_kind, len(made.pin)) == ("pin", 6)
    assert made.pin not in made.link.pin_hash
    assert try_link(link=made.link, answer=f"{made.pin[:3]} {made.pin[3:]}", at=NOW) is True


def test_five_wrong_answers_lock_a_link(link):
    """Then even the right answer is refused."""
    for _ in range(5):
        assert try_link(link=link, answer="2016-01-01", at=NOW) is False
    with pytest.raises(Refusal, match="locked after five wrong answers"):
        try_link(link=link, answer="2016-03-31", at=NOW)
    with pytest.raises(Refusal, match="locked"):
        link_of(token_of(link), at=NOW)


def test_a_forged_token_opens_nothing(link):
    """The number of another link cannot be put into a token."""
    token = token_of(link)
    assert link_of(token, at=NOW) == link
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), "MQ:abc", "", "1"):
        with pytest.raises(Refusal, match="not a whole link"):
            link_of(forged, at=NOW)


def test_a_link_grows_old_and_a_new_one_replaces_it(cast, link):
    """Expiring, and one at a time."""
    with pytest.raises(Refusal, match="too old"):
        link_of(token_of(link), at=NOW + timedelta(days=15))
    newer = make_link(signer=cast.paul, by=cast.hana, at=NOW).link
    with pytest.raises(Refusal, match="used or replaced"):
        link_of(token_of(link), at=NOW)
    assert link_of(token_of(newer), at=NOW) == newer


def test_a_link_is_good_for_one_sitting(cast, link):
    """Once everything is signed the link is used up."""
    signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)
    end_link_when_done(link=link, at=NOW)
    assert link_of(token_of(link), at=NOW) == link
    signed(obligation_of(cast.paul, "parent", cast.quin), at=NOW)
    end_link_when_done(link=link, at=NOW)
    with pytest.raises(Refusal, match="used"):
        link_of(token_of(link), at=NOW)


def test_no_link_for_somebody_who_may_not_be_contacted_or_has_nothing_to_sign(cast):
    """R-DP-4; and no link without need."""
    with pytest.raises(Refusal, match="nothing to sign"):
        make_link(signer=cast.paul, by=cast.hana, at=NOW)
    asked(cast, "parent", at=NOW)
    CarerLink.objects.filter(carer=cast.paul).update(may_sign=False, no_contact=True)
    with pytest.raises(Refusal, match="may not contact"):
        make_link(signer=cast.paul, by=cast.hana, at=NOW)
    assert not SigningLink.objects.exists()
