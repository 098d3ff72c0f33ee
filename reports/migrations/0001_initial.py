import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import reports.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="GovernorReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("label", models.CharField(max_length=60)),
                ("edition", models.PositiveSmallIntegerField(default=1)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("submitted", "With the headteacher"),
                            ("issued", "Issued"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("lead_words", models.CharField(blank=True, max_length=6000)),
                ("head_words", models.CharField(blank=True, max_length=6000)),
                ("started_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("returned_words", models.CharField(blank=True, max_length=1000)),
                ("issued_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("trail_sequence", models.PositiveBigIntegerField(null=True)),
                ("trail_hash", models.CharField(blank=True, max_length=64)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-period_end", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "period_start", "period_end", "edition"),
                        name="one_report_per_edition",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued"), _negated=True),
                        fields=("school", "period_start", "period_end"),
                        name="one_report_in_hand_per_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gte", models.F("period_start"))),
                        name="report_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "issued"), _negated=True),
                                ("issued_at", None),
                                ("sha256", ""),
                            ),
                            models.Q(
                                ("issued_at__isnull", False),
                                ("state", "issued"),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="issued_reports_are_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GovernorReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Planned"),
                            ("prepared", "Papers ready"),
                            ("held", "Held, to be signed"),
                            ("signed", "Signed off"),
                        ],
                        default="scheduled",
                        max_length=9,
                    ),
                ),
                ("label", models.CharField(max_length=60)),
                ("due_date", models.DateField()),
                ("planned_at", models.DateTimeField()),
                ("pack", models.JSONField(default=dict)),
                ("prepared_at", models.DateTimeField(null=True)),
                ("held_date", models.DateField(null=True)),
                (
                    "logs_seen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("findings", models.CharField(blank=True, max_length=4000)),
                ("held_at", models.DateTimeField(null=True)),
                ("governor_signed_at", models.DateTimeField(null=True)),
                ("lead_signed_at", models.DateTimeField(null=True)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                (
                    "governor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reports.governorreport",
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
            ],
            options={
                "ordering": ["-due_date", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_governor_review_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("school", "label"), name="one_governor_review_per_term"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("governor_signed_at__isnull", False),
                                ("lead_signed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="signed_review_has_both_signatures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("governor", None),
                            ("lead", None),
                            models.Q(("governor", models.F("lead")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_sign_the_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GovernorQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=4000)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="reports.governorreport",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="reports.governorreview",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="GovernorAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                ("due_date", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_note", models.CharField(blank=True, max_length=500)),
                (
                    "carried_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="reports.governoraction",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="reports.governorreview",
                    ),
                ),
            ],
            options={
                "ordering": ["due_date", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["school", "due_date"],
                        name="governor_actions_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to=reports.models.pdf_path)),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pdf",
                        to="reports.governorreport",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="reports.governorreport",
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
            ],
            options={
                "ordering": ["read_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "person"), name="one_reading_per_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAttendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="reports.governorreview",
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
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "person"), name="one_seat_per_attendee"
                    )
                ],
            },
        ),
    ]
