"""The three demo schools: their names, ladders, settings and who holds which post.

The profiles follow requirements settings.md: Weaver Bank combines posts as profile 000 does,
Dee Meadow has the A to D ladder of profile 001 with a person for each post, St Agnes has a
headteacher who is also safeguarding lead as in profile 002.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Post:
    """A person with a sign-in ``code@school.example`` and the roles that person holds.

    ``holds`` are held as holder, ``deputises`` as deputy; an empty ``holds`` with no deputising
    means the role of the code itself. ``teaches`` is the year group of a class teacher.
    """

    code: str
    title: str
    kind: str = "staff"
    holds: tuple[str, ...] = ()
    deputises: tuple[str, ...] = ()
    teaches: str = ""

    @property
    def held(self) -> tuple[str, ...]:
        """Return the roles held as holder."""
        return self.holds or (() if self.deputises else (self.code,))


@dataclass(frozen=True)
class Profile:
    """What makes one demo school different from the others."""

    slug: str
    name: str
    ladder: str
    classes: tuple[str, ...]
    posts: tuple[Post, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


# Each post with its sign-in; a school's own list replaces those of the same code.
_POSTS = (
    Post("head", "Headteacher"),
    Post("deputy", "Deputy headteacher"),
    Post("slt", "Senior leader for inclusion"),
    Post("asst_head", "Assistant headteacher"),
    Post("dsl", "Designated safeguarding lead"),
    Post("osl", "Online safety lead"),
    Post("comp_lead", "Computing leader"),
    Post("curr_lead", "Curriculum lead for PSHE"),
    Post("tech", "IT technician"),
    Post("filt_mgr", "Filtering manager"),
    Post("mon_lead", "Monitoring lead"),
    Post("office_mgr", "Office manager"),
    Post("data_mgr", "Data manager"),
    Post("lp_lead", "Learning platform leader"),
    Post("siro", "School business leader"),
    Post("bursar", "Bursar"),
    Post("iao", "Records officer"),
    Post("grid_contact", "Network contact"),
    Post("web_auth", "Website editor"),
    Post("sm_admin", "Communications officer"),
    Post("acct_admin", "Accounts assistant"),
    Post("teacher", "Class teacher", teaches="5"),
    Post("ta", "Teaching assistant"),
    Post("hoy", "Head of year"),
    Post("pastoral", "Pastoral worker"),
    Post("senco", "Special needs co-ordinator"),
    Post("staff", "Midday supervisor"),
    Post("site_mgr", "Site manager"),
    Post("investigator", "Senior teacher"),
    Post("sysadmin", "Systems administrator"),
    Post("chair", "Chair of governors", "governor"),
    Post("os_gov", "Online-safety governor", "governor"),
    Post("governor", "Parent governor", "governor"),
    Post("clerk", "Clerk to governors", "governor"),
    Post("volunteer", "Reading volunteer", "volunteer"),
    Post("msp", "Engineer of the IT support company", "external"),
    Post("dpo", "Data protection officer, shared service", "external"),
)
# Class teachers whose sign-in is not one of the role addresses.
_TEACHERS = tuple(
    Post(f"teacher.{year.lower()}", "Class teacher", holds=("teacher",), teaches=year)
    for year in ("R", "1", "2", "3", "4", "6")
)
_ASSISTANTS = tuple(Post(f"ta.{number}", "Teaching assistant", holds=("ta",)) for number in (2, 3))


def _posts(*own: Post, more: tuple[Post, ...] = ()) -> tuple[Post, ...]:
    replaced = {post.code: post for post in own}
    return tuple(replaced.get(post.code, post) for post in _POSTS) + more


# Two schools where leaders of a subject teach a class, as most primary schools do.
_TEACHING_LEADERS = (
    Post("curr_lead", "Curriculum lead for PSHE", holds=("curr_lead", "teacher"), teaches="4"),
    Post("lp_lead", "Learning platform leader", holds=("lp_lead", "teacher"), teaches="3"),
    Post("hoy", "Leader of key stage 1", holds=("hoy", "teacher"), teaches="2"),
    Post("web_auth", "Website editor", holds=("web_auth", "teacher"), teaches="1"),
    Post("sm_admin", "Communications officer", holds=("sm_admin", "teacher"), teaches="R"),
    Post("mon_lead", "Monitoring lead", holds=("mon_lead", "teacher"), teaches="6"),
)

WEAVER_BANK = Profile(
    slug="weaver-bank",
    name="Weaver Bank Primary School",
    ladder="abcd_interviews",
    classes=("Wrens", "Robins", "Finches", "Swifts", "Lapwings", "Herons", "Kestrels"),
    posts=_posts(
        Post("head", "Headteacher", holds=("head", "siro")),
        Post("siro", "School business leader", deputises=("siro",)),
        Post("dsl", "Child protection and online safety lead", holds=("dsl", "osl")),
        Post("osl", "Deputy online safety lead", deputises=("osl",)),
        Post("tech", "Network and office manager", holds=("tech", "office_mgr", "data_mgr")),
        Post("office_mgr", "Office assistant", deputises=("office_mgr",)),
        Post("data_mgr", "Data clerk", deputises=("data_mgr",)),
        *_TEACHING_LEADERS,
        more=_ASSISTANTS,
    ),
    settings={
        "pupil_route": ["osl", "comp_lead", "head"],
        "escalation_chain": ["teacher", "comp_lead", "osl", "dsl", "head", "chair"],
        "unread_hours": 6,
        "school_day_ends": "15:30",
        "pupil_asked": "familiarise",
        "discussed": "term",
        "external_asked": "none",
    },
)

DEE_MEADOW = Profile(
    slug="dee-meadow",
    name="Dee Meadow Primary School",
    ladder="abcd",
    classes=("Reception", "1 Alder", "2 Birch", "3 Cedar", "4 Hazel", "5 Maple", "6 Rowan"),
    posts=_posts(more=(*_TEACHERS, *_ASSISTANTS)),
    settings={
        "pupil_route": ["dsl", "osl", "head"],
        "staff_route": ["head", "deputy", "chair"],
        "unread_hours": 4,
        "school_day_ends": "15:45",
        "look_back": "year",
        "countersigned": True,
        "staff_cycle": "entry",
        "scan_portable": "loans",
    },
)

ST_AGNES = Profile(
    slug="st-agnes",
    name="St Agnes Catholic Primary School",
    ladder="abcd_safeguarding",
    classes=("St Bede", "St Brigid", "St Cuthbert", "St Hilda", "St Martin", "St Oscar", "St Rita"),
    posts=_posts(
        Post("head", "Headteacher and safeguarding lead", holds=("head", "dsl", "siro")),
        Post("dsl", "Deputy safeguarding lead", deputises=("dsl",)),
        Post("siro", "School business leader", deputises=("siro",)),
        Post("osl", "Computing and online safety lead", holds=("osl", "comp_lead")),
        Post("comp_lead", "Deputy computing leader", deputises=("comp_lead",)),
        Post("os_gov", "Safeguarding governor", "governor"),
        *_TEACHING_LEADERS,
        more=_ASSISTANTS,
    ),
    settings={
        "pupil_route": ["osl", "dsl"],
        "unread_hours": 3,
        "feedback_days": 10,
        "look_back": "always",
        "consent_reminder": True,
        "school_day_ends": "15:30",
    },
)

PROFILES = (WEAVER_BANK, DEE_MEADOW, ST_AGNES)
