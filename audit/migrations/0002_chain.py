"""Number, chain and protect the trail in the database itself."""

from django.db import migrations

from common.row_security import AppendOnly, RowSecurity

# Each field is written as its length in bytes, a colon and its text, so that no two different
# rows can be written alike. ``verify_trail.py`` computes the same without this database.
CHAIN = """
CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT octet_length(coalesce(value, '')) || ':' || coalesce(value, '')
$$;

-- The last link is always read by the index: a plan made while the trail was short would read it
-- from end to end for every new entry once it is long.
CREATE FUNCTION audit_chain_entry() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(20261, NEW.school_id::int);
  SELECT sequence, hash INTO last FROM audit_entry
   WHERE school_id = NEW.school_id ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
  NEW.hash := encode(sha256(convert_to(
    audit_field(NEW.school_id::text) || audit_field(NEW.sequence::text) ||
    audit_field(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ||
    audit_field(NEW.actor_id::text) || audit_field(NEW.actor_name) || audit_field(NEW.verb) ||
    audit_field(NEW.subject_type) || audit_field(NEW.subject_id) ||
    audit_field(NEW.subject_label) || audit_field(NEW.facts::text) ||
    audit_field(NEW.request_id) || audit_field(NEW.ip) || audit_field(NEW.previous_hash),
    'UTF8')), 'hex');
  RETURN NEW;
END $$;

CREATE TRIGGER chain_entry BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_chain_entry();
"""

UNCHAIN = """
DROP TRIGGER chain_entry ON audit_entry;
DROP FUNCTION audit_chain_entry();
DROP FUNCTION audit_field(text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(CHAIN, UNCHAIN),
        AppendOnly("audit_entry"),
        RowSecurity("audit_entry"),
    ]
