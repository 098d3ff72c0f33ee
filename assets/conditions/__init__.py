"""May this be done to this record now: of each area."""
