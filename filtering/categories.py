"""Categories of content that filters know, and those nobody may open (FIL-02, R-FM-4)."""

from dataclasses import dataclass

from filtering.lists_of_school import names_of
from people.models import School


@dataclass(frozen=True)
class Category:
    """One category: ``locked`` ones are on lists that nobody may switch off.

    ``purpose`` says that opening it needs an educational purpose and an end (FIL-09), ``body`` that
    a regional or national body has to approve it (FIL-10).
    """

    code: str
    label: str
    locked: bool = False
    purpose: bool = False
    body: bool = False


CATEGORIES = (
    Category("child_abuse", "Child sexual abuse material", locked=True),
    Category("terrorism", "Terrorist content", locked=True),
    Category("illegal", "Other illegal content", locked=True),
    Category("adult", "Pornography and adult content"),
    Category("violence", "Violence and cruelty"),
    Category("hate", "Racism and hatred"),
    Category("extremism", "Extremism"),
    Category("self_harm", "Self-harm and suicide"),
    Category("drugs", "Drugs, alcohol and tobacco"),
    Category("gambling", "Gambling"),
    Category("weapons", "Weapons"),
    Category("piracy", "Piracy and file sharing"),
    Category("malware", "Malware and phishing"),
    Category("proxies", "Ways round the filter"),
    Category("misinformation", "Misinformation and conspiracy theories"),
    Category("generative_ai", "Generative AI"),
    Category("social", "Social networks", purpose=True),
    Category("chat", "Chat and messaging"),
    Category("games", "Games"),
    Category("video", "Video sharing"),
    Category("music", "Music and media", body=True),
    Category("shopping", "Shopping", body=True),
    Category("image_search", "Raw image search"),
    Category("news", "News"),
    Category("education", "Education"),
)


def categories_of(school: School) -> dict[str, Category]:
    """Return the categories a school uses by their code: ours, then its own by their own name."""
    own = names_of(school, "more_categories")
    return {name: Category(name, name) for name in own} | {one.code: one for one in CATEGORIES}


def label_of(code: str) -> str:
    """Return what a category is called; one of a school's own is its own name."""
    return next((one.label for one in CATEGORIES if one.code == code), code)
