"""The kinds of people that can be brought in."""

from people.imports.carers import CarerImporter
from people.imports.importer import Importer
from people.imports.pupils import PupilImporter
from people.imports.staff import StaffImporter
from people.models import PeopleImport

IMPORTERS: dict[str, type[Importer]] = {
    PeopleImport.Kind.STAFF: StaffImporter,
    PeopleImport.Kind.PUPILS: PupilImporter,
    PeopleImport.Kind.CARERS: CarerImporter,
}
