"""Refusals: the ways an action says no, each with a sentence a user can read."""


class Refusal(Exception):
    """An action was refused and nothing was written; ``str(refusal)`` says why and what to do."""


class StepRefused(Refusal):
    """The record is not in a state in which this step can be taken."""


class Conflicted(Refusal):
    """The person has a conflict of interest: subject, own request, or second signature (ROL-31)."""


class StaleRecord(Refusal):
    """Somebody else changed the record after this page was opened."""
