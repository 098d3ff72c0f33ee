"""What equipment a demo school owns; every maker and number is made up."""

# kind, make, model, how many, first room, end of the system's support in days from today or None
OWNED = (
    ("laptop", "Alder", "Book 14", 12, "Trolley A", 640),
    ("tablet", "Fern", "Slate 10", 8, "Trolley B", 35),
    ("desktop", "Alder", "Tower 3", 5, "Computing suite", -40),
    ("display", "Rowan", "Panel 75", 4, "Hall", None),
    ("camera", "Hazel", "Shot 2", 2, "Office cupboard", None),
    ("network", "Birch", "Switch 24", 2, "Server room", None),
    ("server", "Oak", "Rack 1", 1, "Server room", 900),
    ("removable", "Moss", "Safe stick 64", 3, "Office cupboard", None),
)
ROOMS = ("Class 3", "Class 4", "Class 5", "Class 6")
MEDIA = {
    "laptop": ("nvme", 256),
    "tablet": ("flash", 64),
    "desktop": ("ssd", 240),
    "server": ("hdd", 2_000),
    "removable": ("stick", 64),
    "camera": ("stick", 32),
}
SYSTEMS = {"laptop": "Pebble OS 12", "tablet": "Slate OS 9", "desktop": "Pebble OS 9",
           "server": "Harbour Server 22"}  # fmt: skip

# title, publisher, kind of licence, seats, days until it ends, allowed, on which kind of device
PROGRAMS = (
    ("Wordsmith Office", "Quill and Co", "site", None, 45, True, "laptop"),
    ("Number Garden", "Bright Sums", "seats", 10, 210, True, "laptop"),
    ("Paint Pot", "Open Paint Group", "free", None, None, True, "tablet"),
    ("Class Mixer", "Tune Box", "users", 30, 20, True, "desktop"),
    ("Speedy Games", "", "free", None, None, False, "desktop"),
)
OLD_SERVER = ("server", "Oak", "Rack 0", "Server room")
COMPANY = {
    "name": "Green Loop Recycling",
    "carrier_licence": "CBDU000123",
    "contact": "The collections desk, telephone 01632 960100",
    "standard": "ADISA ICT Asset Recovery Standard 8.0",
    "standard_number": "GL-0417",
}
LAPSED = {
    "name": "Quick Skip Clearance",
    "carrier_licence": "CBDL000987",
    "contact": "Telephone 01632 960166",
}
# What was taken: days back, item, rule, what happened, in which year group
TAKEN = (
    (18, "Black, cracked corner", "seen", "It rang during the test.", "6"),
    (9, "Blue strap, scratched glass", "recording", "Filmed others on the stairs.", "5"),
    (3, "In a green case", "lesson", "Played a game under the table.", "6"),
    (1, "Silver, no case", "harm", "A message about another pupil was shown round.", "5"),
)
