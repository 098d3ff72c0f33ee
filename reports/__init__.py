"""Dashboards, the termly report and the governors' review: reads every app, changes none."""
