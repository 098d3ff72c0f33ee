"""How many people a version asks once it is published, and how many have signed it."""

from dataclasses import dataclass
from datetime import date

from agreements.audience import Pair, expected_on
from agreements.models import AgreementVersion, Obligation, Signature
from agreements.vocabulary import Change
from agreements.workflow import PAST

SIGNED = ("active", "covered", "familiarised")


@dataclass(frozen=True)
class Round:
    """What publishing a version means for the people of its audience."""

    asked: int
    moved: int
    untouched: int

    @property
    def all(self) -> int:
        """Return how many the agreement is for, a parent once for each child."""
        return self.asked + self.moved + self.untouched


def round_of(version: AgreementVersion, *, on: date) -> Round:
    """Return whom publishing a version asks, as the sweep will write it (AGR-07).

    A material version asks those who had signed again; who has not signed yet is asked for the
    newer text. Five queries.
    """
    expected = expected_on(version, school=version.school, on=on).pairs
    rows = Obligation.objects.filter(agreement=version.agreement).exclude(state__in=PAST)
    now = {
        Pair(signer, about or 0): state
        for signer, about, state in rows.values_list("signer_id", "about_id", "state")
    }
    again = SIGNED if version.change == Change.MATERIAL else ()
    states = [now.get(pair, "") for pair in expected]
    asked = sum(not state or state in again for state in states)
    moved = sum(state == "due" for state in states)
    return Round(asked, moved, len(states) - asked - moved)


def signature_count(version: AgreementVersion) -> int:
    """Return how many signatures were given under a version, withdrawn ones too. One query."""
    return Signature.objects.filter(version=version).count()
