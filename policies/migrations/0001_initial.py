import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                (
                    "number",
                    models.PositiveIntegerField(help_text="Counts up from 1 in each school."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(help_text="What changed in this version and why.")),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
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
                "ordering": ["school", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "number"), name="policies_version_number_once_per_school"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="policies_version_number_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                                ("status", "draft"),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                                ("status", "published"),
                            ),
                            _connector="OR",
                        ),
                        name="policies_version_published_by_someone_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("based_on__isnull", True),
                            models.Q(("based_on", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="policies_version_not_based_on_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderInForce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_date", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("set_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_force",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["school", "-from_date", "-id"],
                "indexes": [
                    models.Index(
                        fields=["school", "-from_date", "-id"], name="policies_ladder_on_date"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(help_text='For example "4.2".', max_length=12)),
                ("order", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "number"), name="policies_clause_number_once_per_version"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "order"), name="policies_clause_order_once_per_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskTheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("content", "Content"),
                            ("contact", "Contact"),
                            ("conduct", "Conduct"),
                            ("commerce", "Commerce"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("order", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=120)),
                ("serious_harm", models.BooleanField(default=False)),
                ("illegal", models.BooleanField(default=False)),
                ("indecent_imagery", models.BooleanField(default=False)),
                ("must_act", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"), name="policies_theme_key_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "order"), name="policies_theme_order_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("indecent_imagery", False), ("serious_harm", True), _connector="OR"
                        ),
                        name="policies_theme_indecent_imagery_is_serious",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("pupil", "Pupil"),
                            ("staff", "Member of staff"),
                            ("any", "Anyone"),
                        ],
                        max_length=5,
                    ),
                ),
                ("code", models.CharField(max_length=2)),
                ("name", models.CharField(max_length=80)),
                ("rank", models.PositiveSmallIntegerField(help_text="1 is the lightest.")),
                (
                    "decided_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("confirmed_by", models.CharField(blank=True, max_length=20)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="policies.clause",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "sanction categories",
                "ordering": ["version", "subject", "rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "subject", "code"), name="policies_category_code_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "subject", "rank"), name="policies_category_rank_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["pupil", "staff"])),
                        name="policies_category_of_pupil_or_staff",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", []), _negated=True),
                        name="policies_category_decided_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Infringement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("pupil", "Pupil"),
                            ("staff", "Member of staff"),
                            ("any", "Anyone"),
                        ],
                        max_length=5,
                    ),
                ),
                ("key", models.CharField(max_length=12)),
                ("order", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=240)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "repeats_any",
                    models.BooleanField(
                        default=False, help_text="Repeats any other infringement of the same list."
                    ),
                ),
                ("requires_prior_warning", models.BooleanField(default=False)),
                (
                    "one_off",
                    models.BooleanField(
                        default=False, help_text="Stands here for a single occurrence."
                    ),
                ),
                (
                    "unreported_accident",
                    models.BooleanField(
                        default=False,
                        help_text="An accident that is recorded because nobody was told (INC-49).",
                    ),
                ),
                (
                    "must_act",
                    models.BooleanField(
                        default=False,
                        help_text="May not be closed without action by the handler alone (INC-51).",
                    ),
                ),
                (
                    "must_escalate",
                    models.BooleanField(
                        default=False, help_text="Always goes beyond the handler (INC-48)."
                    ),
                ),
                (
                    "creates",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("evidence_hold", "Hold on the evidence"),
                            ("evidence_description", "Description of the material"),
                            ("provider_contact", "Contact with the provider"),
                            ("takedown_request", "Request to take material down"),
                            ("referral", "Referral"),
                            ("filter_block_request", "Request to block a site"),
                            ("asset_quarantine", "Equipment made secure"),
                            ("external_audit", "Outside audit of equipment"),
                            ("external_support", "Outside support"),
                            ("suspension", "Suspension"),
                            ("explanation", "Explanation asked for"),
                            ("restriction", "Restricted access to the case"),
                            ("notice", "Notice to a person"),
                            ("help_route", "Help route shown"),
                            ("policy_link", "Link to another policy"),
                            ("confiscation", "Confiscation"),
                            ("data_breach", "Data breach record"),
                            ("access_task", "Access review"),
                            ("complaint", "Contact, then the complaints procedure"),
                        ],
                        max_length=24,
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infringements",
                        to="policies.clause",
                    ),
                ),
                (
                    "repeat_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeats",
                        to="policies.infringement",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infringements",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infringements",
                        to="policies.sanctioncategory",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "subject", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "subject", "key"), name="policies_infringement_key_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "subject", "order"),
                        name="policies_infringement_order_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category__isnull", True), ("subject", "any")),
                            models.Q(
                                ("category__isnull", False), ("subject__in", ["pupil", "staff"])
                            ),
                            _connector="OR",
                        ),
                        name="policies_infringement_category_fits_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeat_of__isnull", True),
                            models.Q(
                                ("repeats_any", False),
                                models.Q(("repeat_of", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policies_infringement_repeats_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("pupil", "Pupil"),
                            ("staff", "Member of staff"),
                            ("any", "Anyone"),
                        ],
                        max_length=5,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=120)),
                (
                    "given_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("needs_end_date", models.BooleanField(default=False)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("internet", "Internet"),
                                ("computer", "School computers"),
                                ("network", "School network"),
                                ("learning_platform", "Learning platform"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("police", "Police"),
                                ("lado", "Designated officer of the local authority (LADO)"),
                                ("local_authority", "Local authority"),
                                ("social_care", "Children's social care"),
                                ("safeguarding_board", "Local safeguarding partners"),
                                ("ceop", "CEOP"),
                                ("iwf", "Internet Watch Foundation"),
                                ("human_resources", "Human resources"),
                                ("ict_investigator", "Outside ICT investigator"),
                                ("provider", "Mail or service provider"),
                                ("prevent", "Prevent officer"),
                                ("exam_body", "Examining body"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_referral", models.BooleanField(default=False)),
                (
                    "warning",
                    models.CharField(
                        blank=True,
                        help_text="Shown before the sanction is confirmed.",
                        max_length=240,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction_types",
                        to="policies.clause",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction_types",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "code"), name="policies_sanction_type_code_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "order"), name="policies_sanction_type_order_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_referral", False),
                            models.Q(("agencies", []), _negated=True),
                            _connector="OR",
                        ),
                        name="policies_sanction_type_referral_has_agency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=12)),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("pupil", "Pupil"),
                            ("staff", "Member of staff"),
                            ("any", "Anyone"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("exceptional_gross_misconduct", "Exceptionally serious act"),
                            ("outside_support", "Outside support is needed"),
                            ("abuse_images", "Child abuse images found"),
                            ("conduct_towards_child", "Unsuitable or illegal conduct to a child"),
                            ("illegal_suspected", "Illegal activity or material suspected"),
                            ("concern_about_head", "Concern about the headteacher"),
                            ("disturbing_message", "Disturbing or unlawful message"),
                            ("exam_device", "Phone or device in an examination"),
                        ],
                        max_length=30,
                    ),
                ),
                ("label", models.CharField(max_length=160)),
                ("handling", models.CharField(blank=True, max_length=400)),
                ("otherwise", models.CharField(blank=True, max_length=400)),
                (
                    "authorised_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "immediate",
                    models.BooleanField(
                        default=False, help_text="The clock starts when it is flagged."
                    ),
                ),
                ("blocks_device_check", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_cases",
                        to="policies.clause",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_cases",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"), name="policies_special_case_key_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "trigger"), name="policies_special_case_trigger_once"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "order"), name="policies_special_case_order_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
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
                            ("refer_first", "First referral"),
                            ("immediate_measure", "At once"),
                            ("sanction", "Sanction"),
                            ("escalate", "Escalate to"),
                            ("escalation_measure", "If it goes further"),
                            ("safeguarding", "Safeguarding step"),
                            ("special", "Special case"),
                        ],
                        max_length=20,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                (
                    "when",
                    models.CharField(blank=True, help_text="Empty means always.", max_length=160),
                ),
                ("role_code", models.CharField(blank=True, max_length=20)),
                (
                    "agency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("police", "Police"),
                            ("lado", "Designated officer of the local authority (LADO)"),
                            ("local_authority", "Local authority"),
                            ("social_care", "Children's social care"),
                            ("safeguarding_board", "Local safeguarding partners"),
                            ("ceop", "CEOP"),
                            ("iwf", "Internet Watch Foundation"),
                            ("human_resources", "Human resources"),
                            ("ict_investigator", "Outside ICT investigator"),
                            ("provider", "Mail or service provider"),
                            ("prevent", "Prevent officer"),
                            ("exam_body", "Examining body"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("internet", "Internet"),
                            ("computer", "School computers"),
                            ("network", "School network"),
                            ("learning_platform", "Learning platform"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "creates",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("evidence_hold", "Hold on the evidence"),
                            ("evidence_description", "Description of the material"),
                            ("provider_contact", "Contact with the provider"),
                            ("takedown_request", "Request to take material down"),
                            ("referral", "Referral"),
                            ("filter_block_request", "Request to block a site"),
                            ("asset_quarantine", "Equipment made secure"),
                            ("external_audit", "Outside audit of equipment"),
                            ("external_support", "Outside support"),
                            ("suspension", "Suspension"),
                            ("explanation", "Explanation asked for"),
                            ("restriction", "Restricted access to the case"),
                            ("notice", "Notice to a person"),
                            ("help_route", "Help route shown"),
                            ("policy_link", "Link to another policy"),
                            ("confiscation", "Confiscation"),
                            ("data_breach", "Data breach record"),
                            ("access_task", "Access review"),
                            ("complaint", "Contact, then the complaints procedure"),
                        ],
                        max_length=24,
                    ),
                ),
                ("mandatory", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=240)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="policies.clause",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="policies.sanctioncategory",
                    ),
                ),
                (
                    "sanction_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="policies.sanctiontype",
                    ),
                ),
                (
                    "special_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="policies.specialcase",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "category", "special_case", "kind", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("category", "kind", "order"),
                        name="policies_step_order_once_per_category",
                    ),
                    models.UniqueConstraint(
                        fields=("special_case", "order"),
                        name="policies_step_order_once_per_special_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("category__isnull", True),
                                ("kind", "special"),
                                ("special_case__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "special"), _negated=True),
                                ("category__isnull", False),
                                ("special_case__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="policies_step_of_category_or_special_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["refer_first", "escalate"]), _negated=True),
                            models.Q(("role_code", ""), _negated=True),
                            models.Q(("agency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="policies_step_referral_names_a_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role_code", ""), ("agency", ""), _connector="OR"),
                        name="policies_step_one_recipient",
                    ),
                ],
            },
        ),
    ]
