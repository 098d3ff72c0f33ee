"""One school cannot see another's policy, and nothing a version says is ever altered."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, RowSecurity

CONTENT = (
    "policies_clause",
    "policies_sanctiontype",
    "policies_sanctioncategory",
    "policies_infringement",
    "policies_specialcase",
    "policies_ladderstep",
    "policies_risktheme",
)

# A draft may be published; nothing else about a version ever changes.
PUBLISHED_ONCE = """
CREATE FUNCTION policies_only_publish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' OR NEW.status <> 'published'
     OR (to_jsonb(OLD) - 'status' - 'published_at' - 'published_by_id')
        IS DISTINCT FROM (to_jsonb(NEW) - 'status' - 'published_at' - 'published_by_id')
  THEN
    RAISE EXCEPTION 'a policy version is published once and never altered'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_publish BEFORE UPDATE ON policies_policyversion
FOR EACH ROW EXECUTE FUNCTION policies_only_publish();
"""

# Rows are written while their version is a draft of the same school, and only then.
WRITTEN_AS_DRAFT = """
CREATE FUNCTION policies_only_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM policies_policyversion v
    WHERE v.id = NEW.version_id AND v.school_id = NEW.school_id AND v.status = 'draft'
  ) THEN
    RAISE EXCEPTION 'nothing is added to a policy version that is not a draft of this school'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""

# Only a published version of the same school comes into force.
IN_FORCE_WHEN_PUBLISHED = """
CREATE FUNCTION policies_only_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM policies_policyversion v
    WHERE v.id = NEW.version_id AND v.school_id = NEW.school_id AND v.status = 'published'
  ) THEN
    RAISE EXCEPTION 'only a published policy version of this school comes into force'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_published BEFORE INSERT ON policies_ladderinforce
FOR EACH ROW EXECUTE FUNCTION policies_only_published();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]

    operations = [
        RowSecurity("policies_policyversion", "policies_ladderinforce", *CONTENT),
        NeverDeleted("policies_policyversion"),
        AppendOnly("policies_ladderinforce", *CONTENT),
        migrations.RunSQL(
            PUBLISHED_ONCE,
            "DROP TRIGGER only_publish ON policies_policyversion; "
            "DROP FUNCTION policies_only_publish()",
        ),
        migrations.RunSQL(
            [
                WRITTEN_AS_DRAFT,
                *(
                    f"CREATE TRIGGER only_in_draft BEFORE INSERT ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION policies_only_in_draft()"
                    for table in CONTENT
                ),
            ],
            [
                *(f"DROP TRIGGER only_in_draft ON {table}" for table in CONTENT),
                "DROP FUNCTION policies_only_in_draft()",
            ],
        ),
        migrations.RunSQL(
            IN_FORCE_WHEN_PUBLISHED,
            "DROP TRIGGER only_published ON policies_ladderinforce; "
            "DROP FUNCTION policies_only_published()",
        ),
    ]
