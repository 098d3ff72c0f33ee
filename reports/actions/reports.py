"""Write, submit, return, issue, send and revise reports (REP-01, REP-02, REP-05, R-OFS-1)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from audit.actions import record
from audit.queries import last_entry
from common.errors import Refusal, StepRefused
from common.pages import page_url
from common.sections import Period
from people.mail import notify
from people.models import Person, School
from reports.audiences import Audience
from reports.conditions.reports import (
    check_latest,
    check_no_report_yet,
    check_over,
    check_power,
    check_seen,
    check_span,
)
from reports.figures import seal_of
from reports.models import GovernorReport, ReportReading
from reports.queries.reports import count_figures
from reports.workflow import check_report_step, table_for
from roles.queries import holders_by_role, holders_of_power, person_may

READERS = ("chair", "os_gov", "governor", "clerk")


@transaction.atomic
def start_report(
    *,
    school: School,
    period: Period,
    audience: str = Audience.GOVERNORS,
    recipient: str = "",
    by: Person,
    at: datetime,
) -> GovernorReport:
    """Start the report on a term or on any days (REP-01, REP-02, REP-05).

    Refuses days that make no report, days that have one for the same readers, one to an outside
    body that is not named, and whoever may not write reports.
    """
    check_power(by, "write_report", at=at)
    check_span(period.start, period.end, at=at)
    check_no_report_yet(school, audience, period.start, period.end)
    outside = audience == Audience.AUTHORITY
    if outside and not recipient.strip():
        raise Refusal("Say who gets the report, such as the local authority.")
    told = {"audience": audience, "recipient": recipient.strip() if outside else ""}
    return _start(school, period, edition=1, **told, by=by, at=at)


@transaction.atomic
def revise_report(
    *, report: GovernorReport, reason: str, by: Person, at: datetime
) -> GovernorReport:
    """Start a new edition of an issued report, which stays as it is (REP-02, leap 10).

    It begins with the words of the old one and counts afresh. Refuses a report that was not
    issued or has a later edition, and no reason.
    """
    check_power(by, "write_report", at=at)
    if report.state != "issued":
        raise StepRefused("Only an issued report has a new edition; this one can still be changed.")
    if not reason.strip():
        raise Refusal("Say why there is a new edition. It stands in the report.")
    check_latest(report)
    period = Period(report.period_start, report.period_end, report.label)
    return _start(
        report.school,
        period,
        edition=report.edition + 1,
        audience=report.audience,
        recipient=report.recipient,
        reason=reason.strip(),
        lead_words=report.lead_words,
        head_words=report.head_words,
        by=by,
        at=at,
    )


def _start(
    school: School, period: Period, *, audience: str, by: Person, at: datetime, **values: object
) -> GovernorReport:
    try:
        with transaction.atomic():
            report = GovernorReport.objects.create(
                school=school,
                period_start=period.start,
                period_end=period.end,
                label=period.label[:60],
                audience=audience,
                started_by=by,
                started_at=at,
                **values,
            )
    except IntegrityError:  # somebody else started it at the same moment
        check_no_report_yet(school, audience, period.start, period.end)
        raise
    verb = "revise_report" if report.edition > 1 else "start_report"
    facts = {"start": str(period.start), "end": str(period.end), "edition": report.edition}
    facts |= {"audience": audience}
    record(verb, report, by=by, at=at, facts=facts)
    return report


@transaction.atomic
def comment_report(
    *,
    report: GovernorReport,
    version: int,
    lead_words: str,
    head_words: str | None = None,
    by: Person,
    at: datetime,
) -> GovernorReport:
    """Write what the lead says of the period, and the headteacher if it is they who write.

    Refuses the headteacher's words from anybody who may not issue the report.
    """
    report = _begin("comment_report", report, version, by=by, at=at)
    report.lead_words = lead_words.strip()
    if head_words is not None:
        _check_own_words(by, at)
        report.head_words = head_words.strip()
    return _finish("comment_report", report, "lead_words", "head_words", by=by, at=at)


@transaction.atomic
def submit_report(
    *, report: GovernorReport, version: int, by: Person, at: datetime
) -> GovernorReport:
    """Send a report to the headteacher; refuses one without the lead's words."""
    report = _begin("submit_report", report, version, by=by, at=at)
    _check_worded(report)
    report.submitted_by, report.submitted_at, report.returned_words = by, at, ""
    fields = ("submitted_by", "submitted_at", "returned_words")
    report = _finish("submit_report", report, *fields, by=by, at=at)
    heads = holders_of_power(report.school, "issue_report", on=localdate(at)).exclude(pk=by.pk)
    notify(heads, reason="report_to_issue", path=_path(report), at=at)
    return report


@transaction.atomic
def return_report(
    *, report: GovernorReport, version: int, words: str, by: Person, at: datetime
) -> GovernorReport:
    """Send a report back to whoever wrote it; refuses to do so without saying why."""
    report = _begin("return_report", report, version, by=by, at=at)
    if not words.strip():
        raise Refusal("Say what should be changed.")
    report.returned_words = words.strip()
    report = _finish("return_report", report, "returned_words", by=by, at=at)
    if report.submitted_by and report.submitted_by_id != by.pk:
        notify([report.submitted_by], reason="report_returned", path=_path(report), at=at)
    return report


@transaction.atomic
def issue_report(
    *, report: GovernorReport, version: int, head_words: str, by: Person, at: datetime
) -> GovernorReport:
    """Freeze the figures with their hash and the head of the trail, and tell the governors.

    Nothing of an issued report changes again; the database refuses it (REP-02, leap 10). Refuses
    days that are not nearly over. Pressed twice, the second time finds it issued and is refused.
    A report to an outside body is for the school to hand over: the governors are not told of it.
    """
    report = _begin("issue_report", report, version, by=by, at=at)
    report.head_words = head_words.strip()
    report = _freeze("issue_report", report, "head_words", by=by, at=at)
    if report.audience == Audience.GOVERNORS:
        held = holders_by_role(report.school, READERS, on=localdate(at))
        people = {person.pk: person for holders in held.values() for person in holders}
        people.pop(by.pk, None)
        notify(people.values(), reason="report_issued", path=_path(report), at=at)
    return report


@transaction.atomic
def send_report(
    *, report: GovernorReport, version: int, by: Person, at: datetime
) -> GovernorReport:
    """Freeze the lead's report and give it to the headteacher (REP-01).

    Their opening it is the receipt. A headteacher who is the lead reports to the deputy instead of
    to themselves. Refuses one without the lead's words, and days that are not nearly over.
    """
    report = _begin("send_report", report, version, by=by, at=at)
    _check_worded(report)
    report = _freeze("send_report", report, by=by, at=at)
    held = holders_by_role(report.school, ("head", "deputy"), on=localdate(at))
    told = [one for one in held["head"] if one.pk != by.pk]
    told = told or [one for one in held["deputy"] if one.pk != by.pk]
    notify(told, reason="report_sent", path=_path(report), at=at)
    return report


def _freeze(
    step: str, report: GovernorReport, *fields: str, by: Person, at: datetime
) -> GovernorReport:
    """Take the step that ends the writing: figures, hash and head of the trail stay as they are."""
    check_over(report, at=at)
    last = last_entry(report.school_id)
    report.figures = count_figures(report) | {
        "school": report.school.name,
        "issued_by": str(by),
    }
    report.trail_sequence = last.sequence if last else 0
    report.trail_hash = last.hash if last else ""
    report.issued_by, report.issued_at = by, at
    report.sha256 = seal_of(report)
    sealed = ("figures", "trail_sequence", "trail_hash", "issued_by", "issued_at", "sha256")
    return _finish(step, report, *fields, *sealed, by=by, at=at)


def _check_worded(report: GovernorReport) -> None:
    if not report.lead_words:
        raise Refusal("Say first what the figures mean: a report has no commentary yet.")


@transaction.atomic
def read_report(*, report: GovernorReport, by: Person, at: datetime) -> ReportReading:
    """Note that somebody opened an issued report for the first time; later ones write nothing."""
    if report.state != "issued":
        raise StepRefused("This report has not been issued.")
    reading, first = ReportReading.objects.get_or_create(
        report=report,
        person=by,
        defaults={"school_id": report.school_id, "read_at": at},
    )
    if first:
        record("read_report", report, by=by, at=at)
    return reading


def _check_own_words(by: Person, at: datetime) -> None:
    if not person_may(by, "issue_report", on=localdate(at)):
        raise StepRefused("Only the headteacher writes the headteacher’s words.")


def _begin(
    step: str, report: GovernorReport, version: int, *, by: Person, at: datetime
) -> GovernorReport:
    """Lock the report and refuse the step unless state, version and power allow it."""
    rows = GovernorReport.objects.select_for_update(of=("self",))
    locked = rows.select_related("school", "submitted_by").get(pk=report.pk)
    check_report_step(step, locked.audience, locked.state)
    check_seen(locked, version)
    check_power(by, table_for(locked.audience).step(step).needs, at=at)
    return locked


def _finish(
    step: str, report: GovernorReport, *fields: str, by: Person, at: datetime
) -> GovernorReport:
    """Move the report to the step's target, save the named fields and write the trail."""
    report.state = table_for(report.audience).step(step).target or report.state
    report.version += 1
    report.save(update_fields=["state", "version", *fields])
    facts = {"edition": report.edition, "state": report.state}
    record(
        step,
        report,
        by=by,
        at=at,
        facts=facts | ({"sha256": report.sha256} if report.sha256 else {}),
    )
    return report


def _path(report: GovernorReport) -> str:
    return page_url(report.school, "governor_report_detail", report.pk)
