"""What of items taken and searches needs a person now, what falls due, and figures."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Confiscation, SearchRecord
from assets.queries.taken import HELD, items_visible_to, leads_on
from assets.queries.taken_searches import searches_visible_to
from assets.queries.witnessing import searches_seen_by
from common.asking import answers, any_of, counts_of
from common.dates import uk_date
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.models import Person, School
from roles.queries import current_holders, holders_of_power

REMINDERS = {
    "item_same_day": "Item to be given back at the end of the day",
    "item_unclaimed": "Item that nobody collected",
    "item_with_lead": "Item that waits for the safeguarding lead",
    "search_untold": "Search of which parents were not told",
}
RECURRING: tuple[RecurringDuty, ...] = ()
WORDS = {
    "item_same_day": (
        "Something that was taken for the day is to be given back at its end. This stops once it "
        "is given back."
    ),
    "item_unclaimed": (
        "Something that was taken was not collected in time. You keep such things, so you ask "
        "about it. This stops once it is given back."
    ),
    "item_with_lead": (
        "Something that was taken waits for your decision. This stops once you have decided."
    ),
    "search_untold": (
        "Parents were not told of a search within a school day. This stops once it is written down "
        "that they were."
    ),
}
MOST = 6
ASKED = 100


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of items and searches the person may see."""
    found: dict[str, Expression] = {}
    if request.may("confiscate_item"):
        found["items"] = any_of(_items_left(request, at))
    if request.may("record_search"):
        found["searches"] = any_of(_untold(request))
    if request.may("confirm_as_witness"):
        found["seen"] = any_of(_unconfirmed(request))
    if request.may("view_confiscations"):
        found["counts"] = counts_of(
            items_visible_to(request.person, request.powers),
            here=Count("pk", filter=Q(state__in=HELD)),
            late=Count("pk", filter=Q(state="held", due_date__lt=localdate(at))),
        )
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return items to decide on, to give back or to bring to the office, and parents to tell."""
    told = answers(request, asks, at=at)
    found: list[Need] = []
    if told.get("items"):
        found += _item_needs(request, at)
    if told.get("searches"):
        found += _search_needs(request, at)
    if told.get("seen"):
        found += [_confirm(request, search) for search in _unconfirmed(request)[:MOST]]
    return found


def _unconfirmed(request: SchoolRequest) -> QuerySet[SearchRecord, SearchRecord]:
    """Return the searches at which the person was the witness by what somebody else wrote."""
    seen = searches_seen_by(request.person).exclude(recorded_by=request.person)
    return seen.filter(witness_confirmed_at=None)


def _confirm(request: SchoolRequest, search: SearchRecord) -> Need:
    return Need(
        f"Search {search}",
        "You were the witness. Say so yourself",
        page_url(request.school, "search_record_confirm", search.reference),
        "Confirm it",
    )


def _items_left(request: SchoolRequest, at: datetime) -> QuerySet[Confiscation, Confiscation]:
    """Return the items that wait for the person: held or due, and those to decide on."""
    today = localdate(at)
    mine = Q(state="held", held_by=request.person)
    if request.may("keep_confiscated"):
        mine = Q(state="held", due_date__lte=today)
    if request.may("decide_confiscated"):
        mine |= Q(state="with_lead")
    return items_visible_to(request.person, request.powers).filter(mine)


def _item_needs(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return what of items waits for the person. One query."""
    today = localdate(at)
    items = list(_items_left(request, at).order_by("due_date", "pk")[:ASKED])
    waiting = [item for item in items if item.state == "with_lead"]
    held = [item for item in items if item.state == "held"]
    found = [_decide(request, item, at) for item in waiting[:MOST]]
    if not request.may("keep_confiscated"):
        return found + [_bring(request, item) for item in held[:MOST]]
    late = [item for item in held if item.due_date < today]
    due = [item for item in held if item.due_date == today]
    return found + _together(request, "late", late, at) + _together(request, "today", due, at)


def _decide(request: SchoolRequest, item: Confiscation, at: datetime) -> Need:
    due = _day_after(request.school, item.taken_at)
    return Need(
        f"Item {item}",
        f"With the safeguarding lead. Taken {uk_date(item.taken_at)}",
        page_url(request.school, "confiscation_detail", item.reference),
        "Decide what becomes of it",
        due,
        late=due < at,
    )


def _bring(request: SchoolRequest, item: Confiscation) -> Need:
    return Need(
        f"Item {item} is with you",
        "You took it. The office keeps it and gives it back",
        page_url(request.school, "confiscation_detail", item.reference),
        "Look at it",
        end_of_school_day(request.school, item.taken_at) if item.same_day else None,
    )


def _together(
    request: SchoolRequest, due: str, items: list[Confiscation], at: datetime
) -> list[Need]:
    """Return one line for all items that are late, or due today."""
    if not items:
        return []
    what = "1 item" if len(items) == 1 else f"{len(items)} items"
    late = due == "late"
    return [
        Need(
            f"{what} {'not collected in time' if late else 'to be given back today'}",
            "Ask the parents to collect it" if late else "Taken for the day, or collected today",
            f"{page_url(request.school, 'confiscation_list')}?due={due}",
            "See what waits",
            end_of_school_day(request.school, _noon(items[0].due_date) if late else at),
            late=late,
        )
    ]


def _untold(request: SchoolRequest) -> QuerySet[SearchRecord, SearchRecord]:
    return searches_visible_to(request.person, request.powers).filter(parents_told_at=None)


def _search_needs(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return searches of which parents are to be told: one’s own, and late ones of others."""
    found = []
    for search in _untold(request).order_by("searched_at")[:ASKED]:
        due = _day_after(request.school, search.searched_at)
        if search.recorded_by_id == request.person.pk or due < at:
            found.append(
                Need(
                    f"Search {search}",
                    "The parents are not told yet",
                    page_url(request.school, "search_record_tell", search.reference),
                    "Say that they were told",
                    due,
                    late=due < at,
                )
            )
    return found[:MOST]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many items the school holds, for those who see them."""
    counts = answers(request, asks, at=at).get("counts")
    if not counts or not counts["here"]:
        return []
    note = f"{counts['late']} not collected in time" if counts["late"] else ""
    url = f"{page_url(request.school, 'confiscation_list')}?due=here"
    one = "item taken from a pupil is here"
    return [Figure(counts["here"], "items taken from pupils are here", url, note, one)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [
        Confiscation.objects.filter(_due(on)),
        SearchRecord.objects.filter(parents_told_at=None),
    ]


def _due(on: date) -> Q:
    return Q(state="with_lead") | Q(state="held", due_date__lte=on)


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind: the office of items to give back, the lead, who recorded a search.

    Each once: an item on its day and once it is late, a search once (MOB-04, R-SSC-2).
    """
    yield from _items_due(school, on)
    yield from _searches_due(school, on)


def _items_due(school: School, on: date) -> Iterator[Due]:
    items = list(Confiscation.objects.filter(_due(on), school=school).order_by("pk"))
    if not items:
        return
    office, leads = _office(school, on), leads_on(school, on=on)
    for item in items:
        if item.state == "with_lead":
            if _day_after(school, item.taken_at).date() < on:
                yield from _to(leads, "item_with_lead", str(item.pk))
        elif item.due_date < on:
            yield from _to(office, "item_unclaimed", f"{item.pk}:{item.due_date}")
        elif item.same_day:
            yield from _to(office, "item_same_day", str(on))


def _searches_due(school: School, on: date) -> Iterator[Due]:
    untold = SearchRecord.objects.filter(school=school, parents_told_at=None)
    late = [
        search
        for search in untold.select_related("recorded_by").order_by("pk")
        if _day_after(school, search.searched_at).date() < on
    ]
    leads = leads_on(school, on=on) if late else []
    for search in late:
        people = dict.fromkeys([search.recorded_by, *leads])
        yield from _to(people, "search_untold", str(search.pk))


def _to(people: Iterable[Person], duty: str, period: str) -> Iterator[Due]:
    for person in people:
        yield Due(duty=duty, person_id=person.pk, period=period, words=WORDS[duty])


def _office(school: School, on: date) -> list[Person]:
    """Return who gives items back: the office, else whoever keeps them."""
    return current_holders(school, "office_mgr", on=on) or list(
        holders_of_power(school, "keep_confiscated", on=on)
    )


def _day_after(school: School, moment: datetime) -> datetime:
    """Return the end of the school day after a moment’s."""
    day = SchoolCalendar.of(school).add_school_days(localdate(moment), 1)
    return end_of_school_day(school, _noon(day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
