"""Read governors' reviews, the questions asked in them and what they ask for (REP-03, REP-18)."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from people.models import Person, School
from reports.audiences import Audience
from reports.conditions.meetings import kinds_for
from reports.models import (
    GovernorAction,
    GovernorQuestion,
    GovernorReport,
    GovernorReview,
    ReviewAttendee,
)
from roles.queries import holders_by_role

Reviews = QuerySet[GovernorReview, GovernorReview]
Questions = QuerySet[GovernorQuestion, GovernorQuestion]
Actions = QuerySet[GovernorAction, GovernorAction]

WRITES = "write_governor_review"
WRITES_MEETINGS = "write_meeting"
OVERDUE = timedelta(days=30)  # after its day a review that was not held is overdue (REP-03)
MEETS = ("os_gov", "chair", "governor", "clerk", "head", "deputy", "slt", "dsl", "osl", "tech")
LATER = GovernorAction.objects.filter(carried_from=OuterRef("pk"))


def review_rows(school: School) -> Reviews:
    """Return the reviews of a school for a list, without their papers.

    Each knows ``todo``: how many of its actions are neither done nor carried over.
    """
    left = Q(actions__done_at=None, actions__carried_to=None, actions__isnull=False)
    rows = GovernorReview.objects.filter(school=school).defer("pack")
    return rows.annotate(todo=Count("actions", filter=left))


def governor_review_or_404(school: School, reference: str) -> GovernorReview:
    """Return one review with ``present``, ``asked`` and ``to_do``, or the page for nothing.

    Whether an action was carried over stands in its ``later``.
    """
    asked = GovernorQuestion.objects.select_related("asked_by", "answered_by")
    to_do = GovernorAction.objects.select_related(
        "owner", "done_by", "carried_from__review", "carried_to__review"
    )
    rows = GovernorReview.objects.filter(school=school, reference=reference)
    found = (
        rows.select_related("school", "report", "governor", "lead", "held_by")
        .defer("report__figures")
        .prefetch_related(
            Prefetch(
                "attendees", ReviewAttendee.objects.select_related("person"), to_attr="present"
            ),
            Prefetch("questions", asked, to_attr="asked"),
            Prefetch("actions", to_do, to_attr="to_do"),
        )
        .first()
    )
    if found is None:
        raise Http404("no such review")
    return found


def actions_left(school: School) -> Actions:
    """Return what was asked for that is neither done nor carried over, soonest first."""
    rows = GovernorAction.objects.filter(~Exists(LATER), school=school, done_at=None)
    return rows.order_by("due_date", "pk")


def report_for(review: GovernorReview) -> GovernorReport | None:
    """Return the newest report that was issued by the end of a review's term."""
    rows = GovernorReport.objects.filter(
        school=review.school_id,
        audience=Audience.GOVERNORS,
        state="issued",
        period_end__lte=review.due_date,
    )
    return rows.order_by("-period_end", "-edition").defer("figures").first()


def may_meet(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return who may have taken part in a review: governors, leaders, the lead and technicians."""
    held = holders_by_role(school, MEETS, on=on)
    numbers = {person.pk for people in held.values() for person in people}
    return Person.objects.filter(pk__in=numbers).order_by("family_name", "given_name")


def question_rows(school: School) -> Questions:
    """Return the questions of governors with review, report and people: the challenge log."""
    rows = GovernorQuestion.objects.filter(school=school)
    return rows.select_related("review", "report", "asked_by", "answered_by").defer(
        "review__pack", "report__figures"
    )


def question_or_404(school: School, number: int) -> GovernorQuestion:
    """Return one question, or the page for nothing."""
    found = question_rows(school).filter(pk=number).first()
    if found is None:
        raise Http404("no such question")
    return found


def questions_for(person: Person, powers: Collection[str]) -> Questions:
    """Return the questions without an answer that a person may answer: not their own."""
    rows = GovernorQuestion.objects.filter(school=person.school_id, answered_at=None)
    return rows.exclude(asked_by=person) if WRITES in powers else rows.none()


def action_rows(school: School, powers: Collection[str]) -> Actions:
    """Return what reviews and meetings asked for, but of meetings that the person does not see.

    What was carried over stands in the later review alone.
    """
    return _actions(school).filter(seen_with(powers))


def _actions(school: School) -> Actions:
    rows = GovernorAction.objects.filter(~Exists(LATER), school=school)
    return rows.select_related("review", "meeting", "owner", "done_by").defer("review__pack")


def seen_with(powers: Collection[str]) -> Q:
    """Return which actions the holder of some powers sees: not those of meetings they do not."""
    return Q(meeting=None) | Q(meeting__kind__in=kinds_for(powers))


def actions_for(person: Person, powers: Collection[str]) -> Actions:
    """Return the actions a person may say are done: their own; all to those who write them."""
    theirs = Q(owner=person)
    if WRITES in powers:
        theirs |= Q(meeting=None)
    if WRITES_MEETINGS in powers:
        theirs |= Q(review=None) & seen_with(powers)
    return _actions(person.school).filter(theirs)


def action_or_404(person: Person, powers: Collection[str], number: int) -> GovernorAction:
    """Return an action that a person may say is done, or the page for nothing."""
    found = actions_for(person, powers).filter(pk=number).first()
    if found is None:
        raise Http404("nothing of this person's to do")
    return found


def reviews_in_hand(school: School) -> Reviews:
    """Return the reviews that are not signed off, soonest first, without their papers."""
    rows = GovernorReview.objects.filter(school=school).exclude(state="signed")
    return rows.defer("pack").order_by("due_date", "pk")


def attends(review: GovernorReview, person: Person) -> bool:
    """Return whether somebody took part in a review."""
    return ReviewAttendee.objects.filter(review=review, person=person).exists()
