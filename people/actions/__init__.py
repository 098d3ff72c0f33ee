"""What can be done to a school's people, settings and calendar."""
