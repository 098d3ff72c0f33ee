"""School years round today: when terms begin and end, so that the demo never grows old."""

from datetime import date, timedelta


def first_day_of_year(day: date) -> date:
    """Return the first of September that began the school year of a day."""
    return date(day.year if day >= date(day.year, 9, 1) else day.year - 1, 9, 1)


def years_around(today: date) -> list[int]:
    """Return in which calendar years the last, the present and the next school year begin."""
    begins = first_day_of_year(today).year
    return [begins - 1, begins, begins + 1]


def terms_of(begins: int) -> list[tuple[str, date, date]]:
    """Return the three terms of the school year that begins in a calendar year."""
    ends = begins + 1
    return [
        ("Autumn", _on_or_after(2, date(begins, 9, 2)), _on_or_after(4, date(begins, 12, 15))),
        ("Spring", _on_or_after(0, date(ends, 1, 3)), _on_or_after(4, date(ends, 3, 25))),
        ("Summer", _on_or_after(0, date(ends, 4, 12)), _on_or_after(1, date(ends, 7, 17))),
    ]


def birthdays_of(year_group: str, begins: int) -> tuple[date, date]:
    """Return from when to when the pupils of a year group were born, in a school year.

    Children in Reception turn five between September and August.
    """
    years_old = 5 + (0 if year_group == "R" else int(year_group))
    return date(begins - years_old, 9, 1), date(begins - years_old + 1, 8, 31)


def closures_of(begins: int) -> list[tuple[str, date, date]]:
    """Return half-terms and training days of the school year that begins in a calendar year."""
    ends = begins + 1
    training = _on_or_after(4, date(begins, 11, 24))
    return [
        ("Autumn half-term", *_week_of(_on_or_after(0, date(begins, 10, 24)))),
        ("Staff training day", training, training),
        ("Spring half-term", *_week_of(_on_or_after(0, date(ends, 2, 14)))),
        ("Summer half-term", *_week_of(_on_or_after(0, date(ends, 5, 25)))),
    ]


def name_of(begins: int) -> str:
    """Return what people call the school year, such as 2026/27."""
    return f"{begins}/{(begins + 1) % 100:02d}"


def _on_or_after(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _week_of(monday: date) -> tuple[date, date]:
    return monday, monday + timedelta(days=4)
