"""The pages of people who sign: what waits, read and sign, ask, decline, one's own copies."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.answering import ask_question, decline_agreement, withdraw_signature
from agreements.actions.signing import Way, sign_together
from agreements.desk import Desk, own_desk
from agreements.forms.signing import QuestionForm, ReasonForm, SigningForm
from agreements.models import Obligation
from agreements.queries.portal import PortalPage, portal_of, same_sitting, was_asked, who_has_signed
from agreements.queries.signatures import signatures_by
from agreements.shown import Shown, read_ticket, shown_to, ticket_for
from agreements.vocabulary import LANGUAGES, Audience
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal, StaleRecord
from common.exports import as_private_download
from common.rate_limits import check_rate
from common.requests import SchoolRequest
from people.models import Person


@requires("sign_agreement")
def portal(request: SchoolRequest) -> HttpResponse:
    """Show a person what to sign, what they signed, and their children's consents (AGR-16)."""
    return portal_page(request, own_desk(request))


@requires("sign_agreement")
def agreement_sign(request: SchoolRequest, pk: int) -> HttpResponse:
    """Read an agreement and sign it (AGR-12)."""
    return sign_page(request, own_desk(request), pk)


@requires("sign_agreement")
def agreement_decline(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say no to an agreement, with a reason (AGR-29)."""
    return decline_page(request, own_desk(request), pk)


@requires("sign_agreement")
def agreement_ask(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask something before signing (AGR-29)."""
    return ask_page(request, own_desk(request), pk)


@requires("sign_agreement")
def signature_copy(request: SchoolRequest, reference: str) -> HttpResponseBase:
    """Give people their own certificate, for ever (AGR-12)."""
    return copy_page(request, own_desk(request), reference)


@requires("sign_agreement")
def signature_withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take back one's own signature, with a reason (AGR-12)."""
    signature = signatures_by(request.person).filter(reference=reference).first()
    if signature is None:
        raise Http404("not signed by this person")
    form = ReasonForm(request.POST or None, label="Why do you take your signature back?")
    if form.is_valid() and attempt(
        form,
        withdraw_signature,
        signature=signature,
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Your signature is withdrawn. The school will talk to you.")
        return redirect("portal", request.school.slug)
    context = {"form": form, "signature": signature}
    return render(request, "agreements/signature_withdraw.html", context)


def portal_page(request: SchoolRequest, desk: Desk) -> HttpResponse:
    """Draw what waits for the person at a desk."""
    page: PortalPage = portal_of(desk.person, on=timezone.localdate())
    return render(request, "agreements/portal.html", {"page": page, "desk": desk})


def sign_page(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Draw an agreement with its form, or sign it; a changed text has to be read again."""
    waiting = same_sitting(desk.person, pk)
    if not waiting:
        return _nothing_left(request, desk, pk)
    now = timezone.now()
    shown = shown_to(waiting[0].version, request.GET.get("language", "en"), waiting[0].roles)
    build = partial(
        SigningForm,
        obligations=waiting,
        statement=shown.text.statement,
        asks_password=_asks_password(request, desk),
        signed_themselves=who_has_signed([one.about for one in waiting if one.about]),
    )
    form = build(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _sign(request, desk, form, waiting)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                form.data = request.POST.copy()
                form.data["ticket"] = ticket_for(waiting, shown, at=now)
        else:
            messages.success(request, "Thank you. Your signature is recorded.")
            return redirect(desk.url("home"))
    context = _reading(shown, waiting) | {"form": form, "desk": desk}
    context["ticket"] = form.data.get("ticket") or ticket_for(waiting, shown, at=now)
    return render(request, "agreements/agreement_sign.html", context)


def decline_page(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Draw the form for saying no, or record it."""
    obligation = _own(desk.person, pk)
    form = ReasonForm(
        request.POST or None,
        label="Why do you not want to sign?",
        hint="Somebody from the school will talk to you about it.",
    )
    if form.is_valid() and attempt(
        form,
        decline_agreement,
        obligation=obligation,
        reason=form.cleaned_data["reason"],
        by=desk.person,
        at=timezone.now(),
    ):
        messages.success(request, "Your answer is recorded. The school will talk to you.")
        return redirect(desk.url("home"))
    context = {"form": form, "obligation": obligation, "desk": desk}
    return render(request, "agreements/agreement_decline.html", context)


def ask_page(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Draw the form for a question, or send it."""
    obligation = _own(desk.person, pk)
    form = QuestionForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        ask_question,
        obligation=obligation,
        text=form.cleaned_data["text"],
        by=desk.person,
        at=timezone.now(),
    ):
        messages.success(request, "Your question is sent. The answer will stand here.")
        return redirect(desk.url("home"))
    context = {"form": form, "obligation": obligation, "desk": desk}
    return render(request, "agreements/agreement_ask.html", context)


def copy_page(request: SchoolRequest, desk: Desk, reference: str) -> HttpResponseBase:
    """Give the person at a desk the certificate of their own signature."""
    signature = signatures_by(desk.person).filter(reference=reference).first()
    if signature is None:
        raise Http404("not signed by this person")
    certificate = getattr(signature, "certificate", None)
    if certificate is None:
        messages.info(request, "Your copy is being made. Look again in a minute.")
        return redirect(desk.url("home"))
    response = FileResponse(certificate.file.open("rb"), content_type="application/pdf")
    return as_private_download(response, f"{signature.reference}.pdf")


def _sign(
    request: SchoolRequest, desk: Desk, form: SigningForm, waiting: Sequence[Obligation]
) -> None:
    data = form.cleaned_data
    assurance = desk.assurance
    if "password" in form.fields:
        check_rate(f"sign:{desk.person.pk}", most=10, seconds=300)
        if not request.user.check_password(data["password"]):
            raise Refusal("That is not your password. Nothing was signed.")
        assurance = "password entered when signing"
    opened = read_ticket(data["ticket"])
    chosen = data.get("children") or [str(waiting[0].pk)]
    obligations = [one for one in waiting if str(one.pk) in chosen and one.pk in opened.obligations]
    if len(obligations) != len(chosen):
        raise StaleRecord("What waits for you has changed. Please read it again.")
    agent = request.headers.get("User-Agent", "")
    sign_together(
        obligations=obligations,
        opened=opened,
        typed_name=data["typed_name"],
        way=Way(desk.method, assurance, user_agent=agent),
        by=desk.person,
        at=timezone.now(),
    )
    desk.leave(at=timezone.now())


def _asks_password(request: SchoolRequest, desk: Desk) -> bool:
    """Return whether an adult who is signed in types the password again (AGR-12)."""
    adult = desk.pages == "own" and desk.person.kind != Person.Kind.PUPIL
    wanted = adult and desk.school.setting("password_to_sign")
    user = request.user
    return bool(wanted and user.is_authenticated and user.has_usable_password())


def _reading(shown: Shown, waiting: Sequence[Obligation]) -> dict[str, object]:
    languages = [text.language for text in shown.version.texts.all()]
    return {
        "shown": shown,
        "obligation": waiting[0],
        "waiting": waiting,
        "young": shown.version.agreement.audience == Audience.PUPIL_KS1,
        "languages": [(code, LANGUAGES[code]) for code in languages if len(languages) > 1],
    }


def _own(person: Person, pk: int) -> Obligation:
    found = same_sitting(person, pk)
    if not found:
        raise Http404("nothing waits here for this person")
    return next(one for one in found if one.pk == pk)


def _nothing_left(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Lead back from a page whose agreement is answered: a second click loses nothing."""
    if not was_asked(desk.person, pk):
        raise Http404("never asked of this person")
    messages.info(request, "There is nothing left to sign here.")
    return redirect(desk.url("home"))
