"""A workflow is one table of named steps: it draws buttons, guards actions, prints the diagram."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.errors import StepRefused


@dataclass(frozen=True)
class Step:
    """One thing a person can do to a record: from which states, to which, with which power.

    ``target`` is ``""`` when the step leaves the state as it is. ``name`` is also the name of the
    action and, unless ``power`` says otherwise, of the power. ``page`` names the page that offers
    it, "" when another step's page does; ``main`` marks the likely next step of a state.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str = ""
    power: str = ""
    page: str = ""
    main: bool = False

    @property
    def needs(self) -> str:
        """Return the power this step needs."""
        return self.power or self.name


@dataclass(frozen=True)
class Workflow:
    """The states of a record (code to label) and the steps between them."""

    noun: str
    states: dict[str, str]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        """Return a step by name."""
        return next(step for step in self.steps if step.name == name)

    def check(self, name: str, state: str) -> Step:
        """Return the step, or refuse it in words when the record is in another state."""
        step = self.step(name)
        if state not in step.sources:
            wanted = " or ".join(f"“{self.states[source]}”" for source in step.sources)
            raise StepRefused(
                f"“{step.label}” cannot be done now: this {self.noun} is "
                f"“{self.states[state]}”, and it needs to be {wanted}."
            )
        return step

    def open_to(self, state: str, powers: Iterable[str]) -> list[Step]:
        """Return the steps that can be taken from ``state`` by a holder of ``powers``."""
        held = set(powers)
        return [step for step in self.steps if state in step.sources and step.needs in held]

    def diagram(self) -> str:
        """Return the table as a Markdown document with a Mermaid diagram."""
        lines = [f"# {self.noun.capitalize()}: states and steps", "", "```mermaid"]
        lines.append("stateDiagram-v2")
        lines += [f"    {code}: {label}" for code, label in self.states.items()]
        for step in self.steps:
            lines += [
                f"    {source} --> {step.target}: {step.label}"
                for source in step.sources
                if step.target
            ]
        lines += ["```", "", "| Step | Button | From | To | Power |", "|---|---|---|---|---|"]
        for step in self.steps:
            sources = ", ".join(self.states[source] for source in step.sources)
            target = self.states[step.target] if step.target else "(stays)"
            lines.append(
                f"| `{step.name}` | {step.label} | {sources} | {target} | `{step.needs}` |"
            )
        return "\n".join(lines) + "\n"
