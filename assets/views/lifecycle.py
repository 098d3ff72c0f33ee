"""Steps of a device's life: lend, take back, mend, lose, find, keep as evidence (c.12)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assets.actions import upkeep
from assets.actions.loans import LoanTerms, extend_loan, lend_asset, take_back_loan
from assets.actions.losses import find_asset
from assets.forms import lifecycle as forms
from assets.models import Asset, Loan
from assets.queries.inventory import asset_or_404
from assets.queries.lifecycle import open_loan_of, open_upkeep_of
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

TERMS = (
    *("borrower", "use", "due_date", "condition_out", "permitted", "with_it", "supervised_by"),
    *("protected_data", "activity", "features"),
)


@requires("lend_assets")
def loan_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Lend a device; refuses in words what is missing of the agreement (AST-10)."""
    asset = asset_or_404(request.school, pk)
    days = timedelta(days=request.school.setting("loan_days"))
    form = forms.LoanForm(
        request.POST or None,
        version=asset.version,
        initial={"due_date": timezone.localdate() + days},
        borrowers=_picker(request, ("staff", "pupil")),
        staff=_picker(request, ("staff",)),
    )
    if form.is_valid():
        terms = LoanTerms(**{name: form.cleaned_data.pop(name) for name in TERMS})
        if _stepped(request, form, lend_asset, asset, terms=terms):
            messages.success(request, "It is lent. The borrower is asked to say that they have it.")
            return _to(request, asset)
    return _page(request, asset, form, ("Lend this device", "Lend it"))


@requires("lend_assets")
def loan_extend(request: SchoolRequest, pk: int) -> HttpResponse:
    """Lend a device for longer, to who has it (AST-10)."""
    asset, loan = _lent(request, pk)
    form = forms.ExtendForm(request.POST or None, version=loan.version)
    if form.is_valid() and _on_loan(request, form, extend_loan, loan, **form.cleaned_data):
        messages.success(request, "It is lent for longer. The borrower is told.")
        return _to(request, asset)
    more = {"Borrower": loan.borrower, "Back by": uk_date(loan.due_date)}
    return _page(request, asset, form, ("Lend it for longer", "Lend it for longer"), more)


@requires("lend_assets")
def loan_return(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take a device back with its condition, and its data removed (AST-10)."""
    asset, loan = _lent(request, pk)
    form = forms.ReturnForm(request.POST or None, loan=loan)
    if form.is_valid():
        values = {"condition": "", **form.cleaned_data}
        if _on_loan(request, form, take_back_loan, loan, **values):
            messages.success(request, "The loan is over.")
            return _to(request, asset)
    removed = f"Yes, {uk_date(loan.data_removed_at)}" if loan.data_removed_at else "Not said"
    more = {
        "Borrower": loan.borrower,
        "Back by": uk_date(loan.due_date),
        "Went with it": loan.with_it or "Nothing",
        "State when lent": loan.get_condition_out_display(),
        "The borrower removed their data": removed,
    }
    return _page(request, asset, form, ("Take it back", "Take it back"), more)


@requires("edit_assets")
def upkeep_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Send a device for repair or a check (AST-19)."""
    words = ("Send for repair or a check", "Send it", "Written down.")
    return _simple(request, pk, forms.UpkeepForm, upkeep.start_upkeep, words)


@requires("edit_assets")
def upkeep_finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a device is back, what was done, and when the next check is due (AST-19)."""
    words = ("It is back", "Write it down", "It is back.")
    away = open_upkeep_of(asset_or_404(request.school, pk))
    form_class = partial(forms.UpkeepDoneForm, upkeep=away)
    return _simple(request, pk, form_class, upkeep.finish_upkeep, words)


@requires("edit_assets")
def asset_found(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a lost device was found."""
    words = ("It was found", "It was found", "Good. It is in the register again.")
    return _simple(request, pk, forms.FoundForm, find_asset, words)


@requires("quarantine_asset")
def asset_quarantine(request: SchoolRequest, pk: int) -> HttpResponse:
    """Lead to the page of the case for which a device is to be kept as evidence (AST-22)."""
    asset = asset_or_404(request.school, pk)
    form = forms.CaseForm(request.POST or None)
    if form.is_valid():
        case = page_url(request.school, "incident_quarantine", form.cleaned_data["reference"])
        return redirect(f"{case}?tag={asset.tag}")
    lead = "Evidence belongs to a case, and only the case lets it go again. Which one is it?"
    return _page(request, asset, form, ("Keep as evidence", "Go on"), lead=lead)


def _lent(request: SchoolRequest, pk: int) -> tuple[Asset, Loan]:
    asset = asset_or_404(request.school, pk)
    loan = open_loan_of(asset)
    if loan is None:
        raise Http404("this device is not on loan")
    return asset, loan


def _on_loan(
    request: SchoolRequest, form: Form, deed: Callable[..., Any], loan: Loan, **values: Any
) -> bool:
    sent = {**values, "by": request.person, "at": timezone.now()}
    return done(form, deed, fresh=loan.version, loan=loan, **sent)


def _picker(request: SchoolRequest, kinds: tuple[str, ...]) -> Any:
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=kinds,
    )


def _simple(
    request: SchoolRequest,
    pk: int,
    form_class: Callable[..., Any],
    deed: Callable[..., Any],
    words: tuple[str, str, str],
) -> HttpResponse:
    """Draw a step's form, or do it; ``words`` are its title, its button, and what is said after."""
    asset = asset_or_404(request.school, pk)
    form = form_class(request.POST or None, version=asset.version)
    if form.is_valid() and _stepped(request, form, deed, asset):
        messages.success(request, words[2])
        return _to(request, asset)
    return _page(request, asset, form, words[:2])


def _stepped(
    request: SchoolRequest, form: Form, deed: Callable[..., Any], asset: Asset, **more: Any
) -> bool:
    return done(
        form,
        deed,
        fresh=asset.version,
        asset=asset,
        **form.cleaned_data,
        **more,
        by=request.person,
        at=timezone.now(),
    )


def _to(request: SchoolRequest, asset: Asset) -> HttpResponse:
    return redirect("asset_detail", request.school.slug, asset.pk)


def _page(
    request: SchoolRequest,
    asset: Asset,
    form: Form,
    words: tuple[str, ...],
    more: dict[str, Any] | None = None,
    lead: str = "",
) -> HttpResponse:
    back = page_url(request.school, "asset_detail", asset.pk)
    facts = {"Device": f"{asset.name} ({asset.tag})", **(more or {})}
    rows = [{"label": label, "value": str(value)} for label, value in facts.items()]
    page = DeedPage(words[0], words[1], back, asset.tag, lead=lead, facts=rows)
    return drawn(request, page, form)
