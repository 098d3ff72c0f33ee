"""Agreements and consents in a report on a span of days (REP-06, CON-14)."""

from collections import Counter
from collections.abc import Mapping

from agreements.queries.consent_lists import coverage_of_consents
from agreements.queries.consents import asked_now
from agreements.queries.figures import answers_of, consents_given, signatures_given
from agreements.vocabulary import Answer, Audience
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

LEAD = (
    "Everybody who has to sign or acknowledge a paper counts once for each paper, a parent once "
    "for each child, as they stood at the end of the period."
)
LEAD_CONSENTS = (
    "Answers count in the period in which they were written down. How many pupils have a yes is "
    "told as it was when the figures were counted."
)
STANDINGS = {
    "done": "Done, or let off with a reason",
    "waiting": "Still to answer",
    "declined": "Declined or withdrawn",
}


def sections(school: School, period: Period) -> list[Section]:
    """Return how far agreements and consents are answered. Seven queries at most."""
    return [
        Section("agreements", "Agreements people sign", 40, LEAD, _agreements(school, period)),
        Section("consents", "Consents for pupils", 41, LEAD_CONSENTS, _consents(school, period)),
    ]


def coverage_of(school: School, period: Period) -> Table:
    """Return how many in a hundred had answered by the end of a period, by audience. One query."""
    asked, standing = _counted(school, period)
    return _coverage(asked, standing["done"], page_url(school, "coverage_detail"))


def _counted(school: School, period: Period) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Return how many were asked by audience, and how many of them stand how."""
    asked: Counter[str] = Counter()
    standing: dict[str, Counter[str]] = {code: Counter() for code in STANDINGS}
    for one in answers_of(school, period):
        asked[one.audience] += one.count
        standing[one.standing][one.audience] += one.count
    return asked, standing


def _agreements(school: School, period: Period) -> tuple[Table, ...]:
    asked, standing = _counted(school, period)
    return (
        _coverage(asked, standing["done"], page_url(school, "coverage_detail")),
        _standing(standing, asked, page_url(school, "obligation_list")),
        _by_audience("asked", "How many were asked", asked),
        _by_audience("waiting", "How many had still to answer", standing["waiting"], among=asked),
        _by_audience(
            "declined", "How many declined or withdrew", standing["declined"], among=asked
        ),
        _by_audience(
            "signatures",
            "How many signatures were given in the period",
            signatures_given(school, period),
        ),
    )


def _coverage(asked: Mapping[str, int], done: Mapping[str, int], url: str) -> Table:
    rows = (
        Row(
            audience,
            label,
            done[audience] * 100 // asked[audience],  # rounded down, so that 100 means all
            base=asked[audience],
            part=done[audience],
            url=url,
            power="view_coverage_totals",
        )
        for audience, label in Audience.choices
        if asked[audience]
    )
    return Table(
        "coverage",
        "How many in a hundred had answered",
        "Who is asked",
        tuple(rows),
        unit="percent",
        chart=True,
    )


def _standing(standing: Mapping[str, Counter[str]], asked: Counter[str], url: str) -> Table:
    listed = {"waiting": f"{url}?show=waiting", "declined": f"{url}?state=declined"}
    rows = (
        Row(code, label, standing[code].total(), url=listed.get(code, ""), power="view_coverage")
        for code, label in STANDINGS.items()
    )
    total = Row("total", "All who were asked", asked.total())
    return Table(
        "standing",
        "What those who were asked had done by the end of the period",
        "Answer",
        (*rows, total),
        adds_up=True,
    )


def _by_audience(
    code: str, title: str, counts: Counter[str], *, among: Mapping[str, int] | None = None
) -> Table:
    """Return a row for each audience that occurs, or that is ``among`` those asked."""
    rows = (
        Row(audience, label, counts[audience])
        for audience, label in Audience.choices
        if (counts if among is None else among)[audience]
    )
    total = Row("total", "All together", counts.total())
    return Table(code, title, "Who is asked", (*rows, total), adds_up=True)


def _consents(school: School, period: Period) -> tuple[Table, ...]:
    given = consents_given(school, period)
    answers = tuple(Row(code, label, given[code]) for code, label in Answer.choices)
    coverage = coverage_of_consents(school, on=period.end)
    url = page_url(school, "consent_coverage")
    shares = (
        Row(
            purpose.code,
            tally.label,
            tally.percentages[0] if coverage.pupils else None,
            base=coverage.pupils,
            part=tally.counts["given"],
            url=url,
            power="view_consents",
        )
        for purpose, tally in zip(asked_now(school), coverage.purposes, strict=True)
    )
    return (
        Table(
            "answers",
            "Which answers were written down in the period",
            "Answer",
            (*answers, Row("total", "All answers", given.total())),
            adds_up=True,
        ),
        Table(
            "agreed",
            "For how many pupils in a hundred there is a yes",
            "Asked for",
            tuple(shares),
            unit="percent",
        ),
    )
