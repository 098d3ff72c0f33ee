"""Who holds which role from when to when, and what each role may do."""
