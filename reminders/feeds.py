"""A person's duties as a calendar that standard programs read, without names or cases."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localdate

from common.asking import ask_everything
from common.discovery import discover
from common.duties import Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.models import Person
from reminders.models import CalendarFeed
from reminders.queries import open_for
from reminders.recurring import recurring_duties
from roles.queries import Standing, standing_of

if TYPE_CHECKING:
    from icalendar import Event

DAY = timedelta(days=1)
OWN_APP = "reminders"  # its needs stand one by one, by what the duty is called


def feed_text(feed: CalendarFeed, standing: Standing, *, at: datetime) -> bytes:
    """Return the calendar of a person's open duties and of the days on which other things are due.

    A recurring duty is named; of anything else there is only how much is due on a day, because its
    words may tell of a case.
    """
    from icalendar import Calendar  # slow to load, and most processes never read a feed

    calendar = Calendar()
    calendar.add("prodid", "-//Safeguard//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Safeguard: {feed.person.school.name}")
    for row in open_for(feed.person.school, standing.codes):
        name = f"Due: {recurring_duties()[row.duty].label}"
        url = page_url(feed.person.school, "duty_detail", row.pk)
        calendar.add_component(_event(feed, f"duty-{row.pk}", row.due_date, name, url, at))
    home = page_url(feed.person.school, "home")
    for day, count in sorted(_other_days(feed.person, standing, at).items()):
        name = "Something is due" if count == 1 else f"{count} things are due"
        calendar.add_component(_event(feed, f"day-{day:%Y%m%d}", day, name, home, at))
    text: bytes = calendar.to_ical()
    return text


def standing_for_feed(person: Person, *, on: date) -> Standing | None:
    """Return the roles and powers with which a person's feed is read, or None when it is closed."""
    standing = standing_of(person, on=on)
    return standing if "keep_feed" in standing.powers else None


def _event(
    feed: CalendarFeed, name: str, day: date, words: str, path: str, at: datetime
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{name}-{feed.person_id}@safeguard.{feed.person.school.slug}")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", words)
    event.add("url", f"{settings.SITE_URL}{path}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _other_days(person: Person, standing: Standing, at: datetime) -> Counter[date]:
    """Return on how many days how much is due that other apps have for a person."""
    request = SchoolRequest()
    request.school, request.person = person.school, person
    request.powers, request.role_codes = standing.powers, standing.codes
    request.may = lambda power: power in standing.powers
    ask_everything(request, at=at)
    needs: list[Need] = [
        need
        for label, module in discover("duties")
        if label != OWN_APP and hasattr(module, "needs")
        for need in module.needs(request, at=at)
    ]
    return Counter(localdate(need.due_at) for need in needs if need.due_at)
