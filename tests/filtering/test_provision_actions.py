"""The register: products, profiles, the baseline, and what is confirmed (FIL-01, FIL-02)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord
from filtering.actions import profiles, provision
from filtering.actions.attesting import attest, hand_on_attestation
from filtering.models import Attestation, LogEntry, Profile, Review, Rule, Service
from filtering.queries.provision import (
    baseline_mark,
    latest_profiles,
    latest_services,
    profiles_in_force,
    rules_in_force,
    services_in_force,
)
from filtering.queries.register import categories_at, matrix_at, profiles_at
from people.actions.settings import change_setting
from roles.actions import assign_role
from roles.models import Role
from tests.cast import NOW
from tests.filtering import walk_provision as walk
from tests.filtering.samples_provision import LETTER

DAY = timedelta(days=1)


def states(one: Profile, at=NOW) -> dict[str, list[str]]:
    """Return what a profile does with each category that is set, at a moment."""
    found = categories_at(one, at)
    return {
        shown.category.code: [rule.direction for rule in shown.rules]
        for shown in found
        if shown.rules
    }


# Products -----------------------------------------------------------------------------------------


def test_new_product_is_entered_logged_and_opens_a_review(cast):
    first = walk.confirmed(cast).service
    made = walk.product(cast, "Farsight", provider="Grid")

    assert set(services_in_force(cast.school, NOW)) == {first, made}
    entry = LogEntry.objects.filter(kind="service").latest("pk")
    assert (entry.kind, entry.words) == ("service", "Filtering: Farsight came into use.")
    assert "Tina" not in entry.words + entry.before + entry.after
    assert [(one.trigger, one.trigger_words) for one in Review.objects.all()] == [
        ("technology", "Filtering: Farsight came into use.")
    ]
    assert trail_of(made).get().verb == "enter_service"


def test_products_entered_while_a_school_sets_itself_up_open_no_review(cast):
    walk.product(cast, uses_ai=True)

    assert not Review.objects.exists()


def test_product_that_uses_ai_opens_the_review_of_an_ai_tool(cast):
    made = walk.confirmed(cast).service
    described = provision.ServiceDetails(
        kind="filter", name="Clearview", purpose="Filters.", owner=cast.tina, uses_ai=True
    )
    provision.replace_service(service=made, details=described, by=cast.tina, at=NOW + DAY)

    assert list(Review.objects.values_list("trigger", flat=True)) == ["ai_tool"]


def test_product_described_anew_keeps_how_it_was(cast):
    old = walk.product(cast, provider="Grid")
    described = provision.ServiceDetails(
        kind="filter",
        name="Clearview",
        purpose="Filters what everybody may open.",
        owner=cast.tina,
        provider="Other",
    )
    new = provision.replace_service(service=old, details=described, by=cast.tina, at=NOW + DAY)

    assert [one.provider for one in services_in_force(cast.school, NOW + DAY)] == ["Other"]
    assert [one.provider for one in services_in_force(cast.school, NOW)] == ["Grid"]
    assert latest_services(cast.school)[old.pk] == new
    entry = LogEntry.objects.first()
    assert (entry.before, entry.after) == ("Provider: Grid", "Provider: Other")
    with pytest.raises(StaleRecord):
        provision.replace_service(service=old, details=described, by=cast.tina, at=NOW + DAY)
    with pytest.raises(Refusal, match="Nothing was changed"):
        provision.replace_service(service=new, details=described, by=cast.tina, at=NOW + DAY)


def test_product_sent_twice_is_entered_once(cast):
    walk.product(cast)

    with pytest.raises(Refusal, match="in the register already"):
        walk.product(cast, "clearview ")
    assert Service.objects.count() == 1


def test_product_is_entered_only_by_technical_staff_with_an_owner_of_the_staff(cast):
    details = provision.ServiceDetails(kind="filter", name="X", purpose="Filters.", owner=cast.paul)
    with pytest.raises(Refusal, match="role"):
        provision.enter_service(school=cast.school, details=details, by=cast.tom, at=NOW)
    with pytest.raises(Refusal, match="own staff"):
        provision.enter_service(school=cast.school, details=details, by=cast.tina, at=NOW)


def test_product_in_use_by_a_profile_cannot_be_ended(cast):
    made = walk.product(cast)
    one = walk.profile(cast, service=made)

    with pytest.raises(Refusal, match="“Pupils” is filtered by it"):
        provision.end_service(service=made, reason="Too dear.", by=cast.tina, at=NOW)
    profiles.end_profile(profile=one, reason="Gone.", by=cast.tina, at=NOW)
    provision.end_service(service=made, reason="Too dear.", by=cast.tina, at=NOW + DAY)

    assert not services_in_force(cast.school, NOW + DAY).exists()
    entry = LogEntry.objects.first()
    assert (entry.words, entry.text) == (
        "Filtering: Clearview is no longer in use.",
        "Too dear.",
    )


# Profiles and baseline ----------------------------------------------------------------------------


def test_baseline_says_what_is_blocked_and_allowed_and_why(cast):
    one = walk.profile(cast)
    assert walk.baseline(cast, one, games="block", news="allow") == 2

    assert states(one) == {"games": ["block"], "news": ["allow"]}
    entry = LogEntry.objects.filter(kind="baseline", target="Games").get()
    assert (entry.words, entry.before, entry.after, entry.text) == (
        "Baseline of profile “Pupils”: Games blocked.",
        "not set",
        "blocked",
        "As the policy says",
    )
    assert entry.profiles == ["Pupils"]


def test_baseline_entered_anew_writes_only_what_is_different(cast):
    one = walk.profile(cast)
    walk.baseline(cast, one, games="block", news="allow", chat="block")
    kept = Rule.objects.get(target="news")

    assert walk.baseline(cast, one, at=NOW + DAY, games="allow", news="allow") == 2
    assert states(one, NOW + DAY) == {"games": ["allow"], "news": ["allow"]}
    assert states(one, NOW) == {"games": ["block"], "news": ["allow"], "chat": ["block"]}
    assert Rule.objects.get(target="news") == kept


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"child_abuse": profiles.Entered("allow", "No")}, "nobody can switch off"),
        ({"terrorism": profiles.Entered("block", "Yes")}, "nobody can switch off"),
        ({"unheard_of": profiles.Entered("block", "Yes")}, "Choose what is done"),
        ({"games": profiles.Entered("perhaps", "Yes")}, "Choose what is done"),
        ({"games": profiles.Entered("block", " ")}, "Say why “Games”"),
    ],
)
def test_baseline_refuses_in_words(cast, entries, words):
    one = walk.profile(cast)

    with pytest.raises(Refusal, match=words):
        profiles.enter_baseline(profile=one, entries=entries, by=cast.tina, at=NOW)
    assert not Rule.objects.exists()


def test_lists_nobody_can_switch_off_are_shown_as_locked_for_every_profile(cast):
    walk.profile(cast)
    found = matrix_at(cast.school, profiles_at(cast.school, NOW), NOW)

    assert [row.category.code for row in found if row.category.locked] == [
        "child_abuse",
        "terrorism",
        "illegal",
    ]


def test_headteacher_confirms_a_baseline_that_then_only_a_change_alters(cast):
    one = walk.confirmed(cast)

    assert (one.confirmed_by, one.confirmed_at) == (cast.hana, NOW)
    assert LogEntry.objects.first().words == "Baseline of profile “Pupils” confirmed."
    with pytest.raises(Refusal, match="Ask for a change"):
        walk.baseline(cast, one, games="allow")


def test_baseline_is_not_confirmed_empty_changed_or_by_who_entered_it(cast):
    one = walk.profile(cast)
    with pytest.raises(Refusal, match="has to come first"):
        profiles.confirm_profile(profile=one, mark=baseline_mark(one), by=cast.hana, at=NOW)
    walk.baseline(cast, one, games="block")
    seen = baseline_mark(one)
    walk.baseline(cast, one, games="allow")
    with pytest.raises(StaleRecord, match="Read it again"):
        profiles.confirm_profile(profile=one, mark=seen, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="role"):
        profiles.confirm_profile(profile=one, mark=baseline_mark(one), by=cast.tina, at=NOW)
    assert Profile.objects.get(pk=one.pk).confirmed_at is None


def test_headteacher_who_entered_a_baseline_does_not_confirm_it(cast):
    one = walk.profile(cast)
    tech = Role.objects.get(school=cast.school, code="tech")
    assign_role(role=tech, person=cast.hana, start_date=NOW.date(), by="tests", at=NOW)
    walk.baseline(cast, one, games="block", by="hana")

    with pytest.raises(Conflicted, match="somebody else"):
        profiles.confirm_profile(profile=one, mark=baseline_mark(one), by=cast.hana, at=NOW)


def test_profile_described_anew_keeps_its_rules_and_its_confirmation(cast):
    old = walk.confirmed(cast)
    new = profiles.replace_profile(
        profile=old,
        details=walk.details(cast, old.service, "Children"),
        by=cast.tina,
        at=NOW + DAY,
    )

    assert [one.name for one in profiles_in_force(cast.school, NOW)] == ["Pupils"]
    assert [one.name for one in profiles_in_force(cast.school, NOW + DAY)] == ["Children"]
    assert states(new, NOW + DAY) == states(old, NOW) == {"games": ["block"], "news": ["allow"]}
    assert states(old, NOW + DAY) == {}
    assert (new.confirmed_by, new.confirmed_at) == (cast.hana, NOW)
    assert latest_profiles(cast.school)[old.pk] == new
    assert rules_in_force(cast.school, NOW + DAY).count() == 2
    entry = LogEntry.objects.first()
    assert (entry.before, entry.after, entry.text) == ("Name: Pupils", "Name: Children", "")


def test_who_looks_after_it_is_told_only_to_those_who_see_names(cast):
    old = walk.profile(cast)
    new = walk.details(cast, old.service, owner=cast.tom)
    profiles.replace_profile(profile=old, details=new, by=cast.tina, at=NOW + DAY)
    entry = LogEntry.objects.first()

    assert entry.text == "Looked after by Tom Teale, before by Tina Techworth."
    assert (entry.before, entry.after) == ("", "")


def test_category_taken_off_the_schools_list_stays_readable(cast):
    setting = {"school": cast.school, "name": "more_categories", "by": cast.hana, "at": NOW}
    change_setting(**setting, value="Fan fiction")
    one = walk.profile(cast)
    walk.baseline(cast, one, **{"Fan fiction": "block"})
    change_setting(**setting, value="")

    assert states(one) == {"Fan fiction": ["block"]}


def test_two_profiles_in_force_cannot_carry_one_name(cast):
    walk.profile(cast)

    with pytest.raises(Refusal, match="in the register already"):
        walk.profile(cast)


def test_profile_that_ended_stays_readable_for_its_days(cast):
    one = walk.confirmed(cast)
    profiles.end_profile(profile=one, reason="One profile for all.", by=cast.tina, at=NOW + DAY)

    assert list(profiles_in_force(cast.school, NOW + DAY)) == []
    assert rules_in_force(cast.school, NOW + DAY).count() == 0
    assert states(one, NOW) == {"games": ["block"], "news": ["allow"]}


# What is confirmed --------------------------------------------------------------------------------


def test_confirmation_keeps_its_evidence_and_its_next_date(cast):
    made = _attest(cast, upload=SimpleUploadedFile("letter.pdf", LETTER))

    assert (made.evidence_name, made.evidence_kind) == ("letter.pdf", "application/pdf")
    assert len(made.evidence_sha256) == 64
    entry = LogEntry.objects.get()
    assert entry.words == "Confirmed: The provider is a member of the Internet Watch Foundation."
    assert (entry.text, entry.after) == (
        "The provider’s letter.",
        "To be confirmed again by Wed 15 Sep 2027",
    )
    assert hand_on_attestation(attestation=made, by=cast.hana, at=NOW) == made
    assert [one.verb for one in trail_of(made)] == ["hand_on_attestation", "attest"]


def test_evidence_that_was_altered_in_the_store_is_not_handed_on(cast):
    made = _attest(cast, upload=SimpleUploadedFile("letter.pdf", LETTER))
    with made.evidence.storage.open(made.evidence.name, "wb") as stored:
        stored.write(b"something else")

    with pytest.raises(Refusal, match="not in the store as it was taken in"):
        hand_on_attestation(attestation=made, by=cast.hana, at=NOW)


def test_confirmation_sent_twice_is_one(cast):
    assert _attest(cast) == _attest(cast)
    assert Attestation.objects.count() == 1


@pytest.mark.parametrize("statement", ["standard", "strategy", "status"])
def test_some_statements_only_the_headteacher_confirms(cast, statement):
    with pytest.raises(Refusal, match="role"):
        _attest(cast, statement=statement)

    assert _attest(cast, statement=statement, by=cast.hana).confirmed_by == cast.hana


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"note": " "}, "what this rests"),
        ({"next_date": NOW.date()}, "at most a year"),
        ({"next_date": date(2027, 9, 17)}, "at most a year"),
        ({"upload": SimpleUploadedFile("letter.exe", b"MZ")}, "not a kind of file"),
    ],
)
def test_confirmation_refuses_in_words(cast, told, words):
    with pytest.raises(Refusal, match=words):
        _attest(cast, **told)
    assert not Attestation.objects.exists()


def _attest(cast, **told):
    usual = {
        "statement": "iwf",
        "note": "The provider’s letter.",
        "next_date": date(2027, 9, 15),
        "by": cast.tina,
        "at": NOW,
    }
    return attest(school=cast.school, **usual | told)
