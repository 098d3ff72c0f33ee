"""What of agreements and consents needs a person now, and whom to remind of what."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any

from django.db.models import Count, Exists, Expression, OuterRef, QuerySet
from django.utils.timezone import localdate

from agreements import reading_duties
from agreements.actions.links import make_link
from agreements.models import AgreementVersion, FollowUp, Obligation, SigningLink
from agreements.needs import needs_of_follow_ups
from agreements.queries.consent_lists import consent_reminders
from agreements.queries.follow_ups import POWERS
from agreements.queries.links import birth_dates_for, token_of
from agreements.queries.lists import (
    Coverage,
    counts_in_all,
    questions_in,
    waiting_for_countersignature,
)
from agreements.queries.papers import papers_left
from agreements.queries.renewal import asked_again, read_in_every_class, readings, renewed
from agreements.queries.signatures import to_sign
from agreements.queries.sittings import classes_to_read
from agreements.vocabulary import Asks
from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON, SchoolCalendar
from people.models import CarerLink, Person, School, SchoolClass
from roles.queries import holders_by_role

MOST = 12
REMINDERS = {
    "agreement_to_sign": "An agreement to sign",
    "agreement_unsigned": "Somebody has not signed",
    "class_reading": "An agreement to read with a class",
    "consent_reminder": "Consents given, once a year",
}
RECURRING = (
    RecurringDuty(
        code="agreement_renewal",
        label="Agreements renewed by everybody",
        roles=("osl", "office_mgr"),
        words="Everybody who is asked to sign again this year has to answer. This stops when "
        "nobody’s answer is outstanding.",
        requirement="AGR-06",
        period="year",
        remind_days=(60, 20, 0),
        evidence=renewed,
        records=asked_again,
        page="obligation_list",
    ),
    RecurringDuty(
        code="agreement_in_class",
        label="Agreements read with every class",
        roles=("osl", "comp_lead"),
        words="Every class reads its agreement with the teacher. This stops when each of them has "
        "read it.",
        requirement="AGR-08",
        period="year",
        remind_days=(60, 20, 0),
        evidence=read_in_every_class,
        records=readings,
        page="sitting_list",
    ),
)
SIGN_WORDS = "You are asked to sign something. This stops as soon as you answer."
LATE_WORDS = "Somebody has not signed after every reminder. This stops when they answer."
CONSENT_WORDS = (
    "Look at what you allow for your child. Nothing changes if you do not. You are told of it once "
    "a year."
)


COUNTED = {  # what is counted for whom: the words for it, its page and its button
    "countersign_agreement": ("agreement to countersign", "countersign_list", "Countersign"),
    "answer_question": ("question about an agreement", "question_list", "Answer"),
    "approve_agreement": ("agreement to approve", "agreement_list", "Look at them"),
    "check_paper": ("signed sheet to compare", "paper_list", "Compare"),
}


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of agreements, as far as the person has part."""
    counted = _counted(request)
    found: dict[str, Expression] = {
        power: counts_of(counted[power], count=Count("pk"))
        for power in COUNTED
        if request.may(power)
    }
    if request.may("sign_agreement"):
        found["to_sign"] = any_of(Obligation.objects.filter(signer=request.person, state="due"))
    if request.may("lead_sitting"):
        found["taught"] = any_of(SchoolClass.objects.filter(teacher=request.person))
    if request.powers.intersection(POWERS):
        found["follow_ups"] = any_of(FollowUp.objects.filter(school=request.school, done_at=None))
    if request.may("view_coverage"):
        found["coverage"] = counts_in_all(request.school, on=localdate(at))
    return found


ASKS = (asks,)
PARTS = (reading_duties,)


def _counted(request: SchoolRequest) -> dict[str, QuerySet[Any, Any]]:
    school, person = request.school, request.person
    drafts = AgreementVersion.objects.filter(school=school, status="draft")
    return {
        "countersign_agreement": waiting_for_countersignature(school).exclude(signer=person),
        "answer_question": questions_in(school).filter(answered_at=None),
        "approve_agreement": drafts.exclude(changed_by=person),
        "check_paper": papers_left(school, by=person),
    }


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: to sign, to countersign, to approve, to answer, to do."""
    told = answers(request, asks, at=at)
    found = _to_sign(request, at) if told.get("to_sign") else []
    for power, words in COUNTED.items():
        if counts := told.get(power):
            found += _many(request, counts["count"], *words)
    if told.get("taught"):
        own = classes_to_read(request.school, on=localdate(at), teacher=request.person)
        found += [_read(request, one) for one in own]
    return found + (needs_of_follow_ups(request, at=at) if told.get("follow_ups") else [])


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how much of what is asked has been signed, for those who look after it."""
    counts = answers(request, asks, at=at).get("coverage")
    if not counts or not counts["total"]:
        return []
    total = Coverage(name="Everybody", **counts)
    url = page_url(request.school, "coverage_detail")
    note = f"{total.outstanding} not signed"
    return [Figure(f"{total.percent}%", "of agreements are signed", url, note)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield who is to be reminded: signers, those who answer for them, parents.

    Each has its period, so that a day that was missed is caught up once.
    """
    yield from _unsigned_dues(school, on)
    for carer, period in consent_reminders(school, on=on):
        yield Due("consent_reminder", carer, period, CONSENT_WORDS)


def _unsigned_dues(school: School, on: date) -> Iterator[Due]:
    """Yield reminders to sign, and to the leads once nobody is reminded any more (AGR-25).

    Told when asked; reminded after the school's first interval, then every so many school days, at
    most so often or so long; then the online safety lead and after that the headteacher are told.
    """
    days_since = cache(partial(_school_days, SchoolCalendar.of(school), on))
    most, stop = school.setting("remind_most"), school.setting("remind_stop_days")
    first, every = school.setting("remind_first_days"), school.setting("remind_every_days")
    last = min(stop, first + most * every)
    leads = cache(lambda: list(holders_by_role(school, ("osl", "head"), on=on).values()))
    for pk, signer, asked_at in _unsigned(school).values_list("pk", "signer", "changed_at"):
        start = localdate(asked_at)
        days = days_since(start)
        number = 0 if days < first else 1 + (days - first) // every
        if number <= most and days <= stop:
            yield Due("agreement_to_sign", signer, f"{pk}-{start:%y%m%d}-{number}", SIGN_WORDS)
            continue
        told = leads()[: 1 + max(0, days - last) // every]
        for one in {lead.pk for those in told for lead in those} - {signer}:
            yield Due("agreement_unsigned", one, f"{pk}-{start:%y%m%d}", LATE_WORDS)


def _school_days(calendar: SchoolCalendar, on: date, start: date) -> int:
    return calendar.school_days_between(start, on)


def door(person: Person, *, at: datetime) -> str:
    """Return the personal link of somebody without an account, made when it is first needed."""
    if person.user_id or not to_sign(person).exists():
        return ""
    link = SigningLink.objects.filter(
        signer=person, ended_at=None, locked_at=None, expires_at__gt=at
    ).first()
    if link is None:
        if not birth_dates_for(person):
            return ""  # a PIN has to be told in another way: the office makes the link
        link = make_link(signer=person, by=None, at=at).link
    return page_url(person.school, "link_open", token_of(link))


def _unsigned(school: School) -> QuerySet[Obligation, Obligation]:
    """Return what waits to be signed by people whom the school may contact about it."""
    silent = CarerLink.objects.filter(
        carer=OuterRef("signer"), pupil=OuterRef("about"), end_date=None, no_contact=True
    )
    return Obligation.objects.filter(
        ~Exists(silent), school=school, state="due", asks__in=[Asks.SIGN, Asks.ACKNOWLEDGE]
    )


def _to_sign(request: SchoolRequest, at: datetime) -> list[Need]:
    waiting = {(row.version_id, *row.roles): row for row in to_sign(request.person).reverse()}
    return [_need(request, row, at) for row in waiting.values()][:MOST]


def _need(request: SchoolRequest, row: Obligation, at: datetime) -> Need:
    due = datetime.combine(row.due_date, time(16), LONDON)
    return Need(
        what=str(row.agreement),
        why=row.get_trigger_display(),
        url=page_url(request.school, "agreement_sign", row.pk),
        label="Read and sign",
        due_at=due,
        late=due < at,
    )


def _read(request: SchoolRequest, school_class: SchoolClass) -> Need:
    return Need(
        what=f"Read the agreement with {school_class}",
        why="At the start of the year, or every term where the school says so",
        url=page_url(request.school, "sitting_create", school_class.pk),
        label="Open the class",
    )


def _many(request: SchoolRequest, count: int, noun: str, page: str, label: str) -> list[Need]:
    if not count:
        return []
    first, _, rest = noun.partition(" ")
    what = f"1 {noun}" if count == 1 else f"{count} {first}s {rest}"
    return [Need(what, "Somebody waits for you", page_url(request.school, page), label)]
