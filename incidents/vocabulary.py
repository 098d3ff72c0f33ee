"""The words an incident is described with."""

from django.db import models


class Place(models.TextChoices):
    """Where it happened (INC-11)."""

    SCHOOL = "school", "In school"
    OUTSIDE = "outside", "Out of school"
    ONLINE = "online", "On an online service"


class RiskArea(models.TextChoices):
    """The four areas of online risk (R-KCSIE-3)."""

    CONTENT = "content", "Content: something seen or shared"
    CONTACT = "contact", "Contact: somebody got in touch"
    CONDUCT = "conduct", "Conduct: how somebody behaved"
    COMMERCE = "commerce", "Commerce: gambling, scams, advertising"


class Part(models.TextChoices):
    """The part a person had (domain 2.16)."""

    ALLEGED = "alleged", "Said to have done it"
    HARMED = "harmed", "Harmed or targeted"
    WITNESS = "witness", "Saw or heard it"


class SubjectKind(models.TextChoices):
    """Whose conduct the incident is about."""

    PUPIL = "pupil", "A pupil"
    STAFF = "staff", "A member of staff"
    OTHER = "other", "Somebody else, or nobody known"


class Restriction(models.TextChoices):
    """Why an incident is kept out of the general lists (INC-08, INC-09, INC-59)."""

    STAFF = "staff", "About a member of staff"
    HEAD = "head", "About the headteacher"
    NAMED = "named", "Named people only"


class Severity(models.TextChoices):
    """How quickly somebody has to act (INC-06)."""

    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


class YesNoUnsure(models.TextChoices):
    """An answer that may honestly be open."""

    NO = "no", "No"
    YES = "yes", "Yes"
    UNSURE = "unsure", "Not sure"


class EventKind(models.TextChoices):
    """What a line of the chronology is."""

    REPORTED = "reported", "Reported"
    ROUTED = "routed", "Sent on"
    OPENED = "opened", "Opened"
    CLASSIFIED = "classified", "Classified"
    REFERRED = "referred", "Referral"
    RESUMED = "resumed", "Taken up again"
    DECIDED = "decided", "Decision"
    CONFIRMED = "confirmed", "Decision confirmed"
    RETURNED = "returned", "Decision returned"
    ESCALATED = "escalated", "Escalated"
    HANDED_OVER = "handed_over", "Handed over"
    SHARED = "shared", "Person named"
    NOTE = "note", "Note"
    PARENTS = "parents", "Parents"
    TASK = "task", "Task"
    SANCTION = "sanction", "Sanction"
    LINKED = "linked", "Linked"
    EVIDENCE = "evidence", "Evidence"
    FEEDBACK = "feedback", "Feedback"
    CLOSED = "closed", "Closed"
    OUT_OF_SCOPE = "out_of_scope", "Outside scope"
    REOPENED = "reopened", "Reopened"


class TaskState(models.TextChoices):
    """Whether a task was answered."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "Not needed"
