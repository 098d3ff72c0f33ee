"""The recurring duties of roles: people confirm them, with what shows it (ROL-06 to ROL-22)."""

from common.duties import RecurringDuty

TECHNICAL = ("tech", "filt_mgr", "msp")
_TECHNICAL_WORDS = (
    "Technical staff confirm this regularly: met, partly met or not met, with what shows it. "
    "This stops when you say how it was met."
)


def _technical(code: str, label: str) -> RecurringDuty:
    return RecurringDuty(
        code=f"technical_{code}",
        label=label,
        roles=TECHNICAL,
        words=_TECHNICAL_WORDS,
        requirement="ROL-19",
    )


RECURRING = (
    RecurringDuty(
        code="procedure_head",
        label="The headteacher knows the procedure for a serious incident",
        roles=("head",),
        words="Every year the headteacher confirms knowing what to do in a serious incident or "
        "when a member of staff is accused. This stops when you confirm it.",
        requirement="ROL-06",
        period="year",
        escalate=("chair",),
        remind_days=(22, 5, 0),
    ),
    RecurringDuty(
        code="procedure_leader",
        label="A second leader knows the procedure for a serious incident",
        roles=("deputy", "slt", "asst_head"),
        words="Every year a second leader confirms knowing what to do in a serious incident or "
        "when a member of staff is accused. This stops when you confirm it.",
        requirement="ROL-06",
        period="year",
        remind_days=(22, 5, 0),
        apart_from="procedure_head",
    ),
    RecurringDuty(
        code="supervision",
        label="Supervision of those who monitor and handle incidents",
        roles=("head", "deputy", "slt"),
        words="Those who monitor pupils or handle incidents are supervised and supported. This "
        "stops when you record that it took place and what was agreed.",
        requirement="ROL-07",
        escalate=("chair",),
    ),
    RecurringDuty(
        code="governors_satisfied",
        label="Governors are satisfied that current advice is followed",
        roles=("os_gov", "chair"),
        words="Governors satisfy themselves that the school follows current advice and that people "
        "are kept safe. This stops when you record what you looked at and found.",
        requirement="ROL-15",
        period="year",
        escalate=("chair", "clerk"),
    ),
    _technical("passwords", "Passwords are enforced"),
    _technical("malware", "Machines are protected against malware and misuse"),
    _technical("security", "Systems are secure"),
    _technical("access", "Access to machines is controlled and data on them encrypted"),
    _technical("filtering", "Filtering is kept current"),
    _technical("monitoring", "Monitoring software is up to date"),
    _technical("accounts", "People reach only what they may use"),
    RecurringDuty(
        code="platform_data",
        label="Pupil data on the learning platform is protected",
        roles=("lp_lead", "data_mgr"),
        words="Somebody answers for who can reach pupil data on the learning platform. This stops "
        "when you say what the check of access found.",
        requirement="ROL-22",
    ),
    RecurringDuty(
        code="office_data",
        label="Pupil data on office machines is protected",
        roles=("office_mgr", "data_mgr"),
        words="Somebody answers for who can reach pupil data on the machines of the office. This "
        "stops when you say what the check of access found.",
        requirement="ROL-22",
    ),
)
