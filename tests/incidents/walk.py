"""Walk incidents into every state by the real actions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from incidents import actions
from incidents.actions import Involved
from incidents.actions.deciding import Chosen, suggested_codes
from incidents.models import Incident
from incidents.vocabulary import Part
from people.models import Person
from policies.models import Infringement, RiskTheme, SanctionType
from policies.queries import ladder_on, suggestion_for
from tests.cast import NOW, Cast

LATER = timedelta(minutes=1)
CLOSING: dict[str, Any] = dict.fromkeys(
    ("summary", "follow_up", "action", "decision", "outcome", "lessons"), "Written down."
)


def report(
    cast: Cast,
    *alleged: str,
    by: str = "tom",
    about: str = "pupil",
    harmed: tuple[str, ...] = (),
    witness: tuple[str, ...] = (),
    at: datetime = NOW,
    **more: Any,
) -> Incident:
    """Report something that happened a quarter of an hour ago in school."""
    parts = ((Part.ALLEGED, alleged), (Part.HARMED, harmed), (Part.WITNESS, witness))
    told: dict[str, Any] = {
        "about": about,
        "description": "Rude words in the class chat.",
        "occurred_at": at - timedelta(minutes=15),
        "noticed_at": at - timedelta(minutes=10),
        "place": "school",
        "involved": [
            Involved(part=part, person=getattr(cast, name))
            for part, names in parts
            for name in names
        ],
    }
    beside = {"school": cast.school, "submission": uuid4()}
    beside |= {name: more.pop(name) for name in ("school", "submission", "files") if name in more}
    told |= more
    return actions.report_incident(told=actions.Told(**told), **beside, by=getattr(cast, by), at=at)


def now(incident: Incident) -> Incident:
    """Return the incident as it stands in the database."""
    return Incident.objects.select_related("school", "category").get(pk=incident.pk)


def act(
    deed: Callable, incident: Incident, /, *, by: Person, at: datetime = NOW, **more: Any
) -> Any:
    """Do a deed on the incident as it stands, at its present version."""
    standing = now(incident)
    return deed(incident=standing, version=standing.version, by=by, at=at, **more)


def row(cast: Cast, key: str, subject: str = "pupil", on: datetime = NOW) -> Infringement:
    """Return an infringement of the ladder in force."""
    ladder = ladder_on(cast.school, on.date())
    return Infringement.objects.select_related("category").get(
        version=ladder, key=key, subject=subject
    )


def theme(cast: Cast, key: str = "unsuitable_content", on: datetime = NOW) -> RiskTheme:
    """Return a theme of the ladder in force."""
    return RiskTheme.objects.get(version=ladder_on(cast.school, on.date()), key=key)


def sanction(cast: Cast, code: str) -> SanctionType:
    """Return a sanction of the ladder in force."""
    return SanctionType.objects.get(version=ladder_on(cast.school, NOW.date()), code=code)


def opened(cast: Cast, *alleged: str, opener: str = "dora", **more: Any) -> Incident:
    """Report and open."""
    incident = report(cast, *(alleged or ("pia",)), **more)
    return act(actions.open_incident, incident, by=getattr(cast, opener))


def classify(
    cast: Cast,
    incident: Incident,
    key: str = "PA1",
    *,
    by: str = "dora",
    themes: tuple[str, ...] = ("unsuitable_content",),
    subject: str = "pupil",
    **more: Any,
) -> Incident:
    """Classify by an infringement's key."""
    found = [theme(cast, name) for name in themes]
    said = {
        "infringement": row(cast, key, subject) if key else None,
        "themes": found,
        "main_theme": found[0] if found else None,
        "severity": "normal",
        "child_protection": False,
        "illegal_suspected": False,
        "imagery": "no",
    }
    return act(classify_as, incident, by=getattr(cast, by), **said | more)


def classify_as(*, incident: Incident, version: int, by: Person, at: datetime, **said: Any) -> Any:
    """Classify with what is said given one by one."""
    told = actions.Classification(**said)
    return actions.classify_incident(incident=incident, version=version, said=told, by=by, at=at)


def chosen_as_suggested(cast: Cast, incident: Incident) -> list[Chosen]:
    """Return the sanctions the ladder suggests, for everybody said to have done it."""
    category = now(incident).category
    codes = suggested_codes(suggestion_for(category)) if category else []
    return [
        Chosen(
            kind=sanction(cast, code),
            person=involved.person,
            start_date=NOW.date(),
            end_date=NOW.date() + timedelta(days=7),
        )
        for code in codes
        for involved in incident.involvements.filter(part=Part.ALLEGED)
        if involved.person
    ]


def decide(cast: Cast, incident: Incident, by: str = "dora", **more: Any) -> Any:
    """Decide as the ladder suggests."""
    said = {"reason": "It was the first time.", "chosen": chosen_as_suggested(cast, incident)}
    return act(actions.decide_incident, incident, by=getattr(cast, by), **said | more)


def ready_to_close(cast: Cast, incident: Incident, by: str = "dora") -> Incident:
    """Answer everything that stands between an incident under way and its closing."""
    person = getattr(cast, by)
    for pupil in Person.objects.filter(kind="pupil", involvements__incident=incident).distinct():
        tell_parents(cast, incident, pupil, by=by)
    make_referrals(incident, by=person)
    for task in incident.tasks.filter(state="open"):
        actions.answer_task(task=task, state="done", by=person, at=NOW)
    act(actions.give_feedback, incident, by=person, text="Thank you. It was dealt with.")
    return now(incident)


def make_referrals(incident: Incident, by: Person) -> None:
    """Make every referral that is still to be made."""
    for referral in incident.referrals.filter(made_at=None, excused_reason=""):
        actions.make_referral(
            referral=referral, version=now(incident).version, made_at=NOW, by=by, at=NOW
        )


def tell_parents(cast: Cast, incident: Incident, pupil: Person, by: str = "dora") -> Any:
    """Record that a pupil's parents were told by phone."""
    return act(
        actions.inform_parents,
        incident,
        by=getattr(cast, by),
        pupil=pupil,
        informed=True,
        informed_at=NOW,
        how="phone",
    )


def _investigating(cast: Cast, **more: Any) -> Incident:
    return classify(cast, opened(cast, **more))


def _referred(cast: Cast, **more: Any) -> Incident:
    incident = opened(cast, **more)
    return act(actions.suspect_illegality, incident, by=cast.dora, reason="Threats were made.")


def _confirming(cast: Cast, **more: Any) -> Incident:
    incident = classify(cast, opened(cast, **more), "PC1")
    decide(cast, incident)
    return now(incident)


def _actions(cast: Cast, **more: Any) -> Incident:
    incident = _investigating(cast, **more)
    decide(cast, incident)
    return now(incident)


def _closed(cast: Cast, **more: Any) -> Incident:
    incident = ready_to_close(cast, _actions(cast, **more))
    act(actions.close_incident, incident, by=cast.dora, **CLOSING)
    return now(incident)


def _out_of_scope(cast: Cast, **more: Any) -> Incident:
    incident = opened(cast, **more)
    return act(actions.mark_out_of_scope, incident, by=cast.dora, advice="Talk to the family.")


STATES: dict[str, Callable[..., Incident]] = {
    "reported": lambda cast, **more: report(cast, "pia", **more),
    "triage": opened,
    "investigating": _investigating,
    "referred": _referred,
    "confirming": _confirming,
    "actions": _actions,
    "closed": _closed,
    "out_of_scope": _out_of_scope,
}


def make(cast: Cast, state: str, **more: Any) -> Incident:
    """Return an incident about Pia, walked to a state."""
    incident = now(STATES[state](cast, **more))
    assert incident.state == state
    return incident


def upload(name: str = "notes.txt", content: bytes = b"What was said.") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)
