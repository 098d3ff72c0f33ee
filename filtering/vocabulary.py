"""The words of filtering and monitoring that records and forms share."""

from django.db.models import IntegerChoices, TextChoices


class ServiceKind(TextChoices):
    """What a product is there for (FIL-01, FIL-31, FIL-34)."""

    FILTER = "filter", "Filtering"
    MONITOR = "monitor", "Monitoring"
    NETWORK = "network", "Internet connection"
    CONTROL = "control", "Classroom control"
    PROTECTION = "protection", "Malware, mail or device protection"


class Direction(TextChoices):
    """What is to happen to an address or a category."""

    BLOCK = "block", "Block"
    ALLOW = "allow", "Allow"


class TargetKind(TextChoices):
    """What a rule or a request is about."""

    ADDRESS = "address", "Web address"
    CATEGORY = "category", "Category"


class ReasonKind(TextChoices):
    """Why a change is asked for (FIL-07)."""

    TEACHING = "teaching", "Teaching"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    TECHNICAL = "technical", "Technical"


class Risk(TextChoices):
    """How the safeguarding lead judges the risk of a change."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Urgency(TextChoices):
    """How soon somebody needs it."""

    NORMAL = "normal", "Not urgent"
    SOON = "soon", "Needed within two school days"
    NOW = "now", "Needed today"


class Undo(TextChoices):
    """Why something that was made has to be put back (workflows c.5, c.6)."""

    EXPIRED = "expired", "Its time is over"
    REVOKED = "revoked", "It was ended at once"
    REFUSED = "refused", "The headteacher refused it"
    UNAPPROVED = "unapproved", "It was not approved in time"
    WRONG = "wrong", "It had the wrong effect"


class TestResult(TextChoices):
    """What a second person found."""

    __test__ = False  # pytest takes the name for a test

    WORKS = "works", "Works as it should"
    WRONG = "wrong", "Does not work as it should"


class EntryKind(TextChoices):
    """What a line of the change log tells."""

    ASKED = "asked", "Asked for"
    EDITED = "edited", "Request changed"
    ASSESSED = "assessed", "Risk assessed"
    RETURNED = "returned", "Sent back with a question"
    WITHDRAWN = "withdrawn", "Withdrawn"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Refused"
    MADE = "made", "Made"
    EMERGENCY = "emergency", "Blocked at once"
    TESTED = "tested", "Tested"
    FAULTY = "faulty", "Wrong effect found"
    ACTIVE = "active", "In force"
    CLOSED = "closed", "Closed"
    EXTENDED = "extended", "Extended"
    EXPIRED = "expired", "Time over"
    REVOKED = "revoked", "Ended at once"
    UNAPPROVED = "unapproved", "Not approved in time"
    PUT_BACK = "put_back", "Put back"
    CHECKED = "checked", "Checked to be put back"
    BASELINE = "baseline", "Baseline entered"
    SERVICE = "service", "Product"
    PROFILE = "profile", "Profile"
    ATTESTED = "attested", "Confirmed"
    EXCEPTION = "exception", "Exception of the governors"
    FAILURE = "failure", "Filtering failure"


class Exposed(TextChoices):
    """Whether a pupil met something harmful."""

    NO = "no", "No"
    YES = "yes", "Yes"
    UNSURE = "unsure", "Not sure"


class ReportKind(TextChoices):
    """What somebody reports about filtering (FIL-11, FIL-24)."""

    UNSUITABLE = "unsuitable", "I saw something unsuitable"
    FAILURE = "failure", "The filter does not work"
    OVERBLOCKED = "overblocked", "Something useful is blocked"


class Severity(IntegerChoices):
    """How fast an alert needs somebody (FIL-16)."""

    URGENT = 1, "Urgent"
    HIGH = 2, "High"
    ROUTINE = 3, "Routine"


class Verdict(TextChoices):
    """What triage made of an alert (FIL-15, domain feature 13)."""

    TRUE = "true", "A true concern"
    FALSE = "false", "A false alarm"
    UNCLEAR = "unclear", "Not clear yet"


class Product(TextChoices):
    """Whose export a mapping reads."""

    SENSO = "senso", "Senso"
    SMOOTHWALL = "smoothwall", "Smoothwall"
    SECURUS = "securus", "Securus"
    GENERIC = "generic", "Another product"


class AboutWhom(TextChoices):
    """Who may see an alert, by whom it is about (workflows c.8)."""

    PUPIL = "pupil", "Pupil, or not known"
    STAFF = "staff", "Member of staff"
    HEAD = "head", "Headteacher"


class AlertEventKind(TextChoices):
    """What happened to an alert."""

    RECEIVED = "received", "Received"
    ROUTED = "routed", "Told"
    OPENED = "opened", "Opened"
    IDENTIFIED = "identified", "User identified"
    ACTION = "action", "Action taken"
    TRIAGED = "triaged", "Triaged"
    RAISED = "raised", "Incident raised"
    SAMPLED = "sampled", "Checked in the sample"


class CheckTest(TextChoices):
    """What a filter check tries (R-FM-3)."""

    CHILD_ABUSE = "child_abuse", "Child-abuse list"
    TERRORISM = "terrorism", "Terrorism list"
    ADULT = "adult", "Adult content"


class Outcome(TextChoices):
    """What a filter did."""

    BLOCKED = "blocked", "Blocked"
    REACHED = "reached", "Reached"
    NOT_TESTED = "not_tested", "Could not be tested"


class Trigger(TextChoices):
    """Why filtering and monitoring are reviewed (R-FM-2)."""

    ANNUAL = "annual", "Once every school year"
    RISK = "risk", "A new safeguarding risk"
    REMOTE = "remote", "Working from elsewhere, or own devices"
    TECHNOLOGY = "technology", "New technology"
    AI_TOOL = "ai_tool", "A new AI tool"
    UPDATE = "update", "A major update"
    CONFIGURATION = "configuration", "A change of configuration"
    INCIDENT = "incident", "An incident"


class Capacity(TextChoices):
    """As what somebody takes part in a review and signs it."""

    LEADER = "leader", "Senior leader"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    IT = "it", "IT"
    GOVERNOR = "governor", "Governor"


class Statement(TextChoices):
    """What is confirmed from time to time, each with its own date (FIL-01, FIL-18, FIL-22)."""

    STANDARD = "standard", "The filtering meets the standard the school has to meet"
    IWF = "iwf", "The provider is a member of the Internet Watch Foundation"
    CTIRU = "ctiru", "The police list of terrorist content is on and cannot be switched off"
    UKSIC = "uksic", "The provider has told the UK Safer Internet Centre how it meets its guide"
    CHILD_ABUSE = "child_abuse", "The list of child sexual abuse material is on for everybody"
    STRATEGY = "strategy", "The monitoring strategy and its risk assessment are approved"
    STATUS = "status", "Those who may change the filter are the right people"
    PROTECTION = "protection", "Malware, mail and device protection works and is up to date"
    LIMITS = "limits", "Time-outs and blocked downloads are set as the policy says"
