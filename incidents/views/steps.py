"""The deeds on an incident that need little: a reason, a note, a person."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.access import open_to_signed_in, requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from incidents import actions
from incidents.actions import Involved
from incidents.forms import working
from incidents.forms.reporting import InvolvedForm
from incidents.queries import incident_or_404, task_or_404
from incidents.views.deeds import deed_page, load, picker


def _reasoned(
    request: SchoolRequest, reference: str, action: Any, step: str, done: str, **context: Any
) -> HttpResponse:
    """Draw and do a step that needs only its reason, passed on under the action's own name."""
    incident = load(request, reference)
    form = working.ReasonForm(request.POST or None, incident=incident)
    argument = context.pop("argument", "reason")
    form.fields["reason"].label = context.pop("question", "Why?")
    return deed_page(
        request,
        incident,
        form,
        lambda data: action(
            incident=incident,
            version=data["version"],
            **{argument: data["reason"]},
            by=request.person,
            at=timezone.now(),
        ),
        step=step,
        done=done,
        **context,
    )


@requires("open_incident")
def incident_open(request: SchoolRequest, reference: str) -> HttpResponse:
    """Open a report and take it on."""
    incident = load(request, reference)
    return deed_page(
        request,
        incident,
        working.OpenForm(request.POST or None, incident=incident),
        lambda data: actions.open_incident(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="open_incident",
        done="You have taken this incident on.",
    )


@requires("refer_incident")
def incident_suspect(request: SchoolRequest, reference: str) -> HttpResponse:
    """Flag that something illegal is suspected."""
    return _reasoned(
        request,
        reference,
        actions.suspect_illegality,
        "suspect_illegality",
        "Flagged. Make the required referrals now.",
        question="What makes you suspect something illegal?",
        warning="Do not look at, copy, print or send any picture. Leave devices as they are.",
    )


@requires("refer_incident")
def incident_resume(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take the incident up again when the authorities allow it."""
    return _reasoned(
        request,
        reference,
        actions.resume_incident,
        "resume_incident",
        "Taken up again.",
        argument="said",
        question="Who said that school may continue, when, and in what words?",
    )


@requires("escalate_incident")
def incident_escalate(request: SchoolRequest, reference: str) -> HttpResponse:
    """Escalate to the next in the chain."""
    return _reasoned(
        request,
        reference,
        actions.escalate_incident,
        "escalate_incident",
        "Escalated to the next person in the chain.",
        question="Why do you escalate it?",
    )


@requires("reopen_incident")
def incident_reopen(request: SchoolRequest, reference: str) -> HttpResponse:
    """Open a closed incident again."""
    return _reasoned(
        request,
        reference,
        actions.reopen_incident,
        "reopen_incident",
        "Reopened.",
        question="What is new?",
    )


@requires("close_incident")
def incident_out_of_scope(request: SchoolRequest, reference: str) -> HttpResponse:
    """Close as outside scope, with the advice given."""
    return _reasoned(
        request,
        reference,
        actions.mark_out_of_scope,
        "mark_out_of_scope",
        "Closed as outside scope.",
        argument="advice",
        question="Why is it outside scope, and what advice was given?",
    )


@requires("hand_over_incident")
def incident_hand_over(request: SchoolRequest, reference: str) -> HttpResponse:
    """Hand over to a named person."""
    incident = load(request, reference)
    form = working.HandOverForm(
        request.POST or None, incident=incident, source=picker(request, ("staff", "governor"))
    )
    return deed_page(
        request,
        incident,
        form,
        lambda data: actions.hand_over_incident(
            incident=incident,
            version=data["version"],
            to=data["person"],
            reason=data["reason"],
            by=request.person,
            at=timezone.now(),
        ),
        step="hand_over_incident",
        done="Handed over.",
    )


@requires("share_incident")
def incident_share(request: SchoolRequest, reference: str) -> HttpResponse:
    """Name a person who may see it."""
    incident = load(request, reference)
    form = working.ShareForm(
        request.POST or None, incident=incident, source=picker(request, ("staff", "governor"))
    )
    return deed_page(
        request,
        incident,
        form,
        lambda data: actions.share_incident(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="share_incident",
        done="This person may see the incident now.",
    )


@requires("note_incident")
def incident_note(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add a note to the chronology."""
    incident = load(request, reference)
    return deed_page(
        request,
        incident,
        working.NoteForm(request.POST or None, incident=incident),
        lambda data: actions.note_incident(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="note_incident",
        done="Note added.",
    )


@requires("note_incident")
def note_amend(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Amend a note; the old words stay on record."""
    incident = load(request, reference)
    event = get_object_or_404(incident.events, pk=pk, kind="note")
    form = working.AmendForm(request.POST or None, incident=incident, initial={"text": event.text})
    return deed_page(
        request,
        incident,
        form,
        lambda data: actions.amend_note(event=event, **data, by=request.person, at=timezone.now()),
        step="note_incident",
        done="Note amended. The old words stay on record.",
        title="Amend a note",
    )


@requires("note_incident")
def incident_link(request: SchoolRequest, reference: str) -> HttpResponse:
    """Link another incident that the person may see."""
    incident = load(request, reference)

    def link(data: dict[str, Any]) -> Any:
        try:
            other = incident_or_404(request.person, request.powers, data["reference"])
        except Http404:
            raise Refusal("No incident with this reference was found.") from None
        return actions.link_incident(
            incident=incident,
            version=data["version"],
            to=other,
            reason=data["reason"],
            by=request.person,
            at=timezone.now(),
        )

    return deed_page(
        request,
        incident,
        working.LinkForm(request.POST or None, incident=incident),
        link,
        step="link_incident",
        done="Linked.",
    )


@requires("note_incident")
def incident_involve(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add a person involved."""
    incident = load(request, reference)

    class InvolveForm(working.DeedForm, InvolvedForm):
        """One person, with the version of the page."""

    form = InvolveForm(request.POST or None, incident=incident, source=picker(request))

    def involve(data: dict[str, Any]) -> Any:
        if form.involved is None:
            raise Refusal("Choose who this is, or describe them.")
        return actions.involve_person(
            incident=incident,
            version=data["version"],
            involved=Involved(
                part=data["part"], person=data["person"], described=data["described"]
            ),
            by=request.person,
            at=timezone.now(),
        )

    return deed_page(request, incident, form, involve, step="involve_person", done="Person added.")


@requires("note_incident")
def incident_task(request: SchoolRequest, reference: str) -> HttpResponse:
    """Give somebody a task."""
    incident = load(request, reference)
    form = working.TaskForm(
        request.POST or None, incident=incident, source=picker(request, ("staff", "governor"))
    )
    return deed_page(
        request,
        incident,
        form,
        lambda data: actions.add_task(
            incident=incident,
            version=data["version"],
            label=data["label"],
            owner=data["person"],
            due_date=data["due_date"],
            by=request.person,
            at=timezone.now(),
        ),
        step="add_task",
        done="Task added.",
    )


@open_to_signed_in
def task_answer(request: SchoolRequest, pk: int) -> HttpResponse:
    """Answer a task of one's own, or of an incident one may see."""
    task = task_or_404(request.person, request.powers, pk)
    form: Form = working.TaskAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_task(
                task=task, **form.cleaned_data, by=request.person, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer is recorded.")
            return redirect(page_url(request.school, "home"))
    return render(request, "incidents/task_answer.html", {"task": task, "form": form})


@requires("refer_incident")
def referral_answer(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Record that a referral was made, why it is not needed, or what came back."""
    incident = load(request, reference)
    referral = get_object_or_404(incident.referrals.select_related("agency"), pk=pk)
    form = working.ReferralAnswerForm(request.POST or None, incident=incident)

    def answer(data: dict[str, Any]) -> Any:
        shared = {"referral": referral, "version": data["version"], "by": request.person}
        now = timezone.now()
        if data["deed"] == "made":
            return actions.make_referral(
                made_at=data["made_at"], reference=data["reference"], **shared, at=now
            )
        if data["deed"] == "excused":
            return actions.excuse_referral(reason=data["words"], **shared, at=now)
        return actions.answer_referral(response=data["words"], **shared, at=now)

    return deed_page(
        request,
        incident,
        form,
        answer,
        step="refer_incident",
        done="Recorded.",
        title=f"Referral to {referral.agency}",
        lead=referral.purpose,
    )


@requires("close_incident")
def incident_feedback(request: SchoolRequest, reference: str) -> HttpResponse:
    """Give feedback to the reporter, or say why not."""
    incident = load(request, reference)
    return deed_page(
        request,
        incident,
        working.FeedbackForm(request.POST or None, incident=incident),
        lambda data: actions.give_feedback(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="give_feedback",
        done="Feedback recorded.",
    )
