"""Files of people to bring in, and what a job's download asks for."""

import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

import people.models.imports
import people.models.jobs
from common.row_security import NeverDeleted, RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_walls"),
    ]

    operations = [
        UnaccentExtension(),
        migrations.AddField(
            model_name="job",
            name="power",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="job",
            name="result_file",
            field=models.FileField(blank=True, upload_to=people.models.jobs.result_path),
        ),
        migrations.CreateModel(
            name="PeopleImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("pupils", "Pupils"),
                            ("carers", "Parents and carers"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not finished"),
                            ("applied", "Brought in"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to=people.models.imports.upload_path)),
                ("file_name", models.CharField(max_length=120)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("columns", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="people.job",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "open")),
                            models.Q(
                                ("file", ""),
                                ("finished_at__isnull", False),
                                ("state__in", ["applied", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="finished_imports_keep_no_file",
                    )
                ],
            },
        ),
        RowSecurity("people_peopleimport"),
        NeverDeleted("people_peopleimport"),
    ]
