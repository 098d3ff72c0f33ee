"""The roles every school starts with (role-matrix.md b.1). Codes are stable; labels are data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoleSeed:
    """One role of the catalogue. ``mandatory`` roles warn when nobody holds them (ROL-02)."""

    code: str
    label: str
    category: str
    signs_in: bool = True
    mandatory: bool = False
    aliases: str = ""


# Kinds of role, as ``category`` names them (ROL-01).
CATEGORIES = (
    ("leadership", "Leadership"),
    ("safeguarding", "Safeguarding"),
    ("governor", "Governors"),
    ("curriculum", "Curriculum"),
    ("technical", "Technical"),
    ("data", "Data"),
    ("staff", "Staff"),
    ("pupil", "Pupils"),
    ("family", "Families"),
    ("external", "From outside"),
)

CATALOGUE = (
    RoleSeed("head", "Headteacher", "leadership", mandatory=True, aliases="Head"),
    RoleSeed("deputy", "Deputy headteacher", "leadership"),
    RoleSeed("slt", "Senior leader", "leadership", aliases="SLT, SMT"),
    RoleSeed("asst_head", "Assistant headteacher (student progress)", "leadership"),
    RoleSeed(
        "dsl",
        "Designated safeguarding lead",
        "safeguarding",
        mandatory=True,
        aliases="Designated child protection lead, child protection officer",
    ),
    RoleSeed(
        "osl",
        "Online safety lead",
        "safeguarding",
        mandatory=True,
        aliases="E-safety co-ordinator, e-safety officer",
    ),
    RoleSeed("chair", "Chair of governors", "governor", mandatory=True),
    RoleSeed(
        "os_gov",
        "Online-safety governor",
        "governor",
        mandatory=True,
        aliases="E-safety governor, safeguarding governor, computing link governor",
    ),
    RoleSeed("governor", "Governor", "governor"),
    RoleSeed("clerk", "Clerk to governors", "governor"),
    RoleSeed("comp_lead", "Computing leader", "curriculum", aliases="Computing subject leader"),
    RoleSeed("curr_lead", "Curriculum lead", "curriculum", aliases="PSHE subject leader"),
    RoleSeed(
        "tech",
        "Technician or network manager",
        "technical",
        aliases="IT technician, IT manager, network manager",
    ),
    RoleSeed(
        "filt_mgr",
        "Filtering manager",
        "technical",
        mandatory=True,
        aliases="Web filtering management status",
    ),
    RoleSeed("mon_lead", "Monitoring lead", "technical", aliases="Staff lead for monitoring"),
    RoleSeed("msp", "Managed service provider", "external", aliases="Technical support provider"),
    RoleSeed(
        "mon_svc",
        "Third-party monitoring service",
        "external",
        signs_in=False,
        aliases="Assisted monitoring",
    ),
    RoleSeed("office_mgr", "Office manager or reception", "staff"),
    RoleSeed("data_mgr", "Data manager", "data"),
    RoleSeed("lp_lead", "Learning platform leader", "technical"),
    RoleSeed("siro", "Senior information risk officer", "data", mandatory=True),
    RoleSeed("bursar", "Bursar", "data"),
    RoleSeed(
        "iao",
        "Information asset owner",
        "data",
        aliases="Data and information manager, key contact",
    ),
    RoleSeed("dpo", "Data protection officer", "data"),
    RoleSeed("grid_contact", "Nominated contact for grid services", "technical"),
    RoleSeed("web_auth", "Website authoriser", "staff", aliases="Uploader"),
    RoleSeed("sm_admin", "Official social media administrator", "staff"),
    RoleSeed("acct_admin", "Account administrator", "technical"),
    RoleSeed("teacher", "Class teacher", "staff", aliases="Tutor"),
    RoleSeed("ta", "Teaching assistant", "staff", aliases="Support staff"),
    RoleSeed("hoy", "Head of year", "staff"),
    RoleSeed("pastoral", "Pastoral staff", "safeguarding"),
    RoleSeed("senco", "Special needs co-ordinator", "staff", aliases="SEN co-ordinator"),
    RoleSeed("staff", "Member of staff", "staff"),
    RoleSeed(
        "volunteer",
        "Volunteer, contractor or supply",
        "staff",
        aliases="Trainee, supply teacher, placement student",
    ),
    RoleSeed("site_mgr", "Site manager", "staff", aliases="Caretaker"),
    RoleSeed("pupil", "Pupil", "pupil", aliases="Student, learner"),
    RoleSeed("parent", "Parent or carer", "family", aliases="Guardian"),
    RoleSeed("external", "External group or visitor", "external", signs_in=False),
    RoleSeed("pta", "Parent-teacher association", "external", signs_in=False),
    RoleSeed("agencies", "Outside agency", "external", signs_in=False),
    RoleSeed("investigator", "Investigation group member", "safeguarding"),
    RoleSeed("sysadmin", "System administrator", "technical"),
)

BY_CODE = {seed.code: seed for seed in CATALOGUE}
SIGN_IN_ROLES = tuple(seed.code for seed in CATALOGUE if seed.signs_in)


# Which kinds of person a role may be given to: a child never gets an adult's role.
ADULTS = ("staff", "governor", "volunteer", "external", "carer")
KINDS_FOR = {"pupil": ("pupil",)}


def kinds_for(category: str) -> tuple[str, ...]:
    """Return the kinds of person that roles of a kind are given to."""
    return KINDS_FOR.get(category, ADULTS)


@dataclass(frozen=True)
class Separation:
    """Roles that check one another, so that one person in all of them checks themselves."""

    codes: tuple[str, ...]
    why: str


# A small school may have no choice; governors are shown the union (role-matrix.md b.3 rule 6).
SEPARATIONS = (
    Separation(("head", "chair"), "The chair hears concerns about the headteacher."),
    Separation(
        ("head", "dsl"),
        "The headteacher confirms what the safeguarding lead decides, and stands in.",
    ),
    Separation(("dsl", "chair"), "The chair oversees how concerns about leaders are handled."),
    Separation(("head", "os_gov"), "A governor checks what the headteacher reports."),
    Separation(("osl", "os_gov"), "A governor checks what the online safety lead does."),
    Separation(
        ("filt_mgr", "osl"), "Who asks for a change of the filter does not carry it out (FIL-06)."
    ),
    Separation(
        ("filt_mgr", "head"), "Who approves a change of the filter does not carry it out (FIL-06)."
    ),
    Separation(("siro", "dpo"), "The data protection officer checks the risk officer's decisions."),
)
