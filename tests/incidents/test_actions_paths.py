"""No path of steps, however odd, closes without its records or skips a confirmation it needs."""

from contextlib import suppress

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.queries import chain_faults, trail
from common.errors import Refusal
from incidents.models import DecisionAnswer, Incident, Sanction
from incidents.workflow import INCIDENT
from tests.incidents import steps, walk

PEOPLE = ("dora", "hana", "tom", "tess", "cara")
KEYS = ("PA1", "PC1", "PD4")


def attempt(cast, incident, name, who, key):
    """Try a step as somebody, whatever comes of it."""
    said = steps.needs(cast, name, incident) | {"by": getattr(cast, who)}
    if name == "classify_incident":
        said |= {"infringement": walk.row(cast, key)}
    with suppress(Refusal):
        steps.step(cast, name, incident, said)


def answer_open_things(cast, incident, who):
    """Answer tasks and referrals as somebody, as far as they may."""
    person = getattr(cast, who)
    with suppress(Refusal):
        walk.make_referrals(incident, by=person)
    for task in incident.tasks.filter(state="open"):
        with suppress(Refusal):
            walk.actions.answer_task(task=task, state="done", by=person, at=walk.NOW)


def check(incident: Incident, before: Incident) -> None:
    """Check what holds after every step."""
    decisions = list(incident.decisions.order_by("pk"))
    if incident.state != before.state:
        targets = {
            step.target for step in INCIDENT.steps if before.state in step.sources and step.target
        }
        assert incident.state in targets
    if incident.state == "actions":
        assert decisions[-1].answer.confirmed if decisions[-1].needs_confirmation else True
    for decision in decisions:
        answer = DecisionAnswer.objects.filter(decision=decision).first()
        in_force = not decision.needs_confirmation or (answer is not None and answer.confirmed)
        assert in_force or not Sanction.objects.filter(decision=decision).exists()
        assert answer is None or answer.answered_by_id != decision.decided_by_id
        if decision.category and decision.category.confirmed_by:
            assert decision.needs_confirmation or decision.decided_by.given_name in ("Hana", "Cara")
    if incident.state == "closed":
        assert decisions
        assert incident.feedback.exists()
        assert incident.closings.exists()
        assert not incident.tasks.filter(state="open").exists()
        pupils = incident.involvements.filter(person__kind="pupil").values_list("person", flat=True)
        assert set(pupils) <= set(incident.parent_contacts.values_list("pupil", flat=True))
        assert all(referral.answered for referral in incident.referrals.filter(mandatory=True))


# Steps that lead on are drawn more often than the rest, so that many walks get to an end.
LEADS_ON = {
    "open_incident": ("open_incident",),
    "classify_incident": ("classify_incident",),
    "decide_incident": ("decide_incident", "propose_decision"),
    "confirm_decision": ("confirm_decision", "return_decision"),
    "resume_incident": ("answer_open_things", "resume_incident"),
    "close_incident": (
        "inform_parents",
        "inform_parents_of_quin",
        "give_feedback",
        "answer_open_things",
        "close_incident",
    ),
    "reopen_incident": ("reopen_incident",),
}
ANY_STEP = [*(step.name for step in INCIDENT.steps), "answer_open_things"]


def leading_on(state: str) -> list[str]:
    """Return the steps that lead on from a state."""
    names = [step.name for step in INCIDENT.steps if state in step.sources]
    return [one for name in names for one in LEADS_ON.get(name, ())]


def draw_step(data, state: str) -> tuple[str, str, str]:
    """Draw what is tried next: mostly a step that leads on, sometimes anything by anybody."""
    astray = data.draw(st.integers(0, 4), label="astray") == 4
    name = data.draw(st.sampled_from(ANY_STEP if astray else leading_on(state)), label="step")
    who = data.draw(st.sampled_from(PEOPLE if astray else ("dora", "hana")), label="who")
    return name, who, data.draw(st.sampled_from(KEYS), label="infringement")


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_path_closes_too_early_or_skips_a_confirmation(cast, ladder, data):
    with transaction.atomic():
        incident = walk.report(cast, "pia", harmed=("quin",))
        for _ in range(18):
            before, entries = walk.now(incident), trail(cast.school.pk).count()
            name, who, key = draw_step(data, before.state)
            if name == "answer_open_things":
                answer_open_things(cast, incident, who)
            elif name == "inform_parents_of_quin":
                with suppress(Refusal):
                    walk.tell_parents(cast, incident, cast.quin, by=who)
            else:
                attempt(cast, incident, name, who, key)
                moved = walk.now(incident).version != before.version
                made_another = 1 if name == "link_incident" else 0
                assert trail(cast.school.pk).count() - entries == moved + made_another
            check(walk.now(incident), before)
        assert chain_faults(cast.school.pk) == []
        transaction.set_rollback(True)


def test_straight_walk_of_a_grave_case_passes_the_same_checks(cast, ladder):
    incident = walk.report(cast, "pia", harmed=("quin",))
    way = [
        ("open_incident", "dora"),
        ("classify_incident", "dora"),
        ("propose_decision", "dora"),
        ("confirm_decision", "dora"),  # not hers to confirm
        ("confirm_decision", "hana"),
        ("close_incident", "dora"),  # too early
        ("inform_parents", "dora"),
        ("give_feedback", "dora"),
    ]
    states = []
    for name, who in way:
        before = walk.now(incident)
        attempt(cast, incident, name, who, "PC1")
        check(walk.now(incident), before)
        states.append(walk.now(incident).state)
    assert states == [
        "triage",
        "investigating",
        "confirming",
        "confirming",
        "actions",
        "actions",
        "actions",
        "actions",
    ]
    walk.tell_parents(cast, incident, cast.quin)
    answer_open_things(cast, incident, "dora")
    attempt(cast, incident, "close_incident", "dora", "PC1")
    check(walk.now(incident), before)
    assert walk.now(incident).state == "closed"
