"""Pages of reports, reviews and dashboards."""
