"""The school's community as the product knows it."""

from people.models.imports import ImportMapping, PeopleImport
from people.models.jobs import Job
from people.models.notices import Counter, Notice
from people.models.person import GovernorDetails, Person, StaffDetails, User
from people.models.pupils import CarerLink, PupilEnrolment, SchoolClass
from people.models.school import (
    AcademicYear,
    Closure,
    School,
    SchoolOwned,
    SchoolSetting,
    Term,
)
from people.models.to_do import ToDo

__all__ = [
    "AcademicYear",
    "CarerLink",
    "Closure",
    "Counter",
    "GovernorDetails",
    "ImportMapping",
    "Job",
    "Notice",
    "PeopleImport",
    "Person",
    "PupilEnrolment",
    "School",
    "SchoolClass",
    "SchoolOwned",
    "SchoolSetting",
    "StaffDetails",
    "Term",
    "ToDo",
    "User",
]
