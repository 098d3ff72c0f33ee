"""Who may do what: the one table that grants powers to roles (ROL-30, role-matrix.md b.2).

Each row: the power, the roles that hold it, and the requirement behind the row. Powers are
declared as plain sentences in each app's ``permissions.py``. A school may override a cell in its
own settings; that is data with history, never an edit here. Deny by default: no row, no right.
"""

from typing import NamedTuple

from roles.catalogue import SIGN_IN_ROLES


class Row(NamedTuple):
    """One power and the roles that hold it."""

    power: str
    roles: tuple[str, ...]
    why: str


def _roles(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NOT_STAFF = {"pupil", "parent", "governor", "chair", "os_gov", "clerk"}
EVERYONE = SIGN_IN_ROLES
ADULTS = tuple(code for code in SIGN_IN_ROLES if code != "pupil")
STAFF = tuple(code for code in SIGN_IN_ROLES if code not in _NOT_STAFF)
GOVERNORS = _roles("chair os_gov governor clerk")

LEADS = _roles("head deputy dsl osl")
_ON_STAFF = (
    "head deputy slt asst_head dsl osl comp_lead curr_lead tech filt_mgr mon_lead office_mgr "
    "teacher ta hoy pastoral senco staff"
)
HANDLERS = _roles("head deputy slt asst_head dsl osl hoy pastoral senco teacher comp_lead")

MATRIX = (
    # Reporting incidents
    Row("report_incident", ADULTS, "INC-03, role-matrix b.2: every signed-in adult has C"),
    Row("report_worry", _roles("pupil parent"), "INC-03; role-matrix b.2: pupils and parents C"),
    Row("follow_report", EVERYONE, "INC-03: the reporter follows the state, never the file"),
    # Seeing incidents
    Row("view_all_incidents", LEADS, "INC-59: DSL, OSL and Head see cases; deputy V"),
    Row(
        "view_assigned_incidents",
        _roles("slt asst_head hoy pastoral senco teacher comp_lead siro dpo investigator chair"),
        "role-matrix b.2: V (assigned)",
    ),
    Row("view_staff_incidents", _roles("head"), "INC-08, b.3 rule 3"),
    Row("view_head_incidents", _roles("chair"), "INC-09, b.3 rule 3"),
    Row("view_pupil_chronology", LEADS, "domain feature 16"),
    Row("export_incidents", _roles("head dsl osl"), "SYS-03, REP-15: exports are their own power"),
    # Working on incidents
    Row("open_incident", (*HANDLERS, "chair"), "INC-04, INC-06: the recipient opens it"),
    Row("classify_incident", _roles("head deputy dsl osl chair"), "workflows c.1: OSL or DSL"),
    Row("note_incident", (*HANDLERS, "chair", "investigator"), "INC-01: amendments kept"),
    Row("escalate_incident", (*HANDLERS, "chair"), "INC-32: at any time with a reason"),
    Row("hand_over_incident", _roles("head deputy dsl osl chair"), "INC-04"),
    Row("decide_incident", _roles("head deputy dsl osl chair"), "INC-15"),
    Row("confirm_decision", _roles("head chair"), "INC-15, domain 2.15: head confirms"),
    Row("refer_incident", _roles("head deputy dsl osl chair"), "INC-29 to INC-31"),
    Row("inform_parents", HANDLERS, "INC-12: DSL, class teacher or Head"),
    Row("close_incident", _roles("head deputy dsl osl chair"), "R-KCSIE-1"),
    Row(
        "close_without_action",
        _roles("head dsl chair"),
        "INC-51: Head or DSL approval, chair for the head",
    ),
    Row("reopen_incident", _roles("head dsl osl chair"), "workflows c.1"),
    Row("share_incident", _roles("head dsl osl chair"), "INC-08, INC-59: people added by name"),
    Row("attach_evidence", (*HANDLERS, "chair", "investigator"), "SYS-06, INC-37"),
    Row("print_incident", _roles("head deputy dsl osl chair"), "REP-15"),
    # Agreements and consents
    Row("sign_agreement", EVERYONE, "AGR-02, role-matrix b.2: S for every role that signs in"),
    Row("give_consent", _roles("parent pupil"), "CON-01, CON-09; R-DP-6: pupils who are able"),
    Row(
        "view_agreements",
        _roles("head deputy slt dsl osl chair os_gov comp_lead curr_lead office_mgr dpo siro"),
        "role-matrix b.2: V",
    ),
    Row("edit_agreements", _roles("head dsl osl"), "AGR-01: OSL writes"),
    Row("approve_agreement", _roles("head deputy"), "AGR-01: never the writer"),
    Row("publish_agreement", _roles("head osl"), "AGR-01"),
    Row("view_coverage", _roles("head deputy slt dsl osl office_mgr"), "AGR-03: OSL, office, Head"),
    Row(
        "view_coverage_totals",
        _roles("head deputy slt dsl osl office_mgr chair os_gov governor clerk dpo siro"),
        "AGR-03: governors totals only",
    ),
    Row("issue_agreements", _roles("head dsl osl office_mgr"), "AGR-06, AGR-16: OSL and office"),
    Row("exempt_person", _roles("head"), "AGR-29, workflows c.9: exempt needs the Head"),
    Row("countersign_agreement", _roles("head deputy"), "AGR-11"),
    Row("override_access", _roles("head"), "AGR-05: override by Head with reason"),
    Row(
        "view_access",
        _roles("head deputy dsl osl office_mgr tech acct_admin"),
        "AGR-05; role-matrix b.2: gate state",
    ),
    Row("review_access", _roles("head tech acct_admin"), "AGR-05: technical staff"),
    Row("answer_question", _roles("head deputy dsl osl office_mgr"), "AGR-29: OSL and Head"),
    Row(
        "lead_sitting",
        _roles("head deputy slt dsl osl comp_lead hoy teacher ta"),
        "AGR-08: class teachers",
    ),
    Row("take_paper", _roles("head dsl osl office_mgr"), "AGR-09: office"),
    Row("check_paper", _roles("head deputy dsl osl office_mgr data_mgr"), "AGR-12: second person"),
    Row("run_kiosk", _roles("head office_mgr osl"), "AGR-17"),
    Row("view_signatures", _roles("head deputy dsl osl office_mgr dpo"), "AGR-09, AGR-12"),
    Row("export_agreements", _roles("head dsl osl office_mgr"), "AGR-03: export"),
    Row("view_photo_list", STAFF, "CON-08: staff and volunteers"),
    Row("view_consents", _roles("head deputy dsl osl office_mgr"), "CON-14: office and OSL"),
    Row("record_consent", _roles("head dsl osl office_mgr"), "CON-01: answers on paper"),
    Row("edit_purposes", _roles("head dsl osl office_mgr"), "CON-06"),
    Row("take_down_images", _roles("head office_mgr web_auth"), "CON-09"),
    # Filtering and monitoring
    Row("ask_for_change", _roles(_ON_STAFF), "FIL-07: anybody on the staff asks"),
    Row(
        "view_changes",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead comp_lead"),
        "role-matrix b.2: V",
    ),
    Row("assess_change", _roles("deputy dsl osl"), "R-FM-1, domain 2.15: DSL assesses"),
    Row("decide_change", _roles("head"), "FIL-05: the Head approves; a school may add others"),
    Row("make_change", _roles("filt_mgr"), "FIL-04: filtering-management status only"),
    Row("block_at_once", _roles("filt_mgr"), "FIL-26: block first, approval afterwards"),
    Row("revoke_change", _roles("head deputy dsl osl filt_mgr"), "workflows c.6"),
    Row("test_filtering", _roles(_ON_STAFF), "workflows c.5: a second person tests"),
    Row("grant_exception", _roles("chair"), "FIL-06: granted by the governing body"),
    Row(
        "view_change_log",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead dpo"),
        "FIL-04, FIL-35: OSL, Head and SLT read",
    ),
    Row("view_plain_log", _roles("chair os_gov"), "FIL-35: governors without names"),
    Row("export_change_log", _roles("head dsl osl filt_mgr os_gov"), "FIL-35, SYS-03"),
    Row(
        "view_provision",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead comp_lead chair os_gov dpo"),
        "R-FM-1: what is blocked or allowed and why",
    ),
    Row("edit_provision", _roles("tech filt_mgr"), "FIL-01, FIL-31: technical staff"),
    Row("confirm_provision", _roles("head"), "FIL-01: the Head confirms"),
    Row(
        "attest_provision",
        _roles("head dsl osl tech filt_mgr"),
        "FIL-18, FIL-22: technical staff; strategy by leaders",
    ),
    Row("report_failure", EVERYONE, "FIL-11, FIL-24: all users"),
    Row(
        "view_failures",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead comp_lead"),
        "FIL-11: configured recipients",
    ),
    Row("handle_failures", _roles("tech filt_mgr"), "FIL-12: the administrator logs"),
    Row("view_alerts", _roles("head deputy dsl osl mon_lead"), "FIL-14, FIL-16"),
    Row("view_staff_alerts", _roles("head deputy dsl"), "INC-08, workflows c.8"),
    Row("view_head_alerts", _roles("dsl chair"), "INC-09, workflows c.8: the next person"),
    Row("triage_alerts", _roles("head deputy dsl osl mon_lead chair"), "FIL-15"),
    Row("add_alerts", _roles("dsl osl mon_lead"), "FIL-14"),
    Row("edit_alert_sources", _roles("osl tech filt_mgr"), "FIL-14: technical staff"),
    Row("run_fire_drill", _roles("head dsl osl"), "FIL-16: the chain is tried each term"),
    Row("sample_alerts", _roles("head deputy dsl osl"), "FIL-15: sample check by OSL"),
    Row(
        "view_monitoring_reports",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead"),
        "FIL-19, R-FM-7",
    ),
    Row("note_monitoring", _roles("tech filt_mgr mon_lead"), "FIL-19: technical review"),
    Row("sign_monitoring", _roles("dsl"), "FIL-19: signed off by the DSL"),
    Row("see_monitoring", _roles("head"), "FIL-19: monthly with Head"),
    Row(
        "view_checks",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead chair os_gov"),
        "R-FM-3",
    ),
    Row("record_check", _roles("head deputy dsl osl tech filt_mgr"), "R-FM-3"),
    Row("edit_check_points", _roles("dsl osl tech filt_mgr"), "R-FM-3"),
    Row(
        "view_reviews",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead chair os_gov governor"),
        "R-FM-2: governors are accountable",
    ),
    Row("edit_reviews", _roles("head deputy slt dsl osl"), "FIL-21: SLT leads"),
    Row(
        "sign_review",
        _roles("head deputy slt dsl osl tech filt_mgr chair os_gov"),
        "R-FM-2: SLT, DSL, IT and governor sign",
    ),
    Row(
        "view_measures",
        _roles("head deputy slt dsl osl tech filt_mgr mon_lead chair os_gov"),
        "R-FM-8",
    ),
    # Equipment, disposal and people's own devices
    Row(
        "view_assets",
        _roles("head deputy slt dsl osl comp_lead tech office_mgr siro bursar data_mgr"),
        "role-matrix b.2 AST: V",
    ),
    Row("edit_assets", _roles("tech"), "AST-01, role-matrix b.2: C V E"),
    Row("import_assets", _roles("tech"), "AST-01"),
    Row("export_assets", _roles("head tech siro bursar"), "SYS-03: exports are their own power"),
    Row("take_stock", _roles("tech office_mgr"), "AST-01: technician, office"),
    Row("lend_assets", _roles("tech office_mgr"), "AST-10: technician; AST-14: office"),
    Row("borrow_assets", (*STAFF, "pupil", "parent"), "AST-10: borrowers see their own loans"),
    Row("declare_use", STAFF, "AST-11: staff with a loan"),
    Row("keep_declarations", _roles("office_mgr bursar"), "AST-11: office, payroll"),
    Row("export_declarations", _roles("office_mgr bursar"), "AST-11, SYS-03"),
    Row("report_loss", STAFF, "workflows c.12: any --missing--> lost"),
    Row("quarantine_asset", _roles("head deputy dsl osl"), "AST-22: Head, case owner"),
    Row("release_asset", _roles("head deputy dsl osl chair"), "AST-22: case owner only"),
    Row(
        "view_disposals",
        _roles("head deputy tech office_mgr siro bursar chair dpo"),
        "AST-27: the full file",
    ),
    Row("prepare_disposal", _roles("tech office_mgr bursar"), "AST-03: technician, office"),
    Row("approve_disposal", _roles("head deputy siro bursar"), "AST-27: Head or bursar"),
    Row("confirm_as_witness", (*STAFF, *GOVERNORS), "AST-03, R-SSC-1: whoever stood there"),
    Row("sanitise_medium", _roles("tech"), "AST-05: technician"),
    Row("edit_companies", _roles("tech office_mgr bursar"), "AST-06: company register"),
    Row("approve_company", _roles("head siro"), "AST-06: Head"),
    Row("export_disposals", _roles("head siro bursar dpo"), "SYS-03"),
    Row(
        "view_room_access",
        _roles("head deputy siro bursar tech office_mgr site_mgr dpo"),
        "AST-21: technician; ACC: physical access",
    ),
    Row("give_room_access", _roles("head deputy siro office_mgr"), "AST-21: who saw the check"),
    Row(
        "view_cameras",
        _roles("head deputy dsl siro bursar tech office_mgr site_mgr chair dpo"),
        "AST-26: office, DPO",
    ),
    Row("edit_cameras", _roles("head siro office_mgr site_mgr"), "AST-26: office"),
    Row("note_processing", _roles("dpo siro"), "AST-26: entry in processing record"),
    Row("export_cameras", _roles("head siro dpo"), "AST-26, SYS-03"),
    Row("view_audits", _roles("head deputy siro bursar chair"), "AST-23: Head, outside agency"),
    Row("commission_audit", _roles("head siro"), "AST-23: Head"),
    Row("finish_audit_action", STAFF, "AST-23: whoever an action was given to"),
    Row("keep_own_device", STAFF, "AST-13: staff"),
    Row("ask_for_device", _roles("parent"), "MOB-02, CON-10: parents ask"),
    Row(
        "view_own_devices",
        _roles("head deputy slt dsl osl office_mgr tech hoy pastoral"),
        "AST-13: office",
    ),
    Row("decide_own_device", _roles("head deputy hoy office_mgr"), "MOB-02"),
    Row("grant_exemption", _roles("head deputy dsl senco"), "R-SSC-4"),
    Row(
        "view_exemptions",
        _roles("head deputy slt asst_head dsl osl senco hoy pastoral office_mgr teacher ta"),
        "R-SSC-4: who must not have it taken",
    ),
    Row("ask_recording", STAFF, "MOB-05: staff"),
    Row("decide_recording", _roles("head"), "MOB-05: only Head signs"),
    Row("view_recordings", _roles("head deputy dsl osl"), "MOB-05: monitored"),
    Row("join_wifi", (*STAFF, "pupil"), "MOB-15: students, staff, visitors"),
    Row(
        "note_misuse",
        _roles("head deputy slt dsl osl office_mgr tech hoy pastoral"),
        "MOB-15: misuse link",
    ),
    Row(
        "hand_in_devices",
        _roles(
            "head deputy slt asst_head dsl osl comp_lead teacher ta hoy pastoral senco office_mgr"
        ),
        "MOB-03: reception, class teacher",
    ),
    Row("view_hand_ins", _roles("head deputy slt hoy pastoral office_mgr"), "MOB-03: office"),
    Row("chase_hand_ins", _roles("office_mgr"), "MOB-03: not returned, listed to the office"),
    Row("ask_phone_use", STAFF, "MOB-06, MOB-07: staff, teacher"),
    Row("decide_phone_use", _roles("head deputy slt"), "MOB-06, MOB-07: Head or SLT"),
    Row("record_emergency_use", _roles("head deputy slt"), "MOB-06: SLT in emergencies"),
    Row("view_phone_uses", _roles("head deputy slt asst_head dsl osl"), "MOB-06, MOB-07"),
    Row("record_private_call", STAFF, "MOB-09: staff"),
    Row("read_private_calls", _roles("head"), "MOB-09: notify the Head"),
    Row("read_head_calls", _roles("chair"), "MOB-09, b.3 rule 3: the head's own"),
    Row(
        "confiscate_item",
        _roles(
            "head deputy slt asst_head dsl osl comp_lead teacher ta hoy pastoral senco office_mgr"
        ),
        "role-matrix b.2: C (confiscation)",
    ),
    Row(
        "view_confiscations",
        _roles("head deputy slt asst_head dsl osl office_mgr hoy pastoral"),
        "MOB-04: staff, office",
    ),
    Row("keep_confiscated", _roles("head deputy dsl office_mgr"), "MOB-04: storage in office"),
    Row("decide_confiscated", _roles("head deputy dsl"), "R-SSC-3: passed to the DSL"),
    Row("export_confiscations", _roles("head dsl"), "SYS-03"),
    Row(
        "record_search",
        _roles("head deputy slt asst_head dsl osl hoy pastoral"),
        "MOB-10: authorised staff",
    ),
    Row("authorise_search", _roles("head deputy slt dsl"), "MOB-10: role-matrix A (search)"),
    Row("view_searches", _roles("head deputy dsl osl"), "R-SSC-1"),
    # Policies
    Row("view_policy", EVERYONE, "POL: V for every role; INC-52"),
    Row("edit_policy", _roles("head dsl osl"), "INC-14: Head or OSL maintain"),
    Row("publish_policy", _roles("head"), "POL: A for the headteacher"),
    # Reports, governors' reviews and dashboards
    Row(
        "view_reports",
        _roles("head deputy slt dsl osl chair os_gov governor clerk dpo"),
        "REP-02: governors and leaders",
    ),
    Row("write_report", _roles("head dsl osl"), "REP-02: OSL adds the narrative"),
    Row("issue_report", _roles("head"), "REP-02: the Head releases"),
    Row("export_report", _roles("head dsl osl clerk os_gov chair"), "REP-15"),
    Row(
        "view_governor_reviews",
        _roles("head deputy dsl osl chair os_gov governor clerk"),
        "REP-03",
    ),
    Row("write_governor_review", _roles("head dsl osl os_gov clerk"), "REP-03, b.2: C os_gov"),
    Row("ask_governor_question", _roles("chair os_gov governor"), "REP-03, domain feature 73"),
    Row("sign_governor_review", _roles("os_gov chair dsl osl"), "c.14: both sign"),
    Row(
        "view_meetings",
        _roles("head deputy slt dsl osl chair os_gov governor clerk"),
        "REP-04, REP-16: committee, date, item, minute",
    ),
    Row("view_leaders_meetings", _roles("head deputy slt dsl osl"), "REP-04: OSL with SLT"),
    Row("write_meeting", _roles("head deputy dsl osl clerk"), "REP-04, REP-16; b.2: clerk C E"),
    Row("view_compliance", _roles("head deputy dsl osl chair os_gov clerk"), "REP-07, REP-14"),
    Row("view_governor_dashboard", _roles("chair os_gov governor clerk head"), "REP-17"),
    Row("view_head_dashboard", _roles("head deputy slt"), "REP-14"),
    Row("view_lead_dashboard", _roles("dsl osl head deputy"), "REP-14"),
    Row("view_technical_dashboard", _roles("tech filt_mgr head"), "REP-12, REP-14"),
    Row("view_office_dashboard", _roles("office_mgr head"), "REP-14"),
    # People
    Row("view_people", _roles("head deputy slt dsl osl office_mgr data_mgr sysadmin"), "DAT+ACC V"),
    Row("import_people", _roles("head office_mgr data_mgr sysadmin"), "DAT+ACC C"),
    Row("edit_settings", _roles("head sysadmin"), "SYS-01, role-matrix b.2"),
    Row("view_settings", _roles("head deputy dsl osl sysadmin"), "SYS-01"),
    Row("edit_calendar", _roles("head office_mgr clerk sysadmin"), "SYS-05"),
    # Duties and reminders
    Row("view_own_duties", (*STAFF, *GOVERNORS), "SYS-02: each role sees what it has to do"),
    Row(
        "view_duties",
        _roles("head deputy slt dsl osl office_mgr clerk chair os_gov"),
        "REP-07, REP-14: the whole calendar of duties",
    ),
    Row("keep_feed", (*STAFF, *GOVERNORS), "SYS-02: a private calendar feed"),
    Row("view_reminders", _roles("head deputy dsl osl office_mgr"), "SYS-02: the office chases"),
    # Roles
    Row("view_roles", (*STAFF, *GOVERNORS), "ROL-02: holders past and present"),
    Row("assign_roles", _roles("head sysadmin"), "ROL-02, ROL-30"),
    Row("override_matrix", _roles("head sysadmin"), "ROL-30: audited, by Head or administrator"),
    Row("edit_responsibilities", _roles("head osl"), "ROL-03: Head or OSL keep the statements"),
    # Trail
    Row("view_trail", _roles("head dsl dpo"), "SYS-03, domain feature 86"),
    Row("export_trail", _roles("head dpo"), "SYS-03: export for audit"),
)

GRANTS = {row.power: frozenset(row.roles) for row in MATRIX}

# Pupils and parents get no power over other people's records, whatever a school decides.
PUPILS_AND_PARENTS = frozenset(_roles("pupil parent"))
FAMILY_POWERS = frozenset(
    _roles(
        "report_incident report_worry follow_report view_policy sign_agreement give_consent "
        "report_failure borrow_assets ask_for_device join_wifi"
    )
)
# Without these nobody could mend a mistake, so some role keeps each of them.
KEEPING_POWERS = frozenset(_roles("assign_roles override_matrix"))


def usual_cells() -> set[tuple[str, str]]:
    """Return (role code, power) for every power the matrix grants, before a school's overrides."""
    return {(code, row.power) for row in MATRIX for code in row.roles}
