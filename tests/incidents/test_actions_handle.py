"""Taking on and passing on: opened once, escalated up the chain, named only to who may see."""

import pytest

from common.errors import Conflicted, Refusal
from common.scope import school_scope
from incidents import actions
from incidents.models import IncidentUserObjectPermission
from incidents.queries import visible_to
from people.models import CarerLink
from roles.queries import powers_of
from tests.cast import NOW, START
from tests.incidents import walk
from tests.incidents.office import cover, give, told

TODAY = NOW.date()


def sees(person, incident):
    return visible_to(person, powers_of(person, on=TODAY)).filter(pk=incident.pk).exists()


def test_whoever_opens_a_report_takes_it_on(cast):
    incident = walk.opened(cast)
    assert (incident.handler, incident.opened_by, incident.opened_at) == (
        cast.dora,
        cast.dora,
        NOW,
    )


def test_report_is_opened_once(cast):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match="cannot be done now"):
        walk.act(actions.open_incident, incident, by=cast.hana)
    assert walk.now(incident).handler == cast.dora


@pytest.mark.parametrize("part", ["alleged", "harmed", "witness"])
def test_nobody_opens_what_they_had_a_part_in(cast, part):
    parts = {"alleged": ["dora"]} if part == "alleged" else {part: ("dora",), "alleged": ["pia"]}
    incident = walk.report(cast, *parts.pop("alleged"), **parts)
    with pytest.raises(Conflicted, match="You are involved"):
        walk.act(actions.open_incident, incident, by=cast.dora)
    assert walk.now(incident).state == "reported"


def test_nobody_opens_what_their_child_had_a_part_in(cast):
    CarerLink.objects.create(
        school=cast.school, pupil=cast.pia, carer=cast.dora, relation="Mother", start_date=START
    )
    with pytest.raises(Conflicted, match="a child of yours"):
        walk.act(actions.open_incident, walk.report(cast, "pia"), by=cast.dora)


def test_suspicion_needs_its_reason(cast, ladder):
    with pytest.raises(Refusal, match="what makes you suspect"):
        walk.act(actions.suspect_illegality, walk.opened(cast), by=cast.dora, reason=" ")


def test_incident_is_taken_up_again_only_once_the_referrals_are_made(cast, ladder):
    incident = walk.make(cast, "referred")
    with pytest.raises(Refusal, match="Make the required referrals first"):
        walk.act(actions.resume_incident, incident, by=cast.dora, said="PC Green, today.")
    walk.make_referrals(incident, by=cast.dora)
    with pytest.raises(Refusal, match="Write down who said"):
        walk.act(actions.resume_incident, incident, by=cast.dora, said="")
    walk.act(actions.resume_incident, incident, by=cast.dora, said="PC Green, today.")
    fresh = walk.now(incident)
    assert (fresh.state, fresh.illegal_suspected) == ("investigating", True)


def test_escalation_climbs_the_chain_to_its_end(cast):
    incident = walk.opened(cast)
    for expected in (cast.hana, cast.cara):
        walk.act(actions.escalate_incident, incident, by=cast.dora, reason="Too grave for me.")
        assert walk.now(incident).handler == expected
    with pytest.raises(Refusal, match="Nobody further up the chain is free"):
        walk.act(actions.escalate_incident, incident, by=cast.dora, reason="And further.")
    assert told("passed_on") == [cast.hana, cast.cara]
    assert sees(cast.cara, incident)


def test_escalation_needs_its_reason(cast):
    with pytest.raises(Refusal, match="Say why you escalate"):
        walk.act(actions.escalate_incident, walk.opened(cast), by=cast.dora, reason="")


def test_escalation_passes_over_who_is_away_or_involved(cast):
    give(cast, "deputy", "tess")
    incident = walk.opened(cast, witness=("tess",))
    cover(cast, "head", "tina")
    walk.act(actions.escalate_incident, incident, by=cast.dora, reason="Too grave for me.")
    assert walk.now(incident).handler == cast.tina


def test_restricted_incident_escalates_along_its_own_route(cast):
    incident = walk.opened(cast, "tess", opener="hana")
    walk.act(actions.escalate_incident, incident, by=cast.hana, reason="Governors must know.")
    assert walk.now(incident).handler == cast.cara


@pytest.mark.parametrize(
    ("to", "refusal", "words"),
    [
        ("dora", Refusal, "has this incident already"),
        ("pia", Conflicted, "is involved in this incident"),
        ("quin", Conflicted, "is involved in this incident"),
        ("tina", Refusal, "do not allow working on incidents"),
        ("paul", Conflicted, "is involved in this incident"),
    ],
)
def test_incident_is_handed_only_to_who_may_work_on_it(cast, to, refusal, words):
    incident = walk.opened(cast, harmed=("quin",))
    with pytest.raises(refusal, match=words):
        walk.act(
            actions.hand_over_incident, incident, by=cast.dora, to=getattr(cast, to), reason="Away."
        )
    assert walk.now(incident).handler == cast.dora


def test_incident_is_not_handed_to_another_school(cast, other):
    with pytest.raises(Refusal, match="somebody of your own school"):
        walk.act(
            actions.hand_over_incident, walk.opened(cast), by=cast.dora, to=other.oscar, reason="x"
        )


def test_report_about_the_headteacher_is_never_handed_or_shown_to_the_headteacher(cast):
    incident = walk.opened(cast, about="head", opener="cara")
    with pytest.raises(Conflicted, match="is involved in this incident"):
        walk.act(actions.hand_over_incident, incident, by=cast.cara, to=cast.hana, reason="x")
    with pytest.raises(Conflicted, match="cannot see it"):
        walk.act(actions.share_incident, incident, by=cast.cara, person=cast.hana, reason="x")


def test_person_named_on_a_restricted_incident_sees_it(cast):
    incident = walk.opened(cast, "tess", opener="hana")
    assert not sees(cast.dora, incident)
    walk.act(actions.share_incident, incident, by=cast.hana, person=cast.dora, reason="To help.")
    assert (sees(cast.dora, incident), told("named")) == (True, [cast.dora])


@pytest.mark.parametrize(
    ("person", "refusal", "words"),
    [
        ("tess", Conflicted, "cannot see it"),
        ("tina", Refusal, "do not allow opening incidents"),
        ("paul", Refusal, "do not allow opening incidents"),
        ("pia", Refusal, "do not allow opening incidents"),
    ],
)
def test_nobody_else_can_be_named(cast, person, refusal, words):
    incident = walk.opened(cast, "tess", opener="hana")
    before = IncidentUserObjectPermission.objects.count()
    with pytest.raises(refusal, match=words):
        walk.act(
            actions.share_incident,
            incident,
            by=cast.hana,
            person=getattr(cast, person),
            reason="To help.",
        )
    assert IncidentUserObjectPermission.objects.count() == before


def test_naming_needs_its_reason(cast):
    with pytest.raises(Refusal, match="Say why this person needs to see it"):
        walk.act(
            actions.share_incident, walk.opened(cast), by=cast.dora, person=cast.tess, reason=""
        )


def test_person_of_another_school_cannot_be_named(cast, other):
    with pytest.raises(Refusal):
        walk.act(
            actions.share_incident, walk.opened(cast), by=cast.dora, person=other.oscar, reason="x"
        )
    with school_scope(other.school.pk):
        assert IncidentUserObjectPermission.objects.count() == 0
