"""Cells of an import: the ways MIS exports write dates, years, telephones and yes or no."""

from datetime import date

import pytest

from people.imports import cells
from people.imports.carers import CarerImporter
from people.imports.columns import guess_columns
from people.imports.pupils import PupilImporter
from people.imports.staff import StaffImporter

TODAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-01",
        "01/09/2024",
        "1/9/2024",
        "01-09-2024",
        "1.9.2024",
        "1 Sep 2024",
        "01-Sep-2024",
        "1 September 2024",
        "01/09/2024 00:00:00",
        "2024-09-01T00:00",
    ],
)
def test_dates_are_read_day_first(written):
    assert cells.day(written, TODAY) == date(2024, 9, 1)


@pytest.mark.parametrize(
    "written", ["9/31/2024", "01/09-2024", "1 Foo 2024", "20240901", "01/09/24", "45536", "=1"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(cells.BadCell, match="is not a date: write it like 01/09/2026"):
        cells.day(written, TODAY)


@pytest.mark.parametrize("written", ["31/12/1929", "20/09/2028"])
def test_absurd_dates_are_refused(written):
    with pytest.raises(cells.BadCell, match="too long ago or too far ahead"):
        cells.day(written, TODAY)


@pytest.mark.parametrize("written", ["15/09/2001", "15/09/2026", "1 Sep 2019"])
def test_dates_of_birth_of_pupils_are_read(written):
    assert cells.pupil_birth_date(written, TODAY) == cells.day(written, TODAY)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("16/09/2026", "is in the future"),
        ("14/09/2001", "is more than 25 years ago"),
        ("01/09/1016", "is more than 25 years ago"),
        ("2/30/2016", "is not a date: write it like 01/09/2016"),
        ("=1", "is not a date: write it like 01/09/2016"),
    ],
)
def test_dates_of_birth_that_cannot_be_are_refused(written, reason):
    with pytest.raises(cells.BadCell) as refused:
        cells.pupil_birth_date(written, TODAY)

    assert str(refused.value) == reason


def test_empty_cells_say_nothing():
    assert [
        cells.day(" ", TODAY),
        cells.pupil_birth_date(" ", TODAY),
        cells.yes_no("", TODAY),
        cells.phone("", TODAY),
    ] == [None, None, None, ""]


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("Year 5", "5"),
        ("Yr5", "5"),
        ("Y 13", "13"),
        ("11", "11"),
        ("Reception", "R"),
        ("Year R", "R"),
        ("0", "R"),
        ("N2", "N"),
        ("nursery", "N"),
    ],
)
def test_year_groups_are_read_as_schools_write_them(written, year):
    assert cells.year_group(written, TODAY) == year


@pytest.mark.parametrize("written", ["14", "Year 0.5", "5T", "", "-1"])
def test_what_is_no_year_group_is_refused(written):
    with pytest.raises(cells.BadCell):
        cells.year_group(written, TODAY)


@pytest.mark.parametrize(
    ("written", "answer"), [("Yes", True), ("TRUE", True), ("1", True), ("n", False), ("0", False)]
)
def test_yes_and_no_are_read_in_any_letters(written, answer):
    assert cells.yes_no(written, TODAY) is answer


@pytest.mark.parametrize("written", ["maybe", "2", "x"])
def test_what_is_neither_yes_nor_no_is_refused(written):
    with pytest.raises(cells.BadCell, match="has to be yes or no"):
        cells.yes_no(written, TODAY)


@pytest.mark.parametrize("written", ["01234 567890", "+44 (0)1234-567890", "01234 567 ext. 12"])
def test_telephones_are_read_as_people_write_them(written):
    assert cells.phone(written, TODAY) == written


def test_names_keep_accents_and_apostrophes_in_composed_letters():
    assert cells.text(80)("  Zoe\u0308 O’Brien-'t Hooft ", TODAY) == "Zoë O’Brien-'t Hooft"


def test_addresses_are_kept_in_small_letters():
    assert cells.email("Ada@Oak-Hill.Example", TODAY) == "ada@oak-hill.example"


# Headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importer", "columns"),
    [
        (
            PupilImporter,
            (
                "external_id=Adno|family_name=Legal Surname|given_name=Forename|year_group=Year"
                "|birth_date=DOB|known_as=Preferred Forename|class_name=Reg|joined_date=DOA|=House"
            ),
        ),
        (
            PupilImporter,
            (
                "external_id=Arbor Student ID|given_name=First Name|family_name=Last Name"
                "|class_name=Registration Form|year_group=Year Group|joined_date=Date Enrolled"
            ),
        ),
        (
            StaffImporter,
            (
                "external_id=Staff Code|title=Title|given_name=Forename|family_name=Surname"
                "|job_title=Main Role|email=Work Email|joined_date=Start Date|left_date=Leave Date"
            ),
        ),
        (
            CarerImporter,
            (
                "pupil_id=Adno|=Forename|=Surname|external_id=Contact ID|relation=Relationship"
                "|given_name=Contact Forename|family_name=Contact Surname|phone=Mobile"
            ),
        ),
        (StaffImporter, "=Colour|=Shoe size"),
    ],
)
def test_columns_are_guessed_from_the_headings_of_common_exports(importer, columns):
    meant = [pair.split("=") for pair in columns.split("|")]

    guessed = guess_columns(importer.fields, [heading for _, heading in meant], {})

    assert guessed == {name: heading for name, heading in meant if name}
