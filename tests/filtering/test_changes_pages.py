"""The pages of a filter change, as each person of the cast sees and sends them."""

import csv
import io
import re
from uuid import uuid4

import pytest

from audit.queries import trail
from filtering.models import ChangeRequest
from roles.queries import powers_of
from tests.cast import NOW
from tests.filtering import walk_alerts, walk_failures
from tests.filtering import walk_changes as walk


def page(cast, who, name, change=None, **query):
    path = {"change_create": "new", "block_create": "block", "change_list": ""}.get(name, name)
    url = cast.url(f"filter-changes/{change.reference + '/' if change else ''}{path}")
    url = url if url.endswith("/") else f"{url}/"
    return cast.client(who).get(url, query)


def send(cast, who, path, **data):
    path, _, query = path.partition("?")
    return cast.client(who).post(cast.url(f"filter-changes/{path}/?{query}"), data)


def words(response):
    """Return what a page says, without markup and in one line."""
    text = re.sub(
        r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL
    )
    return " ".join(text.split())


def errors(response):
    return list(response.context["form"].non_field_errors())


def asked(cast, **changed):
    """Return a whole request as the form posts it."""
    return {
        "submission": str(uuid4()),
        "direction": "allow",
        "addresses": "www.example.com/war\nexample.net",
        "profiles": [walk.profile(cast).pk],
        "reason_kind": "teaching",
        "reason": walk.WHY,
        "urgency": "normal",
        **changed,
    }


def study(cast, **changed):
    return asked(
        cast,
        until_date="2026-09-30",
        lesson="History",
        supervisor=cast.tom.pk,
        supervisor_text=str(cast.tom),
        **changed,
    )


@pytest.fixture(autouse=True)
def _today(today):
    """Let the clock stand at the cast's day."""


def test_full_change_goes_through_the_pages_of_five_people(cast):
    pupils = walk.profile(cast)
    sent = send(cast, "tom", "new", **asked(cast))
    change = ChangeRequest.objects.get()
    one = f"filter-changes/{change.reference}/"
    assert (sent.status_code, sent["Location"]) == (302, cast.url(one))

    def step(who, name, version, **data):
        done = send(cast, who, f"{change.reference}/{name}", version=version, **data)
        assert (done.status_code, done["Location"]) == (302, cast.url(one))

    step("dora", "assess", 1, risk="low", assessment="Two pages.")
    step("hana", "decide", 2, decision="approve_change", reason="")
    values = {f"before_{pupils.pk}": "Blocked", f"after_{pupils.pk}": "Allowed"}
    step("tina", "make", 3, **values)
    done = send(
        cast, "tess", f"{change.reference}/test", version=4, **{f"result_{pupils.pk}": "works"}
    )
    assert done["Location"] == cast.url("filter-changes/")  # Tess has no more part in it
    assert walk.now(change).state == "closed"
    seen = words(page(cast, "tom", "", change))
    assert "Closed: the change stands" in seen
    assert "before “Blocked”, after “Allowed”" in seen


def test_study_is_asked_for_with_what_is_known_filled_in(cast):
    walk.profile(cast)
    form = page(cast, "tom", "change_create", direction="allow", **{"for": "study"}).context["form"]
    assert (form.initial["direction"], form.initial["from_date"]) == ("allow", NOW.date())

    send(cast, "tom", "new", **study(cast))
    change = ChangeRequest.objects.get()
    assert (change.from_date, change.until_date, change.supervisor) == (
        *(NOW.date(), walk.UNTIL),
        cast.tom,
    )


@pytest.mark.parametrize(("path", "who"), [("new", "tom"), ("block", "tina")])
def test_report_and_alert_fill_in_the_address_and_stay_the_cause(cast, path, who):
    failure = walk_failures.report(cast, "bad.example/x", by=who)
    shown = page(cast, who, path, failure=failure.reference)
    assert shown.context["form"]["addresses"].value() == "bad.example/x"

    told = {"before": "Not blocked", "after": "Blocked", "direction": "block"}
    data = asked(cast, addresses="bad.example/x", **told)
    send(cast, who, f"{path}?failure={failure.reference}", **data)
    change = ChangeRequest.objects.get()
    assert change.failure == failure
    seen = words(page(cast, who, "", change))
    assert f"Came from Report {failure.reference}" in seen


def test_alert_of_another_is_no_cause(cast):
    walk.profile(cast)
    alert = walk_alerts.received(cast, address="bad.example")
    shown = page(cast, "tom", "new", alert=alert.pk)

    assert shown.context["form"].initial == {}
    assert page(cast, "dora", "new", alert=alert.pk).context["form"].initial == {
        "addresses": "bad.example"
    }


def test_refusal_is_shown_with_what_was_typed(cast):
    shown = send(cast, "tom", "new", **asked(cast, categories=["child_abuse"]))

    (why,) = errors(shown)
    assert why.startswith("“Child sexual abuse material” is on lists that nobody at a school can")
    assert walk.WHY in words(shown)
    assert ChangeRequest.objects.count() == 0


def test_unreadable_address_is_shown_at_its_field(cast):
    shown = send(cast, "tom", "new", **asked(cast, addresses="*.co.uk"))

    assert shown.context["form"].errors["addresses"] == [
        "“*.co.uk” would mean every site under “co.uk”. Name one site, such as example.co.uk."
    ]


def test_form_sent_twice_makes_one_request(cast):
    data = asked(cast)
    first, second = send(cast, "tom", "new", **data), send(cast, "tom", "new", **data)

    assert first["Location"] == second["Location"]
    assert ChangeRequest.objects.count() == 1


def test_nobody_can_ask_before_a_profile_is_confirmed(cast):
    assert "No profile is confirmed yet" in words(page(cast, "tom", "change_create"))


def test_teacher_sees_only_their_own_and_what_waits_for_a_test(cast):
    own = walk.ask(cast)
    other = walk.ask(cast, by="hana", addresses="example.org")
    made = walk.bring(cast, "made", walk.ask(cast, by="dora", addresses="example.edu"))

    def numbers(who):
        return sorted(one.reference for one in page(cast, who, "change_list").context["page"])

    assert numbers("tom") == [own.reference, made.reference]
    assert numbers("tess") == [made.reference]
    assert numbers("hana") == [own.reference, other.reference, made.reference]
    assert page(cast, "tom", "", other).status_code == 404
    assert page(cast, "tess", "", made).status_code == 200


def test_requester_who_decides_is_refused_in_words(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast, by="hana"))
    shown = send(
        *(cast, "hana", f"{change.reference}/decide"),
        version=change.version,
        decision="approve_change",
    )

    why = "You asked for this change, so somebody else has to decide on it."
    assert errors(shown) == [why]
    assert page(cast, "hana", "decide", change).context["notice"] == why
    walk.exception(cast)
    assert page(cast, "hana", "decide", change).context["notice"] == (
        "You asked for this change. The governors’ exception lets you go on, and the change is "
        "marked so."
    )


def test_approval_of_a_request_edited_meanwhile_is_refused_and_can_be_looked_at_again(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    send(cast, "tom", f"{change.reference}/edit", **asked(cast, version=2, addresses="a.example"))
    walk.assess(cast, change)
    data = {"version": 2, "decision": "approve_change", "reason": "Fine."}
    shown = send(cast, "hana", f"{change.reference}/decide", **data)

    assert errors(shown)[0].startswith("Filter change 2026-0001 was changed after you opened it.")
    assert shown.context["form"]["version"].value() == "4"
    assert "a.example" in words(shown)
    assert walk.now(change).state == "awaiting"


def test_second_approval_is_refused_in_words(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    data = {"version": 2, "decision": "approve_change"}
    send(cast, "hana", f"{change.reference}/decide", **data)
    shown = send(cast, "hana", f"{change.reference}/decide", **data | {"version": 3})

    (why,) = errors(shown)
    assert why.startswith("“Approve or refuse” cannot be done now: this filter change is “Approved")


def test_page_of_making_refuses_what_is_not_approved(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    number = walk.profile(cast).pk
    values = {f"before_{number}": "Blocked", f"after_{number}": "Allowed"}
    shown = send(cast, "tina", f"{change.reference}/make", version=2, **values)

    assert errors(shown)[0].startswith("“Make the change” cannot be done now")


def test_decision_shows_exactly_what_is_approved_and_what_overlaps(cast):
    walk.rule(cast, "games")
    other = walk.ask(cast, addresses="*.example.com", by="dora")
    change = walk.bring(cast, "awaiting", walk.study(cast, categories=["games"]))
    seen = words(page(cast, "hana", "decide", change))

    assert "Tue 15 Sep 2026 until Wed 30 Sep 2026" in seen
    assert "Two pages, nothing else is linked." in seen
    wider = "Allow *.example.com: To be assessed (more than is asked for here) – filter change"
    assert f"{wider} {other.reference}" in seen
    assert "Games is blocked for Pupils now (the same)" in seen


def test_decision_needs_its_reason_only_when_it_refuses(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    shown = send(
        cast, "hana", f"{change.reference}/decide", version=2, decision="reject_change", reason=""
    )
    assert shown.context["form"].errors["reason"] == [
        "Write down the reason, or what you want to know."
    ]
    data = {"version": 2, "decision": "return_change", "reason": "For how long?"}
    send(cast, "hana", f"{change.reference}/decide", **data)
    assert "For how long?" in words(page(cast, "tom", "", change))


def test_values_are_filled_in_with_what_holds_and_what_is_wanted(cast):
    walk.rule(cast, "games")
    change = walk.bring(cast, "approved", walk.study(cast, addresses="", categories=["games"]))
    form = page(cast, "tina", "make", change).context["form"]
    number = walk.profile(cast).pk

    assert (form[f"before_{number}"].value(), form[f"after_{number}"].value()) == (
        "Games: blocked",
        "Games: allowed",
    )


def test_block_at_once_is_marked_and_decided(cast):
    sent = send(
        cast,
        "tina",
        "block",
        submission=str(uuid4()),
        addresses="bad.example.org",
        profiles=[walk.profile(cast).pk],
        reason="Cruel.",
        before="Not blocked",
        after="Blocked",
    )
    change = ChangeRequest.objects.get()
    assert sent["Location"] == cast.url(f"filter-changes/{change.reference}/")
    assert "Blocked at once" in words(page(cast, "hana", "change_list"))
    shown = page(cast, "hana", "decide", change)
    assert [value for value, _ in shown.context["form"].fields["decision"].choices] == [
        "confirm_block",
        "refuse_block",
    ]
    data = {"version": 1, "decision": "refuse_block", "reason": "It is a poem."}
    send(cast, "hana", f"{change.reference}/decide", **data)
    assert walk.now(change).state == "undo"


def test_more_time_ending_and_putting_back_go_through_their_pages(cast):
    change = walk.bring(cast, "active")
    number = walk.profile(cast).pk
    more = {"version": 5, "submission": str(uuid4()), "until_date": "2026-10-07", "reason": "Snow."}
    send(cast, "tom", f"{change.reference}/more-time", **more)
    longer = ChangeRequest.objects.get(extends=change)
    assert longer.until_date.isoformat() == "2026-10-07"
    send(cast, "tom", f"{longer.reference}/withdraw", version=1, reason="")
    assert walk.now(longer).state == "withdrawn"

    send(cast, "dora", f"{change.reference}/end", version=5, reason="Misused.")
    back = {f"before_{number}": "Allowed", f"after_{number}": "Blocked"}
    send(cast, "tina", f"{change.reference}/put-back", version=6, **back)
    send(cast, "tess", f"{change.reference}/check", version=7, **{f"result_{number}": "works"})
    assert walk.now(change).state == "closed"


def test_next_step_offers_each_person_their_own_part(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))

    def offered(who):
        panel = page(cast, who, "", change).context["next"]
        main = panel["deed"]["label"] if panel["deed"] else panel["lead"]
        return main, [deed["label"] for deed in panel["deeds"]]

    assert offered("hana") == ("Approve or refuse", [])
    assert offered("tom") == ("It waits for the headteacher to decide.", ["Edit", "Withdraw"])
    assert offered("dora") == ("It waits for the headteacher to decide.", [])


def test_list_is_searched_filtered_and_taken_out(cast):
    walk.study(cast)
    walk.ask(cast, by="dora", addresses="example.org", profiles=[walk.profile(cast, "Staff")])
    walk.block(cast)

    def found(**query):
        rows = page(cast, "hana", "change_list", **query).context["page"]
        return sorted(one.reference for one in rows)

    assert found(q="example.org") == ["2026-0002", "2026-0003"]
    assert found(q="2026-0002") == ["2026-0002"]
    assert found(profile="Staff") == ["2026-0002"]
    assert found(temporary="yes") == ["2026-0001"]
    assert found(emergency="yes") == ["2026-0003"]
    assert found(state="submitted", direction="allow") == ["2026-0001", "2026-0002"]
    assert found(open="ended") == []
    out = page(cast, "dora", "export", temporary="yes")
    sheet = list(csv.reader(io.StringIO(b"".join(out).decode("utf-8-sig"))))
    assert [row[0] for row in sheet] == ["Number", "2026-0001"]
    entry = trail(cast.school.pk).first()
    assert (entry.verb, entry.facts["count"]) == ("export_changes", 1)


def test_exceptions_are_recorded_shown_and_ended_by_the_chair(cast):
    data = {
        "minute_reference": "2026/17",
        "reason": "One technician.",
        "from_date": "2026-09-15",
        "until_date": "2026-12-18",
    }
    send(cast, "cara", "exceptions/new", **data)
    listed = page(cast, "cara", "exceptions")
    (one,) = listed.context["page"]
    assert "In force" in words(listed)
    ask = cast.client("cara").get(cast.url(f"filter-changes/exceptions/{one.pk}/end/"))
    assert "It was to last until Fri 18 Dec 2026." in words(ask)
    send(cast, "cara", f"exceptions/{one.pk}/end")
    assert "Ended Tue 15 Sep 2026 by Cara Chairman" in words(page(cast, "cara", "exceptions"))
    again = send(cast, "cara", f"exceptions/{one.pk}/end")
    assert "This exception has ended already." in words(again)


def test_powers_of_pages_are_those_of_the_steps(cast):
    assert "decide_change" in powers_of(cast.hana, on=NOW.date())
    for who, name in (("tom", "assess"), ("dora", "decide"), ("hana", "make"), ("tom", "end")):
        change = ChangeRequest.objects.first() or walk.ask(cast)
        assert page(cast, who, name, change).status_code == 403
