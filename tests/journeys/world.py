"""Make the schools of the journeys: ``python -m tests.journeys.world``, in a process of its own.

A browser and the database cannot be driven from one thread, so nothing else of the journeys
touches the database. Besides the cast there are Iris of the office, Nell who has just begun to
teach, Lena who has one more text to sign, and the class 4B of Tess with Ada, Ben and Cleo.
"""

from datetime import date
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.cast import Cast

AGREEMENTS = ("staff", "policy", "governor", "parent", "pupil_ks2", "visitor")
BORN = {"pia": date(2016, 3, 31), "quin": date(2018, 11, 2)}


def make_world() -> None:
    """Make the cast's school with ladder and agreements in force, and the other school."""
    from common.scope import school_scope
    from policies.actions import load_policy, put_in_force
    from tests.cast import NOW, START, make_cast, make_other

    cast = make_cast()
    make_other()
    with school_scope(cast.school.pk):
        version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
        put_in_force(
            school=cast.school,
            version=version,
            from_date=START,
            by=cast.hana,
            at=NOW,
            reason="The school has worked by it since September.",
        )
        _ask_everybody(cast)
        _filter(cast)
        _govern(cast)
        _equip(cast)


def _ask_everybody(cast: "Cast") -> None:
    """Have everybody asked just now; staff are countersigned, consents are asked."""
    from django.utils import timezone

    from agreements.actions.purposes import set_up_purposes
    from people.actions.settings import change_setting
    from people.models import SchoolClass
    from tests.agreements.walk import asked, obligation_of, signed
    from tests.cast import make_person, make_pupil

    now = timezone.now()
    make_person(cast.school, "Iris", "Inkwell", "staff", "office_mgr", "staff")
    make_person(cast.school, "Nell", "Newman", "staff", "teacher", "staff")
    lena = make_person(cast.school, "Lena", "Lind", "staff", "teacher", "staff")
    four = SchoolClass.objects.create(
        school=cast.school, name="4B", year_group="4", teacher=cast.tess
    )
    for given, family in (("Ada", "Arden"), ("Ben", "Bates"), ("Cleo", "Crane")):
        make_pupil(cast.school, given, family, four)
    for name, born in BORN.items():
        child = getattr(cast, name)
        child.birth_date = born
        child.save(update_fields=["birth_date"])
    set_up_purposes(school=cast.school, by=cast.hana, at=now)
    asked(cast, *AGREEMENTS, at=now)
    signed(obligation_of(lena, "staff"), at=now)
    change_setting(school=cast.school, name="countersigned", value=True, by=cast.hana, at=now)


def _filter(cast: "Cast") -> None:
    """Enter a filter and a confirmed profile for pupils, and let Tina change it."""
    from django.utils import timezone

    from filtering.actions.profiles import (
        Entered,
        ProfileDetails,
        confirm_profile,
        enter_baseline,
        enter_profile,
    )
    from filtering.actions.provision import ServiceDetails, enter_service
    from filtering.queries.provision import baseline_mark
    from tests.filtering.staff import give_status

    give_status(cast)
    tina, now = cast.tina, timezone.now()
    product = ServiceDetails("filter", "Clearpath", "Blocks by category", tina)
    service = enter_service(school=cast.school, details=product, by=tina, at=now)
    details = ProfileDetails("Pupils", "Every pupil", service, tina)
    profile = enter_profile(school=cast.school, details=details, by=tina, at=now)
    entries = {"games": Entered("block", "Takes time from learning")}
    enter_baseline(profile=profile, entries=entries, by=tina, at=now)
    mark = baseline_mark(profile)
    confirm_profile(profile=profile, mark=mark, by=cast.hana, at=now)


def _govern(cast: "Cast") -> None:
    """Open the recurring duties of the autumn and plan its governors' review, as sweeps do."""
    from reminders.actions import open_occurrences
    from reports.actions.reviews import plan_governor_reviews
    from tests.cast import NOW

    open_occurrences(school=cast.school, at=NOW)
    plan_governor_reviews(school=cast.school, at=NOW)


def _equip(cast: "Cast") -> None:
    """Enter three laptops, one for evidence and two to lend, an old server, and who takes it."""
    from tests.assets.things import in_service, redundant, server
    from tests.assets.walk_disposal import approved_company

    for tag in ("EVI-1", "LOAN-2"):
        in_service(cast, tag)
    redundant(cast, server(cast, "SRV-1", "HDD-77A", "HDD-77B"))
    approved_company(cast)


if __name__ == "__main__":
    django.setup()
    make_world()
