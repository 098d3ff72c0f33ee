"""The figures: the same as a plain count in Python, and small ones kept from governors (R-FM-8)."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.queries import trail
from filtering.queries.measures import (
    GRANTED,
    UNDECIDED,
    RuleCount,
    alert_figures,
    change_figures,
    failure_figures,
    opening_times,
    requests_by_month,
    rule_counts,
    week_figures,
)
from filtering.queries.periods import Period, last_term_at, school_year_on, term_at
from filtering.showing.measures import (
    HIDDEN,
    as_rows,
    grouped,
    in_words,
    measures_of,
    per_hundred,
    to_hide,
)
from people.actions.settings import change_setting
from tests.cast import NOW
from tests.filtering import made_up, walk_alerts
from tests.filtering.made_up import count, dice_of, inside, middle

FORTNIGHT = Period("", date(2026, 9, 4), date(2026, 9, 14))
SEEDS = (1, 2, 3)
EXACT = {"view_measures", "view_alerts"}


def close(found: timedelta | None, expected: timedelta | None) -> bool:
    """Return whether two lengths are the same but for a rounded microsecond."""
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) < timedelta(milliseconds=1)


def counts(row) -> bool:
    """Return whether an alert counts: no drill, and none about the headteacher (INC-09)."""
    return not row.drill and row.about != "head"


@pytest.mark.parametrize("seed", SEEDS)
def test_alert_figures_are_those_of_a_plain_count(cast, seed):
    dice = dice_of(seed)
    made = made_up.make_alerts(cast, dice, dice.randrange(60))
    rows = [row for row in made if counts(row) and inside(row.received_at, FORTNIGHT)]
    opened = [row for row in rows if row.opened_at]
    figures = alert_figures(cast.school, FORTNIGHT)
    to_open = figures.pop("to_open")

    assert figures == {
        "total": len(rows),
        **{f"severity_{code}": count(rows, severity=code) for code in (1, 2, 3)},
        **{f"verdict_{v}": count(rows, verdict=v) for v in ("true", "false", "unclear")},
        "unjudged": count(rows, verdict=""),
        "unopened": count(rows, state="received"),
        "raised": count(rows, state="raised"),
    }
    assert close(to_open, middle([row.opened_at - row.received_at for row in opened]))


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_and_times_are_those_of_a_plain_count(cast, seed):
    dice = dice_of(seed)
    made = made_up.make_alerts(cast, dice, dice.randrange(60))
    rows = [row for row in made if counts(row) and inside(row.received_at, FORTNIGHT)]
    rules = {
        one.rule: (one.total, one.true, one.false, one.unclear)
        for one in rule_counts(cast.school, FORTNIGHT)
    }

    assert rules == {
        rule: (
            count(rows, rule=rule),
            *(count(rows, rule=rule, verdict=v) for v in ("true", "false", "unclear")),
        )
        for rule in {row.rule for row in rows}
    }
    for one in opening_times(cast.school, FORTNIGHT, at=NOW):
        of_it = [row for row in rows if row.severity == one.severity]
        opened = [row for row in of_it if row.opened_at]
        in_time = sum(row.opened_at <= row.due_at for row in opened)
        late = (
            len(opened)
            - in_time
            + sum(row.state == "received" and row.due_at < NOW for row in of_it)
        )
        assert (one.total, one.in_time, one.late) == (len(of_it), in_time, late)
        assert close(one.median, middle([row.opened_at - row.received_at for row in opened]))


@pytest.mark.parametrize("seed", SEEDS)
def test_change_figures_are_those_of_a_plain_count(cast, seed):
    dice = dice_of(seed)
    made = made_up.make_changes(cast, dice, dice.randrange(60))
    period = Period("", date(2026, 7, 20), date(2026, 9, 10))
    asked = [row for row in made if inside(row.asked_at, period)]
    allow = [row for row in asked if row.direction == "allow"]
    decided = [row for row in allow if row.state in (*GRANTED, "rejected")]
    over = [row for row in made if row.until_date and inside(row.undo_due_at, period)]
    in_time = [row for row in over if row.put_back_at and row.put_back_at <= row.undo_due_at]
    late = [
        row
        for row in over
        if (row.put_back_at and row.put_back_at > row.undo_due_at)
        or (not row.put_back_at and row.undo_due_at < NOW)
    ]
    figures = change_figures(cast.school, period, at=NOW)
    to_decide = figures.pop("to_decide")

    assert figures == {
        "asked": len(asked),
        "made": count(made, lambda row: inside(row.made_at, period)),
        "refused": count(made, lambda row: inside(row.decided_at, period), state="rejected"),
        "blocked_at_once": 0,
        "under_exception": count(asked, under_exception=True),
        "allow_asked": len(allow),
        "allow_granted": count(allow, lambda row: row.state in GRANTED),
        "allow_refused": count(allow, state="rejected"),
        "allow_open": count(allow, lambda row: row.state in UNDECIDED),
        "ended_in_time": len(in_time),
        "ended_late": len(late),
    }
    assert close(to_decide, middle([row.decided_at - row.asked_at for row in decided]))
    assert requests_by_month(cast.school, period) == [
        (first, *(count(asked, _in_month(first), direction=d) for d in ("allow", "block")))
        for first in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    ]


def _in_month(first: date):
    return lambda row: (row.asked_at.year, row.asked_at.month) == (first.year, first.month)


@pytest.mark.parametrize("seed", SEEDS)
def test_failure_figures_are_those_of_a_plain_count(cast, seed):
    dice = dice_of(seed)
    made = made_up.make_failures(cast, dice, dice.randrange(40))
    rows = [row for row in made if inside(row.reported_at, FORTNIGHT)]
    taken = [row for row in rows if row.acknowledged_at]
    figures = failure_figures(cast.school, FORTNIGHT)
    to_take_on = figures.pop("to_take_on")

    assert figures == {
        "reported": len(rows),
        "mended": count(made, lambda row: inside(row.fixed_at, FORTNIGHT)),
        "taken_on": len(taken),
    }
    assert close(to_take_on, middle([row.acknowledged_at - row.reported_at for row in taken]))


def test_weeks_add_up_to_the_whole(cast):
    """An alert is counted in one week and no other."""
    made = made_up.make_alerts(cast, dice_of(7), 50)
    mondays = [date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14)]
    counted = sum(week_figures(cast.school, day, at=NOW)["alerts"] for day in mondays)

    assert counted == count(made, lambda row: counts(row) and row.received_at.date() >= mondays[0])


def test_figures_cost_the_same_for_many_rows(cast):
    costs = []
    for rows in (2, 60):
        made_up.make_alerts(cast, dice_of(rows), rows)
        with CaptureQueriesContext(connection) as seen:
            measures_of(cast.school, FORTNIGHT, EXACT, at=NOW)
        costs.append(len(seen))

    assert costs == [6, 6]


def test_months_to_come_are_not_shown(cast):
    year = Period("", date(2026, 8, 1), date(2027, 7, 21))
    sections = measures_of(cast.school, year, EXACT, at=NOW)

    assert table(sections, "over_blocking") == [("Aug 2026", "0", "0"), ("Sep 2026", "0", "0")]


# Words and small numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, "–"),
        (0, "0 minutes"),
        (119, "119 minutes"),
        (150, "2.5 hours"),
        (72 * 60, "3.0 days"),
    ],
)
def test_length_of_time_in_words(minutes, words):
    assert in_words(None if minutes is None else timedelta(minutes=minutes)) == words


def test_share_of_nothing_is_a_dash():
    assert (per_hundred(0, 0), per_hundred(1, 3)) == ("–", "33 in 100")


def test_precision_leaves_out_what_is_not_clear():
    assert RuleCount("A", 10, 3, 1, 6).precision == 75
    assert RuleCount("A", 6, 0, 0, 6).precision is None


def test_rare_rules_are_added_up_and_never_fewer_than_five():
    rare, common = RuleCount("Rare", 2, 1, 1, 0), RuleCount("Common", 9, 5, 4, 0)
    most = RuleCount("Most", 20, 10, 10, 0)

    assert grouped([most, common], 5) == [most, common]
    assert grouped([most, common, rare], 5) == [most, RuleCount("Other rules", 11, 6, 5, 0)]
    assert grouped([rare], 5) == [RuleCount("Other rules", 2, 1, 1, 0)]


@pytest.mark.parametrize(
    ("totals", "hidden"),
    [([0, 9, 9], set()), ([2, 9, 7], {0, 2}), ([3, 4, 9], {0, 1}), ([1, 0, 0], {0})],
)
def test_small_number_is_hidden_with_what_would_give_it_away(totals, hidden):
    assert to_hide(totals, 5) == hidden


def small_numbers(cast) -> None:
    for number in range(6):
        walk_alerts.received(
            cast, at=NOW - timedelta(days=2), severity=3, rule="Proxy", term=f"{number}"
        )
    walk_alerts.received(cast, at=NOW - timedelta(days=2), severity=1, rule="Self-harm")


def table(sections, key: str) -> list[tuple[str, ...]]:
    return next(one.rows for one in sections if one.key == key)


def test_governor_reads_no_small_number_about_alerts(cast):
    small_numbers(cast)
    sections = measures_of(cast.school, FORTNIGHT, {"view_measures"}, at=NOW)

    assert table(sections, "precision") == [("Other rules", "7", "0", "0", "0", "–")]
    assert table(sections, "opening") == [
        ("Urgent", "Fewer than 5", HIDDEN, HIDDEN),
        ("High", "0", "–", "–"),
        ("Routine", HIDDEN, HIDDEN, HIDDEN),
    ]


def test_threshold_is_the_schools_own(cast):
    small_numbers(cast)
    change_setting(school=cast.school, name="small_number", value=8, by=cast.hana, at=NOW)
    few = measures_of(cast.school, FORTNIGHT, {"view_measures"}, at=NOW)
    assert table(few, "precision") == [("Other rules", "Fewer than 8", *([HIDDEN] * 4))]

    school, rule = cast.school, "withhold_small_numbers"
    change_setting(school=school, name=rule, value=False, by=cast.hana, at=NOW)
    everything = measures_of(cast.school, FORTNIGHT, {"view_measures"}, at=NOW)
    assert table(everything, "precision")[1] == ("Self-harm", "1", "0", "0", "0", "–")


def test_those_who_see_alerts_read_every_number(cast):
    small_numbers(cast)
    sections = measures_of(cast.school, FORTNIGHT, EXACT, at=NOW)

    assert table(sections, "precision") == [
        ("Proxy", "6", "0", "0", "0", "–"),
        ("Self-harm", "1", "0", "0", "0", "–"),
    ]
    assert [row[:2] for row in table(sections, "opening")] == [
        ("Urgent", "1"),
        ("High", "0"),
        ("Routine", "6"),
    ]


def test_part_of_a_rule_that_is_small_hides_the_others(cast):
    for _ in range(6):
        walk_alerts.judged(cast, "false", severity=2, at=NOW - timedelta(days=2))
    walk_alerts.judged(cast, "true", severity=2, at=NOW - timedelta(days=2))
    sections = measures_of(cast.school, FORTNIGHT, {"view_measures"}, at=NOW)

    assert table(sections, "precision") == [("Bullying", "7", *([HIDDEN] * 4))]


# Periods ------------------------------------------------------------------------------------------


def test_terms_and_years(cast):
    autumn, spring = date(2026, 9, 2), date(2027, 1, 4)
    found = [
        (term_at(cast.school, day).start, last_term_at(cast.school, day).start)
        for day in (date(2026, 12, 28), date(2027, 2, 1))
    ]

    assert found == [(autumn, date(2025, 9, 1)), (spring, autumn)]
    assert school_year_on(cast.school, date(2027, 8, 20)).name == "2026/27"
    assert term_at(cast.school, date(2027, 8, 20)).name == "Summer"


# Pages --------------------------------------------------------------------------------------------


def test_page_shows_the_period_that_is_asked_for(cast, today):
    shown = {
        query: cast.client("olga").get(cast.url(f"filtering/measures/{query}")).context["period"]
        for query in ("", "?period=year", "?period=dates&since=2026-09-04&until=2026-09-14")
    }

    assert [(one.start, one.end) for one in shown.values()] == [
        (date(2026, 9, 2), date(2026, 12, 18)),
        (date(2026, 9, 2), date(2027, 7, 21)),
        (FORTNIGHT.start, FORTNIGHT.end),
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=2026-09-04", "Enter both dates."),
        ("since=2026-09-04&until=2026-09-03", "The last day cannot be before the first."),
        ("since=2020-09-04&until=2026-09-03", "Choose at most three years."),
    ],
)
def test_dates_that_make_no_sense_are_refused(cast, today, query, words):
    page = cast.client("hana").get(cast.url(f"filtering/measures/?period=dates&{query}"))

    assert [*page.context["form"].errors.values()] == [[words]]


def test_file_holds_what_the_page_shows(cast, today):
    small_numbers(cast)
    client, query = cast.client("olga"), "?period=dates&since=2026-09-04&until=2026-09-14"
    page = client.get(cast.url(f"filtering/measures/{query}"))
    sheet = client.get(cast.url(f"filtering/measures/export/{query}"))
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    noted = trail(cast.school.pk).filter(verb="export_measures").first()

    assert rows[1] == ["Period", "2026-09-04", "until", "2026-09-14"]
    assert [tuple(row) for row in rows[2:]] == as_rows(page.context["sections"])
    assert noted.facts == {"from": "2026-09-04", "until": "2026-09-14"}
