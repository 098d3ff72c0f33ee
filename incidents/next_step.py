"""Which deed is the most likely one now: the page's one button, and the home page's."""

from collections.abc import Iterable

from common.workflow import Step
from incidents.models import Incident
from incidents.workflow import INCIDENT

# While actions are under way, what closing still lacks comes first: step and the word it answers.
LACKING = (("inform_parents", "parents"), ("give_feedback", "feedback"))


def likely_next(
    incident: Incident, powers: Iterable[str], missing: Iterable[str] = ()
) -> Step | None:
    """Return the step to offer first to a holder of powers, or None when there is none.

    ``missing`` are the sentences of what closing lacks. An incident classified once waits for
    its decision; parents and feedback are offered first only after the decision.
    """
    steps = INCIDENT.open_to(incident.state, powers)
    main = {step.name: step for step in steps if step.main and step.page}
    lacking = " ".join(missing)
    asked = [main[name] for name, word in LACKING if name in main and word in lacking]
    for name, _ in LACKING:
        main.pop(name, None)
    if incident.state == "actions" and asked:
        return asked[0]
    if incident.classified_at and "decide_incident" in main:
        return main["decide_incident"]
    return next(iter(main.values()), None)
