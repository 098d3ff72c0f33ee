"""Check that no trail was changed after it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.maintenance import every_school
from audit.queries import chain_faults, schools_with_trail


class Command(BaseCommand):
    """Recompute every school's chain from its first row; fails loudly when one is not whole."""

    help = "Verify the audit trail of every school."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per chain; exit 1 when any row was changed, lost, added or moved."""
        broken = 0
        with every_school(reason="verify_audit", by="verify_audit"):
            for school_id in schools_with_trail():
                found = chain_faults(school_id)
                broken += bool(found)
                for fault in found:
                    self.stderr.write(f"Chain {school_id}: {fault}")
                if not found:
                    self.stdout.write(f"Chain {school_id}: whole")
        if broken:
            raise CommandError(f"{broken} trail(s) are not whole.")
        self.stdout.write("Every trail is whole.")
