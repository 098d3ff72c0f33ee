"""Say what kind of incident it is, by the ladder in force when it happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from common.errors import Refusal
from common.pages import page_url
from incidents.actions.handling import suspect_illegality
from incidents.models import Incident, IncidentTheme
from incidents.naming import name_person
from incidents.routing import holders
from incidents.steps import begin, finish
from incidents.vocabulary import EventKind, Severity, SubjectKind, YesNoUnsure
from people.mail import notify
from people.models import Person
from policies.models import Infringement, RiskTheme, SanctionCategory
from policies.queries import ladder_on, steps_for
from policies.vocabulary import StepKind, Subject
from roles.queries import current_holders

FIELDS = (
    "category",
    "infringement",
    "severity",
    "subject_kind",
    "areas",
    "serious_harm",
    "child_protection",
    "imagery",
    "link_to_school",
    "external_reference",
    "classified_at",
    "classified_by",
    "handler",
)


@dataclass(frozen=True)
class Classification:
    """What somebody says an incident is, by the rows of the ladder in force when it happened.

    ``category`` only where it is another than that of the infringement.
    """

    infringement: Infringement | None
    themes: Sequence[RiskTheme]
    main_theme: RiskTheme | None
    severity: str
    child_protection: bool
    illegal_suspected: bool
    imagery: str
    link_to_school: str = ""
    external_reference: str = ""
    hand_to_first_referral: bool = False
    category: SanctionCategory | None = None

    @property
    def judged(self) -> SanctionCategory | None:
        """Return the category: the one that was given, else the infringement's."""
        return self.category or (self.infringement.category if self.infringement else None)


@transaction.atomic
def classify_incident(
    *, incident: Incident, version: int, said: Classification, by: Person, at: datetime
) -> Incident:
    """Classify an incident; may be repeated until the decision (INC-13, INC-14, c.1).

    The category follows from the infringement unless another of the same ladder is given (the
    repeat rule suggests, people choose). Refuses rows of a ladder that was not in force when it
    happened, off-site conduct without its link to the school (INC-11), taking back the flag for
    serious harm without being a lead (ROL-12), and no theme at all (R-KCSIE-3).
    """
    incident = begin("classify_incident", incident=incident, version=version, by=by, at=at)
    main = _checked(incident, said)
    _set_themes(incident, said.themes, main, at)
    _judge(incident, said)
    incident.classified_at, incident.classified_by = at, by
    given_to = _first_referral(incident, at) if said.hand_to_first_referral else None
    if given_to:
        incident.handler = given_to
    facts = {
        "category": incident.category.code if incident.category else "",
        "infringement": said.infringement.key if said.infringement else "",
        "severity": incident.severity,
    }
    words = _words(incident, said.themes)
    finish(
        "classify_incident",
        incident,
        kind=EventKind.CLASSIFIED,
        text=words,
        facts=facts,
        fields=FIELDS,
        by=by,
        at=at,
    )
    _tell(incident, given_to, by, at)
    if said.illegal_suspected or any(theme.illegal for theme in said.themes):
        return _refer_at_once(incident, by, at)
    return incident


def _checked(incident: Incident, said: Classification) -> RiskTheme:
    """Return the main theme; refuses what does not go together, or with the incident."""
    ladder = ladder_on(incident.school, localdate(incident.occurred_at))
    rows = [row for row in (said.infringement, said.judged, *said.themes) if row]
    if any(ladder is None or row.version_id != ladder.pk for row in rows):
        raise Refusal("Choose from the policy that was in force when it happened.")
    if said.main_theme is None or said.main_theme not in said.themes:
        raise Refusal("Choose at least one theme, and say which is the main one.")
    if incident.place != "school" and not said.link_to_school.strip():
        raise Refusal(
            "It did not happen in school: say what links it to the school, or close it as "
            "outside scope."
        )
    _check_flags(incident, said.imagery)
    return said.main_theme


def _judge(incident: Incident, said: Classification) -> None:
    """Write what was said into the incident; serious harm only ever makes it graver."""
    incident.category, incident.infringement = said.judged, said.infringement
    incident.subject_kind = _subject_of(said.judged) or incident.subject_kind
    incident.areas = sorted({theme.area for theme in said.themes})
    harm = any(theme.serious_harm for theme in said.themes)
    incident.serious_harm = incident.serious_harm or harm
    incident.child_protection = said.child_protection
    pictures = any(theme.indecent_imagery for theme in said.themes)
    incident.imagery = YesNoUnsure.YES if pictures else said.imagery
    grave = incident.serious_harm and said.severity in (Severity.LOW, Severity.NORMAL)
    incident.severity = Severity.HIGH if grave else said.severity
    incident.link_to_school = said.link_to_school
    incident.external_reference = said.external_reference


def _check_flags(incident: Incident, imagery: str) -> None:
    if incident.evidence.exists() and imagery != YesNoUnsure.NO:
        raise Refusal(
            "Files are attached to this incident. If one of them may show an indecent image of a "
            "child, do not open it: refer the incident as illegal and call the police."
        )


def _refer_at_once(incident: Incident, by: Person, at: datetime) -> Incident:
    if incident.illegal_suspected:
        return incident
    return suspect_illegality(
        incident=incident,
        version=incident.version,
        reason="Flagged when the incident was classified.",
        by=by,
        at=at,
    )


def _set_themes(
    incident: Incident, themes: Sequence[RiskTheme], main: RiskTheme, at: datetime
) -> None:
    incident.themes.filter(dropped_at=None).update(dropped_at=at)
    IncidentTheme.objects.bulk_create(
        IncidentTheme(
            school_id=incident.school_id,
            incident=incident,
            theme=theme,
            main=theme == main,
            given_at=at,
        )
        for theme in themes
    )


def _subject_of(category: SanctionCategory | None) -> str:
    if category is None:
        return ""
    return SubjectKind.STAFF if category.subject == Subject.STAFF else SubjectKind.PUPIL


def _first_referral(incident: Incident, at: datetime) -> Person | None:
    """Return who takes it first under its category, or None when the ladder names nobody free."""
    if incident.category is None:
        return None
    for step in steps_for(incident.category, StepKind.REFER_FIRST):
        for person in holders(incident, step.role_code, on=localdate(at)):
            name_person(incident, person)
            return person
    return None


def _tell(incident: Incident, given_to: Person | None, by: Person, at: datetime) -> None:
    told = {given_to} if given_to and given_to.pk != by.pk else set()
    if (incident.serious_harm or incident.child_protection) and not incident.restriction:
        told.update(current_holders(incident.school, "dsl", on=localdate(at))[:1])
    told.discard(by)
    queue = page_url(incident.school, "incident_queue")
    notify(sorted(told, key=lambda p: p.pk), reason="classified", path=queue, at=at)


def _words(incident: Incident, themes: Sequence[RiskTheme]) -> str:
    parts = [f"{incident.category or 'No category'}."]
    if incident.infringement:
        parts.append(f"{incident.infringement.label}.")
    parts.append("Themes: " + "; ".join(theme.label for theme in themes) + ".")
    parts.append(f"{incident.get_severity_display()} priority.")
    if incident.handler:
        parts.append(f"With {incident.handler}.")
    return " ".join(parts)
