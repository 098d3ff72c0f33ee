"""Report that something unsuitable was seen, or that filtering does not work (workflows c.7)."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from audit.actions import record
from common.errors import Refusal
from common.pages import page_url
from filtering.asking.addresses import read_address
from filtering.lists_of_school import names_of
from filtering.log import write_entry
from filtering.models import FailureReport
from filtering.vocabulary import EntryKind, Exposed, ReportKind
from people.calendar import LONDON, SchoolCalendar
from people.mail import notify
from people.models import Person, School
from people.references import next_reference
from roles.queries import holders_by_role, holders_of_power, person_may

KIND_WORDS: dict[str, str] = {
    ReportKind.UNSUITABLE: "something unsuitable was seen",
    ReportKind.FAILURE: "the filter does not work",
    ReportKind.OVERBLOCKED: "something useful is blocked",
}
OVERBLOCKED = Q(kind=ReportKind.OVERBLOCKED)


@transaction.atomic
def report_failure(
    *,
    school: School,
    submission: UUID,
    kind: str,
    address: str,
    what: str,
    device: str = "",
    site: str = "",
    seen_at: datetime,
    exposed: str = Exposed.UNSURE,
    by: Person,
    at: datetime,
) -> FailureReport:
    """Take a report in and tell everybody on the route at once (FIL-11, FIL-24).

    The same ``submission`` sent twice gives the one report it made. A report of a site that
    another open report is about joins that one. Refuses an empty account, a time to come, a site
    that is not the school's, and anybody without the power to report. An address that cannot be
    read is kept as it was typed: no report is lost over a typing slip.
    """
    made = FailureReport.objects.filter(submission=submission, reported_by=by).first()
    if made:
        return made
    _check(school, what, site, seen_at, by, at)
    shown, domain = _address(address)
    reference = next_reference(school=school, series="failure", year=localtime(at).year)
    main = _open_report_of(school, kind, domain)
    try:
        with transaction.atomic():
            failure = FailureReport.objects.create(
                school=school,
                reference=reference,
                submission=submission,
                kind=kind,
                address=shown,
                domain=domain,
                what=what.strip()[:2_000],
                device=device.strip()[:120],
                site=site,
                seen_at=seen_at,
                exposed=_exposed(kind, exposed, by),
                urgent=kind != ReportKind.OVERBLOCKED,
                joined=main,
                reported_by=by,
                reported_at=at,
                due_at=_due_at(school, kind, at),
            )
    except IntegrityError as error:
        if "one_failure_per_submission" not in str(error):
            raise
        return _made_meanwhile(submission, by)
    _write_down(failure)
    if main:
        _join(main, failure)
    else:
        notify(
            _on_the_route(school, at),
            reason="filtering_failure",
            path=page_url(school, "failure_detail", failure.reference),
            at=at,
        )
    return failure


@transaction.atomic
def link_failure(
    *, failure: FailureReport, incident_reference: str, by: Person, at: datetime
) -> FailureReport:
    """Note which incident was opened because of a report (FIL-12); the caller opened it.

    Refuses a report that has its incident already, and whoever may not see reports.
    """
    if not person_may(by, "view_failures", on=localdate(at)):
        raise Refusal("Your role at this school does not allow this step.")
    failure = FailureReport.objects.select_for_update(of=("self",)).get(
        pk=failure.joined_id or failure.pk
    )
    if failure.incident_reference:
        raise Refusal(
            f"An incident was opened from this report already: {failure.incident_reference}."
        )
    failure.incident_reference = incident_reference
    failure.version += 1
    failure.save(update_fields=["incident_reference", "version"])
    write_entry(
        school=failure.school,
        kind=EntryKind.FAILURE,
        words=f"Report {failure}: an incident was opened.",
        failure=failure,
        target=failure.domain,
        cause=f"Incident {incident_reference}",
        by=by,
        at=at,
    )
    record("link_failure", failure, by=by, at=at, facts={"incident": incident_reference})
    return failure


def _check(
    school: School, what: str, site: str, seen_at: datetime, by: Person, at: datetime
) -> None:
    if not person_may(by, "report_failure", on=localdate(at)):
        raise Refusal("Your role at this school does not allow this step.")
    if not what.strip():
        raise Refusal("Say in a few words what happened.")
    if seen_at > at:
        raise Refusal("The date and time cannot be in the future.")
    if site and site not in names_of(school, "sites"):
        raise Refusal("Choose one of the school’s sites.")


def _address(text: str) -> tuple[str, str]:
    """Return an address as it is shown, and its domain; as typed and "" when it makes no sense."""
    if not text.strip():
        return "", ""
    try:
        read = read_address(text)
    except Refusal:
        return text.strip()[:500], ""
    return read.shown[:500], read.domain


def _exposed(kind: str, exposed: str, by: Person) -> str:
    """Return whether a pupil met something: what a pupil reports, a pupil has seen."""
    if kind == ReportKind.OVERBLOCKED:
        return Exposed.NO
    return Exposed.YES if by.kind == Person.Kind.PUPIL else exposed


def _due_at(school: School, kind: str, at: datetime) -> datetime:
    """Return by when somebody takes it on: minutes, or school days for what is only blocked."""
    if kind != ReportKind.OVERBLOCKED:
        return at + timedelta(minutes=school.setting("failure_minutes"))
    day = SchoolCalendar(school).add_school_days(localdate(at), school.setting("change_days"))
    return datetime.combine(day, time(16), LONDON)


def _open_report_of(school: School, kind: str, domain: str) -> FailureReport | None:
    """Return the open report about a site, locked; the counter keeps two from being the first."""
    if not domain:
        return None
    alike = OVERBLOCKED if kind == ReportKind.OVERBLOCKED else ~OVERBLOCKED
    rows = FailureReport.objects.select_for_update(of=("self",)).filter(
        alike, school=school, domain=domain, joined=None
    )
    return rows.exclude(state="closed").order_by("pk").first()


def _join(main: FailureReport, failure: FailureReport) -> None:
    """Let the open report say the worst that anybody reported of pupils."""
    worst = [Exposed.NO, Exposed.UNSURE, Exposed.YES]
    if worst.index(Exposed(failure.exposed)) > worst.index(Exposed(main.exposed)):
        main.exposed = failure.exposed
        main.save(update_fields=["exposed"])


def _write_down(failure: FailureReport) -> None:
    joined = f" It joins report {failure.joined}." if failure.joined else ""
    write_entry(
        school=failure.school,
        kind=EntryKind.FAILURE,
        words=f"Report {failure}: {KIND_WORDS[failure.kind]}.{joined}",
        text=failure.what,
        target=failure.domain,
        failure=failure.joined or failure,
        cause=f"Report {failure}",
        by=failure.reported_by,
        at=failure.reported_at,
    )
    facts = {"kind": failure.kind, "joined": str(failure.joined or "")}
    record("report_failure", failure, by=failure.reported_by, at=failure.reported_at, facts=facts)


def _on_the_route(school: School, at: datetime) -> list[Person]:
    """Return everybody who is told at once, each once (FIL-11).

    Where nobody holds a role of the route, whoever mends is told, so that no report lies unseen.
    """
    day = localdate(at)
    holders = holders_by_role(school, school.setting("failure_route"), on=day)
    found = list(dict.fromkeys(person for people in holders.values() for person in people))
    return found or list(holders_of_power(school, "handle_failures", on=day))


def _made_meanwhile(submission: UUID, by: Person) -> FailureReport:
    """Return what the same form, sent a moment earlier, made; refuses somebody else's form."""
    made = FailureReport.objects.filter(submission=submission, reported_by=by).first()
    if made is None:
        raise Refusal("This form was used already. Open a new one and send it from there.")
    return made
