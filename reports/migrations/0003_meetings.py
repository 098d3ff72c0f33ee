import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_birth_dates_and_refused_mail"),
        ("reports", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                            ("leaders", "Lead and senior leaders"),
                            ("committee", "Committee of governors"),
                            ("governors", "Full governing body"),
                        ],
                        max_length=9,
                    ),
                ),
                ("committee", models.CharField(blank=True, max_length=80)),
                ("on_date", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Did not take place"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("submission", models.UUIDField(unique=True)),
                ("planned_at", models.DateTimeField()),
                ("items", models.CharField(blank=True, max_length=4000)),
                ("minute", models.CharField(blank=True, max_length=120)),
                ("held_at", models.DateTimeField(null=True)),
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
                    "planned_by",
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
            ],
            options={
                "ordering": ["-on_date", "-pk"],
                "indexes": [models.Index(fields=["school", "-on_date"], name="meetings_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_at__isnull", False),
                                ("held_by__isnull", False),
                                ("state", "held"),
                                models.Q(("items", ""), _negated=True),
                            ),
                            models.Q(
                                ("held_at", None),
                                ("items", ""),
                                ("state__in", ["planned", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="held_meetings_say_what_was_talked_about",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingAttendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="reports.meeting",
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
                        fields=("meeting", "person"), name="one_seat_per_meeting_and_person"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="governorreport",
            name="one_report_per_edition",
        ),
        migrations.RemoveConstraint(
            model_name="governorreport",
            name="one_report_in_hand_per_period",
        ),
        migrations.AddField(
            model_name="governorreport",
            name="audience",
            field=models.CharField(
                choices=[
                    ("governors", "The governors"),
                    ("head", "The headteacher"),
                    ("authority", "The local authority or safeguarding board"),
                ],
                default="governors",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="governorreport",
            name="recipient",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="governoraction",
            name="review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="reports.governorreview",
            ),
        ),
        migrations.AddConstraint(
            model_name="governorreport",
            constraint=models.UniqueConstraint(
                fields=("school", "audience", "period_start", "period_end", "edition"),
                name="one_report_per_audience_and_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="governorreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "issued"), _negated=True),
                fields=("school", "audience", "period_start", "period_end"),
                name="one_report_in_hand_per_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="governorreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience", "authority"), ("recipient", ""), _connector="XOR"),
                name="report_to_outside_names_who_gets_it",
            ),
        ),
        migrations.AddField(
            model_name="governoraction",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="reports.meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="governoraction",
            constraint=models.CheckConstraint(
                condition=models.Q(("review", None), ("meeting", None), _connector="XOR"),
                name="action_comes_from_one_place",
            ),
        ),
    ]
