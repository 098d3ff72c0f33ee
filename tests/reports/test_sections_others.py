"""Figures of agreements, consents, policy and duties are equal to ones counted slowly (REP-06)."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from agreements.models import (
    Consent,
    ConsentPurpose,
    Countersignature,
    Obligation,
    Signature,
    SignatureEnd,
)
from agreements.sections import sections as agreement_sections
from agreements.shown import keep_shown, shown_to
from common.sections import Period, Section
from people.calendar import LONDON
from policies.actions import load_policy, put_in_force
from policies.sections import NONE
from policies.sections import sections as policy_sections
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties
from reminders.sections import sections as duty_sections
from tests.agreements.family import set_up
from tests.agreements.walk import asked
from tests.cast import NOW, Cast, make_person

DAY = timedelta(days=1)
FIRST = datetime(2026, 8, 20, tzinfo=LONDON)
PERIODS = [
    Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn"),
    Period(date(2026, 9, 1), date(2026, 9, 20), "Three weeks"),
    Period(date(2026, 10, 25), date(2026, 10, 25), "The night the clocks change"),
    Period(date(2026, 1, 1), date(2026, 3, 1), "Before anything"),
]
STATES = (
    *("due", "countersign", "active", "covered", "familiarised", "exempt"),
    *("declined", "withdrawn", "superseded", "ended"),
)


def moment(random: Random) -> datetime:
    return FIRST + timedelta(minutes=random.randrange(60 * 24 * 130))


def shown(sections: list[Section]) -> dict:
    """Return every figure with what it rests on."""
    return {
        (section.code, table.code, row.key): (row.value, row.base, row.part)
        for section in sections
        for table in section.tables
        for row in table.rows
    }


def whole(counts: dict[str, int]) -> dict[str, int]:
    return counts | {"total": sum(counts.values())}


def figures(counts: dict[tuple[str, str], dict[str, Any]]) -> dict:
    """Return counts in the shape of ``shown``."""
    return {
        (*place, key): value if isinstance(value, tuple) else (value, None, None)
        for place, values in counts.items()
        for key, value in values.items()
    }


def scatter_signing(cast: Cast, random: Random) -> None:
    """Ask everybody, and let what became of it be of every sort."""
    for number in range(12):
        make_person(cast.school, f"Staff {number}", "Scatter", "staff", "teacher")
    asked(cast, "staff", "pupil_ks2", "parent", "governor", at=NOW)
    for row in Obligation.objects.select_related("version__agreement"):
        issued = moment(random)
        Obligation.objects.filter(pk=row.pk).update(
            issued_at=issued,
            state=random.choice(STATES),
            changed_at=issued + DAY * random.randrange(60),
            reason="Said so.",
            decided_by=cast.hana,
        )
        for _ in range(random.choice((0, 1, 1, 2))):
            scatter_signature(cast, row, random)


def scatter_signature(cast: Cast, row: Obligation, random: Random) -> None:
    at = moment(random)
    signature = Signature.objects.create(
        school=cast.school,
        reference=f"S-{random.getrandbits(40)}",
        obligation=row,
        version=row.version,
        shown=keep_shown(shown_to(row.version, "en"), school_id=cast.school.pk, at=at),
        language="en",
        asks="sign",
        statement="I agree.",
        signer=row.signer,
        typed_name="Scatter",
        capacity="self",
        method="account",
        assurance="password",
        issued_at=at,
        opened_at=at,
        signed_at=at,
        seal_version=1,
        seal=UUID(int=random.getrandbits(128)).hex,
    )
    if random.random() < 0.3:
        SignatureEnd.objects.create(
            school=cast.school, signature=signature, reason="No.", by=row.signer, at=moment(random)
        )
    if random.random() < 0.3:
        Countersignature.objects.create(
            school=cast.school, signature=signature, by=cast.hana, at=moment(random)
        )


def standing_of(row: Obligation, end: datetime) -> str:
    """Return what somebody asked had done by a moment; nothing when they were not asked then."""
    if row.issued_at >= end or (row.state in ("superseded", "ended") and row.changed_at < end):
        return ""
    if row.changed_at < end:
        done = row.state in ("active", "covered", "familiarised", "exempt")
        declined = row.state in ("declined", "withdrawn")
        return "done" if done else "declined" if declined else "waiting"
    signatures = [one for one in row.signatures.all() if one.signed_at < end]
    for one in signatures:
        ended = hasattr(one, "end") and one.end.at < end
        waits = hasattr(one, "countersignature") and one.countersignature.at >= end
        if not ended and not waits:
            return "done"
    return "done" if row.state == "superseded" and not signatures else "waiting"


def slow_signing(period: Period) -> dict:
    """Return the figures of agreements, counted one by one."""
    end = datetime.combine(period.end + DAY, datetime.min.time(), LONDON)
    rows = Obligation.objects.select_related("agreement").prefetch_related("signatures")
    found = [(row.agreement.audience, standing_of(row, end)) for row in rows]
    found = [pair for pair in found if pair[1]]
    asked_for = Counter(audience for audience, _ in found)
    by = {
        kind: Counter(audience for audience, standing in found if standing == kind)
        for kind in ("done", "waiting", "declined")
    }
    signatures = Counter(
        one.version.agreement.audience
        for one in Signature.objects.select_related("version__agreement")
        if period.start <= one.signed_at.astimezone(LONDON).date() <= period.end
    )
    return {
        ("agreements", "coverage"): {
            audience: (by["done"][audience] * 100 // count, count, by["done"][audience])
            for audience, count in asked_for.items()
        },
        ("agreements", "standing"): whole({kind: by[kind].total() for kind in by}),
        ("agreements", "asked"): whole(dict(asked_for)),
        ("agreements", "waiting"): whole({one: by["waiting"][one] for one in asked_for}),
        ("agreements", "declined"): whole({one: by["declined"][one] for one in asked_for}),
        ("agreements", "signatures"): whole(dict(signatures)),
    }


def scatter_consents(cast: Cast, random: Random) -> None:
    """Let Paul answer for both children, again and again."""
    set_up(cast)
    for purpose in ConsentPurpose.objects.filter(individual=False, active=True):
        for pupil in (cast.pia, cast.quin):
            for last in random.choice(((), (True,), (False, True), (False,))):
                at = moment(random)
                Consent.objects.create(
                    school=cast.school,
                    pupil=pupil,
                    purpose=purpose,
                    answer=random.choice(("yes", "yes", "no", "withdrawn")),
                    given_by=cast.paul,
                    capacity="parent",
                    method="paper",
                    given_at=at,
                    recorded_at=at + DAY * random.randrange(9),
                    end_date=random.choice((None, date(2026, 10, 1))),
                    superseded_at=None if last else at,
                )


def slow_consents(cast: Cast, period: Period) -> dict:
    """Return the figures of consents, counted one by one."""
    rows = list(Consent.objects.select_related("purpose"))
    given = Counter(
        one.answer
        for one in rows
        if period.start <= one.recorded_at.astimezone(LONDON).date() <= period.end
    )
    yes = Counter(
        one.purpose.code
        for one in rows
        if one.superseded_at is None
        and one.answer == "yes"
        and (one.end_date is None or one.end_date >= period.end)
    )
    asked_for = ConsentPurpose.objects.filter(individual=False, active=True)
    return {
        ("consents", "answers"): whole({code: given[code] for code in ("yes", "no", "withdrawn")}),
        ("consents", "agreed"): {
            one.code: (50 * yes[one.code], 2, yes[one.code]) for one in asked_for
        },
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_of_agreements_is_what_a_slow_count_finds(cast, seed):
    random = Random(seed)  # noqa: S311  no secrets
    scatter_signing(cast, random)
    scatter_consents(cast, random)
    for period in PERIODS:
        expected = figures(slow_signing(period) | slow_consents(cast, period))
        assert shown(agreement_sections(cast.school, period)) == expected, period.label


def scatter_duties(cast: Cast, random: Random) -> list[DutyOccurrence]:
    """Write what became of some duties in many periods."""
    ends = ("open", "met", "met", "met", "partly", "not_met", "missed", "withdrawn")
    rows = []
    for duty in [*list(recurring_duties())[:5], "one_that_is_gone"]:
        for number in range(14):
            due = moment(random).date()
            state = random.choice(ends)
            done = datetime.combine(due, datetime.min.time(), LONDON) + timedelta(
                minutes=random.choice((-600, 0, 60 * 24 - 1, 60 * 24, 9000))
            )
            rows.append(
                DutyOccurrence(
                    school=cast.school,
                    duty=duty,
                    period=f"week-{number}",
                    starts_date=due - DAY,
                    due_date=due,
                    state=state,
                    opened_at=done - DAY * 9,
                    done_at=done if state in ("met", "partly", "not_met") else None,
                )
            )
    return DutyOccurrence.objects.bulk_create(rows)


def fate_of(row: DutyOccurrence) -> str:
    if row.state != "met":
        return row.state
    return "in_time" if row.done_at.astimezone(LONDON).date() <= row.due_date else "late"


def test_every_figure_of_duties_is_what_a_slow_count_finds(cast):
    made = scatter_duties(cast, Random(3))  # noqa: S311  no secrets
    for period in PERIODS:
        rows = [
            (row.duty, fate_of(row))
            for row in made
            if period.start <= row.due_date <= period.end and row.state != "withdrawn"
        ]
        fates = Counter(fate for _, fate in rows)
        kinds = ("in_time", "late", "partly", "not_met", "missed", "open")
        short = ("late", "partly", "not_met", "missed")
        duties = {duty for duty, _ in rows}
        expected = {
            ("duties", "outcome"): whole({kind: fates[kind] for kind in kinds}),
            ("duties", "in_time"): {one: rows.count((one, "in_time")) for one in duties},
            ("duties", "fell_short"): {
                one: sum(rows.count((one, kind)) for kind in short) for one in duties
            },
        }
        assert shown(duty_sections(cast.school, period)) == figures(expected), period.label


def test_the_policy_in_force_at_the_end_is_told_with_what_is_new(cast, ladder):
    flat = load_policy(school=cast.school, data_name="secondary_flat", by=cast.hana, at=NOW)
    put_in_force(
        school=cast.school,
        version=flat,
        from_date=date(2026, 12, 18),
        by=cast.hana,
        at=NOW,
        reason="A new ladder.",
    )
    [section] = policy_sections(cast.school, PERIODS[0])
    assert section.lead == f"In force at the end: “{flat}”, since Fri 18 Dec 2026."
    assert [row.value for row in section.tables[0].rows] == [flat.number, 2, 1]
    [section] = policy_sections(cast.school, PERIODS[3])
    assert section.lead == NONE
    assert [row.value for row in section.tables[0].rows] == [None, 0, 0]
