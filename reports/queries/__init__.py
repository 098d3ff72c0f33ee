"""What reports and dashboards read."""
