"""What of the policy recurs."""

from common.duties import RecurringDuty

RECURRING = (
    RecurringDuty(
        code="policy_review",
        label="Review of the online-safety policy",
        roles=("head", "osl"),
        words="The policy is reviewed every year and after a major change of technology, also when "
        "nothing needs changing. This stops when you say what the review found.",
        requirement="POL-04",
        period="year",
        escalate=("head", "os_gov"),
        remind_days=(60, 40, 20, 0),
    ),
)
