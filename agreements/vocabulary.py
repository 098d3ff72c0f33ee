"""The words of agreements and consents that are the same at every school."""

from django.db import models


class Audience(models.TextChoices):
    """Whom a text is written for (AGR-01)."""

    STAFF = "staff", "Staff"
    GOVERNOR = "governor", "Governors"
    PUPIL_KS1 = "pupil_ks1", "Pupils up to Year 2"
    PUPIL_KS2 = "pupil_ks2", "Pupils in Years 3 to 6"
    PUPIL_SECONDARY = "pupil_secondary", "Pupils from Year 7"
    PARENT = "parent", "Parents and carers"
    VOLUNTEER = "volunteer", "Volunteers, contractors and supply"
    VISITOR = "visitor", "Visitors and guest Wi-Fi"
    EXTERNAL = "external", "External groups"


PUPILS = (Audience.PUPIL_KS1, Audience.PUPIL_KS2, Audience.PUPIL_SECONDARY)
STAGES: dict[str, str] = {
    "EY": Audience.PUPIL_KS1,
    "KS1": Audience.PUPIL_KS1,
    "KS2": Audience.PUPIL_KS2,
    "KS3": Audience.PUPIL_SECONDARY,
    "KS4": Audience.PUPIL_SECONDARY,
    "KS5": Audience.PUPIL_SECONDARY,
}


class Kind(models.TextChoices):
    """What kind of paper it is."""

    AGREEMENT = "agreement", "Acceptable-use agreement"
    POLICY = "policy", "Online-safety policy, to be read and acknowledged"
    DOCUMENT = "document", "Another document people sign"


class Asks(models.TextChoices):
    """What a person is asked to do with a text (AGR-02)."""

    SIGN = "sign", "Sign it"
    ACKNOWLEDGE = "acknowledge", "Say that they have read it"
    FAMILIARISE = "familiarise", "Be made familiar with it in class"


class Change(models.TextChoices):
    """What a new version means for those who signed the one before (AGR-07)."""

    MATERIAL = "material", "Material: everybody signs again"
    MINOR = "minor", "Minor: earlier signatures stay good"


class Trigger(models.TextChoices):
    """Why somebody is asked."""

    JOINING = "joining", "Joined the school"
    SEPTEMBER = "september", "A new school year"
    ROLE = "role", "A new role"
    KEY_STAGE = "key_stage", "A new key stage"
    VERSION = "version", "A new version"
    RETURN = "return", "Came back from leave"


class Capacity(models.TextChoices):
    """In what capacity somebody signed."""

    SELF = "self", "For themselves"
    PARENT = "parent", "As the parent or carer of a pupil"
    WITNESSED = "witnessed", "For themselves, with a teacher as witness"


class Method(models.TextChoices):
    """How a signature was given."""

    ACCOUNT = "account", "Signed in"
    LINK = "link", "By a personal link"
    CLASS = "class", "In class"
    KIOSK = "kiosk", "At reception"
    PAPER = "paper", "On paper"
    PHONE = "phone", "By telephone"


class LinkCheck(models.TextChoices):
    """What the holder of a personal link has to know besides."""

    BIRTH_DATE = "birth_date", "The child’s date of birth"
    PIN = "pin", "A PIN the school gave them"


class FollowUpKind(models.TextChoices):
    """What has to be done because of an agreement or a consent."""

    ACCESS_REVIEW = "access_review", "Review somebody’s access"
    DECLINED = "declined", "Talk to somebody who declined"
    TAKE_DOWN = "take_down", "Take pictures down"


class ConsentKind(models.TextChoices):
    """What a consent is about."""

    IMAGE = "image", "Pictures and video"
    TECHNOLOGY = "technology", "Internet and devices"


class Answer(models.TextChoices):
    """What was answered; nothing answered counts as no (CON-02)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    WITHDRAWN = "withdrawn", "Withdrawn"


LANGUAGES = {
    "en": "English",
    "cy": "Welsh",
    "pl": "Polish",
    "ro": "Romanian",
    "ur": "Urdu",
    "pa": "Punjabi",
    "bn": "Bengali",
    "ar": "Arabic",
    "so": "Somali",
    "uk": "Ukrainian",
    "pt": "Portuguese",
    "fr": "French",
    "es": "Spanish",
    "zh": "Chinese",
}
RIGHT_TO_LEFT = frozenset({"ur", "ar"})
