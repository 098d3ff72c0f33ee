"""The figures of a report about incidents, counted one by one in plain Python.

Written apart from the queries and shares nothing with them: every record is read whole, and what
each figure means is said again here.
"""

from collections import Counter
from datetime import date

from people.calendar import LONDON
from tests.reports.slow_records import Figures, local
from tests.reports.slow_response import SlowResponse


class SlowCount(SlowResponse):
    """What happened, counted by walking through the records."""

    def count(self, start: date, end: date) -> Figures:
        """Return every figure of both sections on the days from one to another."""
        self.start, self.end = start, end
        self.all = [
            one
            for one in self.incidents
            if start <= local(one.reported_at) <= end and one.restriction != "head"
        ]
        self.shown = [one for one in self.all if one.restriction == ""]
        self.figures: Figures = {}
        self._what_happened()
        self._what_was_done()
        return self.figures

    def _what_happened(self) -> None:
        name, all_of_them = "incidents", "incidents"
        kinds = dict.fromkeys(("pupil", "staff", "other"), 0)
        for one in self.all:
            kinds[one.subject_kind] += 1
        self._put(name, "subject", kinds | {"total": len(self.all)})
        self._put(name, "category", self._by_category(), whole=all_of_them)
        areas = dict.fromkeys(("content", "contact", "conduct", "commerce", "none"), 0)
        for one in self.shown:
            for area in one.areas or ["none"]:
                areas[area] += 1
        self._put(name, "area", areas)
        for field, values in (
            ("severity", ("low", "normal", "high", "critical")),
            ("place", ("school", "outside", "online")),
        ):
            found = Counter(getattr(one, field) for one in self.shown)
            self._put(name, field, {value: found[value] for value in values}, whole=all_of_them)
        self._put(name, "year", self._by_year())
        hours = dict.fromkeys((0, 6, 9, 12, 15, 18, 21), 0)
        days = {"school_day": 0, "other_day": 0}
        for one in self.shown:
            moment = one.occurred_at.astimezone(LONDON)
            hours[max(start for start in hours if start <= moment.hour)] += 1
            at_school = self.calendar.is_school_day(moment.date())
            days["school_day" if at_school else "other_day"] += 1
        bands = {f"from_{start:02}": count for start, count in hours.items()}
        self._put(name, "hour", bands, whole=all_of_them)
        self._put(name, "day", days, whole=all_of_them)

    def _by_category(self) -> dict[str, int]:
        begun = [one for one in self.ladders if one.from_date <= self.end]
        counts = {
            f"{one.subject}_{one.code}": 0
            for one in self.categories.values()
            if begun and one.version_id == begun[-1].version_id
        }
        counts |= {"none": 0, "unclassified": 0}
        for one in self.shown:
            if one.category_id:
                category = self.categories[one.category_id]
                key = f"{category.subject}_{category.code}"
            else:
                key = "none" if one.classified_at else "unclassified"
            counts[key] = counts.get(key, 0) + 1
        return counts

    def _by_year(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for one in self.shown:
            day = local(one.reported_at)
            found = [self._years(pupil, day) for pupil in self._accused(one)]
            counts.update(set().union(*found))
        return counts

    def _years(self, pupil: int, day: date) -> set[str]:
        found = {
            f"year_{place.year_group}"
            for place in self.places
            if place.pupil_id == pupil
            and place.start_date <= day
            and (place.end_date is None or day <= place.end_date)
        }
        return found or {"year_"}
