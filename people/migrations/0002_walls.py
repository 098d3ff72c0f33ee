"""One school cannot see another, and people do not vanish."""

from django.db import migrations

from common.row_security import NeverDeleted, RowSecurity

TABLES = (
    "people_schoolsetting",
    "people_academicyear",
    "people_term",
    "people_closure",
    "people_schoolclass",
    "people_pupilenrolment",
    "people_carerlink",
    "people_staffdetails",
    "people_governordetails",
    "people_job",
    "people_importmapping",
    "people_notice",
    "people_counter",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        RowSecurity(*TABLES),
        RowSecurity("people_person", own_user_column="user_id"),
        NeverDeleted("people_school", "people_user", "people_person", *TABLES),
    ]
