"""The deeds on a filter change, one page each (workflows c.5 and c.6)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from common.access import requires
from common.requests import SchoolRequest
from filtering.actions import change_decisions, change_making, change_undoing, changing
from filtering.asking.rules import standing_words, wanted_words
from filtering.forms import change_deeds as forms
from filtering.forms.changes import EditForm
from filtering.queries.change_page import own_part
from filtering.queries.changes import live_parts
from filtering.views.change_page import deed_page, load, sent_by, staff_picker

PROFILES = "filtering/change_profiles.html"


@requires("ask_for_change")
def change_edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Change one's own request; it is assessed anew."""
    change = load(request, reference)
    form = EditForm(
        request.POST or None, change=change, school=request.school, source=staff_picker(request)
    )
    return deed_page(
        request,
        change,
        form,
        lambda data: changing.edit_change(
            change=change, version=data["version"], **form.told, **sent_by(request)
        ),
        step="edit_change",
        done="Your request is changed. The safeguarding lead looks at it again.",
        template="filtering/change_edit.html",
    )


@requires("ask_for_change")
def change_withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take one's own request back."""
    change = load(request, reference)
    return deed_page(
        request,
        change,
        forms.WithdrawForm(request.POST or None, change=change),
        lambda data: changing.withdraw_change(change=change, **data, **sent_by(request)),
        step="withdraw_change",
        done="Your request is withdrawn.",
    )


@requires("assess_change")
def change_assess(request: SchoolRequest, reference: str) -> HttpResponse:
    """Assess the safeguarding risk, beside what is asked for and what overlaps it."""
    change = load(request, reference)
    return deed_page(
        request,
        change,
        forms.AssessForm(request.POST or None, change=change),
        lambda data: change_decisions.assess_change(change=change, **data, **sent_by(request)),
        step="assess_change",
        done="The headteacher decides next.",
    )


@requires("decide_change")
def change_decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """Approve, refuse or ask, beside exactly what is approved and what was assessed (FIL-05)."""
    change = load(request, reference)

    def decide(data: dict[str, Any]) -> None:
        deed = getattr(change_decisions, data["decision"])
        said = "question" if data["decision"] == "return_change" else "reason"
        told = {"version": data["version"], said: data["reason"]}
        deed(change=change, **told, **sent_by(request))

    return deed_page(
        request,
        change,
        forms.DecideForm(request.POST or None, change=change),
        decide,
        step="approve_change",
        done="Your decision is recorded. Whoever asked is told.",
        label="Record this decision",
        notice=own_part(request, change, "decide", at=timezone.now()),
    )


@requires("make_change")
def change_make(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down that it was made, with the values before and after (FIL-03)."""
    change = load(request, reference)
    before = standing_words(change)
    form = forms.ValuesForm(
        request.POST or None,
        change=change,
        before=before,
        after=dict.fromkeys(before, wanted_words(change)),
    )
    return deed_page(
        request,
        change,
        form,
        lambda data: change_making.make_change(
            change=change,
            version=data["version"],
            before=form.answers("before"),
            after=form.answers("after"),
            **sent_by(request),
        ),
        step="make_change",
        done="Made. A second person tests it next.",
        template=PROFILES,
        lead="Make it in the filter first. Then write down what was set, for each profile.",
        notice=own_part(request, change, "make", at=timezone.now()),
    )


@requires("test_filtering")
def change_test(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down a second person's test as each profile (FIL-06)."""
    change = load(request, reference)
    form = forms.ResultsForm(request.POST or None, change=change)
    return deed_page(
        request,
        change,
        form,
        lambda data: change_making.test_change(
            change=change,
            version=data["version"],
            results=form.answers("result"),
            notes=form.answers("note"),
            **sent_by(request),
        ),
        step="test_change",
        done="Your test is recorded.",
        template=PROFILES,
        lead="Try it on a device signed in as each of these profiles. Take no screenshot.",
    )


@requires("revoke_change")
def change_revoke(request: SchoolRequest, reference: str) -> HttpResponse:
    """End an unblock before its day."""
    change = load(request, reference)
    return deed_page(
        request,
        change,
        forms.ReasonForm(request.POST or None, change=change),
        lambda data: change_undoing.revoke_change(change=change, **data, **sent_by(request)),
        step="revoke_change",
        done="It is ended. Whoever manages the filter puts it back today.",
    )


@requires("ask_for_change")
def change_extend(request: SchoolRequest, reference: str) -> HttpResponse:
    """Ask for more time: a new request that is assessed and decided."""
    change = load(request, reference)
    return deed_page(
        request,
        change,
        forms.ExtendForm(request.POST or None, change=change),
        lambda data: changing.extend_change(change=change, **data, **sent_by(request)),
        step="extend_change",
        done="You have asked for more time. It stays open until its day meanwhile.",
    )


@requires("make_change")
def change_put_back(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down that it was put back, with the values before and after (FIL-08)."""
    change = load(request, reference)
    parts = live_parts(change)
    form = forms.ValuesForm(
        request.POST or None,
        change=change,
        before={part.profile_id: part.after for part in parts},
        after={part.profile_id: part.before for part in parts},
    )
    return deed_page(
        request,
        change,
        form,
        lambda data: change_undoing.put_back_change(
            change=change,
            version=data["version"],
            before=form.answers("before"),
            after=form.answers("after"),
            **sent_by(request),
        ),
        step="put_back_change",
        done="Put back. A second person checks it next.",
        template=PROFILES,
        lead="Put it back in the filter first. Then write down what was set, for each profile.",
    )


@requires("test_filtering")
def change_check(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down a second person's check that it is as it was before."""
    change = load(request, reference)
    form = forms.ResultsForm(request.POST or None, change=change)
    return deed_page(
        request,
        change,
        form,
        lambda data: change_undoing.check_put_back(
            change=change,
            version=data["version"],
            results=form.answers("result"),
            notes=form.answers("note"),
            **sent_by(request),
        ),
        step="check_put_back",
        done="Your check is recorded.",
        template=PROFILES,
        lead="See on a device signed in as each of these profiles whether it is as it was before.",
    )
