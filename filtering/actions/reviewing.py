"""Reviews of filtering and monitoring: opened, written, offered, signed (R-FM-2, FIL-21)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal
from filtering.models import Review
from filtering.queries.periods import school_year_on
from filtering.vocabulary import Trigger
from people.calendar import SchoolCalendar
from people.models import Person, School
from people.references import next_reference


@transaction.atomic
def open_review(
    *,
    school: School,
    trigger: Trigger,
    trigger_words: str,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> Review:
    """Open a review because a year has passed or something has happened (R-FM-2).

    The same cause opens no second one while the first is being written: that one is returned. The
    yearly review is due by the end of the school year, another within the school's days. Refuses a
    second yearly review of a year. Asks for no power, for whoever enters a new product opens one.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    day = localdate(at)
    year = school_year_on(school, day)
    words = trigger_words.strip()[:500]
    cause = {"trigger": trigger, "incident_reference": incident_reference}
    if trigger == Trigger.ANNUAL:
        begun = Review.objects.filter(school=school, trigger=trigger, year_name=year.name).first()
        if begun:
            raise Refusal(f"The yearly review of {year.name} has begun already: {begun}.")
    else:
        same = Review.objects.filter(school=school, state="open", trigger_words=words, **cause)
        if found := same.first():
            return found
    within = school.setting("review_days")
    review = Review.objects.create(
        school=school,
        reference=next_reference(school=school, series="review", year=day.year),
        trigger_words=words,
        year_name=year.name,
        opened_by=by,
        opened_at=at,
        due_date=year.end
        if trigger == Trigger.ANNUAL
        else SchoolCalendar(school).add_school_days(day, within),
        **cause,
    )
    record("open_review", review, by=by, at=at, facts=cause)
    return review
