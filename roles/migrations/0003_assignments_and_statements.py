"""Withdrawn assignments, scope and minute references, editable roles, revised statements."""

import datetime

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import roles.models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0003_imports_and_jobs"),
        ("roles", "0002_walls"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="roleassignment",
            name="role_ends_after_start",
        ),
        migrations.RemoveConstraint(
            model_name="roleassignment",
            name="one_primary_holder_of_a_mandatory_role",
        ),
        migrations.RemoveConstraint(
            model_name="roleassignment",
            name="nobody_holds_a_role_twice_at_once",
        ),
        migrations.AddField(
            model_name="responsibility",
            name="frequency",
            field=models.CharField(
                choices=[
                    ("always", "Whenever it arises"),
                    ("termly", "Every term"),
                    ("yearly", "Every year"),
                ],
                default="always",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="key",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="role",
            name="aliases",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="role",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="minute_reference",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="scope",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="responsibility",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("record", "A record in Safeguard"),
                    ("attestation", "A signed statement"),
                    ("report", "A report"),
                    ("none", "Nothing to show"),
                ],
                default="none",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_date", None), models.Q(("key", ""), _negated=True)),
                fields=("role", "key"),
                name="one_statement_in_force_per_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                fields=("replaces",), name="a_statement_is_revised_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evidence__in", ["record", "attestation", "report", "none"]),
                    ("frequency__in", ["always", "termly", "yearly"]),
                ),
                name="statement_says_how_and_how_often",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date", None), ("to_date__gte", models.F("from_date")), _connector="OR"
                ),
                name="statement_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("active", True), ("closed_at", None)),
                    models.Q(("active", False), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="closed_roles_say_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("mandatory", False), ("active", True), _connector="OR"),
                name="mandatory_roles_stay_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_date", None),
                    (
                        "end_date__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("start_date"), "-", models.Value(datetime.timedelta(days=1))
                        ),
                    ),
                    _connector="OR",
                ),
                name="role_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("sole", True)),
                expressions=[
                    ("role", "="),
                    (roles.models.DaysHeld("start_date", "end_date"), "&&"),
                ],
                name="one_primary_holder_of_a_mandatory_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("role", "="),
                    ("person", "="),
                    (roles.models.DaysHeld("start_date", "end_date"), "&&"),
                ],
                name="nobody_holds_a_role_twice_at_once",
            ),
        ),
    ]
