"""What monitoring notices at the demo schools and what people write about it: all of it made up."""

# How many weeks back the demo's monitoring goes.
WEEKS = 6
# The first is the urgent one of today.
ALERTS = (
    {"rule": "Self-harm", "severity": "1", "term": "i want it all to stop"},
    {"rule": "Bullying", "severity": "2", "term": "nobody likes you go away"},
    {"rule": "Bullying", "severity": "3", "term": "you are so dumb"},
    {"rule": "Games", "severity": "3", "term": "unblocked games", "address": "free-games.example"},
    {"rule": "Games", "severity": "3", "term": "block builder online"},
    {"rule": "Violence", "severity": "3", "term": "how did henry viii kill his wives"},
    {"rule": "Violence", "severity": "3", "term": "roman battles blood"},
    {"rule": "Ways round the filter", "severity": "2", "term": "tunnel free",
     "address": "tunnel-away.example"},
    {"rule": "Adult content", "severity": "2", "term": "breast stroke swimming"},
    {"rule": "Self-harm", "severity": "2", "term": "cut paper snowflakes"},
)  # fmt: skip
LOOKS = (
    "Looked at what came before it: part of the lesson.",
    "The words belong to the topic of the class.",
    "A search for a spelling. The teacher was beside the pupil.",
    "A game that the whole class plays at break.",
)
# School days before today, time, who, what, and how far it has got.
REPORTS = (
    (19, "10:25", "teacher", {"kind": "unsuitable", "address": "gory-facts.example",
     "what": "A page of pictures of accidents opened from a search for volcanoes.",
     "device": "LAP-14", "exposed": "no"}, "closed"),
    (7, "11:40", "ta", {"kind": "failure", "address": "",
     "what": "Two tablets opened pages that the laptops block.",
     "device": "TAB-03", "exposed": "unsure"}, "closed"),
    (1, "14:05", "comp_lead", {"kind": "unsuitable", "address": "rude-quiz.example",
     "what": "A quiz with rude answers that pupils share.",
     "device": "", "exposed": "yes"}, "acknowledged"),
)  # fmt: skip
REVIEW = {
    "pupils": "Four to eleven years old. One in six has special needs, one in nine is learning "
    "English. Nobody boards.",
    "devices": "Laptops and tablets owned by the school. Staff may use their own telephone on the "
    "guest network.",
    "ai_use": "No pupil uses generative AI. Some staff plan with it, on school accounts.",
    "limits": "Pages inside apps on tablets are seen by their address alone.",
    "provision": "As the register shows: three profiles, confirmed by the headteacher.",
    "findings": "Filtering fits the risks. Guests were checked too seldom. Requests are answered "
    "within two school days.",
}
