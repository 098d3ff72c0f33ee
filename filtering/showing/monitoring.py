"""What the page of a weekly monitoring report is made of: figures, story, next step."""

from datetime import datetime
from typing import Any

from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import TrailLink, what_followed
from filtering.models import MonitoringReport
from filtering.queries.measures import week_figures


def figures_of(report: MonitoringReport, *, at: datetime) -> dict[str, Any]:
    """Return the figures of a week: those frozen at signing, or counted afresh until then."""
    if report.signed_at:
        return dict(report.figures)
    return week_figures(report.school, report.week_start, at=at)


def numbers_of(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of a week with their words, the most telling first."""
    minutes = figures["minutes_to_open"]
    told = (
        (figures["alerts"], "alerts", ""),
        (figures["unopened"], "alerts not opened", ""),
        (figures["raised"], "alerts that became an incident", ""),
        ("–" if minutes is None else minutes, "minutes until opened", "half of them sooner"),
        (figures["failures_reported"], "reports about filtering", ""),
        (figures["failures_mended"], "of such reports mended", "this week, whenever reported"),
        (figures["changes_asked"], "filter changes asked for", ""),
        (figures["changes_made"], "filter changes made", ""),
        (figures["changes_refused"], "filter changes refused", ""),
        (figures["blocked_at_once"], "blocked at once", "before approval"),
    )
    return [{"number": number, "label": label, "note": note} for number, label, note in told]


def story_of(report: MonitoringReport) -> list[dict[str, Any]]:
    """Return what was done about a report in the order it was done, as a timeline draws it."""
    told = [
        ("IT looked through the logs", report.noted_by, report.noted_at, report.technical_note),
        ("Signed off", report.signed_by, report.signed_at, ""),
        ("The headteacher took note", report.seen_by, report.seen_at, ""),
    ]
    told += [
        ("A breach found" if one.breach else "Found", one.found_by, one.found_at, one.text)
        for one in report.findings.all()
    ]
    entries = [
        {"title": title, "by": by, "at": at, "words": words} for title, by, at, words in told if at
    ]
    return sorted(entries, key=lambda entry: entry["at"])


def followed_by(request: SchoolRequest, report: MonitoringReport) -> dict[int, list[TrailLink]]:
    """Return the incidents raised from findings, by finding, for those who may see them."""
    raised = [one for one in report.findings.all() if one.incident_reference]
    return {one.pk: what_followed(request, one) for one in raised}


def next_for(request: SchoolRequest, report: MonitoringReport) -> dict[str, Any]:
    """Return the next step of a report for the person: the likely deed, and the others."""
    if report.signed_at:
        return {"lead": "", "deed": None, "deeds": []}
    pages = [
        ("monitoring_sign", "Sign off this week", "sign_monitoring"),
        ("monitoring_note", "Write what the logs showed", "note_monitoring"),
    ]
    offered = [
        {"label": label, "url": page_url(request.school, page, report.pk)}
        for page, label, power in pages
        if request.may(power) and not (power == "sign_monitoring" and _own(request, report))
    ]
    finding = [
        {
            "label": "Add a finding",
            "url": page_url(request.school, "monitoring_finding", report.pk),
        }
    ]
    may_find = request.may("note_monitoring") or request.may("sign_monitoring")
    lead = "IT has looked through the logs." if report.noted_at else "IT has still to look."
    return {
        "lead": lead,
        "deed": offered[0] if offered else None,
        "deeds": [*offered[1:], *(finding if may_find else [])],
    }


def _own(request: SchoolRequest, report: MonitoringReport) -> bool:
    """Return whether the person wrote the technical note, and so does not sign."""
    return bool(report.noted_by_id == request.person.pk)
