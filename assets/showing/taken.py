"""How items taken and searches stand on their pages: facts, flags, story and next step."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from assets.conditions.taken import gives_back
from assets.models import Confiscation, ItemEvent, SearchRecord
from assets.queries.taken import HELD, sees_suspicion
from assets.vocabulary import Deletion
from assets.workflow import ITEM
from common.dates import uk_date, uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest
from common.workflow import Step

STATE_KINDS = {
    "held": "wait",
    "with_lead": "late",
    "with_police": "information",
    "returned": "done",
    "disposed": "done",
}
LINES = {
    "take_item": "Taken",
    "tell_parent": "Parent told",
    "move_confiscated": "Somebody else holds it",
    "pass_to_lead": "Passed to the safeguarding lead",
    "hand_to_police": "Handed to the police",
    "return_confiscated": "Given back",
    "clear_confiscated": "Cleared to be given back",
    "keep_for_good": "Not given back",
    "link_item": "An incident was raised",
    "tell_searched": "Parents told",
    "note_search": "Added",
    "link_search": "An incident was raised",
}
LEADS = {
    "with_lead": "Nobody looks at it. The safeguarding lead decides what becomes of it.",
    "with_police": "The police have it.",
    "returned": "It was given back. Nothing is left to do.",
    "disposed": "It was not given back. Nothing is left to do.",
}


def item_shown(request: SchoolRequest, item: Confiscation, today: date) -> dict[str, Any]:
    """Return what the page of an item shows, as far as its reader may know it."""
    suspected = item.suspected and sees_suspicion(item, request.person, request.powers)
    flags = [
        flag
        for flag, there in (
            ("Possibly indecent images", suspected),
            ("Not collected in time", item.state == "held" and item.due_date < today),
            ("To be given back today", item.state == "held" and item.due_date == today),
        )
        if there
    ]
    return {
        "item": item,
        "suspected": suspected,
        "state_kind": STATE_KINDS[item.state],
        "flags": flags,
        "identity": _identity(item),
        "facts": _facts(item),
        **_next(request, item),
    }


def story(lines: Iterable[ItemEvent]) -> list[dict[str, Any]]:
    """Return lines as the timeline draws them."""
    return [
        {
            "title": LINES[line.step],
            "by": line.by or "",
            "at": line.at,
            "words": line.text,
            "kind": "quiet" if line.step.startswith("link_") else "",
        }
        for line in lines
    ]


def search_facts(search: SearchRecord) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what a record of a search says, in its parts (R-SSC-1)."""
    device = search.kind != "person"
    return [
        (
            "The search",
            rows(
                ("Searched", search.get_kind_display()),
                ("When", uk_datetime(search.searched_at)),
                ("Where", search.place),
                ("For", search.get_sought_display()),
                ("What made it suspected", search.reason),
                ("The pupil agreed", "Yes" if search.agreed else "No"),
            ),
        ),
        (
            "Who was there",
            rows(
                ("Searched by", search.searched_by),
                ("Authorised by", search.authorised_by),
                ("Witness", _witness(search)),
                ("Others", search.others_present),
                ("Police", _police(search)),
            ),
        ),
        (
            "What it came to",
            rows(
                ("Found", search.found_what if search.found else "Nothing was found"),
                ("On the device", search.get_deletion_display() if device else ""),
                ("Why it was deleted", search.deletion_reason)
                if search.deletion == Deletion.DELETED
                else ("", ""),
                ("What follows", search.follow_up),
                ("Recorded", f"{search.recorded_by}, {uk_datetime(search.recorded_at)}"),
            ),
        ),
    ]


def rows(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    """Return pairs of words and values as rows of a summary; those without a value are left out."""
    return [{"label": label, "value": value} for label, value in pairs if value]


def _witness(search: SearchRecord) -> str:
    if search.witness:
        told = search.witness_confirmed_at
        return f"{search.witness}, {f'confirmed {uk_date(told)}' if told else 'not confirmed yet'}"
    if search.by_police and not search.no_witness_reason:
        return "The police searched"
    return f"Nobody: {search.no_witness_reason}"


def _police(search: SearchRecord) -> str:
    if not search.by_police:
        return ""
    number = search.police_reference
    return f"The police searched{f', reference {number}' if number else ''}"


def _identity(item: Confiscation) -> list[dict[str, Any]]:
    told = uk_datetime(item.parent_told_at) if item.parent_told_at else "Not yet"
    return rows(
        ("Pupil", item.pupil),
        ("Taken", uk_datetime(item.taken_at)),
        ("With", item.held_by if item.state in HELD else ""),
        ("Collect by", uk_date(item.due_date) if item.state == "held" else ""),
        ("Parent told", told),
    )


def _facts(item: Confiscation) -> list[dict[str, Any]]:
    back = item.returned_at and f"{uk_datetime(item.returned_at)}, to {item.returned_to}"
    return rows(
        ("What it is", f"{item.get_kind_display()}: {item.item}"),
        ("Number on the label", item.item_tag),
        ("Condition", item.get_condition_display()),
        ("Why it was taken", item.get_rule_display()),
        ("What happened", item.what),
        ("Taken by", f"{item.taken_by}{f', {item.taken_where}' if item.taken_where else ''}"),
        ("Where it is", item.stored_where if item.state in HELD else ""),
        ("Same-day", "It is given back at the end of the day" if item.same_day else ""),
        ("Reference of the police", item.police_reference),
        ("Given back", back),
        ("Signed", item.signed_name),
        ("Condition then", item.get_returned_condition_display()),
        ("Note", item.closing_note),
    )


def _next(request: SchoolRequest, item: Confiscation) -> dict[str, Any]:
    """Return the panel “Next step”: the one button, other deeds, and why there may be none."""
    steps = [step for step in ITEM.open_to(item.state, request.powers) if step.page]
    if item.parent_told_at:
        steps = [step for step in steps if step.name != "tell_parent"]
    if not gives_back(item, request.person, keeps=request.may("keep_confiscated")):
        steps = [step for step in steps if step.name != "return_confiscated"]
    untold = next((step for step in steps if step.name == "tell_parent"), None)
    decide = next((step for step in steps if step.name == "clear_confiscated"), None)
    main = untold if item.state == "held" and not item.same_day else decide
    main = main or next((step for step in steps if step.main), None)
    lead = LEADS.get(item.state, "" if steps else "The office keeps it and gives it back.")
    return {
        "lead": lead,
        "deed": main and _link(request, item, main),
        "deeds": [_link(request, item, step) for step in steps if step is not main],
    }


def _link(request: SchoolRequest, item: Confiscation, step: Step) -> dict[str, str]:
    return {"label": step.label, "url": page_url(request.school, step.page, item.reference)}
