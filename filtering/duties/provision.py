"""What of the register and what is confirmed needs a person now, falls due or recurs; figures."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.db.models import Expression, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.conditions.provision import LONGEST
from filtering.models import Attestation, Profile
from filtering.queries.attestations import Standing, attestations_of, standings
from filtering.queries.evidence import confirmations, confirmed
from filtering.queries.periods import school_year_on
from filtering.queries.provision import end_of_day, in_force, profiles_in_force
from filtering.queries.register import profiles_to_confirm
from filtering.vocabulary import Statement
from people.calendar import LONDON
from people.models import Person, School
from roles.queries import holders_of_power

REMINDERS = {"filtering_confirmation": "Confirmation about filtering"}
AGAIN_WORDS = (
    "Something about filtering has to be confirmed again. This stops once it is confirmed."
)
FIRST_WORDS = (
    "Something about filtering was never confirmed. This stops once every statement is confirmed."
)


def _yearly(
    code: str,
    label: str,
    requirement: str,
    roles: tuple[str, ...],
    words: str,
    *statements: str,
    escalate: tuple[str, ...] = ("chair", "os_gov"),
) -> RecurringDuty:
    return RecurringDuty(
        code=code,
        label=label,
        roles=roles,
        words=f"{words} This stops once it is confirmed.",
        requirement=requirement,
        period="year",
        escalate=escalate,
        remind_days=(),  # each confirmation holds until a day of its own, and is reminded of by it
        evidence=confirmed(*statements),
        records=confirmations,
        page="attestation_list",
    )


RECURRING = (
    _yearly(
        "filter_approval",
        "Filtering confirmed by the headteacher",
        "FIL-01",
        ("head",),
        "Once a year the headteacher confirms that the filtering meets the standard.",
        Statement.STANDARD,
    ),
    _yearly(
        "monitoring_strategy",
        "Monitoring strategy approved",
        "FIL-18",
        ("head",),
        "Once a year the headteacher confirms that the monitoring strategy is approved.",
        Statement.STRATEGY,
    ),
    _yearly(
        "status_holders",
        "Those who may change the filter gone through",
        "FIL-04",
        ("head",),
        "Once a year the headteacher goes through who may change the filter.",
        Statement.STATUS,
    ),
    _yearly(
        "block_lists",
        "Lists of illegal content confirmed as switched on",
        "FIL-22",
        ("tech", "filt_mgr"),
        "Once a year IT confirms, with the provider’s evidence, that the lists of illegal content "
        "are on for everybody.",
        *(Statement.IWF, Statement.CTIRU, Statement.CHILD_ABUSE),
        escalate=("head",),
    ),
)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of the register and its confirmations."""
    school, found = request.school, {}
    if request.may("confirm_provision"):
        unconfirmed = profiles_in_force(school, at).filter(confirmed_at=None)
        found["to_confirm"] = any_of(unconfirmed)
    if request.may("confirm_provision") or request.may("edit_provision"):
        found["profiles"] = any_of(profiles_in_force(school, at))
    if found or request.may("view_provision"):
        found["attested"] = any_of(attestations_of(school))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return baselines to confirm, and statements to confirm again or for the first time.

    What was never confirmed is one line; it is asked once the register holds a profile.
    """
    told, found = answers(request, asks, at=at), []
    if told.get("to_confirm"):
        found += [
            Need(
                what=f"Profile “{profile}”",
                why="Its baseline is entered and waits for you",
                url=page_url(request.school, "profile_confirm", profile.pk),
                label="Confirm the baseline",
            )
            for profile in profiles_to_confirm(request.school, at)
        ]
    if not (request.may("confirm_provision") or request.may("edit_provision")):
        return found
    if not told["attested"] and not told["profiles"]:
        return found
    asked = [one for one in _standings(request, at) if request.may(one.asked_of)]
    found += [_again(request, one) for one in asked if one.state in {"soon", "overdue"}]
    never = sum(one.state == "never" for one in asked)
    if never and told["profiles"]:
        found.append(_first(request, never))
    return found


def _standings(request: SchoolRequest, at: datetime) -> list[Standing]:
    """Return every statement as it stands, read once for needs and figure."""
    kept: dict[date, list[Standing]] = vars(request).setdefault("_statements", {})
    if localdate(at) not in kept:
        kept[localdate(at)] = standings(request.school, localdate(at))
    return kept[localdate(at)]


def _again(request: SchoolRequest, standing: Standing) -> Need:
    latest = standing.latest
    return Need(
        what=standing.statement.label,
        why="A confirmation about filtering runs out",
        url=page_url(request.school, "attestation_create", standing.statement.value),
        label="Confirm it again",
        due_at=datetime.combine(latest.next_date, time(16), LONDON) if latest else None,
        late=standing.state == "overdue",
    )


def _first(request: SchoolRequest, count: int) -> Need:
    what = "1 statement" if count == 1 else f"{count} statements"
    return Need(
        what=f"{what} about filtering",
        why="Never confirmed so far",
        url=page_url(request.school, "attestation_list"),
        label="See what is to be confirmed",
    )


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many confirmations have run out, for those who see the register."""
    if not request.may("view_provision") or not answers(request, asks, at=at)["attested"]:
        return []
    late = sum(one.state == "overdue" for one in _standings(request, at))
    url = page_url(request.school, "attestation_list")
    return [Figure(late, "confirmations about filtering overdue", url)] if late else []


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    next_day = {"next_date__lte": on + LONGEST}
    return [Attestation.objects.filter(**next_day), in_force(Profile.objects.all(), end_of_day(on))]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield a reminder some days before a confirmation runs out, and one on the day (FIL-01).

    What was never confirmed is told once a school year, as soon as the register holds a profile.
    To the headteacher, or to technical staff, by whoever confirms the statement.
    """
    holders = cache(lambda power: list(holders_of_power(school, power, on=on)))
    found = standings(school, on)
    for one in found:
        if one.latest and one.state != "fine":
            ends = one.latest.next_date
            period = f"{one.statement}:{ends}:{'due' if ends <= on else 'soon'}"
            yield from _dues(holders(one.asked_of), period, AGAIN_WORDS)
    never = {one.asked_of for one in found if one.state == "never"}
    if never and profiles_in_force(school, end_of_day(on)).exists():
        period = f"never:{school_year_on(school, on).name}"
        for power in sorted(never):
            yield from _dues(holders(power), period, FIRST_WORDS)


def _dues(people: list[Person], period: str, words: str) -> Iterator[Due]:
    for person in people:
        yield Due("filtering_confirmation", person.pk, period, words)
