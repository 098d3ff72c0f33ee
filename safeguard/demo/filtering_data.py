"""What the demo schools filter, and which changes they ask for: all of it made up."""

from dataclasses import dataclass
from typing import Any

from filtering.vocabulary import Statement

PRODUCTS = (
    ("filter", "Clearpath Filter", "Dale Networks", "Blocks by category and by profile", False),
    ("monitor", "Lookout Monitor", "Lookout Schools", "Watches what is typed and opened", True),
    ("control", "Deskview", "Deskview Ltd", "Shows and locks the screens of a class", False),
    ("protection", "Hedgerow Endpoint", "Hedgerow", "Finds malware on school devices", False),
)
PROFILES = (
    ("Pupils", "Every pupil, on school devices", "Pupil Wi-Fi"),
    ("Staff", "Everybody who works here", "Staff Wi-Fi"),
    ("Guests", "Visitors and own devices", "Guest Wi-Fi"),
)
# Of each category what is so for pupils, staff and guests, and why.
BASELINE = {
    "adult": ("block", "block", "block", "Harmful, and never needed in school"),
    "violence": ("block", "block", "block", "Harmful to children"),
    "hate": ("block", "block", "block", "Part of the duty to protect from hatred"),
    "extremism": ("block", "block", "block", "The Prevent duty"),
    "self_harm": ("block", "block", "block", "Harmful to children"),
    "gambling": ("block", "block", "block", "Not for children"),
    "malware": ("block", "block", "block", "Keeps our devices safe"),
    "proxies": ("block", "block", "block", "Leads round the filter"),
    "social": ("block", "block", "block", "Opened only for a teaching purpose"),
    "chat": ("block", "allow", "block", "Staff talk to parents in the school’s own app"),
    "games": ("block", "block", "block", "Takes time from learning"),
    "video": ("block", "allow", "block", "Teachers choose what a class sees"),
    "shopping": ("block", "allow", "allow", "The office orders online"),
    "generative_ai": ("block", "allow", "block", "Pupils are too young for its terms"),
    "news": ("allow", "allow", "allow", "Part of the curriculum"),
    "education": ("allow", "allow", "allow", "What the network is for"),
}
CONFIRMED = {
    Statement.STANDARD: ("head", "Read beside the provider’s letter of September."),
    Statement.STRATEGY: ("head", "Approved with the risk assessment by the senior leaders."),
    Statement.STATUS: ("head", "Two people hold the status, and both still need it."),
    Statement.IWF: ("filt_mgr", "The provider is on the list of members."),
    Statement.CTIRU: ("filt_mgr", "The provider’s certificate, page 2."),
    Statement.CHILD_ABUSE: ("filt_mgr", "Tested with the provider’s test page, for each profile."),
    Statement.PROTECTION: ("tech", "The console shows every device up to date."),
}
HISTORY = "viking-museum.example/longship"


@dataclass
class Asked:
    """One filter change of the demo: who asks when for what, and how far it has got.

    ``days`` are school days before today. ``until`` is the last step that was taken.
    """

    days: int
    by: str
    until: str
    told: dict[str, Any]
    reason: str
    profiles: tuple[str, ...] = ("Pupils",)
    last_day: int | None = None  # school days before today; below 0 after it
    assessed: str = "Low risk: looked through, nothing unsuitable is linked."
    refused: str = ""


ASKED = (
    Asked(
        34,
        "teacher",
        "test",
        {"direction": "allow", "addresses": HISTORY, "reason_kind": "teaching"},
        "Year 5 follow the building of a ship in their history topic.",
    ),
    Asked(
        30,
        "dsl",
        "test",
        {"direction": "block", "addresses": "*.dare-videos.example", "reason_kind": "safeguarding"},
        "Pupils copied dares from it at break.",
        ("Pupils", "Guests"),
        assessed="High risk if it stays open. No class uses it.",
    ),
    Asked(
        22,
        "teacher",
        "reject",
        {"direction": "allow", "addresses": "free-games.example", "reason_kind": "teaching"},
        "As a reward on Friday afternoons.",
        assessed="Medium risk: advertisements for gambling on every page.",
        refused="The advertisements are not for children. Ask for one game on another site.",
    ),
    Asked(
        26,
        "comp_lead",
        "check",
        {
            "direction": "allow",
            "addresses": "short-films.example/animation",
            "reason_kind": "teaching",
            "lesson": "Year 6 computing: making a cartoon",
            "purpose": "Pupils study how a cartoon is cut",
        },
        "The unit on animation uses six of its films.",
        last_day=14,
    ),
    Asked(
        9,
        "teacher",
        "test",
        {
            "direction": "allow",
            "addresses": "river-live.example",
            "reason_kind": "teaching",
            "lesson": "Year 5 geography: rivers",
            "purpose": "Live pictures of a river in flood",
        },
        "The class keeps a diary of the water for three weeks.",
        last_day=-1,
    ),
    Asked(
        3,
        "comp_lead",
        "approve",
        {"direction": "allow", "addresses": "code-blocks.example", "reason_kind": "teaching"},
        "The new programming unit runs on it.",
    ),
    Asked(
        2,
        "tech",
        "assess",
        {
            "direction": "block",
            "addresses": "tunnel-away.example",
            "reason_kind": "technical",
            "urgency": "soon",
        },
        "It leads round the filter, and two devices tried it.",
        ("Pupils", "Staff", "Guests"),
    ),
    Asked(
        1,
        "senco",
        "ask",
        {"direction": "allow", "addresses": "read-aloud.example", "reason_kind": "teaching"},
        "Two pupils need pages read to them.",
    ),
)
