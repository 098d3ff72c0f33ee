"""The page of an incident and the deeds that need more than a reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.access import requires
from common.requests import SchoolRequest
from incidents import actions
from incidents.actions.deciding import chosen_of, suggested_codes
from incidents.actions.reading import read_incident
from incidents.conditions import missing_before_closing, pupils_of
from incidents.forms.judging import ClassifyForm, ConfirmForm, DecideForm
from incidents.forms.working import CloseForm, ParentsForm, ReferralForm
from incidents.models import Incident
from incidents.next_step import likely_next
from incidents.queries import agencies_of, agency_of, earlier_for, places_of, story_of
from incidents.queries.ladder import ladder_of, repeat_for
from incidents.queries.origins import linked_to
from incidents.views.deeds import deed_page, load
from incidents.vocabulary import Part, SubjectKind
from incidents.workflow import INCIDENT
from people.queries import carers_of
from policies.queries import sanction_types_for, suggestion_for
from policies.vocabulary import Subject

SEES = ("view_all_incidents", "view_assigned_incidents")


@requires(*SEES)
def incident_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show an incident: its story, its people, the next step and what is missing."""
    incident = load(request, reference)
    read_incident(incident=incident, by=request.person, at=timezone.now())
    own = any(row.person_id == request.person.pk for row in incident.involvements.all())
    steps = [] if own else INCIDENT.open_to(incident.state, request.powers)
    missing = missing_before_closing(incident) if incident.is_open else []
    following = None if own else likely_next(incident, request.powers, missing)
    return render(
        request,
        "incidents/incident_detail.html",
        {
            "incident": incident,
            "story": story_of(incident, request.person, request.powers),
            "places": places_of(incident),
            "evidence": incident.evidence.select_related("added_by"),
            "next": following,
            "others": [step for step in steps if step.page and step != following],
            "missing": missing,
            "involved": own,
            "linked": linked_to(incident, request.person, request.powers),
        },
    )


@requires("classify_incident")
def incident_classify(request: SchoolRequest, reference: str) -> HttpResponse:
    """Classify an incident beside the ladder, the earlier warnings and the repeat rule."""
    incident = load(request, reference)
    ladder = ladder_of(incident)
    if ladder is None:
        return render(request, "incidents/ladder_missing.html", {"incident": incident})
    subject = Subject.STAFF if incident.subject_kind == SubjectKind.STAFF else Subject.PUPIL
    earlier = earlier_for(incident, request.person, request.powers)
    form = ClassifyForm(
        request.POST or None,
        incident=incident,
        ladder=ladder,
        subject=subject,
        initial=_classified(incident),
    )

    def classify(data: dict[str, Any]) -> Any:
        data["hand_to_first_referral"] = data["hand_to_first_referral"] == "first"
        version, said = data.pop("version"), actions.Classification(**data)
        return actions.classify_incident(
            incident=incident, version=version, said=said, by=request.person, at=timezone.now()
        )

    return deed_page(
        request,
        incident,
        form,
        classify,
        step="classify_incident",
        done="Classified.",
        template="incidents/incident_classify.html",
        ladder=ladder,
        earlier=earlier,
        repeats=repeat_for(ladder, subject, [past for _, past in earlier]),
    )


def _classified(incident: Incident) -> dict[str, Any]:
    """Return what the form opens with: the last classification, or what the report says."""
    themes = list(incident.themes.filter(dropped_at=None))
    return {
        "infringement": incident.infringement_id or "",
        "themes": [str(row.theme_id) for row in themes],
        "main_theme": next((str(row.theme_id) for row in themes if row.main), ""),
        "severity": incident.severity,
        "child_protection": incident.child_protection,
        "imagery": incident.imagery,
        "link_to_school": incident.link_to_school,
        "external_reference": incident.external_reference,
    }


@requires("decide_incident")
def incident_decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """Decide with the evidence beside the choice: clause, what was before, what the ladder says."""
    incident = load(request, reference)
    ladder = ladder_of(incident)
    suggestion = suggestion_for(incident.category) if incident.category else None
    subject = incident.category.subject if incident.category else Subject.PUPIL
    suggested = suggested_codes(suggestion)
    form = DecideForm(
        request.POST or None,
        incident=incident,
        alleged=[row for row in incident.involvements.all() if row.part == Part.ALLEGED],
        kinds=sanction_types_for(ladder, subject) if ladder else [],
        suggested=suggested,
        initial={"sanctions": suggested, "persons": _the_only_one(incident)},
    )

    def decide(data: dict[str, Any]) -> Any:
        return actions.decide_incident(
            incident=incident,
            version=data["version"],
            reason=data["reason"],
            chosen=form.chosen,
            departure_reason=data.get("departure_reason", ""),
            by=request.person,
            at=timezone.now(),
        )

    return deed_page(
        request,
        incident,
        form,
        decide,
        step="decide_incident",
        done="Decision recorded.",
        template="incidents/incident_decide.html",
        suggestion=suggestion,
        earlier=earlier_for(incident, request.person, request.powers),
    )


def _the_only_one(incident: Incident) -> list[int | None]:
    """Return the one person said to have done it, or nobody where the choice is not plain."""
    alleged = [row.person_id for row in incident.involvements.all() if row.part == Part.ALLEGED]
    return alleged if len(alleged) == 1 else []


@requires("confirm_decision")
def incident_confirm(request: SchoolRequest, reference: str) -> HttpResponse:
    """Confirm or return a decision that somebody else proposed."""
    incident = load(request, reference)
    form = ConfirmForm(request.POST or None, incident=incident)
    decision = incident.decisions.select_related("category__clause", "decided_by").first()

    def answer(data: dict[str, Any]) -> Any:
        common = {"incident": incident, "version": data["version"], "by": request.person}
        if data["answer"] == "confirm":
            return actions.confirm_decision(note=data["reason"], **common, at=timezone.now())
        return actions.return_decision(reason=data["reason"], **common, at=timezone.now())

    return deed_page(
        request,
        incident,
        form,
        answer,
        step="confirm_decision",
        done="Your answer is recorded.",
        template="incidents/incident_confirm.html",
        decision=decision,
        chosen=chosen_of(decision) if decision else [],
        suggestion=suggestion_for(incident.category) if incident.category else None,
        earlier=earlier_for(incident, request.person, request.powers),
    )


@requires("inform_parents")
def incident_parents(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that a pupil's parents were told, or why not; contacts are shown beside it."""
    incident = load(request, reference)
    pupils = pupils_of(incident)
    links = carers_of(pupils)
    form = ParentsForm(
        request.POST or None,
        incident=incident,
        pupils=pupils,
        initial={"informed_at": timezone.now(), **_pupil_asked(request)},
    )

    def inform(data: dict[str, Any]) -> Any:
        pupil = form.pupils[data.pop("pupil")]
        data["informed"] = data["informed"] == "yes"
        return actions.inform_parents(
            incident=incident, pupil=pupil, **data, by=request.person, at=timezone.now()
        )

    return deed_page(
        request,
        incident,
        form,
        inform,
        step="inform_parents",
        done="Recorded.",
        template="incidents/incident_parents.html",
        contacts=[(pupil, links[pupil.pk]) for pupil in pupils],
    )


def _pupil_asked(request: SchoolRequest) -> dict[str, Any]:
    asked = request.GET.get("pupil", "")
    return {"pupil": int(asked)} if asked.isdecimal() else {}


@requires("refer_incident")
def incident_refer(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record a referral to an outside body."""
    incident = load(request, reference)
    form = ReferralForm(
        request.POST or None, incident=incident, agencies=agencies_of(request.school)
    )

    def refer(data: dict[str, Any]) -> Any:
        data["agency"] = agency_of(request.school, data["agency"])
        return actions.refer_incident(
            incident=incident, **data, by=request.person, at=timezone.now()
        )

    return deed_page(
        request,
        incident,
        form,
        refer,
        step="refer_incident",
        done="Referral recorded.",
        title="Record a referral",
    )


@requires("close_incident")
def incident_close(request: SchoolRequest, reference: str) -> HttpResponse:
    """Close an incident with its five records; says what is still missing."""
    incident = load(request, reference)
    form = CloseForm(
        request.POST or None, incident=incident, initial={"decision": _last_reason(incident)}
    )
    return deed_page(
        request,
        incident,
        form,
        lambda data: actions.close_incident(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="close_incident",
        done="Closed. Thank you.",
        template="incidents/incident_close.html",
        missing=missing_before_closing(incident),
    )


def _last_reason(incident: Incident) -> str:
    decision = incident.decisions.first()
    return decision.reason if decision else ""
