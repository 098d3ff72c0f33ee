"""How somebody accepted the code for own devices on the school's Wi-Fi (MOB-15, AGR-24)."""

from django.db.models import Q

from agreements.models import Obligation
from agreements.workflow import PAST
from assets.queries.loan_agreements import SIGNED, Basis
from people.models import Person

CODE = "byod-code"


def code_for(person: Person) -> Basis | None:
    """Return whether a person has signed the code, or None where nobody asks them to sign it."""
    mine = Q(signer=person, about=None) | Q(about=person)
    rows = Obligation.objects.filter(mine, agreement__code=CODE).exclude(state__in=PAST)
    asked = rows.select_related("agreement").first()
    if asked is None:
        return None
    if asked.state in SIGNED:
        return Basis(True, f"Signed: {asked.agreement}"[:200])
    return Basis(False, f"Sign “{asked.agreement}” first. It is under “Agreements”.")
