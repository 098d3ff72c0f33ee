"""Time one thing again and again, and count what it asks the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

RUNS = 25
WARM_UP = 4


@dataclass
class Figure:
    """How long one page takes for one person, and how often it asks the database."""

    page: str
    role: str
    rows: int
    median_ms: float
    queries: int


def nothing() -> None:
    """Prepare nothing."""


def timed(
    page: str,
    role: str,
    rows: int,
    ask: Callable[[], Any],
    *,
    prepare: Callable[[], None] = nothing,
    wanted: int = 200,
) -> Figure:
    """Ask for a page until its time is known; what ``prepare`` does before each is not timed."""
    for _ in range(WARM_UP):
        prepare()
        response = ask()
        if response.status_code != wanted:
            raise RuntimeError(f"{page} as {role} answered {response.status_code}")
    times = []
    for _ in range(RUNS):
        prepare()
        times.append(milliseconds(ask))
    prepare()
    with counting() as asked:
        ask()
    return Figure(page, role, rows, round(median(times), 1), len(asked))


def milliseconds(do: Callable[[], Any]) -> float:
    """Return how long something takes once."""
    begun = perf_counter()
    do()
    return (perf_counter() - begun) * 1000


def analyze(table: str = "") -> None:
    """Tell the planner what is in the tables now, as the database does by itself in a minute."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


@contextmanager
def counting() -> Iterator[list[str]]:
    """Note every statement that the body sends to the database."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked
