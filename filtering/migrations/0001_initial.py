import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import filtering.models.alerts
import filtering.models.register


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailureReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("acknowledged", "Taken on"),
                            ("contained", "Made safe"),
                            ("escalated", "With the provider"),
                            ("fixed", "Mended, to be tested"),
                            ("closed", "Closed"),
                        ],
                        default="reported",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unsuitable", "I saw something unsuitable"),
                            ("failure", "The filter does not work"),
                            ("overblocked", "Something useful is blocked"),
                        ],
                        max_length=12,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=500)),
                ("domain", models.CharField(blank=True, max_length=253)),
                ("what", models.CharField(max_length=2000)),
                ("device", models.CharField(blank=True, max_length=120)),
                ("site", models.CharField(blank=True, max_length=120)),
                ("seen_at", models.DateTimeField()),
                (
                    "exposed",
                    models.CharField(
                        choices=[("no", "No"), ("yes", "Yes"), ("unsure", "Not sure")],
                        default="unsure",
                        max_length=6,
                    ),
                ),
                ("urgent", models.BooleanField(default=True)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("no_incident_reason", models.CharField(blank=True, max_length=300)),
                ("reported_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("provider", models.CharField(blank=True, max_length=120)),
                ("provider_ticket", models.CharField(blank=True, max_length=60)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("authority_told_at", models.DateTimeField(null=True)),
                ("fixed_at", models.DateTimeField(null=True)),
                ("cause", models.CharField(blank=True, max_length=1000)),
                ("verified_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "joined",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined_by",
                        to="filtering.failurereport",
                    ),
                ),
                (
                    "reported_by",
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
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-reported_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "-reported_at", "-id"], name="failure_list_order"
                    ),
                    models.Index(fields=["school", "state"], name="failure_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_failure_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_failure_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "reported",
                                    "acknowledged",
                                    "contained",
                                    "escalated",
                                    "fixed",
                                    "closed",
                                ],
                            )
                        ),
                        name="failure_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("verified_at__isnull", False), ("verified_by__isnull", False)
                            ),
                            ("joined__isnull", False),
                            _connector="OR",
                        ),
                        name="failure_is_verified_before_it_closes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("fixed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_verifies_the_repair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week_start", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("figures", models.JSONField(default=dict)),
                ("technical_note", models.CharField(blank=True, max_length=2000)),
                ("noted_at", models.DateTimeField(null=True)),
                ("breaches", models.CharField(blank=True, max_length=2000)),
                ("actions", models.CharField(blank=True, max_length=2000)),
                ("due_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "noted_by",
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
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-week_start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "week_start"), name="one_report_per_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signed_report_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("breach", models.BooleanField(default=False)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("found_at", models.DateTimeField()),
                (
                    "found_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="filtering.monitoringreport",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                            ("open", "Being written"),
                            ("signing", "Being signed"),
                            ("closed", "Signed"),
                        ],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("annual", "Once every school year"),
                            ("risk", "A new safeguarding risk"),
                            ("remote", "Working from elsewhere, or own devices"),
                            ("technology", "New technology"),
                            ("ai_tool", "A new AI tool"),
                            ("update", "A major update"),
                            ("configuration", "A change of configuration"),
                            ("incident", "An incident"),
                        ],
                        max_length=13,
                    ),
                ),
                ("trigger_words", models.CharField(blank=True, max_length=500)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("year_name", models.CharField(max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                ("pupils", models.CharField(blank=True, max_length=2000)),
                ("devices", models.CharField(blank=True, max_length=2000)),
                ("ai_use", models.CharField(blank=True, max_length=2000)),
                ("limits", models.CharField(blank=True, max_length=2000)),
                ("provision", models.CharField(blank=True, max_length=4000)),
                ("findings", models.CharField(blank=True, max_length=4000)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("offered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
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
            ],
            options={
                "ordering": ["-opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_review_per_reference"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("trigger", "annual")),
                        fields=("school", "year_name"),
                        name="one_annual_review_per_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAction",
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
                ("dropped_at", models.DateTimeField(null=True)),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="filtering.review",
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
                "ordering": ["due_date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewParticipant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("leader", "Senior leader"),
                            ("safeguarding", "Safeguarding lead"),
                            ("it", "IT"),
                            ("governor", "Governor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                        related_name="participants",
                        to="filtering.review",
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
                        condition=models.Q(("dropped_at", None)),
                        fields=("review", "person"),
                        name="one_capacity_per_participant",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("leader", "Senior leader"),
                            ("safeguarding", "Safeguarding lead"),
                            ("it", "IT"),
                            ("governor", "Governor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text_hash", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
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
                        related_name="signatures",
                        to="filtering.review",
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
                "ordering": ["signed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "capacity", "text_hash"),
                        name="one_signature_per_capacity",
                    ),
                    models.UniqueConstraint(
                        fields=("review", "person", "text_hash"), name="one_signature_per_person"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeparationException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("minute_reference", models.CharField(max_length=60)),
                ("from_date", models.DateField()),
                ("until_date", models.DateField()),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "granted_by",
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
                "ordering": ["-granted_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="exception_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("filter", "Filtering"),
                            ("monitor", "Monitoring"),
                            ("network", "Internet connection"),
                            ("control", "Classroom control"),
                            ("protection", "Malware, mail or device protection"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("provider", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(max_length=500)),
                ("covers", models.CharField(blank=True, max_length=300)),
                ("used_by", models.CharField(blank=True, max_length=300)),
                ("contract", models.CharField(blank=True, max_length=120)),
                ("contract_ends_date", models.DateField(null=True)),
                ("privacy_notice", models.URLField(blank=True, max_length=300)),
                ("uses_ai", models.BooleanField(default=False)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
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
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="filtering.service",
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
                "ordering": ["kind", "name", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__gte", models.F("from_at")), ("ended_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="service_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "product",
                    models.CharField(
                        choices=[
                            ("senso", "Senso"),
                            ("smoothwall", "Smoothwall"),
                            ("securus", "Securus"),
                            ("generic", "Another product"),
                        ],
                        max_length=12,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("severities", models.JSONField(default=dict)),
                ("day_first", models.BooleanField(default=True)),
                ("hook", models.UUIDField(null=True)),
                ("saved_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "saved_by",
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
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filtering.service",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("school", "name"),
                        name="one_alert_source_per_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(blank=True, max_length=120)),
                ("submission", models.UUIDField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Not opened"),
                            ("opened", "Being looked at"),
                            ("false_alarm", "False alarm"),
                            ("raised", "Incident raised"),
                        ],
                        default="received",
                        max_length=12,
                    ),
                ),
                ("drill", models.BooleanField(default=False)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Urgent"), (2, "High"), (3, "Routine")], default=3
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("rule", models.CharField(blank=True, max_length=120)),
                ("term", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("device", models.CharField(blank=True, max_length=120)),
                ("device_ip", models.GenericIPAddressField(null=True)),
                ("user_name", models.CharField(blank=True, max_length=120)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("pupil", "Pupil, or not known"),
                            ("staff", "Member of staff"),
                            ("head", "Headteacher"),
                        ],
                        default="pupil",
                        max_length=5,
                    ),
                ),
                ("graphic", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("routed_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "A true concern"),
                            ("false", "A false alarm"),
                            ("unclear", "Not clear yet"),
                        ],
                        max_length=7,
                    ),
                ),
                ("triaged_at", models.DateTimeField(null=True)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "rule",
                            "term",
                            "address",
                            "device",
                            "user_name",
                            "note",
                            config="simple",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "opened_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
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
                    "triaged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="filtering.alertsource",
                    ),
                ),
            ],
            options={
                "ordering": ["-happened_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-happened_at", "-id"], name="alert_list_order"),
                    models.Index(
                        fields=["school", "severity", "-happened_at", "-id"],
                        name="alert_by_severity",
                    ),
                    models.Index(
                        fields=["school", "state", "-happened_at", "-id"], name="alert_by_state"
                    ),
                    models.Index(fields=["school", "received_at"], name="alert_by_arrival"),
                    models.Index(
                        condition=models.Q(("incident_reference", ""), _negated=True),
                        fields=["school", "incident_reference"],
                        name="alert_by_incident",
                    ),
                    models.Index(
                        condition=models.Q(("state", "received")),
                        fields=["school", "due_at"],
                        name="alerts_unopened",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="alert_words"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("source", "external_id"),
                        name="one_alert_per_number_of_the_source",
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_alert_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "opened", "false_alarm", "raised"])
                        ),
                        name="alert_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "raised"), _negated=True),
                            models.Q(("incident_reference", ""), _negated=True),
                            ("drill", True),
                            _connector="OR",
                        ),
                        name="raised_alert_names_its_incident",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "false_alarm"), _negated=True),
                            models.Q(
                                ("triaged_at__isnull", False),
                                ("triaged_by__isnull", False),
                                ("verdict", "false"),
                            ),
                            _connector="OR",
                        ),
                        name="false_alarm_says_who_judged",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertEvent",
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
                            ("received", "Received"),
                            ("routed", "Told"),
                            ("opened", "Opened"),
                            ("identified", "User identified"),
                            ("action", "Action taken"),
                            ("triaged", "Triaged"),
                            ("raised", "Incident raised"),
                            ("sampled", "Checked in the sample"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "A true concern"),
                            ("false", "A false alarm"),
                            ("unclear", "Not clear yet"),
                        ],
                        max_length=7,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="filtering.alert",
                    ),
                ),
                (
                    "by",
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
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AlertSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=60)),
                ("drawn_at", models.DateTimeField()),
                ("agrees", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "alert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sample",
                        to="filtering.alert",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "drawn_by",
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
                "ordering": ["-drawn_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "To be assessed"),
                            ("awaiting", "Waiting for approval"),
                            ("approved", "Approved, to be made"),
                            ("made", "Made, to be tested"),
                            ("active", "Open until its day"),
                            ("undo", "To be put back"),
                            ("put_back", "Put back, to be checked"),
                            ("closed", "Closed"),
                            ("rejected", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("emergency", models.BooleanField(default=False)),
                ("under_exception", models.BooleanField(default=False)),
                (
                    "direction",
                    models.CharField(
                        choices=[("block", "Block"), ("allow", "Allow")], max_length=5
                    ),
                ),
                (
                    "sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "reason_kind",
                    models.CharField(
                        choices=[
                            ("teaching", "Teaching"),
                            ("safeguarding", "Safeguarding"),
                            ("technical", "Technical"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=2000)),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("normal", "Not urgent"),
                            ("soon", "Needed within two school days"),
                            ("now", "Needed today"),
                        ],
                        default="normal",
                        max_length=6,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=500)),
                ("lesson", models.CharField(blank=True, max_length=200)),
                ("approving_body", models.CharField(blank=True, max_length=200)),
                ("from_date", models.DateField(null=True)),
                ("until_date", models.DateField(null=True)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=6,
                    ),
                ),
                ("assessment", models.CharField(blank=True, max_length=2000)),
                ("alternatives", models.CharField(blank=True, max_length=1000)),
                ("assessed_at", models.DateTimeField(null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=2000)),
                ("decided_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("tested_at", models.DateTimeField(null=True)),
                (
                    "undo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "Its time is over"),
                            ("revoked", "It was ended at once"),
                            ("refused", "The headteacher refused it"),
                            ("unapproved", "It was not approved in time"),
                            ("wrong", "It had the wrong effect"),
                        ],
                        max_length=10,
                    ),
                ),
                ("undo_due_at", models.DateTimeField(null=True)),
                ("put_back_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="filtering.alert",
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
                    "assessed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "extends",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="filtering.changerequest",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "put_back_by",
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
                    "school_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolclass",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "tested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "failure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="filtering.failurereport",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-asked_at", "-id"], name="change_list_order"),
                    models.Index(fields=["school", "state"], name="change_by_state"),
                    models.Index(
                        condition=models.Q(("incident_reference", ""), _negated=True),
                        fields=["school", "incident_reference"],
                        name="change_by_incident",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_change_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_change_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "submitted",
                                    "awaiting",
                                    "approved",
                                    "made",
                                    "active",
                                    "undo",
                                    "put_back",
                                    "closed",
                                    "rejected",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="change_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["closed", "rejected", "withdrawn"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["closed", "rejected", "withdrawn"]),
                                    _negated=True,
                                ),
                                ("ended_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="ended_change_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date", None),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="change_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_by", None),
                            ("emergency", True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_is_approved_before_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emergency", False), ("direction", "block"), _connector="OR"
                        ),
                        name="emergency_changes_only_block",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("under_exception", True),
                            models.Q(
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                models.Q(
                                    ("made_by", None),
                                    models.Q(("made_by", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="nobody_approves_their_own_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tested_by", None),
                            models.Q(("tested_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_tests_the_change",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeTarget",
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
                        choices=[("address", "Web address"), ("category", "Category")], max_length=8
                    ),
                ),
                ("typed", models.CharField(max_length=500)),
                ("target", models.CharField(max_length=500)),
                ("domain", models.CharField(blank=True, max_length=253)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="filtering.changerequest",
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
                "indexes": [models.Index(fields=["school", "domain"], name="targets_by_domain")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None)),
                        fields=("change", "kind", "target"),
                        name="one_target_once_per_change",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivery", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("answer", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="filtering.alertsource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "delivery"), name="one_row_per_delivery"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
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
                            ("asked", "Asked for"),
                            ("edited", "Request changed"),
                            ("assessed", "Risk assessed"),
                            ("returned", "Sent back with a question"),
                            ("withdrawn", "Withdrawn"),
                            ("approved", "Approved"),
                            ("rejected", "Refused"),
                            ("made", "Made"),
                            ("emergency", "Blocked at once"),
                            ("tested", "Tested"),
                            ("faulty", "Wrong effect found"),
                            ("active", "In force"),
                            ("closed", "Closed"),
                            ("extended", "Extended"),
                            ("expired", "Time over"),
                            ("revoked", "Ended at once"),
                            ("unapproved", "Not approved in time"),
                            ("put_back", "Put back"),
                            ("checked", "Checked to be put back"),
                            ("baseline", "Baseline entered"),
                            ("service", "Product"),
                            ("profile", "Profile"),
                            ("attested", "Confirmed"),
                            ("exception", "Exception of the governors"),
                            ("failure", "Filtering failure"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(max_length=500)),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("target", models.CharField(blank=True, max_length=1000)),
                (
                    "profiles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=500)),
                ("after", models.CharField(blank=True, max_length=500)),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("emergency", models.BooleanField(default=False)),
                ("under_exception", models.BooleanField(default=False)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "words", "target", "before", "after", "cause", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="filtering.changerequest",
                    ),
                ),
                (
                    "failure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="filtering.failurereport",
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
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-at", "-id"], name="log_order"),
                    models.Index(fields=["school", "kind", "-at", "-id"], name="log_by_kind"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="log_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=60)),
                ("whom", models.CharField(max_length=200)),
                ("network", models.CharField(blank=True, max_length=120)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
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
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="filtering.profile",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="filtering.service",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__gte", models.F("from_at")), ("ended_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="profile_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "name"),
                        name="one_profile_in_force_per_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("device_kind", models.CharField(max_length=80)),
                ("site", models.CharField(max_length=120)),
                ("network", models.CharField(max_length=120)),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
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
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filtering.profile",
                    ),
                ),
            ],
            options={
                "ordering": ["site", "device_kind", "network", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "device_kind", "site", "network", "profile"),
                        name="one_check_point_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilterCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("checked_date", models.DateField()),
                ("device", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("recorded_at", models.DateTimeField()),
                (
                    "it_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="filtering.checkpoint",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "safeguarding_by",
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
                "ordering": ["-checked_date", "-pk"],
                "indexes": [
                    models.Index(fields=["point", "-checked_date"], name="checks_of_point")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_check_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("safeguarding_by", models.F("it_by")), _negated=True),
                        name="two_people_check_the_filter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "test",
                    models.CharField(
                        choices=[
                            ("child_abuse", "Child-abuse list"),
                            ("terrorism", "Terrorism list"),
                            ("adult", "Adult content"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "expected",
                    models.CharField(
                        choices=[
                            ("blocked", "Blocked"),
                            ("reached", "Reached"),
                            ("not_tested", "Could not be tested"),
                        ],
                        default="blocked",
                        max_length=10,
                    ),
                ),
                (
                    "actual",
                    models.CharField(
                        choices=[
                            ("blocked", "Blocked"),
                            ("reached", "Reached"),
                            ("not_tested", "Could not be tested"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "failure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_by_checks",
                        to="filtering.failurereport",
                    ),
                ),
                (
                    "check_made",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="filtering.filtercheck",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("check_made", "test"), name="one_result_per_test"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=500)),
                ("after", models.CharField(blank=True, max_length=500)),
                (
                    "test_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("works", "Works as it should"),
                            ("wrong", "Does not work as it should"),
                        ],
                        max_length=5,
                    ),
                ),
                ("test_note", models.CharField(blank=True, max_length=500)),
                ("put_back_before", models.CharField(blank=True, max_length=500)),
                ("put_back_after", models.CharField(blank=True, max_length=500)),
                (
                    "check_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("works", "Works as it should"),
                            ("wrong", "Does not work as it should"),
                        ],
                        max_length=5,
                    ),
                ),
                ("check_note", models.CharField(blank=True, max_length=500)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="filtering.changerequest",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filtering.profile",
                    ),
                ),
            ],
            options={
                "ordering": ["profile__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None)),
                        fields=("change", "profile"),
                        name="one_part_once_per_change",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("address", "Web address"), ("category", "Category")], max_length=8
                    ),
                ),
                ("target", models.CharField(max_length=500)),
                ("domain", models.CharField(blank=True, max_length=253)),
                (
                    "direction",
                    models.CharField(
                        choices=[("block", "Block"), ("allow", "Allow")], max_length=5
                    ),
                ),
                ("why", models.CharField(max_length=500)),
                (
                    "sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules_made",
                        to="filtering.changerequest",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules_ended",
                        to="filtering.changerequest",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="filtering.profile",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="filtering.rule",
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
                "ordering": ["kind", "target", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["profile", "kind", "target"], name="rules_of_profile"),
                    models.Index(fields=["school", "domain"], name="rules_by_domain"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__gte", models.F("from_at")), ("ended_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="rule_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.CharField(
                        choices=[
                            ("standard", "The filtering meets the standard the school has to meet"),
                            ("iwf", "The provider is a member of the Internet Watch Foundation"),
                            (
                                "ctiru",
                                "The police list of terrorist content is on and cannot be switched off",
                            ),
                            (
                                "uksic",
                                "The provider has told the UK Safer Internet Centre how it meets its guide",
                            ),
                            (
                                "child_abuse",
                                "The list of child sexual abuse material is on for everybody",
                            ),
                            (
                                "strategy",
                                "The monitoring strategy and its risk assessment are approved",
                            ),
                            ("status", "Those who may change the filter are the right people"),
                            (
                                "protection",
                                "Malware, mail and device protection works and is up to date",
                            ),
                            (
                                "limits",
                                "Time-outs and blocked downloads are set as the policy says",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(max_length=500)),
                (
                    "evidence",
                    models.FileField(blank=True, upload_to=filtering.models.register.evidence_path),
                ),
                ("evidence_name", models.CharField(blank=True, max_length=120)),
                ("evidence_kind", models.CharField(blank=True, max_length=100)),
                ("evidence_sha256", models.CharField(blank=True, max_length=64)),
                ("confirmed_at", models.DateTimeField()),
                ("next_date", models.DateField()),
                (
                    "confirmed_by",
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
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filtering.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-confirmed_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "statement", "-confirmed_at"], name="attestations_latest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(blank=True, upload_to=filtering.models.alerts.upload_path),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("uploaded_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("taken_in", models.PositiveIntegerField(default=0)),
                ("known_already", models.PositiveIntegerField(default=0)),
                ("bad_rows", models.JSONField(default=list)),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="filtering.alertsource",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finished_at", None), ("file", ""), _connector="OR"),
                        name="read_exports_keep_no_file",
                    )
                ],
            },
        ),
    ]
