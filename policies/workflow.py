"""The life of a policy version: written once, published once, put in force from a date."""

from common.workflow import Step, Workflow

POLICY_VERSION = Workflow(
    noun="policy version",
    states={"draft": "Draft", "published": "Published"},
    steps=(
        Step("publish_policy", "Publish this version", ("draft",), "published", main=True),
        Step("put_in_force", "Put this version in force", ("published",), power="publish_policy"),
        Step(
            "revise_policy",
            "Change it in a new version",
            ("draft", "published"),
            power="edit_policy",
        ),
    ),
)
