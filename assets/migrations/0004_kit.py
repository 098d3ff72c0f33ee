"""Audits, cameras, paper, restricted rooms, and how equipment that goes about is protected."""

import django.db.models.deletion
from django.db import migrations, models

import assets.models.files
from common.row_security import AppendOnly, NeverDeleted, OnlyChanges, RowSecurity

CHANGING = (
    "assets_equipmentaudit",
    "assets_auditaction",
    "assets_paperdestruction",
    "assets_roomaccess",
    "assets_usedeclaration",
    "assets_camera",
)
WRITTEN_ONCE = ("assets_devicecheck",)
FILE = ("file", "file_name", "file_kind", "sha256", "file_by_id", "file_at")
# What could be changed of these before; from now on a little more can.
ROOM = OnlyChanges("assets_room", "name", "ended_at")
INSTALLATION = OnlyChanges("assets_installation", "removed_date")


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0003_phones"),
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="EquipmentAudit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to=assets.models.files.kept_path)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_kind", models.CharField(blank=True, max_length=100)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("file_at", models.DateTimeField(null=True)),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("reported", "Report is here"),
                            ("closed", "Closed"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("agency", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=500)),
                ("scope", models.CharField(max_length=500)),
                ("due_date", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("result", models.CharField(blank=True, max_length=1000)),
                ("result_date", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "file_by",
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
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "state", "due_date"], name="audit_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_audit_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "reported", "closed"])),
                        name="audit_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True),
                                ("result_date__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="audit_result_has_its_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditAction",
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
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="assets.equipmentaudit",
                    ),
                ),
            ],
            options={
                "ordering": ["due_date", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["owner", "due_date"],
                        name="audit_actions_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperDestruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to=assets.models.files.kept_path)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_kind", models.CharField(blank=True, max_length=100)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("file_at", models.DateTimeField(null=True)),
                ("submission", models.UUIDField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("shredder", "Shredded here, cross-cut"),
                            ("company", "Collected by a company of the register"),
                        ],
                        max_length=8,
                    ),
                ),
                ("destroyed_date", models.DateField()),
                ("what", models.CharField(max_length=300)),
                ("amount", models.PositiveIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("sacks", "sacks"),
                            ("boxes", "boxes"),
                            ("sheets", "sheets"),
                            ("kilos", "kilograms"),
                        ],
                        max_length=6,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("certificate_due_date", models.DateField(null=True)),
                ("certificate_number", models.CharField(blank=True, max_length=60)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="assets.disposalcompany",
                    ),
                ),
                (
                    "file_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "ordering": ["-destroyed_date", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("method", "company"), ("sha256", "")),
                        fields=["school", "certificate_due_date"],
                        name="paper_without_certificate",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_destruction_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("method", "company")),
                            models.Q(
                                ("certificate_due_date", None),
                                ("company", None),
                                ("method", "shredder"),
                            ),
                            _connector="OR",
                        ),
                        name="collected_paper_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("outsider", models.CharField(blank=True, max_length=120)),
                ("why", models.CharField(max_length=200)),
                ("dbs_seen_date", models.DateField()),
                ("given_at", models.DateTimeField()),
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
                    "given_by",
                    models.ForeignKey(
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
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access",
                        to="assets.room",
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
                        fields=("submission",), name="one_access_per_submission"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("room", "person"),
                        name="one_access_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("outsider", ""), _connector="XOR"),
                        name="access_is_somebody_s",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None),
                            models.Q(("person", models.F("given_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_gives_themselves_access",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UseDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("from_date", models.DateField()),
                ("until_date", models.DateField()),
                ("significant", models.BooleanField()),
                ("used_from", models.DateField(null=True)),
                ("used_until", models.DateField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("declared_at", models.DateTimeField()),
                ("passed_at", models.DateTimeField(null=True)),
                (
                    "passed_by",
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
                "ordering": ["-until_date", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-until_date"], name="declarations_by_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_declaration_per_submission"
                    ),
                    models.UniqueConstraint(
                        fields=("person", "until_date"), name="one_declaration_a_tax_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significant", False),
                            models.Q(
                                ("used_from__gte", models.F("from_date")),
                                ("used_from__isnull", False),
                                ("used_from__lte", models.F("used_until")),
                                ("used_until__isnull", False),
                                ("used_until__lte", models.F("until_date")),
                            ),
                            _connector="OR",
                        ),
                        name="significant_use_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed_at", None), ("passed_by", None)),
                            models.Q(
                                ("passed_at__isnull", False),
                                ("passed_by__isnull", False),
                                ("significant", True),
                            ),
                            _connector="OR",
                        ),
                        name="passed_declaration_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Camera",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("place", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=300)),
                ("retention_days", models.PositiveSmallIntegerField()),
                ("viewers", models.CharField(max_length=300)),
                ("notice_date", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("review_date", models.DateField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("review_note", models.CharField(blank=True, max_length=300)),
                ("processing_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "asset",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="assets.asset",
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
                    "processing_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "reviewed_by",
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
                "ordering": ["place", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["school", "review_date"],
                        name="cameras_to_review",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_camera_per_submission"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("encrypted", models.BooleanField()),
                ("locked", models.BooleanField()),
                ("protected", models.BooleanField()),
                ("wiped_date", models.DateField(null=True)),
                ("account", models.CharField(blank=True, max_length=120)),
                ("impersonal", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="assets.asset",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "custodian",
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
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["asset", "-at", "-id"], name="latest_check_of_asset")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_device_check_per_submission"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="installation",
            name="incident_reference",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="loan",
            name="protected_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="room",
            name="secured_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="file",
            field=models.FileField(blank=True, upload_to=assets.models.files.kept_path),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="file_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="file_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="file_kind",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="file_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="passed",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="upkeep",
            name="sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="upkeep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("repair", "Repair"),
                    ("electrical", "Electrical safety check"),
                    ("safety", "Health and safety check"),
                    ("upgrade", "Upgrade or set-up"),
                    ("install", "Installation by a firm"),
                    ("scan", "Scan for viruses"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(ROOM.reverse_sql, ROOM.sql),
        migrations.RunSQL(INSTALLATION.reverse_sql, INSTALLATION.sql),
        OnlyChanges("assets_room", "name", "ended_at", "restricted", "secured_by"),
        OnlyChanges("assets_installation", "removed_date", "incident_reference"),
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
        OnlyChanges("assets_auditaction", "done_by_id", "done_at", "done_note"),
        OnlyChanges("assets_roomaccess", "ended_by_id", "ended_at"),
        OnlyChanges("assets_usedeclaration", "passed_by_id", "passed_at"),
        OnlyChanges("assets_paperdestruction", "certificate_number", *FILE),
        OnlyChanges("assets_equipmentaudit", "version", when="OLD.state = 'closed'"),
        OnlyChanges("assets_camera", "version", when="OLD.ended_at IS NOT NULL"),
    ]
