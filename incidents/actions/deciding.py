"""Decide what follows, and confirm or return what somebody else decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from common.dates import uk_date
from common.errors import Refusal
from common.pages import page_url
from incidents.conditions import check_version, decision_to_answer
from incidents.models import (
    Decision,
    DecisionAnswer,
    Incident,
    Involvement,
    Referral,
    Sanction,
    Task,
)
from incidents.queries.agencies import agency_of
from incidents.steps import begin, finish
from incidents.vocabulary import EventKind, Part
from people.calendar import SchoolCalendar
from people.mail import notify
from people.models import Person
from policies.models import LadderStep, SanctionType
from policies.queries import Suggestion, suggestion_for
from policies.vocabulary import Creates
from roles.queries import current_holders, person_may, role_codes_of


@dataclass(frozen=True)
class Chosen:
    """One sanction chosen for one person, with its dates and what it covers."""

    kind: SanctionType
    person: Person
    start_date: date
    end_date: date | None = None
    scope: str = ""


@transaction.atomic
def decide_incident(
    *,
    incident: Incident,
    version: int,
    reason: str,
    chosen: Sequence[Chosen] = (),
    departure_reason: str = "",
    by: Person,
    at: datetime,
) -> Decision:
    """Decide with a reason; where the ladder wants a confirmation it is only proposed (INC-15).

    Refuses an unclassified incident, a role the category does not let decide, sanctions that
    depart from what the ladder suggests without saying why, a removal of access without an end
    (INC-18), and people who were not said to have done it.
    """
    _check_judged(incident, reason)
    check_version(incident, version)
    _check_decider(incident, by, at)
    suggestion = suggestion_for(incident.category) if incident.category else None
    suggested = suggested_codes(suggestion)
    codes = _codes(chosen, suggested, departure_reason)
    confirmer = _confirming_role(incident, by, at)
    step = "propose_decision" if confirmer else "decide_incident"
    incident = begin(step, incident=incident, version=version, by=by, at=at)
    _check_sanctions(incident, chosen)
    decision = Decision.objects.create(
        school_id=incident.school_id,
        incident=incident,
        category=incident.category,
        suggested=suggested,
        chosen=[_as_data(one) for one in chosen],
        reason=reason,
        departure_reason=departure_reason,
        needs_confirmation=bool(confirmer),
        decided_by=by,
        decided_at=at,
    )
    finish(
        step,
        incident,
        kind=EventKind.DECIDED,
        text=_words(chosen, reason, departure_reason, proposed=bool(confirmer)),
        facts={"decision": decision.pk, "chosen": codes, "suggested": suggested},
        by=by,
        at=at,
    )
    if confirmer:
        _ask_to_confirm(incident, confirmer, by, at)
    else:
        carry_out(incident, decision, chosen, suggestion, by=by, at=at)
    return decision


def _ask_to_confirm(incident: Incident, confirmer: str, by: Person, at: datetime) -> None:
    path = page_url(incident.school, "incident_queue")
    told = current_holders(incident.school, confirmer, on=localdate(at))
    notify([p for p in told if p.pk != by.pk], reason="to_confirm", path=path, at=at)


@transaction.atomic
def confirm_decision(
    *, incident: Incident, version: int, note: str = "", by: Person, at: datetime
) -> Incident:
    """Confirm a proposed decision: its sanctions and tasks start (INC-15).

    Refuses whoever made the decision, whoever is involved, and a decision that was changed
    since the page was opened.
    """
    decision = decision_to_answer(incident, by)
    incident = begin("confirm_decision", incident=incident, version=version, by=by, at=at)
    DecisionAnswer.objects.create(
        school_id=incident.school_id,
        decision=decision,
        confirmed=True,
        reason=note,
        answered_by=by,
        answered_at=at,
    )
    finish("confirm_decision", incident, kind=EventKind.CONFIRMED, text=note, by=by, at=at)
    suggestion = suggestion_for(incident.category) if incident.category else None
    carry_out(incident, decision, chosen_of(decision), suggestion, by=by, at=at)
    path = page_url(incident.school, "incident_queue")
    notify([decision.decided_by], reason="confirmed", path=path, at=at)
    return incident


@transaction.atomic
def return_decision(
    *, incident: Incident, version: int, reason: str, by: Person, at: datetime
) -> Incident:
    """Return a proposed decision to whoever made it, with the reason; nothing of it starts."""
    if not reason.strip():
        raise Refusal("Say why you return the decision.")
    decision = decision_to_answer(incident, by)
    incident = begin("return_decision", incident=incident, version=version, by=by, at=at)
    DecisionAnswer.objects.create(
        school_id=incident.school_id,
        decision=decision,
        confirmed=False,
        reason=reason,
        answered_by=by,
        answered_at=at,
    )
    finish("return_decision", incident, kind=EventKind.RETURNED, text=reason, by=by, at=at)
    path = page_url(incident.school, "incident_queue")
    notify([decision.decided_by], reason="returned", path=path, at=at)
    return incident


def carry_out(
    incident: Incident,
    decision: Decision,
    chosen: Sequence[Chosen],
    suggestion: Suggestion | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Start what a decision in force asks for: sanctions, the ladder's steps, their referrals."""
    Sanction.objects.bulk_create(
        Sanction(
            school_id=incident.school_id,
            incident=incident,
            decision=decision,
            person=one.person,
            kind=one.kind,
            scope=one.scope,
            start_date=one.start_date,
            end_date=one.end_date,
            given_by=decision.decided_by,
            given_at=at,
        )
        for one in chosen
    )
    warned = [one.person for one in chosen if one.kind.code == "warning"]
    incident.involvements.filter(person__in=warned, part=Part.ALLEGED).update(warned=True)
    due = SchoolCalendar(incident.school).add_school_days(localdate(at), 1)
    for one in chosen:
        _return_in_time(incident, one, by, at)
    for step in [*suggestion.immediate_measures, *suggestion.safeguarding] if suggestion else []:
        _start(incident, step, due, by, at)


def _return_in_time(incident: Incident, one: Chosen, by: Person, at: datetime) -> None:
    """Open the tasks of a sanction that ends: access for technical staff, things for the handler.

    The technician reads what is to be done to a system and for whom, never why (INC-18, b.3).
    """
    if not (one.end_date and one.kind.needs_end_date):
        return
    if not one.kind.scopes:
        _add_task(incident, f"Give back: {one.kind.label}", one.end_date, by, at)
        return
    technicians = current_holders(incident.school, "tech", on=localdate(at))
    owner = next((p for p in technicians if p.pk != one.person.pk), incident.handler)
    access = f"{one.scope.replace('_', ' ')} access".strip()
    for deed, day in (("Remove", one.start_date), ("Restore", one.end_date)):
        _add_task(incident, f"{deed} {access} of {one.person}", day, by, at, owner=owner)
    if owner and owner.pk != by.pk:
        notify([owner], reason="task", path=page_url(incident.school, "home"), at=at)


def _start(incident: Incident, step: LadderStep, due: date, by: Person, at: datetime) -> None:
    """Open the task or referral a step of the ladder asks for, once; parents have entries."""
    if step.sanction_type:
        return
    if step.creates == Creates.REFERRAL and step.agency:
        suspected = incident.illegal_suspected or not step.when
        if suspected and not incident.referrals.filter(agency__code=step.agency).exists():
            Referral.objects.create(
                school_id=incident.school_id,
                incident=incident,
                agency=agency_of(incident.school, step.agency),
                purpose=step.label,
                mandatory=step.mandatory,
                asked_at=at,
            )
        return
    label = f"{step.label} ({step.when})" if step.when else step.label
    if not incident.tasks.filter(label=label).exists():
        _add_task(incident, label, due, by, at, creates=step.creates)


def _add_task(
    incident: Incident,
    label: str,
    due: date,
    by: Person,
    at: datetime,
    *,
    creates: str = "",
    owner: Person | None = None,
) -> None:
    Task.objects.create(
        school_id=incident.school_id,
        incident=incident,
        label=label[:240],
        creates=creates,
        owner=owner or incident.handler,
        due_date=due,
        mandatory=True,
        added_by=by,
        added_at=at,
    )


def is_given(kind: SanctionType) -> bool:
    """Return whether a sanction type is given to a person: telling parents and referring are not.

    Those two have records of their own, with their own guards before closing (f.42).
    """
    return not kind.is_referral and kind.code != "inform_parents"


# A talk or a recorded warning may go with any decision without departing from the ladder.
ALWAYS_OPEN = {"interview", "warning"}


def departs(chosen: Sequence[str], suggested: Sequence[str]) -> bool:
    """Return whether sanctions chosen are others than the ladder suggests (INC-15)."""
    return set(chosen) - ALWAYS_OPEN != set(suggested) - ALWAYS_OPEN


def suggested_codes(suggestion: Suggestion | None) -> list[str]:
    """Return the codes of the sanctions the ladder suggests for a category, sorted."""
    steps = [*suggestion.immediate_measures, *suggestion.sanctions] if suggestion else []
    kinds = [step.sanction_type for step in steps if step.sanction_type]
    return sorted({kind.code for kind in kinds if is_given(kind)})


def chosen_of(decision: Decision) -> list[Chosen]:
    """Return the sanctions a decision named, as they were chosen. Two queries."""
    rows: list[dict[str, Any]] = decision.chosen
    kinds = SanctionType.objects.in_bulk([row["kind"] for row in rows])
    people = Person.objects.in_bulk([row["person"] for row in rows])
    return [
        Chosen(
            kind=kinds[row["kind"]],
            person=people[row["person"]],
            start_date=date.fromisoformat(row["from"]),
            end_date=date.fromisoformat(row["to"]) if row["to"] else None,
            scope=row["scope"],
        )
        for row in rows
    ]


def _as_data(one: Chosen) -> dict[str, Any]:
    return {
        "kind": one.kind.pk,
        "label": one.kind.label,
        "person": one.person.pk,
        "from": str(one.start_date),
        "to": str(one.end_date or ""),
        "scope": one.scope,
    }


def _codes(chosen: Sequence[Chosen], suggested: Sequence[str], why: str) -> list[str]:
    """Return which sanctions were chosen; refuses others than suggested without saying why."""
    codes = sorted({one.kind.code for one in chosen})
    if departs(codes, suggested) and not why.strip():
        raise Refusal("Your decision differs from what the ladder suggests. Say why in a sentence.")
    return codes


def _check_judged(incident: Incident, reason: str) -> None:
    if not reason.strip():
        raise Refusal("Give the reason for the decision.")
    if incident.classified_at is None:
        raise Refusal("Classify the incident before you decide.")


def _check_decider(incident: Incident, by: Person, at: datetime) -> None:
    category = incident.category
    if category and not role_codes_of(by, on=localdate(at)).intersection(category.decided_by):
        raise Refusal(
            f"{category} is not decided by your role. Escalate it to somebody who may decide it."
        )


def _confirming_role(incident: Incident, by: Person, at: datetime) -> str:
    """Return the role that has to confirm, or "" when whoever decides may confirm (INC-15)."""
    if not incident.category or not incident.category.confirmed_by:
        return ""
    if person_may(by, "confirm_decision", on=localdate(at)):
        return ""
    return incident.category.confirmed_by


def _check_sanctions(incident: Incident, chosen: Sequence[Chosen]) -> None:
    involved = {
        row.person_id
        for row in Involvement.objects.filter(incident=incident, part=Part.ALLEGED)
        if row.person_id
    }
    for one in chosen:
        if one.kind.needs_end_date and one.end_date is None:
            raise Refusal(f"“{one.kind.label}” needs a date on which it ends.")
        if one.end_date and one.end_date < one.start_date:
            raise Refusal(f"“{one.kind.label}” ends before it starts.")
        if one.scope and one.scope not in one.kind.scopes:
            raise Refusal(f"“{one.kind.label}” does not cover that.")
        if incident.category and one.kind.version_id != incident.category.version_id:
            raise Refusal("Choose sanctions of the policy that was in force when it happened.")
    if {one.person.pk for one in chosen} - involved:
        raise Refusal("A sanction goes only to somebody said to have done it.")


def _words(chosen: Sequence[Chosen], reason: str, departure: str, *, proposed: bool) -> str:
    lines = ["Proposed, waiting for confirmation." if proposed else ""]
    for one in chosen:
        until = f" until {uk_date(one.end_date)}" if one.end_date else ""
        lines.append(f"{one.person}: {one.kind.label}{until}.")
    if not chosen:
        lines.append("No sanction.")
    lines.append(f"Reason: {reason}")
    if departure.strip():
        lines.append(f"Why it differs from the ladder: {departure}")
    return "\n".join(line for line in lines if line)
