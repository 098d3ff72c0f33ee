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


CATALOGUE = (
    RoleSeed("head", "Headteacher", "leadership", mandatory=True),
    RoleSeed("deputy", "Deputy headteacher", "leadership"),
    RoleSeed("slt", "Senior leader", "leadership"),
    RoleSeed("asst_head", "Assistant headteacher (student progress)", "leadership"),
    RoleSeed("dsl", "Designated safeguarding lead", "safeguarding", mandatory=True),
    RoleSeed("osl", "Online safety lead", "safeguarding", mandatory=True),
    RoleSeed("chair", "Chair of governors", "governor", mandatory=True),
    RoleSeed("os_gov", "Online-safety governor", "governor", mandatory=True),
    RoleSeed("governor", "Governor", "governor"),
    RoleSeed("clerk", "Clerk to governors", "governor"),
    RoleSeed("comp_lead", "Computing leader", "curriculum"),
    RoleSeed("curr_lead", "Curriculum lead", "curriculum"),
    RoleSeed("tech", "Technician or network manager", "technical"),
    RoleSeed("filt_mgr", "Filtering manager", "technical", mandatory=True),
    RoleSeed("mon_lead", "Monitoring lead", "technical"),
    RoleSeed("msp", "Managed service provider", "external"),
    RoleSeed("mon_svc", "Third-party monitoring service", "external", signs_in=False),
    RoleSeed("office_mgr", "Office manager or reception", "staff"),
    RoleSeed("data_mgr", "Data manager", "data"),
    RoleSeed("lp_lead", "Learning platform leader", "technical"),
    RoleSeed("siro", "Senior information risk officer", "data", mandatory=True),
    RoleSeed("bursar", "Bursar", "data"),
    RoleSeed("iao", "Information asset owner", "data"),
    RoleSeed("dpo", "Data protection officer", "data"),
    RoleSeed("grid_contact", "Nominated contact for grid services", "technical"),
    RoleSeed("web_auth", "Website authoriser", "staff"),
    RoleSeed("sm_admin", "Official social media administrator", "staff"),
    RoleSeed("acct_admin", "Account administrator", "technical"),
    RoleSeed("teacher", "Class teacher", "staff"),
    RoleSeed("ta", "Teaching assistant", "staff"),
    RoleSeed("hoy", "Head of year", "staff"),
    RoleSeed("pastoral", "Pastoral staff", "safeguarding"),
    RoleSeed("senco", "Special needs co-ordinator", "staff"),
    RoleSeed("staff", "Member of staff", "staff"),
    RoleSeed("volunteer", "Volunteer, contractor or supply", "staff"),
    RoleSeed("site_mgr", "Site manager", "staff"),
    RoleSeed("pupil", "Pupil", "pupil"),
    RoleSeed("parent", "Parent or carer", "family"),
    RoleSeed("external", "External group or visitor", "external", signs_in=False),
    RoleSeed("pta", "Parent-teacher association", "external", signs_in=False),
    RoleSeed("agencies", "Outside agency", "external", signs_in=False),
    RoleSeed("investigator", "Investigation group member", "safeguarding"),
    RoleSeed("sysadmin", "System administrator", "technical"),
)

BY_CODE = {seed.code: seed for seed in CATALOGUE}
SIGN_IN_ROLES = tuple(seed.code for seed in CATALOGUE if seed.signs_in)
