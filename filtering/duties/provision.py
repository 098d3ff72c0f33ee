"""What of the register and its confirmations needs a person now, what falls due, and figures."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Expression
from django.utils.timezone import localdate

from common.asking import answers, any_of
from common.duties import Due, Figure, Need
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.queries.attestations import Standing, attestations_of, standings
from filtering.queries.provision import profiles_in_force
from filtering.queries.register import profiles_to_confirm
from people.calendar import LONDON
from people.models import School
from roles.queries import holders_of_power

REMINDERS = {"filtering_confirmation": "Confirmation about filtering that runs out"}


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


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield a reminder some days before a confirmation runs out, and one on the day (FIL-01).

    To the headteacher, or to technical staff, by whoever confirms the statement.
    """
    for standing in standings(school, on):
        latest = standing.latest
        if latest is None or standing.state == "fine":
            continue
        stage = "due" if latest.next_date <= on else "soon"
        for person in holders_of_power(school, standing.asked_of, on=on):
            yield Due(
                duty="filtering_confirmation",
                person_id=person.pk,
                period=f"{standing.statement}:{latest.next_date}:{stage}",
                words=(
                    "Something about filtering has to be confirmed again. This stops once it is "
                    "confirmed."
                ),
            )
