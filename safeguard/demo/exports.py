"""Write a community as the CSV files a school exports from its MIS."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from people.models import PeopleImport
from safeguard.demo.community import Community, Row

Addresses = Mapping[str, str]


def exports_of(community: Community, addresses: Addresses) -> dict[str, bytes]:
    """Return the three files by kind; ``addresses`` are e-mail addresses by a person's number."""
    return {
        PeopleImport.Kind.STAFF: _staff(community, addresses),
        PeopleImport.Kind.PUPILS: _pupils(community, addresses),
        PeopleImport.Kind.CARERS: _carers(community, addresses),
    }


def sign_in_address(code: str, slug: str) -> str:
    """Return the address somebody with a post signs in with."""
    return f"{code}@{slug}.example"


def address_of(row: Row, slug: str) -> str:
    """Return the e-mail address of a person: that of their sign-in, or one made of the name."""
    if row.post:
        return sign_in_address(row.post.code, slug)
    if row.kind == "pupil" or row.left:
        return ""
    domain = f"{slug}.example" if row.kind in ("staff", "governor") else "post.example"
    return f"{row.given}.{row.family}.{row.external_id}@{domain}".lower()


def _staff(community: Community, addresses: Addresses) -> bytes:
    headings = ("Employee Number", "Title", "Forename", "Surname", "Job Title", "Work Email")
    return _file(
        (*headings, "Start Date", "Leave Date"),
        (
            (
                row.external_id,
                row.title,
                row.given,
                row.family,
                row.job_title,
                addresses.get(row.external_id, ""),
                _day(row.joined),
                _day(row.left),
            )
            for row in community.staff
        ),
    )


def _pupils(community: Community, addresses: Addresses) -> bytes:
    headings = ("Admission Number", "Legal Forename", "Legal Surname", "Preferred Forename")
    return _file(
        (*headings, "DOB", "Reg Group", "NC Year", "Email", "Date of Entry", "Date of Leaving"),
        (
            (
                row.external_id,
                row.given,
                row.family,
                row.known_as,
                _day(row.born),
                row.class_name,
                row.year_group,
                addresses.get(row.external_id, ""),
                _day(row.joined),
                _day(row.left),
            )
            for row in community.pupils
        ),
    )


def _carers(community: Community, addresses: Addresses) -> bytes:
    headings = ("Contact ID", "Student ID", "Title", "Forename", "Surname", "Relationship")
    return _file(
        (*headings, "Parental Responsibility", "Can Sign", "No Contact", "Email", "Telephone"),
        (
            (
                link.carer.external_id,
                link.pupil.external_id,
                link.carer.title,
                link.carer.given,
                link.carer.family,
                link.relation,
                "Yes",
                "Yes" if link.may_sign else "No",
                "Yes" if link.no_contact else "No",
                addresses.get(link.carer.external_id, ""),
                link.carer.phone,
            )
            for link in community.links
        ),
    )


def _file(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows(rows)
    return file.getvalue().encode()


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
