"""One school cannot see another's roles, and assignments do not vanish."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, RowSecurity


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial"), ("people", "0002_walls")]

    operations = [
        RowSecurity(
            "roles_role",
            "roles_roleassignment",
            "roles_matrixoverride",
            "roles_responsibility",
            "roles_responsibilityacceptance",
        ),
        RowSecurity("roles_schoolgroupobjectpermission", column="content_object_id"),
        NeverDeleted(
            "roles_role", "roles_roleassignment", "roles_matrixoverride", "roles_responsibility"
        ),
        AppendOnly("roles_responsibilityacceptance"),
    ]
