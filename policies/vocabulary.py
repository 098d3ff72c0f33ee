"""The words a policy's rows are written with: subjects, kinds of step, what a step starts."""

from django.db import models


class Subject(models.TextChoices):
    """Whose conduct a row is about."""

    PUPIL = "pupil", "Pupil"
    STAFF = "staff", "Member of staff"
    ANYONE = "any", "Anyone"


class VersionStatus(models.TextChoices):
    """A version is written once as a draft and may then be published, and nothing else."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class StepKind(models.TextChoices):
    """The part a step plays in the ladder, in the order in which a reader meets them."""

    REFER_FIRST = "refer_first", "First referral"
    IMMEDIATE_MEASURE = "immediate_measure", "At once"
    SANCTION = "sanction", "Sanction"
    ESCALATE = "escalate", "Escalate to"
    ESCALATION_MEASURE = "escalation_measure", "If it goes further"
    SAFEGUARDING = "safeguarding", "Safeguarding step"
    SPECIAL = "special", "Special case"


class Creates(models.TextChoices):
    """The record or task that a step or an infringement starts."""

    EVIDENCE_HOLD = "evidence_hold", "Hold on the evidence"
    EVIDENCE_DESCRIPTION = "evidence_description", "Description of the material"
    PROVIDER_CONTACT = "provider_contact", "Contact with the provider"
    TAKEDOWN_REQUEST = "takedown_request", "Request to take material down"
    REFERRAL = "referral", "Referral"
    FILTER_BLOCK_REQUEST = "filter_block_request", "Request to block a site"
    ASSET_QUARANTINE = "asset_quarantine", "Equipment made secure"
    EXTERNAL_AUDIT = "external_audit", "Outside audit of equipment"
    EXTERNAL_SUPPORT = "external_support", "Outside support"
    SUSPENSION = "suspension", "Suspension"
    EXPLANATION = "explanation", "Explanation asked for"
    RESTRICTION = "restriction", "Restricted access to the case"
    NOTICE = "notice", "Notice to a person"
    HELP_ROUTE = "help_route", "Help route shown"
    POLICY_LINK = "policy_link", "Link to another policy"
    CONFISCATION = "confiscation", "Confiscation"
    DATA_BREACH = "data_breach", "Data breach record"
    ACCESS_TASK = "access_task", "Access review"
    COMPLAINT = "complaint", "Contact, then the complaints procedure"


class Agency(models.TextChoices):
    """An outside body that a step may send the case to."""

    POLICE = "police", "Police"
    LADO = "lado", "Designated officer of the local authority (LADO)"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    SOCIAL_CARE = "social_care", "Children's social care"
    SAFEGUARDING_BOARD = "safeguarding_board", "Local safeguarding partners"
    CEOP = "ceop", "CEOP"
    IWF = "iwf", "Internet Watch Foundation"
    HUMAN_RESOURCES = "human_resources", "Human resources"
    ICT_INVESTIGATOR = "ict_investigator", "Outside ICT investigator"
    PROVIDER = "provider", "Mail or service provider"
    PREVENT = "prevent", "Prevent officer"
    EXAM_BODY = "exam_body", "Examining body"


class Trigger(models.TextChoices):
    """The circumstance that brings a special case into play, whatever the category."""

    EXCEPTIONAL_GROSS_MISCONDUCT = "exceptional_gross_misconduct", "Exceptionally serious act"
    OUTSIDE_SUPPORT = "outside_support", "Outside support is needed"
    ABUSE_IMAGES = "abuse_images", "Child abuse images found"
    CONDUCT_TOWARDS_CHILD = "conduct_towards_child", "Unsuitable or illegal conduct to a child"
    ILLEGAL_SUSPECTED = "illegal_suspected", "Illegal activity or material suspected"
    CONCERN_ABOUT_HEAD = "concern_about_head", "Concern about the headteacher"
    DISTURBING_MESSAGE = "disturbing_message", "Disturbing or unlawful message"
    EXAM_DEVICE = "exam_device", "Phone or device in an examination"


class AccessScope(models.TextChoices):
    """What a removal of access covers."""

    INTERNET = "internet", "Internet"
    COMPUTER = "computer", "School computers"
    NETWORK = "network", "School network"
    LEARNING_PLATFORM = "learning_platform", "Learning platform"


class RiskArea(models.TextChoices):
    """The four areas of online risk (R-KCSIE-3)."""

    CONTENT = "content", "Content"
    CONTACT = "contact", "Contact"
    CONDUCT = "conduct", "Conduct"
    COMMERCE = "commerce", "Commerce"
