"""Rows of phones during the school day by lot, for figures to be counted."""

from datetime import timedelta
from typing import Any

from assets import models

MINUTE = timedelta(minutes=1)
PHONE_KINDS: dict[str, Any] = {
    "hand_in": models.HandIn,
    "phone_use": models.PhoneUse,
    "call": models.PrivateCall,
}


class PhoneLots:
    """What ``Lots`` writes of devices handed in, permissions and private phones used."""

    cast: Any
    dice: Any
    moment: Any
    uuid: Any
    _add: Any

    def _hand_in(self, number: int) -> None:
        at = self.moment()
        back = self.dice.choice((None, at, at + MINUTE * self.dice.randrange(60 * 24 * 3)))
        self._add(
            "hand_in",
            owner=self.cast.pia,
            what=f"Phone {number}",
            place="Safe",
            in_at=at,
            taken_in_by=self.cast.tom,
            back_at=back,
            given_back_by=self.cast.tom if back else None,
        )

    def _phone_use(self, number: int) -> None:
        at, urgent = self.moment(), self.dice.random() < 0.2
        lesson = not urgent and self.dice.random() < 0.5
        state = self.dice.choice(("asked", "active", "refused", "withdrawn", "ended"))
        self._add(
            "phone_use",
            reference=f"P-{number}",
            submission=self.uuid(),
            kind="lesson" if lesson else "staff",
            state="active" if urgent else state,
            holder=self.cast.tom,
            purpose="A reason",
            school_class=self.cast.tom.classes_taught.get() if lesson else None,
            **dict.fromkeys(("from_date", "until_date"), at.date()),
            asked_at=at,
            given_at=at if urgent else None,
            decided_by=self.cast.hana if urgent else None,
        )

    def _call(self, number: int) -> None:
        at, read = self.moment(), number % 3 == 0
        self._add(
            "call",
            submission=self.uuid(),
            caller=self.cast.tom,
            **dict.fromkeys(("used_at", "recorded_at"), at),
            reason="Coach",
            number_hidden=self.dice.random() < 0.5,
            read_by=self.cast.hana if read else None,
            read_at=at if read else None,
        )
