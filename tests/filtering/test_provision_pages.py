"""Pages of the register: as at any day, the baseline, confirmations and what waits."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from filtering.actions import profiles
from filtering.duties import provision as duties_provision
from filtering.models import Attestation, Profile, Rule, Service
from tests.cast import NOW
from tests.filtering import walk_provision as walk
from tests.filtering.samples_provision import LETTER, attestation

pytestmark = pytest.mark.usefixtures("today")
PAGE = "filtering/register/"
EARLIER = NOW - timedelta(days=5)


def get(cast, who, path=""):
    return cast.client(who).get(cast.url(f"{PAGE}{path}"))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"{PAGE}{path}"), data)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def shown(response) -> dict[str, list[list[str]]]:
    """Return the picture of the page: what each profile does with each category that is set."""
    return {
        row.category.code: [[rule.direction for rule in rules] for _, rules in row.cells]
        for row in response.context["matrix"]
        if any(rules for _, rules in row.cells)
    }


# As at a day --------------------------------------------------------------------------------------


def test_register_shows_what_was_in_force_at_the_end_of_any_day(cast):
    old = walk.profile(cast, at=EARLIER)
    walk.baseline(cast, old, at=EARLIER, games="block")
    walk.baseline(cast, old, games="allow", chat="block")

    assert shown(get(cast, "hana")) == {"games": [["allow"]], "chat": [["block"]]}
    assert shown(get(cast, "olga", "?on=2026-09-10")) == {"games": [["block"]]}
    assert shown(get(cast, "hana", "?on=2026-09-14")) == {"games": [["block"]]}
    before = get(cast, "hana", "?on=2026-09-09")
    assert (before.context["profiles"], before.context["products"]) == ([], [])
    assert "end of Wed 9 Sep 2026" in text(before)
    assert get(cast, "hana", "?on=2027-01-01").context["past"] is False


def test_profile_shows_why_since_when_and_its_rows_before_and_after(cast):
    old = walk.profile(cast, at=EARLIER)
    walk.baseline(cast, old, at=EARLIER, games="block")
    new = profiles.replace_profile(
        profile=old, details=walk.details(cast, old.service, whom="KS2"), by=cast.tina, at=NOW
    )
    page = text(get(cast, "cara", f"profiles/{new.pk}/"))

    assert "As the policy says" in page
    assert "Tue 15 Sep 2026, baseline" in page
    assert f"profiles/{old.pk}/" in page
    earlier = text(get(cast, "cara", f"profiles/{old.pk}/"))
    assert "Thu 10 Sep 2026, baseline" in earlier
    assert f"profiles/{new.pk}/" in earlier


def test_sheet_for_the_policy_review_holds_every_category_of_every_profile(cast):
    walk.confirmed(cast)
    answer = get(cast, "olga", "export/?on=2026-09-15")
    rows = answer.content.decode("utf-8-sig").splitlines()

    assert rows[1] == (
        "Pupils,All pupils,all,Clearview,2026-09-15,Category,Child sexual abuse material,"
        "Blocked on lists that nobody can switch off,,,,"
    )
    assert (
        "Pupils,All pupils,all,Clearview,2026-09-15,Category,Games,Blocked,all,"
        "As the policy says,2026-09-15,baseline"
    ) in rows
    assert len(rows) == 26
    assert Entry.objects.get(verb="export_provision").facts == {
        "as_at": "2026-09-15",
        "count": 25,
    }


# Entering -----------------------------------------------------------------------------------------


def test_product_and_profile_are_entered_changed_and_ended_by_their_pages(cast):
    product = {
        "kind": "monitor",
        "name": "Watchful",
        "purpose": "Watches.",
        "owner": cast.tina.pk,
        "owner_text": "Tina Techworth",
    }
    assert post(cast, "tina", "products/new/", **product).status_code == 302
    service = Service.objects.get()
    post(cast, "tina", f"products/{service.pk}/edit/", **product | {"provider": "Grid"})
    service = Service.objects.get(ended_at=None)
    assert service.provider == "Grid"

    profile = {
        "name": "Guests",
        "whom": "Visitors",
        "service": service.pk,
        "network": "Guest Wi-Fi",
        "owner": cast.tina.pk,
        "owner_text": "Tina Techworth",
    }
    assert post(cast, "tina", "profiles/new/", **profile).status_code == 302
    made = Profile.objects.get()
    post(cast, "tina", f"profiles/{made.pk}/edit/", **profile | {"whom": "Guests"})
    made = Profile.objects.get(ended_at=None)
    assert (made.whom, made.network) == ("Guests", "Guest Wi-Fi")

    refused = post(cast, "tina", f"products/{service.pk}/end/", reason="Gone.")
    assert "“Guests” is filtered by it" in text(refused)
    post(cast, "tina", f"profiles/{made.pk}/end/", reason="Gone.")
    post(cast, "tina", f"products/{service.pk}/end/", reason="Gone.")
    assert not Service.objects.filter(ended_at=None).exists()


def test_baseline_is_entered_confirmed_and_then_closed_in_words(cast):
    made = walk.profile(cast)
    page = get(cast, "tina", f"profiles/{made.pk}/baseline/")
    number = next(n for n, one in page.context["form"].categories.items() if one.code == "games")
    assert "child_abuse" not in {one.code for one in page.context["form"].categories.values()}
    refused = post(cast, "tina", f"profiles/{made.pk}/baseline/", **{f"state_{number}": "block"})
    assert "Say why for “Games”." in text(refused)
    post(
        cast,
        "tina",
        f"profiles/{made.pk}/baseline/",
        **{f"state_{number}": "block", "usual": "Too young."},
    )
    assert [(one.target, one.why) for one in Rule.objects.all()] == [("games", "Too young.")]

    confirm = f"profiles/{made.pk}/confirm/"
    mark = get(cast, "hana", confirm).context["form"]["mark"].value()
    assert post(cast, "hana", confirm, mark=mark).status_code == 302
    closed = text(get(cast, "tina", f"profiles/{made.pk}/baseline/"))
    assert "it takes an approved change" in closed
    assert cast.url("filter-changes/new/") in closed


def test_baseline_changed_while_the_headteacher_reads_it_is_shown_again(cast):
    made = walk.profile(cast)
    walk.baseline(cast, made, games="block")
    confirm = f"profiles/{made.pk}/confirm/"
    mark = get(cast, "hana", confirm).context["form"]["mark"].value()
    walk.baseline(cast, made, games="allow")
    refused = post(cast, "hana", confirm, mark=mark)

    assert "Read it again, then confirm." in text(refused)
    again = refused.context["form"]["mark"].value()
    assert post(cast, "hana", confirm, mark=again).status_code == 302


# What is confirmed --------------------------------------------------------------------------------


def test_headteacher_confirms_who_may_change_the_filter_having_seen_them(cast):
    url = cast.url("filtering/confirmations/new/status/")
    page = text(cast.client("hana").get(url))
    answer = cast.client("hana").post(
        url,
        {
            "note": "Looked at the list.",
            "next_date": "2027-09-01",
            "upload": SimpleUploadedFile("letter.pdf", LETTER),
        },
    )

    assert "Tina Techworth, Filtering manager, since Tue 1 Sep 2026" in page
    assert answer.headers["Location"] == cast.url("filtering/confirmations/")
    made = Attestation.objects.get()
    assert (made.statement, made.next_date, made.evidence_name) == (
        "status",
        date(2027, 9, 1),
        "letter.pdf",
    )
    assert cast.client("tina").get(url).status_code == 403


def test_evidence_is_a_download_that_is_noted(cast):
    made = attestation(cast)
    answer = cast.client("olga").get(cast.url(f"filtering/confirmations/{made.pk}/evidence/"))

    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert Entry.objects.filter(verb="hand_on_attestation", actor_id=cast.olga.pk).count() == 1


def test_statements_say_how_they_stand(cast):
    attestation(cast)
    url = cast.url("filtering/confirmations/")
    listed = cast.client("olga").get(url).context["standings"]
    states = {one.statement.value: one.state for one, _ in listed}

    assert states.pop("iwf") == "fine"
    assert set(states.values()) == {"never"}


# What waits ---------------------------------------------------------------------------------------


def waiting(cast, who, at=NOW) -> list[tuple[str, bool]]:
    request = cast.client(who).get(cast.url("")).wsgi_request
    return [(one.what, one.late) for one in duties_provision.needs(request, at=at)]


def test_headteacher_is_asked_to_confirm_baselines_and_statements(cast):
    made = walk.profile(cast)
    assert waiting(cast, "hana") == [("3 statements about filtering", False)]
    walk.baseline(cast, made, games="block")

    assert waiting(cast, "hana")[0] == ("Profile “Pupils”", False)
    assert waiting(cast, "tina") == [("6 statements about filtering", False)]
    assert waiting(cast, "tom") == []


def test_confirmation_that_runs_out_is_asked_for_again_and_reminded_of(cast):
    attestation(cast)
    ends = NOW + timedelta(days=100)
    statement = "The provider is a member of the Internet Watch Foundation"

    def periods(on):
        due = duties_provision.reminders_due(cast.school, on=on.date())
        return [(one.person_id, one.period) for one in due]

    assert waiting(cast, "tina", ends - timedelta(days=31)) == []
    assert waiting(cast, "tina", ends - timedelta(days=30)) == [(statement, False)]
    assert waiting(cast, "tina", ends + timedelta(days=1)) == [(statement, True)]
    assert periods(ends - timedelta(days=31)) == []
    assert periods(ends - timedelta(days=30)) == [(cast.tina.pk, "iwf:2026-12-24:soon")]
    assert (
        periods(ends) == periods(ends + timedelta(days=9)) == [(cast.tina.pk, "iwf:2026-12-24:due")]
    )
