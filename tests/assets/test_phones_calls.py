"""Private phones used in an emergency, and the rules that everybody reads (MOB-01, MOB-09)."""

from uuid import uuid4

import pytest

from assets.actions import phones_calls
from assets.duties import phones as duties
from assets.models import PrivateCall
from audit.models import Entry
from common.errors import Refusal, StepRefused
from people.models import Notice
from tests.assets import walk_phones as walk
from tests.assets.test_own_devices import _request, text
from tests.assets.test_phones import get, post, switch, whats
from tests.assets.walk_own_devices import DAY, TODAY
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def test_head_reads_of_a_private_phone_and_the_duty_ends(cast):
    form = {"submission": uuid4(), "reason": "Coach broke down", "number_hidden": "no"}
    form |= {"used_at": f"{TODAY}T09:00"}
    for _ in range(2):
        assert "the headteacher is told" in text(post(cast, "tom", "private-phones/new/", **form))
    call = PrivateCall.objects.get()
    assert Notice.objects.get(reason="private_call").person == cast.hana
    assert "May have been seen" in text(get(cast, "tom", "private-phones/"))
    assert "Coach" not in text(get(cast, "tess", "private-phones/"))
    need = duties.needs(_request(cast, "hana"), at=NOW)[0]
    assert (need.what, need.label) == ("A private phone was used in an emergency", "Read it")
    tomorrow = list(duties.reminders_due(cast.school, on=TODAY + DAY))
    assert [(due.person_id, due.period) for due in tomorrow] == [(cast.hana.pk, str(call.pk))]
    path = f"private-phones/{call.pk}/read/"
    assert [get(cast, who, path).status_code for who in ("cara", "hana")] == [404, 200]

    assert "marked as read" in text(post(cast, "hana", path))

    assert duties.needs(_request(cast, "hana"), at=NOW) == []
    assert list(duties.reminders_due(cast.school, on=TODAY + DAY)) == []
    assert "I have read this" not in text(get(cast, "hana", path))
    with pytest.raises(StepRefused, match="read already"):
        phones_calls.read_private_call(call=call, by=cast.hana, at=NOW)
    assert "Coach" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_heads_own_goes_to_the_chair(cast):
    call = walk.call(cast, "hana")
    assert Notice.objects.get(reason="private_call").person == cast.cara
    assert whats(_request(cast, "hana")) == []
    assert whats(_request(cast, "cara")) == [("A private phone was used in an emergency", False)]
    with pytest.raises(Refusal, match="Your role"):
        phones_calls.read_private_call(call=call, by=cast.hana, at=NOW)
    path = f"private-phones/{call.pk}/read/"
    assert [get(cast, who, path).status_code for who in ("hana", "dora")] == [404, 403]
    phones_calls.read_private_call(call=call, by=cast.cara, at=NOW)
    shown = get(cast, "cara", "private-phones/?read=yes&hidden=True")
    assert [one.pk for one in shown.context["page"]] == [call.pk]
    with pytest.raises(Refusal, match="in the future"):
        walk.call(cast, used_at=NOW + DAY)


def test_rules_are_read_by_everybody(cast):
    switch(cast, "smartwatches", "banned")
    shown = text(get(cast, "paul", "phone-rules/"))
    assert "Nobody wears one in school" in shown
    assert "To the class teacher" in shown
    assert "urgent private call" not in shown
    assert "urgent private call" in text(get(cast, "tess", "phone-rules/"))
    assert get(cast, "pia", "phone-rules/").status_code == 200
