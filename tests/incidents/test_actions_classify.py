"""Classifying: by the ladder in force when it happened, with its flags and what they start."""

from datetime import datetime, timedelta

import pytest

from common.errors import Refusal, StepRefused
from incidents.actions import suspect_illegality
from incidents.actions.deciding import Chosen
from incidents.models import IncidentTheme
from incidents.queries import earlier_for
from incidents.queries.ladder import ladder_of, repeat_for
from people.actions.settings import change_setting
from people.calendar import LONDON
from policies.actions import load_policy, put_in_force
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents import steps, walk
from tests.incidents.office import told

TODAY = NOW.date()


def classify(cast, incident, **said):
    """Classify with everything said, or what usually is."""
    usual = steps.needs(cast, "classify_incident", incident)
    return walk.act(walk.classify_as, incident, **usual | said)


def test_category_areas_and_subject_follow_from_what_is_chosen(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, "PC2", themes=("bullying", "stranger"))
    fresh = walk.now(incident)
    assert (fresh.category.code, fresh.infringement.key, fresh.areas) == (
        "C",
        "PC2",
        ["conduct", "contact"],
    )
    assert (fresh.subject_kind, fresh.serious_harm, fresh.severity) == ("pupil", True, "high")
    assert (fresh.classified_by, fresh.classified_at) == (cast.dora, NOW)
    given = IncidentTheme.objects.filter(incident=incident)
    assert [(row.theme.key, row.main) for row in given] == [("bullying", True), ("stranger", False)]


def test_critical_stays_critical_with_serious_harm(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, themes=("bullying",), severity="critical")
    assert walk.now(incident).severity == "critical"


def test_classifying_again_keeps_the_old_themes_on_record(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, themes=("gambling",))
    walk.classify(cast, incident, "PB6", themes=("spending",))
    given = IncidentTheme.objects.filter(incident=incident).order_by("pk")
    assert [(row.theme.key, row.dropped_at is None) for row in given] == [
        ("gambling", False),
        ("spending", True),
    ]
    assert [event.kind for event in incident.events.filter(kind="classified")] == ["classified"] * 2


def test_serious_harm_once_flagged_is_not_taken_back(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, themes=("self_harm",))
    walk.classify(cast, incident, themes=("gambling",))
    assert walk.now(incident).serious_harm is True


def test_category_may_differ_from_the_infringement_s(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, "PA1", category=walk.row(cast, "PB1").category)
    fresh = walk.now(incident)
    assert (fresh.infringement.key, fresh.category.code) == ("PA1", "B")


def test_matter_without_a_category_is_no_matter_of_sanctions(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, "X16", subject="any")
    assert walk.now(incident).category is None
    walk.decide(cast, incident, chosen=[])
    assert walk.now(incident).state == "actions"


def test_ladder_in_force_when_it_happened_counts_not_today_s(cast, ladder):
    newer = load_policy(school=cast.school, data_name="abcd_interviews", by=cast.hana, at=NOW)
    put_in_force(school=cast.school, version=newer, from_date=TODAY, by=cast.hana, at=NOW)
    yesterday = NOW - timedelta(days=1)
    old, new = walk.opened(cast, occurred_at=yesterday, noticed_at=yesterday), walk.opened(cast)
    assert (ladder_of(old), ladder_of(new)) == (ladder, newer)
    theirs = walk.row(cast, "PA1", on=yesterday)
    with pytest.raises(Refusal, match="in force when it happened"):
        classify(cast, old)
    with pytest.raises(Refusal, match="in force when it happened"):
        classify(cast, new, infringement=theirs)
    themes = [walk.theme(cast, on=yesterday)]
    classify(cast, old, infringement=theirs, themes=themes, main_theme=themes[0])
    assert walk.now(old).infringement == theirs


def test_incident_before_any_ladder_takes_no_row_of_a_later_one(cast, ladder):
    before = datetime(2026, 8, 20, 12, tzinfo=LONDON)
    incident = walk.opened(cast, occurred_at=before, noticed_at=before)
    with pytest.raises(Refusal, match="in force when it happened"):
        classify(cast, incident)
    assert walk.now(incident).state == "triage"


@pytest.mark.parametrize(
    "said", [{"themes": [], "main_theme": None}, {"main_theme": None}], ids=["none", "no main one"]
)
def test_at_least_one_theme_and_a_main_one_are_needed(cast, ladder, said):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match="at least one theme"):
        classify(cast, incident, **said)
    assert IncidentTheme.objects.count() == 0


@pytest.mark.parametrize("place", ["outside", "online"])
def test_off_site_conduct_needs_its_link_to_the_school(cast, ladder, place):
    incident = walk.opened(cast, place=place)
    with pytest.raises(Refusal, match="what links it to the school"):
        classify(cast, incident, link_to_school="  ")
    classify(cast, incident, link_to_school="Both are in class 5T")
    assert walk.now(incident).link_to_school == "Both are in class 5T"


@pytest.mark.parametrize("by_theme", [False, True])
def test_something_illegal_opens_the_required_referrals_with_their_deadline(cast, ladder, by_theme):
    change_setting(school=cast.school, name="referral_minutes", value=30, by=cast.hana, at=NOW)
    incident = walk.opened(cast)
    if by_theme:
        walk.classify(cast, incident, themes=("grooming",))
    else:
        walk.classify(cast, incident, illegal_suspected=True)
    fresh = walk.now(incident)
    assert (fresh.state, fresh.illegal_suspected) == ("referred", True)
    assert [
        (referral.agency.code, referral.mandatory, referral.due_at, referral.made_at)
        for referral in incident.referrals.all()
    ] == [
        ("police", True, NOW + timedelta(minutes=30), None),
        ("local_authority", True, NOW + timedelta(minutes=30), None),
    ]


def test_required_referrals_are_opened_once(cast, ladder):
    incident = walk.make(cast, "referred")
    walk.make_referrals(incident, by=cast.dora)
    walk.act(walk.actions.resume_incident, incident, by=cast.dora, said="PC Green, today.")
    walk.classify(cast, incident, illegal_suspected=True)
    assert incident.referrals.count() == 2
    walk.act(suspect_illegality, incident, by=cast.dora, reason="There is more.")
    assert (incident.referrals.count(), walk.now(incident).state) == (2, "referred")


@pytest.mark.parametrize("key", ["abuse_imagery", "nudes", "ai_imagery", "blackmail"])
def test_theme_of_indecent_images_stops_files(cast, ladder, key):
    incident = walk.opened(cast)
    walk.classify(cast, incident, themes=(key,))
    fresh = walk.now(incident)
    assert (fresh.imagery, fresh.may_hold_files) == ("yes", False)
    with pytest.raises(Refusal, match="indecent images of a child"):
        steps.step(cast, "attach_evidence", incident)


@pytest.mark.parametrize("imagery", ["yes", "unsure"])
def test_flag_of_indecent_images_is_refused_while_files_are_attached(cast, ladder, imagery):
    incident = walk.opened(cast)
    steps.step(cast, "attach_evidence", incident)
    with pytest.raises(Refusal, match="Files are attached"):
        classify(cast, incident, imagery=imagery)


@pytest.mark.parametrize(
    "said",
    [{"themes": ("bullying",)}, {"child_protection": True}],
    ids=["serious harm", "child protection"],
)
def test_lead_is_told_of_serious_harm_and_child_protection(cast, ladder, said):
    incident = walk.opened(cast, opener="hana")
    walk.classify(cast, incident, by="hana", **said)
    assert told("classified") == [cast.dora]


def test_lead_who_classifies_is_not_told_of_their_own_deed(cast, ladder):
    walk.classify(cast, walk.opened(cast), themes=("bullying",))
    assert told("classified") == []


def test_lead_is_told_nothing_of_a_restricted_incident(cast, ladder):
    incident = walk.opened(cast, "tess", opener="hana")
    walk.classify(cast, incident, "SA1", by="hana", subject="staff", themes=("bullying",))
    assert told("classified") == []


def test_first_referral_of_the_category_takes_it_on(cast, ladder):
    incident = walk.opened(cast)
    walk.classify(cast, incident, "PA1", hand_to_first_referral=True)
    assert (walk.now(incident).handler, told("classified")) == (cast.tom, [cast.tom])


def test_first_referral_who_is_involved_is_passed_over(cast, ladder):
    incident = walk.opened(cast, witness=("tom",), by="tess")
    walk.classify(cast, incident, "PD1", hand_to_first_referral=True)
    assert walk.now(incident).handler == cast.hana


def test_class_teacher_may_not_classify(cast, ladder):
    with pytest.raises(StepRefused, match="Your role at this school does not allow this step"):
        walk.classify(cast, walk.opened(cast), by="tom")


def dealt_with(cast, key, *, warned=False, days=3, who="pia"):
    """Walk an earlier incident of a pupil to its decision, with a warning or without."""
    before = NOW - timedelta(days=days)
    incident = walk.opened(cast, who, occurred_at=before, noticed_at=before)
    walk.classify(cast, incident, key)
    warning = Chosen(walk.sanction(cast, "warning"), getattr(cast, who), before.date())
    walk.decide(cast, incident, chosen=[warning] if warned else [])
    return incident


def suggestion(cast, incident, by="dora"):
    """Return what the repeat rule makes of what happened before, as the page shows it."""
    person = getattr(cast, by)
    past = earlier_for(incident, person, powers_of(person, on=TODAY))
    found = repeat_for(ladder_of(incident), "pupil", [one for _, one in past])
    return [(label, repeat.infringement.key, repeat.category.code) for label, repeat in found]


def test_repeat_after_a_warning_suggests_the_next_category(cast, ladder):
    dealt_with(cast, "PA1", warned=True)
    assert suggestion(cast, walk.opened(cast)) == [("Off-task websites in a lesson", "PB1", "B")]


def test_repeat_without_a_warning_suggests_nothing(cast, ladder):
    dealt_with(cast, "PA1", warned=False)
    assert suggestion(cast, walk.opened(cast)) == []


def test_warning_of_somebody_else_does_not_count(cast, ladder):
    dealt_with(cast, "PA1", warned=True, who="quin")
    assert suggestion(cast, walk.opened(cast)) == []


def test_being_harmed_before_does_not_count(cast, ladder):
    dealt_with(cast, "PA1", warned=True)
    assert suggestion(cast, walk.opened(cast, "quin", harmed=("pia",))) == []


@pytest.mark.parametrize(("span", "counts"), [("term", 0), ("year", 0), ("always", 1)])
def test_look_back_is_the_school_s_own_setting(cast, ladder, span, counts):
    put_in_force(
        school=cast.school,
        version=ladder,
        from_date=datetime(2026, 5, 1).date(),  # noqa: DTZ001
        by=cast.hana,
        at=NOW,
        reason="Since May.",
    )
    dealt_with(cast, "PA1", warned=True, days=60)
    change_setting(school=cast.school, name="look_back", value=span, by=cast.hana, at=NOW)
    assert len(suggestion(cast, walk.opened(cast))) == counts


def test_earlier_incident_the_reader_may_not_see_does_not_show(cast, ladder):
    dealt_with(cast, "PA1", warned=True)
    assert suggestion(cast, walk.opened(cast), by="tess") == []
