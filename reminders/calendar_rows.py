"""The calendar of recurring duties, row by row, and what of the product fulfils each (SYS-02).

A row that nothing fulfils says which app will. What recurs without being a row is added to the
document by itself.
"""

from typing import NamedTuple

TRAINING = "Later: training"
ACCOUNTS = "Later: accounts and security"
DATA = "Later: data protection"
PUBLISHING = "Later: publishing"
POLICIES = "Later: policies"


class CalendarRow(NamedTuple):
    """One row: what, its requirements, recurring duties and kinds of reminder, other words."""

    what: str
    requirement: str
    duties: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    words: str = ""


CALENDAR = (
    CalendarRow("Policy review", "POL-04", ("policy_review",)),
    CalendarRow("Filtering policy review", "FIL-21", ("filter_review",), ("review_late",)),
    CalendarRow(
        "Agreement renewal: staff and pupils", "AGR-06", ("agreement_renewal",),
        ("agreement_to_sign", "agreement_unsigned"),
    ),
    CalendarRow(
        "Agreement discussed in class; pupils made familiar with the policy", "AGR-08",
        ("agreement_in_class",), ("class_reading",),
        "How often a class reads is a setting of agreements.",
    ),
    CalendarRow("Agreements issued on entry", "AGR-06", (), ("agreement_to_sign",)),
    CalendarRow("Consent at entry", "CON-01, CON-02", (), ("agreement_to_sign",)),
    CalendarRow("Image-consent reminder", "CON-03", (), ("consent_reminder",)),
    CalendarRow("Governor report", "REP-02", ("governor_report",)),
    CalendarRow(
        "Governor meets the lead, logs reviewed", "REP-03", ("governor_review",),
        ("governor_review_soon", "governor_review_overdue", "governor_action"),
    ),
    CalendarRow(
        "Lead meets leaders and committee", "REP-04", ("leaders_meeting", "committee_meeting"),
        ("governor_action",),
    ),
    CalendarRow("Monitoring report to the headteacher", "REP-01", ("monitoring_to_head",)),
    CalendarRow("Incident record audit", "INC-55", ("incident_audit",)),
    CalendarRow("Report to authority or board", "REP-05", ("authority_report",)),
    CalendarRow(
        "Review of filtering and monitoring logs", "FIL-19", ("log_review", "log_review_head"),
        ("monitoring_report",),
    ),
    CalendarRow(
        "Filter approval", "FIL-01", ("filter_approval",), ("filtering_confirmation",)
    ),
    CalendarRow(
        "Monitoring strategy approval", "FIL-18", ("monitoring_strategy",),
        ("filtering_confirmation",),
    ),
    CalendarRow(
        "Serious-incident procedure known", "ROL-06", ("procedure_head", "procedure_leader")
    ),
    CalendarRow("Supervision of monitoring staff", "ROL-07", ("supervision",)),
    CalendarRow("Staff training", "TRN-04", words=TRAINING),
    CalendarRow("Update of the safeguarding and online safety leads", "TRN-06", words=TRAINING),
    CalendarRow("Headteacher’s safeguarding training", "TRN-05", words=TRAINING),
    CalendarRow("Governor awareness", "TRN-07", words=TRAINING),
    CalendarRow("Data-protection refresher", "TRN-09", words=TRAINING),
    CalendarRow("Parent session and programme", "TRN-12", words=TRAINING),
    CalendarRow("Pupil online assessment", "TRN-15", words=TRAINING),
    CalendarRow("Curriculum cycle", "TRN-14", words=TRAINING),
    CalendarRow("National events", "TRN-18", words=TRAINING),
    CalendarRow("Pupil survey", "TRN-19", words=TRAINING),
    CalendarRow("Password change of staff", "ACC-05", words=ACCOUNTS),
    CalendarRow("Idle lock", "ACC-14", words="The setting “idle_minutes” signs people out."),
    CalendarRow(
        "Backup", "ACC-16", words="Of Safeguard: docs/operations.md. Of the school: later, accounts"
    ),
    CalendarRow("Restore and recovery test", "ACC-16, ACC-17", ("restore_test",)),
    CalendarRow("Security review or audit", "ACC-19", ("security_review",)),
    CalendarRow(
        "Health and safety of equipment", "AST-19, AST-20", ("equipment_review",),
        ("upkeep_due", "equipment_review_due"),
    ),
    CalendarRow("Housekeeping of files", "ACC-18", words=ACCOUNTS),
    CalendarRow("Contact-detail check by parents", "DAT-14", words=DATA),
    CalendarRow("ICO fee and registration", "DAT-17", words=DATA),
    CalendarRow("Registers of data and owners", "DAT-01, DAT-02", words=DATA),
    CalendarRow("Retention deletions", "DAT-13", words=DATA),
    CalendarRow("Breach report within 72 hours", "DAT-05", words=DATA),
    CalendarRow("Rights request answered", "DAT-16", words=DATA),
    CalendarRow("Processor contract renewed", "DAT-08", words=DATA),
    CalendarRow("Pictures deleted from staff devices", "MOB-08", (), ("pictures_on_device",)),
    CalendarRow("Devices returned after hand-in", "MOB-03", (), ("devices_not_back",)),
    CalendarRow("Removed phone returned", "INC-20", (), ("item_same_day", "item_unclaimed")),
    CalendarRow(
        "Report of a suspected risk the same day", "INC-05",
        words="The incident says that it was reported late; the governors’ report counts it.",
    ),
    CalendarRow("Feedback to those involved", "INC-38", (), ("incident_task",)),
    CalendarRow("Access restored after a sanction", "INC-18", (), ("incident_task",)),
    CalendarRow(
        "Temporary unblock ends", "FIL-08", (), ("unblock_ends", "put_back_due", "put_back_late")
    ),
    CalendarRow("Guest account ends", "ACC-10", words=ACCOUNTS),
    CalendarRow("Agency remote window ends", "ACC-12", words=ACCOUNTS),
    CalendarRow("Loans due back", "AST-10", (), ("loan_due", "loan_overdue")),
    CalendarRow("HMRC statement", "AST-11", (), ("use_declaration",)),
    CalendarRow("Licence expiry", "AST-02", (), ("licence_ends",)),
    CalendarRow(
        "Disposal papers outstanding", "AST-04, AST-07", (), ("disposal_papers", "disposal_breach")
    ),
    CalendarRow("Website compliance check", "PUB-03", words=PUBLISHING),
    CalendarRow("Private social media settings checked", "PUB-07", words=PUBLISHING),
    CalendarRow("Official account review", "PUB-06", words=PUBLISHING),
    CalendarRow("Filtering-status holders review", "FIL-04", ("status_holders",)),
    CalendarRow("Equipment stock check", "AST-01", ("stock_take",)),
    CalendarRow(
        "Role vacancies and terms of office", "ROL-02, ROL-14", (),
        ("role_vacant", "term_of_office"),
    ),
)  # fmt: skip
