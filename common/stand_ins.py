"""Put the questions of a page into words once, for all people alike.

The ORM takes far longer to put some forty questions together than the database to answer them.
Their words depend only on what a person is and may do, on a few settings and on the day, not on
the time of day. So they are put together for a stand-in with numbers and a moment of its own, and
kept; whoever asks puts theirs in their place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NoReturn

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate, make_aware

from common.requests import SchoolRequest

Asks = Callable[..., dict[str, Expression]]

SCHOOL, PERSON, USER = NUMBERS = (2**62 + 1, 2**62 + 2, 2**62 + 3)  # no record has these
NOON = time(12, 0, 0, 123_457)  # a moment so far from the stand-in's lies so far from ours
KEPT = 128


def with_settings(*names: str) -> Callable[[Asks], Asks]:
    """Declare by which settings of the school the questions of a part differ."""

    def mark(part: Asks) -> Asks:
        part.settings = names  # type: ignore[attr-defined]
        return part

    return mark


@dataclass(frozen=True)
class Likeness:
    """All that the questions of a person depend on: who is alike in it asks in the same words."""

    school_model: Any
    person_model: Any
    kind: str
    powers: frozenset[str]
    role_codes: frozenset[str]
    settings: tuple[tuple[str, Any], ...]
    day: date

    def moment(self) -> datetime:
        """Return the stand-in's moment of the day."""
        return make_aware(datetime.combine(self.day, NOON))

    def stand_in(self) -> SchoolRequest:
        """Return the request of a stand-in; anything else of a person or school is not there."""
        request = SchoolRequest()
        school = self.school_model.from_db(DEFAULT_DB_ALIAS, ["id"], [SCHOOL])
        school.setting = dict(self.settings).__getitem__
        numbers = [PERSON, SCHOOL, USER, self.kind]
        names = ["id", "school_id", "user_id", "kind"]
        request.school = school
        request.person = self.person_model.from_db(DEFAULT_DB_ALIAS, names, numbers)
        request.person.school = school
        request.powers, request.role_codes = self.powers, self.role_codes
        request.may = lambda power: power in self.powers
        return request


def questions_of(
    request: SchoolRequest, parts: tuple[Asks, ...], *, at: datetime
) -> Iterator[tuple[Asks, str, Expression]]:
    """Yield what parts ask for the person of a request: the part, the name and the question."""
    school, person = request.school, request.person
    named = [name for part in parts for name in getattr(part, "settings", ())]
    like = Likeness(
        *(type(school), type(person), person.kind),
        *(frozenset(request.powers), frozenset(request.role_codes)),
        tuple((name, school.setting(name)) for name in named),
        localdate(at),
    )
    own = {SCHOOL: school.pk, PERSON: person.pk, USER: person.user_id}
    moment = like.moment()

    def mine(value: Any) -> Any:
        if isinstance(value, datetime) and value.microsecond == NOON.microsecond:
            return at + (value - moment)
        return own.get(value, value) if isinstance(value, int) else value

    for part, name, ask in _worded(like, parts):
        if isinstance(ask, RawSQL):
            values = [mine(value) for value in ask.params]
            yield part, name, RawSQL(ask.sql, values, ask.output_field)  # noqa: S611  as worded
        else:
            yield part, name, ask


@lru_cache(maxsize=KEPT)
def _worded(like: Likeness, parts: tuple[Asks, ...]) -> list[tuple[Asks, str, Expression]]:
    """Return what parts ask for a stand-in.

    Refuses a part that reads the database for it or writes a number of the stand-in's into words:
    what it asks depends on more than the likeness.
    """
    request = like.stand_in()
    with connection.execute_wrapper(_refuse):
        asked = [
            (part, name, ask)
            for part in parts
            for name, ask in part(request, at=like.moment()).items()
        ]
    for part, name, ask in asked:
        words = [one for one in getattr(ask, "params", ()) if not isinstance(one, int)]
        words.append(getattr(ask, "sql", ""))
        if any(str(number) in str(one) for number in NUMBERS for one in words):
            raise ValueError(f"{part.__module__} writes who asks into the words of {name!r}.")
    return asked


def _refuse(*_: Any) -> NoReturn:
    raise RuntimeError("A part reads the database before it asks; see common/stand_ins.py.")
