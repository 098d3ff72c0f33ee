"""Pages over a school's people, settings, calendar and background work."""
