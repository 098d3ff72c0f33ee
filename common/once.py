"""A form that is sent twice makes one thing: two at the same moment, too."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from common.errors import Refusal

Made = TypeVar("Made")


def make_once(
    constraint: str, make: Callable[[], Made], find: Callable[[], Made | None]
) -> tuple[Made, bool]:
    """Return what a form makes, and whether it is new.

    ``constraint`` is the one that the second of two runs into; ``find`` returns what the first of
    them made. Refuses where that is nothing of this person's: the form was somebody else's.
    """
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError as error:
        if constraint not in str(error):
            raise
    found = find()
    if found is None:
        raise Refusal("This form was used already. Open a new one and send it from there.")
    return found, False
