"""Dates typed in three boxes or picked, and times typed the way people write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.dates import uk_date

Limit = date | Callable[[], date] | None
PARTS = ("day", "month", "year")
LENGTHS = {"day": 2, "month": 2, "year": 4, "time": 4}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*(am|pm)?")


def _boxes(value: Any) -> list[str]:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if isinstance(value, date):
        return [str(value.day), str(value.month), str(value.year)]
    if isinstance(value, str) and (found := _ISO.fullmatch(value)):
        return [str(int(found[3])), str(int(found[2])), found[1]]
    return ["", "", ""]


class DateBoxes(forms.MultiWidget):
    """Three boxes for day, month and year; ``name=2026-03-03`` is read as well."""

    template_name = "forms/widgets/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say of each box which part it is and whether it is drawn in error."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["invalid"] = "aria-invalid" in widget["attrs"]
        for part, box in zip((*PARTS, "time"), widget["subwidgets"], strict=False):
            box |= {"part": part, "label": part.capitalize(), "width": LENGTHS[part]}
        return context

    def decompress(self, value: Any) -> list[str]:
        """Return the three boxes for a date, a moment or an ISO date."""
        return _boxes(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002
        """Return what stands in the boxes, or a picked ISO date taken apart."""
        typed = [(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        return typed if any(typed) else _boxes(data.get(name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether neither the boxes nor the plain name were sent."""
        return name not in data and super().value_omitted_from_data(data, files, name)

    def id_for_label(self, id_: str) -> str:
        """Return the first box, where an error in the summary leads."""
        return f"{id_}_0" if id_ else id_


class DateBoxesField(forms.Field):
    """A date; refuses in words what is missing, no date, or outside ``earliest`` and ``latest``.

    A limit is a date or a function that gives one, so that "today" is asked when the form is sent.
    """

    widget = DateBoxes

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """Return the date, nothing when every box is empty, or refuse in words."""
        typed = value if isinstance(value, list | tuple) else _boxes(value)
        boxes = [str(box or "").strip() for box in typed]
        if not any(boxes):
            if value and isinstance(value, str):
                raise ValidationError("Write the date like 3 3 2026.", code="invalid")
            return None
        return read_date(boxes)

    def validate(self, value: date | None) -> None:
        """Refuse a date outside the limits, naming the limit."""
        super().validate(value)
        if value is None:
            return
        earliest, latest = (
            limit() if callable(limit) else limit for limit in (self.earliest, self.latest)
        )
        if latest and value > latest:
            words = "Enter a date that is not in the future."
            if latest != timezone.localdate():
                words = f"Enter a date on or before {uk_date(latest)}."
            raise ValidationError(words, code="too_late")
        if earliest and value < earliest:
            raise ValidationError(
                f"Enter a date on or after {uk_date(earliest)}.", code="too_early"
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the boxes hold another date than the one the form opened with."""
        return _boxes(initial) != [str(box or "").strip() for box in data or ["", "", ""]]


def read_date(boxes: list[str]) -> date:
    """Return the date in three boxes; refuses in words. A month may be written out."""
    if missing := [part for part, box in zip(PARTS, boxes, strict=True) if not box]:
        raise ValidationError(f"Enter a {' and a '.join(missing)} too.", code="incomplete")
    day, month, year = boxes
    if month[:3].lower() in MONTHS and month.isalpha():
        month = str(MONTHS.index(month[:3].lower()) + 1)
    if not all(box.isascii() and box.isdigit() for box in (day, month, year)):
        raise ValidationError("Write the date in numbers, like 3 3 2026.", code="invalid")
    if len(year) != 4:
        raise ValidationError("Write the year with four numbers, like 2026.", code="invalid")
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise ValidationError(
            f"{day} {month} {year} is not a real date. Check the day, the month and the year."[
                :120
            ],
            code="invalid",
        )
    return found


def read_time(text: str) -> time:
    """Return the time in ``14:05``, ``2.05pm`` or ``2 pm``; refuses in words."""
    found = _TIME.fullmatch(text.strip().lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = found[3] if found else None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59 or (found and not half and found[2] is None):
        raise ValidationError("Write the time like 14:05 or 2:05pm.", code="invalid_time")
    return time(hour, minute)


class TimeTextField(forms.Field):
    """A time of day typed as text."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        """Return the time, nothing when empty, or refuse in words."""
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        return read_time(str(value))

    def prepare_value(self, value: Any) -> Any:
        """Draw a time as 14:05."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class DateTimeBoxes(DateBoxes):
    """The three boxes of a date and one for the time."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(
            self, {part: forms.TextInput() for part in (*PARTS, "time")}, attrs
        )

    def decompress(self, value: Any) -> list[str]:
        """Return the boxes for a moment in local time."""
        if isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return [*_boxes(value), f"{local:%H:%M}"]
        return [*_boxes(value), ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002
        """Return what stands in the boxes; a picked ISO moment is taken apart."""
        day, _, clock = str(data.get(name) or "").partition("T")
        typed = [(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        written = (data.get(f"{name}_time") or "").strip()
        return [*(typed if any(typed) else _boxes(day)), written or clock[:5]]


class DateTimeBoxesField(DateBoxesField):
    """A date with a time, given back as a moment in UTC; ``latest`` and ``earliest`` are dates."""

    widget = DateTimeBoxes

    def to_python(self, value: Any) -> Any:
        """Return the moment; refuses half of one, and an hour that never was."""
        if isinstance(value, datetime):
            return value
        *boxes, clock = [str(box or "").strip() for box in value or ["", "", "", ""]]
        if not any(boxes) and not clock:
            return None
        if not any(boxes):
            raise ValidationError("Enter the date as well as the time.", code="incomplete")
        day = read_date(boxes)
        if not clock:
            raise ValidationError("Enter the time as well, like 14:05.", code="incomplete")
        moment = timezone.make_aware(datetime.combine(day, read_time(clock)))
        there_and_back = timezone.localtime(moment.astimezone(UTC))
        if there_and_back.time() != moment.time():
            raise ValidationError(
                "The clocks went forward that night and this hour did not exist.", code="invalid"
            )
        return moment.astimezone(UTC)

    def validate(self, value: Any) -> None:
        """Refuse a moment whose local date lies outside the limits."""
        if value is None:
            super().validate(None)
        else:
            super().validate(timezone.localtime(value).date())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the boxes hold another moment than the one the form opened with."""
        return DateTimeBoxes().decompress(initial) != [str(box or "") for box in data or [""] * 4]
