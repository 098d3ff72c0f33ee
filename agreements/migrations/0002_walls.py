"""One school cannot see another's agreements, and what was published or signed never changes."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, OnlyChanges, RowSecurity

CHANGING = (
    "agreements_agreement",
    "agreements_agreementversion",
    "agreements_agreementtext",
    "agreements_obligation",
    "agreements_question",
    "agreements_followup",
    "agreements_signinglink",
    "agreements_classsitting",
    "agreements_kiosk",
    "agreements_paperreturn",
    "agreements_consentpurpose",
    "agreements_consent",
)
WRITTEN_ONCE = (
    "agreements_showntext",
    "agreements_signature",
    "agreements_signatureend",
    "agreements_signaturefile",
    "agreements_countersignature",
    "agreements_accessoverride",
    "agreements_attendance",
)

# The text of a published version is what people signed.
TEXT_OF_A_DRAFT = """
CREATE FUNCTION agreements_only_before_publishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM agreements_agreementversion v
    WHERE v.id = NEW.version_id AND v.school_id = NEW.school_id AND v.status <> 'published'
  ) OR (TG_OP = 'UPDATE' AND OLD.version_id <> NEW.version_id) THEN
    RAISE EXCEPTION 'the text of a published agreement is never altered'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_before_publishing BEFORE INSERT OR UPDATE ON agreements_agreementtext
FOR EACH ROW EXECUTE FUNCTION agreements_only_before_publishing();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]

    operations = [
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
        OnlyChanges(
            "agreements_agreementversion", "superseded_at", when="OLD.status = 'published'"
        ),
        OnlyChanges("agreements_consent", "superseded_at"),
        migrations.RunSQL(
            TEXT_OF_A_DRAFT,
            "DROP TRIGGER only_before_publishing ON agreements_agreementtext; "
            "DROP FUNCTION agreements_only_before_publishing()",
        ),
    ]
