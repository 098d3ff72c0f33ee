"""The words of the register of equipment, of loans, disposal and handed-in devices."""

from django.db.models import TextChoices


class AssetKind(TextChoices):
    """What a piece of equipment is (AST-01)."""

    LAPTOP = "laptop", "Laptop"
    DESKTOP = "desktop", "Desktop computer"
    TABLET = "tablet", "Tablet"
    PHONE = "phone", "Phone"
    SERVER = "server", "Server"
    STORAGE = "storage", "Storage unit"
    REMOVABLE = "removable", "Memory stick or portable drive"
    CAMERA = "camera", "Camera"
    NETWORK = "network", "Network equipment"
    PRINTER = "printer", "Printer or copier"
    DISPLAY = "display", "Screen or projector"
    CCTV = "cctv", "CCTV camera or recorder"
    OTHER = "other", "Something else"


KEEPS_DATA = (
    AssetKind.LAPTOP,
    AssetKind.DESKTOP,
    AssetKind.TABLET,
    AssetKind.PHONE,
    AssetKind.SERVER,
    AssetKind.STORAGE,
    AssetKind.REMOVABLE,
    AssetKind.CAMERA,
    AssetKind.PRINTER,
    AssetKind.CCTV,
)


# What is carried about, so that it is lost more easily and comes back to the network (AST-17).
PORTABLE = (
    AssetKind.LAPTOP,
    AssetKind.TABLET,
    AssetKind.PHONE,
    AssetKind.REMOVABLE,
    AssetKind.CAMERA,
)
# What is unlocked with a PIN that somebody of the school has to know (AST-15).
WITH_PIN = (AssetKind.TABLET, AssetKind.PHONE)


class Encryption(TextChoices):
    """Whether what is stored on a device is encrypted (AST-16, AST-17)."""

    UNKNOWN = "unknown", "Not known"
    YES = "yes", "Encrypted"
    NO = "no", "Not encrypted"
    NOT_NEEDED = "not_needed", "Keeps no data"


class MediumKind(TextChoices):
    """What data is stored on; it decides how it can be wiped (R-NIST-1)."""

    HDD = "hdd", "Hard disk"
    SSD = "ssd", "Solid-state disk"
    NVME = "nvme", "NVMe disk"
    FLASH = "flash", "Built-in flash memory"
    STICK = "stick", "Memory stick or card"
    TAPE = "tape", "Tape"
    OPTICAL = "optical", "CD or DVD"


class LicenceKind(TextChoices):
    """How a software licence is counted (AST-02)."""

    SEATS = "seats", "A number of computers"
    USERS = "users", "A number of people"
    SITE = "site", "The whole school"
    FREE = "free", "Free to use"


class Mark(TextChoices):
    """What a stock-take says of one thing."""

    FOUND = "found", "Found"
    MOVED = "moved", "Found in another room"
    MISSING = "missing", "Missing"


class LoanUse(TextChoices):
    """What a device is lent for (AST-10, AST-14)."""

    WORK = "work", "Work of a member of staff"
    LEARNING = "learning", "A pupil’s learning"
    ACTIVITY = "activity", "An activity or a trip"


class Condition(TextChoices):
    """In what state something is."""

    GOOD = "good", "Good"
    WORN = "worn", "Worn, works"
    DAMAGED = "damaged", "Damaged"
    BROKEN = "broken", "Does not work"


class UpkeepKind(TextChoices):
    """Why a device is with a mender or was checked (AST-19)."""

    REPAIR = "repair", "Repair"
    ELECTRICAL = "electrical", "Electrical safety check"
    SAFETY = "safety", "Health and safety check"
    UPGRADE = "upgrade", "Upgrade or set-up"
    INSTALL = "install", "Installation by a firm"
    SCAN = "scan", "Scan for viruses"


# What somebody can do on the spot, so that the device need not go away (AST-18, AST-19).
CHECKS = (UpkeepKind.SCAN, UpkeepKind.ELECTRICAL, UpkeepKind.SAFETY, UpkeepKind.INSTALL)


class LossKind(TextChoices):
    """How a device went."""

    LOST = "lost", "Lost"
    STOLEN = "stolen", "Stolen"


class Route(TextChoices):
    """What is to become of what is disposed of."""

    RECYCLE = "recycle", "Recycled by an authorised company"
    DESTROY = "destroy", "Destroyed by an authorised company"
    RESALE = "resale", "Sold on"
    DONATION = "donation", "Given away"
    RETURN = "return", "Back to the firm it was leased from"


BY_COMPANY = (Route.RECYCLE, Route.DESTROY, Route.RESALE)


class Method(TextChoices):
    """How a medium is sanitised; a magnet is no destruction (R-NIST-1)."""

    CLEAR = "clear", "Clear: overwritten"
    PURGE = "purge", "Purge: cryptographic or built-in erase"
    DESTROY = "destroy", "Destroy: shredded, melted or burnt"


class Result(TextChoices):
    """How a wipe or a destruction went."""

    DONE = "done", "Done and nothing is left"
    FAILED = "failed", "Failed"


class PaperKind(TextChoices):
    """Papers of a disposal (AST-04, AST-07, AST-08, R-WEEE-1)."""

    RECEIPT = "receipt", "Receipt of the company"
    TRANSFER = "transfer", "Waste transfer note"
    HAZARDOUS = "hazardous", "Hazardous waste consignment note"
    WEEE = "weee", "Evidence of electrical waste treatment"
    MEDIUM = "medium", "Certificate for a storage medium"
    SERVER = "server", "Secure deletion certificate for a server"
    OTHER = "other", "Another paper"


class CompanyPaperKind(TextChoices):
    """What a disposal company has to show (AST-03, AST-06, R-WEEE-1)."""

    LICENCE = "licence", "Waste carrier licence"
    GUARANTEE = "guarantee", "Written guarantee of wiping and destruction"
    INSURANCE = "insurance", "Insurance"
    STANDARD = "standard", "Certificate of a standard"
    PERMIT = "permit", "Permit of its site, or an exemption"


class DeviceKind(TextChoices):
    """What somebody's own device is (AST-13, MOB-02)."""

    PHONE = "phone", "Phone"
    WATCH = "watch", "Smartwatch"
    TABLET = "tablet", "Tablet"
    LAPTOP = "laptop", "Laptop"
    CAMERA = "camera", "Camera"
    OTHER = "other", "Something else"


class ExemptionKind(TextChoices):
    """Why a pupil may keep a device by them (R-SSC-4)."""

    MEDICAL = "medical", "A medical need"
    CARER = "carer", "A young carer"
    SEND = "send", "Special educational needs or a disability"
    OTHER = "other", "Another reason"


class PhoneFeature(TextChoices):
    """What is switched on of a school phone that goes to an activity (AST-14, MOB-13)."""

    CALLS = "calls", "Calls"
    TEXTS = "texts", "Text messages"
    CAMERA = "camera", "Camera"
    INTERNET = "internet", "Internet"
    APPS = "apps", "Chosen apps"
    PLACE = "place", "Where it is (location)"


class PhoneUseKind(TextChoices):
    """What a permission to use a phone is for (MOB-06, MOB-07)."""

    STAFF = "staff", "My own phone outside breaks"
    LESSON = "lesson", "Pupils’ own devices in a lesson"


class RuleBroken(TextChoices):
    """Why an item was taken (MOB-04)."""

    SEEN = "seen", "Seen or heard when it must be off and away"
    RECORDING = "recording", "Used to photograph, film or record"
    LESSON = "lesson", "Used in a lesson without permission"
    HARM = "harm", "Used to hurt, bully or threaten somebody"
    BANNED = "banned", "Not allowed in school at all"
    OTHER = "other", "Another reason"


class SoughtFor(TextChoices):
    """What a search was for (R-SSC-1)."""

    WEAPON = "weapon", "A knife or weapon"
    ALCOHOL = "alcohol", "Alcohol"
    DRUGS = "drugs", "Illegal drugs"
    STOLEN = "stolen", "Stolen things"
    TOBACCO = "tobacco", "Tobacco, vapes or cigarette papers"
    FIREWORKS = "fireworks", "Fireworks"
    IMAGES = "images", "Pornographic or indecent images"
    OFFENCE = "offence", "Something used, or likely to be used, for an offence or to hurt"
    BANNED = "banned", "Something the school’s rules ban and say may be searched for"


class SearchKind(TextChoices):
    """What was searched."""

    PERSON = "person", "A pupil’s clothes or bag"
    DEVICE = "device", "What is on a device"
    BOTH = "both", "A pupil, and what is on a device"


class Deletion(TextChoices):
    """What became of what was found on a device (MOB-10, R-SSC-3)."""

    NOTHING = "nothing", "Nothing was deleted"
    KEPT = "kept", "Kept as evidence"
    POLICE = "police", "Given to the police, nothing deleted"
    DELETED = "deleted", "Deleted, with a reason"


class PaperMethod(TextChoices):
    """How paper with personal data was destroyed (AST-24)."""

    SHREDDER = "shredder", "Shredded here, cross-cut"
    COMPANY = "company", "Collected by a company of the register"


class PaperAmount(TextChoices):
    """By what the volume of paper is told."""

    SACKS = "sacks", "sacks"
    BOXES = "boxes", "boxes"
    SHEETS = "sheets", "sheets"
    KILOS = "kilos", "kilograms"
