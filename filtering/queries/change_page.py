"""Put together what the page of a filter change shows."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.asking.words import cause_of, words_of
from filtering.conditions.changes import conflict_of, exception_on
from filtering.models import ChangeRequest
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.changes import (
    changes_visible_to,
    live_parts,
    live_targets,
)
from filtering.queries.failures import failures_visible_to
from filtering.steps.next_change import steps_now, waits_words

KINDS = {"closed": "done", "rejected": "", "withdrawn": "", "undo": "late"}
Row = dict[str, Any]


def identity_of(change: ChangeRequest, *, at: datetime) -> Row:
    """Return the identity bar: number, state, what makes it special, and the clock."""
    flags = []
    if change.emergency:
        flags.append("Blocked at once")
    if change.under_exception:
        flags.append("Under the governors’ exception")
    due = change.undo_due_at if change.state in {"undo", "put_back"} else None
    if change.state in {"submitted", "awaiting"}:
        due = change.due_at
    if due and due < at:
        flags.append("Late")
    facts = [
        ("What", change.get_direction_display()),
        ("Asked by", change.asked_by),
        ("Asked", uk_date(change.asked_at)),
        ("Due", uk_date(due)),
        ("Open until", uk_date(change.until_date)),
        ("Because", change.get_undo_display() if change.undo else ""),
    ]
    return {
        "reference": change.reference,
        "state": change.get_state_display(),
        "state_kind": KINDS.get(change.state, "information"),
        "flags": flags,
        "facts": [{"label": label, "value": value} for label, value in facts if value],
    }


def asked_rows(change: ChangeRequest) -> list[Row]:
    """Return exactly what is asked for, its last day included, as rows of a summary."""
    first = uk_date(change.from_date)
    days = f"{first} until {uk_date(change.until_date)}" if change.until_date else "For good"
    came = change.incident_reference or change.failure_id or change.alert_id
    rows = [
        (change.get_direction_display(), "\n".join(map(words_of, live_targets(change)))),
        ("For", ", ".join(str(part) for part in live_parts(change))),
        ("Sites", ", ".join(change.sites) or "All"),
        ("How long", days),
        ("What for", change.get_reason_kind_display()),
        ("Why", change.reason),
        ("Purpose in teaching", change.purpose),
        ("Lesson or topic", change.lesson),
        ("Class", change.school_class),
        ("Watched over by", change.supervisor),
        ("Approved by the body", change.approving_body),
        ("How soon", change.get_urgency_display()),
        ("Came from", cause_of(change) if came else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def judged_rows(change: ChangeRequest) -> list[Row]:
    """Return the assessment and the decision, as rows of a summary."""
    rows = [
        ("Risk", change.get_risk_display() if change.risk else ""),
        ("Assessment", change.assessment),
        ("What else would do", change.alternatives),
        ("Assessed by", _signed(change.assessed_by, change.assessed_at)),
        ("Decision", change.decision_reason),
        ("Decided by", _signed(change.decided_by, change.decided_at)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _signed(person: object, at: datetime | None) -> str:
    return f"{person}, {uk_date(at)}" if person else ""


def next_step_of(request: SchoolRequest, change: ChangeRequest, *, at: datetime) -> Row:
    """Return the panel of the next step: the likely deed as a button, the others as links."""
    on = localdate(at)
    lifted = exception_on(change.school, on) is not None
    steps = steps_now(change, request.person, request.powers, lifted=lifted, on=on)
    deeds = [
        {"label": step.label, "url": page_url(request.school, step.page, change.reference)}
        for step in steps
    ]
    main = deeds.pop(0) if steps and steps[0].main else None
    lead = "" if main else waits_words(change, request.person, request.powers)
    return {"deed": main, "deeds": deeds, "lead": lead}


def own_part(request: SchoolRequest, change: ChangeRequest, part: str, *, at: datetime) -> str:
    """Return what to say beforehand to whoever had an earlier part in it, or nothing (FIL-06)."""
    why = conflict_of(change, part, request.person)
    if why and exception_on(change.school, localdate(at)):
        first = why.partition(",")[0]
        return f"{first}. The governors’ exception lets you go on, and the change is marked so."
    return why


def came_from(request: SchoolRequest, change: ChangeRequest) -> list[Row]:
    """Return links to what a change came from and to its requests for more time, as far as seen."""
    school, person, powers = request.school, request.person, request.powers
    found: list[tuple[str, str, Any]] = []
    if change.failure_id:
        failures = failures_visible_to(person, powers).filter(pk=change.failure_id)
        found += [("Report", "failure_detail", one) for one in failures.values_list("reference")]
    if change.alert_id:
        alerts = alerts_visible_to(person, powers).filter(pk=change.alert_id)
        found += [("Alert", "alert_detail", one) for one in alerts.values_list("pk")]
    seen = changes_visible_to(person, powers)
    if change.extends_id:
        original = seen.filter(pk=change.extends_id)
        found += [
            ("More time for filter change", "change_detail", one)
            for one in original.values_list("reference")
        ]
    longer = seen.filter(extends=change).values_list("reference")
    found += [("Request for more time", "change_detail", one) for one in longer]
    return [
        {"label": f"{words} {key}", "url": page_url(school, page, key)}
        for words, page, (key,) in found
    ]
